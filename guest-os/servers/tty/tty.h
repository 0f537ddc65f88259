#ifndef TTY_H
#define TTY_H
/*
 * The terminal server: a line discipline for each line of the terminal controller.
 *
 * Invariants of the state, which is one static struct, a function of the messages taken and of their order alone:
 *  - Input: head <= edit <= tail, tail - head <= INPUT. Bytes from head to edit can be read; those from edit to tail
 *    are the line being edited, empty in raw mode. Positions count bytes for ever; byte n lies at n % INPUT.
 *  - Output: printed <= given <= end, end - printed <= OUTPUT. Offsets count the bytes of the line since power-up.
 *    Bytes below `given` are the driver's, those below `printed` have been seen; the rest of the ring is kept, so
 *    that another board's driver can be given them again. given - printed <= TTY_QUEUE.
 *  - Requests that wait stand in order of arrival. Readers of a line are served in that order, and so are writers; each
 *    gets exactly one answer, EINTR after OP_CANCEL. A process that has ended gets none.
 *  - A line controls at most one session, a session has at most one line.
 *
 * Limits: a background process may read and write its terminal (there are no stopped processes); parity, breaks and
 * line speeds have no meaning, c_cflag is only remembered; VTIME is counted in the process server's ticks, and the
 * time between bytes (VMIN > 0) may be up to twice as long; a hang-up holds until carrier, input or an open.
 */
#include "../lib/wire.h"
#include <termios.h>

#define LINES       4
#define INPUT       1024        /* a power of two */
#define OUTPUT      8192        /* a power of two */
#define ECHO_ROOM   512         /* of OUTPUT: writers leave it to the echo */
#define WAITERS     64
#define PAGES       16          /* waiting writers whose data is kept */
#define NO_LINE     255

/* Kinds of input records: TTY_KIND of the controller. */
enum record_kind { RECORD_BYTE = 1, RECORD_SIZE, RECORD_HANGUP, RECORD_CARRIER };
enum mark { PLAIN, LINE_END, FILE_END };    /* FILE_END: not delivered, ends what stands before it */
enum waiter_kind { IDLE, READS, WRITES, DRAINS, SETS, OPENS, GROUPS };

struct line {
    struct termios settings;
    uint16_t rows, columns;
    uint16_t session, group;    /* controlled session, foreground group; 0 none */
    uint8_t stopped;            /* by VSTOP */
    uint8_t literal;            /* the next byte has no meaning (VLNEXT) */
    uint8_t hung;
    uint32_t next_record;       /* numbers below have been taken */
    uint32_t head, edit, tail;
    uint32_t printed, given, end;
    uint16_t column;            /* of the cursor, as far as output tells */
    uint16_t edit_column;       /* where the edited line began */
    uint32_t timer;             /* number of the PROC_SLEEP under way for the first reader; 0 none */
    uint32_t timer_tail;        /* `tail` when it began */
    uint8_t input[INPUT];
    uint8_t marks[INPUT];       /* enum mark */
    uint8_t output[OUTPUT];
};

struct waiter {
    uint8_t kind;               /* enum waiter_kind */
    uint8_t line;
    uint8_t page;               /* WRITES: index of its data */
    uint16_t op;
    uint32_t channel, re;       /* whom to answer */
    uint32_t size;              /* READS: bytes wanted; WRITES: length */
    uint32_t done;              /* WRITES: bytes taken */
    uint32_t offset;            /* DRAINS, SETS: what must be printed */
    uint32_t query;             /* OPENS, GROUPS: number of the question to the process server */
    uint32_t argument;          /* OPENS: minor << 1 | wants control; GROUPS: group; SETS: when */
    struct termios settings;    /* SETS */
};

/* What most messages change stands together: a sync carries each page that has changed. */
struct terminal_server {
    uint8_t order[WAITERS];     /* of waiters in use, by arrival */
    uint8_t waiting;
    uint8_t page_used[PAGES];
    struct waiter waiters[WAITERS];
    struct line lines[LINES];
    uint8_t pages[PAGES][WIRE_DATA];
};
extern struct terminal_server server;

/* handle.c */
void start(void);
void handle(uint32_t channel, const struct msg *m, const void *data, uint32_t length);
void answer(uint32_t channel, uint16_t op, uint32_t re, int32_t result, const void *data, uint32_t length);
uint32_t tell_process_server(uint16_t op, uint16_t flags, uint32_t a0, uint32_t a1);

/* waiter.c. finish() answers and forgets; next_waiter() finds the next of a line and kind behind the one given. */
struct waiter *add_waiter(enum waiter_kind kind, unsigned line, uint32_t channel, const struct msg *m);
struct waiter *next_waiter(const struct waiter *after, enum waiter_kind kind, unsigned line);
void finish(struct waiter *w, int32_t result, const void *data, uint32_t length);
void forget(struct waiter *w);
void cancel(uint32_t channel, uint32_t number);
void forget_process(uint32_t pid);
struct waiter *asked_by(uint32_t query);

/* input.c */
void input_record(struct line *line, const struct tty_record *record);
void flush_input(struct line *line);
void leave_canonical(struct line *line);
void signal_foreground(const struct line *line, uint32_t number);
void set_size(struct line *line, unsigned rows, unsigned columns);

/* edit.c: the line being edited */
int insert(struct line *line, unsigned byte, enum mark mark);  /* 0: there was no room, and a bell */
int edit_byte(struct line *line, unsigned byte);    /* 1: it was an editing character */
void echo(struct line *line, unsigned byte);

/* read.c */
void do_read(struct line *line, uint32_t channel, const struct msg *m);
void serve_readers(struct line *line);
void timer_over(struct line *line);
uint32_t available(const struct line *line);

/* output.c */
void do_write(struct line *line, uint32_t channel, const struct msg *m, const void *data, uint32_t length);
void do_drain(struct line *line, uint32_t channel, const struct msg *m);
void put(struct line *line, unsigned byte);         /* as OPOST says; lost if there is no room */
void pump(struct line *line);                       /* gives the driver what it takes, then goes on with writers */
void printed(struct line *line, uint32_t offset);
void taken_over(struct line *line, uint32_t offset);
void flush_output(struct line *line);

/* control.c: settings, opening, sessions */
void line_reset(struct line *line);
void do_open(uint32_t channel, const struct msg *m);
void do_setattr(struct line *line, uint32_t channel, const struct msg *m, const void *data, uint32_t length);
void apply_settings(struct line *line, const struct termios *settings, uint32_t when);
void do_setpgrp(struct line *line, uint32_t channel, const struct msg *m);
void ids_known(const struct msg *m);
void hang_up(struct line *line);
void leader_ended(uint32_t pid);

static inline unsigned line_number(const struct line *line)
{
    return (unsigned)(line - server.lines);
}

/* Is the byte this character of the settings? Characters can be disabled. */
static inline int is_character(const struct line *line, unsigned which, unsigned byte)
{
    return byte != _POSIX_VDISABLE && line->settings.c_cc[which] == byte;
}
#endif
