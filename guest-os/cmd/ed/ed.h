/*
 * ed: the line editor. The text is a ring of lines with a head that stands for line 0.
 *
 * A line is in the ring exactly when its flag says so. Lines that left it stay in memory, on the list of the dead,
 * until the next command that changes something begins, because undo may want them back.
 */
#ifndef ED_H
#define ED_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

struct line {
    struct line *prev, *next;
    struct line *dead_next;
    bool in_text, dead, marked; /* marked: still to be visited by g or v. */
    char text[];                /* Without the newline. */
};

/* The text and where we are in it. dot is NULL never: the head when the text is empty. */
struct text {
    struct line head;
    struct line *dot;
    long dot_number, count;
    bool changed;
};
extern struct text text;

/* Lines in a row, not in the text: first is NULL when there are none. */
struct chain {
    struct line *first, *last;
    long count;
};

/* buffer.c */
struct line *line_new(const char *s, size_t n); /* Not yet in the text. */
struct line *line_at(long number);
long line_number(const struct line *l); /* -1 when it is not in the text. */
void chain_add(struct chain *c, struct line *l); /* Behind the last. */
void text_insert(struct line *after, struct line *first, struct line *last, long n);
void text_remove(struct line *first, struct line *last, long n);
void set_dot(struct line *l, long number);
void undo_begin(void); /* Before a command that may change the text. */
bool undo(void);       /* Takes the last change back, or does it again; false when there is none. */
void undo_forget(void);

/* address.c: what stands before a command. */
extern long first_address, second_address;
extern int addresses; /* How many were given. */
void mark_line(int letter, struct line *l);
void mark_forget(const struct line *l);
void parse_range(void);
long parse_single(long otherwise); /* The address of m, t and the like. */
void skip_blanks(void);

/* pattern.c */
regex_t *parse_pattern(int delimiter); /* Reads up to the delimiter; an empty one means the last pattern. */
long search(regex_t *r, bool forward); /* The number of the line found from the current one, around the end. */
void substitute(void);

/* file.c */
extern char file_name[256];
extern bool silent;
long read_file(const char *name, long after, bool must_exist);
long write_file(const char *name, long from, long to, bool append);
void take_file_name(char *out, size_t room, bool remember);
void shell_command(void);

/* main.c: the command line being read; an error ends the command. */
extern char *in;             /* What is left of it. */
extern bool in_global;
void fail(const char *why) __attribute__((noreturn));
char *read_input_line(size_t *n); /* The next line of input, without newline; NULL at the end. */
void run_command(void);
void global(bool matching, bool interactive);
void *need(void *p);
void print_line(const struct line *l, long number, bool numbered, bool list);

#endif
