/*
 * The shell's own interface between its files: memory, input, syntax tree, expansion, execution, jobs, traps.
 *
 * Memory: what lives as long as one command (tree, expanded words) comes from a stack of chunks (mem.c) and goes
 * when that command's mark is released; what lives longer (variables, functions, jobs) is malloc'ed.
 * A struct buf grows in the stack, so nobody may release a mark that was set after the buffer began.
 * Marks are set only in exec.c and in the loops that read commands, never in expand.c.
 */
#ifndef SH_H
#define SH_H

#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#ifndef NSIG
#define NSIG 32
#endif

/* ---- mem.c ---- */
struct chunk;
struct mark {
    struct chunk *chunk;
    size_t used;
};
struct buf {
    char *p;
    size_t len, cap;
};
void *mem_alloc(size_t bytes);
char *mem_strndup(const char *s, size_t n);
char *mem_strdup(const char *s);
struct mark mem_mark(void);
void mem_release(struct mark m);
void *xmalloc(size_t bytes);
void *xrealloc(void *p, size_t bytes);
char *xstrdup(const char *s);
void buf_putc(struct buf *b, int c);
void buf_add(struct buf *b, const char *s, size_t n);
char *buf_str(struct buf *b); /* Ends the text with a NUL that does not count in len. */

/* ---- syntax tree ---- */
enum part_kind { PART_LIT, PART_PARAM, PART_CMD, PART_ARITH };

/* One piece of a word. LIT: text. PARAM: text is the name, op and arg the operator. CMD: cmd. ARITH: arg. */
struct part {
    struct part *next;
    char *text;
    struct word *arg;
    struct node *cmd;
    unsigned char kind;
    bool quoted;
    bool colon; /* The operator was written with a colon: an empty value counts as unset. */
    char op;    /* 0, one of - = + ? % #, P for %%, H for ##, L for ${#x}. */
};
struct word {
    struct word *next;
    struct part *parts;
    char *name; /* In a list of assignments: the variable. */
};

enum redir_kind { RD_IN, RD_OUT, RD_APPEND, RD_RDWR, RD_DUP, RD_HERE };
struct redir {
    struct redir *next;
    struct word *target; /* File name, descriptor, or the body of a here-document. */
    int fd;
    unsigned char kind;
    bool strip_tabs;
    bool literal;
};

enum node_kind {
    N_SIMPLE, N_PIPE, N_AND, N_OR, N_NOT, N_LIST, N_BACKGROUND, N_SUBSHELL, N_GROUP,
    N_IF, N_WHILE, N_UNTIL, N_FOR, N_CASE, N_CASE_ITEM, N_FUNCTION
};

/*
 * a, b, c by kind. PIPE, LIST: a is the first of a chain through next. AND, OR: a, b. NOT, BACKGROUND, SUBSHELL,
 * GROUP: a. IF: a condition, b then, c else. WHILE, UNTIL: a condition, b body. FOR: name, words, b body; has_in.
 * CASE: words the subject, a the chain of items. CASE_ITEM: words the patterns, b body. FUNCTION: name, b body.
 */
struct node {
    struct node *next, *a, *b, *c;
    struct word *words, *assigns;
    struct redir *redirs;
    char *name;
    int line;
    unsigned char kind;
    bool has_in;
};
struct function {
    struct function *next;
    char *name;
    struct node *body; /* A copy of its own, freed when refs is 0. */
    int refs;
};
struct node *node_copy(const struct node *n); /* Deep copy, malloc'ed piece by piece. */
void node_free(struct node *n);
char *node_text(const struct node *n); /* The command as one line for job lists, in the command's memory. */

/* ---- input.c ---- */
void input_push_string(const char *s);
void input_push_fd(int fd, bool interactive);
void input_pop(void);
int input_depth(void);
void input_unwind(int depth);
int in_getc(void); /* -1 at the end. */
void in_ungetc(int c);
void in_discard_line(void);
int in_line(void);
bool in_rest_is_blank(void);  /* True only for a string with nothing but blanks left. */
void input_give_back(void);   /* Moves the descriptor's offset back to what was really consumed. */
void input_fresh_prompt(void); /* The next line read is the first of a command: PS1. */

/* ---- words.c, lexer.c, parser.c ---- */
enum token_kind {
    T_EOF, T_NEWLINE, T_WORD, T_REDIR, T_SEMI, T_DSEMI, T_AMP, T_AND, T_PIPE, T_OR, T_LPAREN, T_RPAREN
};
struct token {
    enum token_kind kind;
    struct word *word;
    const char *lit; /* The text of a word without any quote or expansion, else NULL. */
    struct redir *redir;
};
struct token *lex_peek(void);
struct token *lex_next(void);
void lex_reset(void);
void lex_add_here(struct redir *r, struct word *delimiter);
struct word *lex_text_as_quoted(const char *s); /* Parameters and substitutions, as inside double quotes. */
struct word *lex_literal(const char *s);
struct word *lex_scan_word(void);
struct node *lex_parse_nested(const char *text);
int lex_char(void); /* The next character, after joining lines that end in a backslash. */
bool is_name_start(int c);
bool is_name_char(int c);
size_t name_length(const char *s);
struct node *parse_command(bool *eof); /* NULL for an empty line. */
struct node *parse_until_paren(void);
struct node *parse_all(void);

/* ---- expand.c, arith.c ---- */
char **expand_words(struct word *w, int *count); /* Fields, NULL terminated. */
char *expand_one(struct word *w);                /* One string, no splitting, no file names. */
char *expand_pattern(struct word *w);            /* One pattern for fnmatch: quoted characters are escaped. */
long arith_eval(const char *expression);

/* ---- var.c ---- */
enum { VAR_EXPORT = 1, VAR_READONLY = 2 };
struct var {
    struct var *next;
    char *text; /* NAME=value, or only NAME when it has no value. */
    unsigned short name_len;
    unsigned char flags;
    bool set;
};
void var_init(void);
struct var *var_find(const char *name, size_t len);
const char *var_get(const char *name); /* NULL when unset. */
void var_set(const char *name, const char *value, int flags); /* Raises an error when readonly. */
bool var_try_set(const char *name, const char *value, int flags);
bool var_unset(const char *name);
void var_flag(const char *name, int flags);
void var_list(int flags, const char *word);
char **var_environ(void);
void var_local(const char *name);
int var_scope_enter(void);
void var_scope_leave(int scope); /* Restores what was made local since the matching enter. */
struct function *function_find(const char *name);
void function_define(const char *name, const struct node *body);
bool function_unset(const char *name);
void function_release(struct function *f);
struct params {
    char **v;
    int n;
};
extern struct params params;
void params_set(char **v, int n); /* Copies. */
void params_free(struct params *p);

/* ---- exec.c, redir.c ---- */
enum { EV_EXIT = 1, EV_TESTED = 2 };
enum skip { SKIP_NONE, SKIP_BREAK, SKIP_CONTINUE, SKIP_RETURN };
extern enum skip skip;
extern bool errexit_off;
extern int skip_count, loop_depth, function_depth;
extern int status;       /* $? */
extern int subst_status; /* Of the last command substitution, for a command without a name. */
int exec_node(struct node *n, int flags);
void exec_read_loop(bool top, bool may_exec); /* Reads and runs commands until the input ends. */
int exec_string(const char *s);
int exec_file(int fd);
/*
 * The name in the next folder of a search path, in the command's memory; moves the path on, to NULL behind the last.
 */
char *path_next(const char **path, const char *name);
void exec_program(char **argv, char **envp) __attribute__((noreturn));
char *exec_substitute(struct node *n, size_t *len);
struct saved_fd;
bool redir_apply(struct redir *r, bool save); /* False after a message; what was done stays saved. */
struct saved_fd *redir_mark(void);
void redir_restore(struct saved_fd *mark);
void redir_forget(void);
int fd_move_high(int fd);

/* ---- main.c ---- */
struct options {
    bool errexit, nounset, xtrace, noglob, noexec, verbose, noclobber, interactive, allexport;
};
extern struct options opt;
extern char *shell_name;
extern pid_t shell_pid;
struct error_frame {
    jmp_buf env;
    int input, scope, loops, functions;
};
extern struct error_frame *error_frame;
void check_stack(void); /* An error when recursion has used nearly all of the stack. */
bool option_set(int letter, bool on); /* False for an unknown letter. */
void option_text(char out[16]);
void sh_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Says the message and gives up the current command; a script ends with this status. */
void sh_error(int code, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));
void sh_abandon(int code) __attribute__((noreturn));
void sh_exit(int code) __attribute__((noreturn)); /* Runs the EXIT trap. */

/* ---- builtin*.c ---- */
struct builtin {
    const char *name;
    int (*run)(int argc, char **argv);
    bool special; /* Its assignments stay, as POSIX wants it. */
};
const struct builtin *builtin_find(const char *name);
int cmd_echo(int argc, char **argv);
int cmd_printf(int argc, char **argv);
int cmd_test(int argc, char **argv);
int cmd_kill(int argc, char **argv);
int bi_cd(int, char **), bi_pwd(int, char **), bi_umask(int, char **), bi_read(int, char **);
int bi_getopts(int, char **), bi_type(int, char **), bi_command(int, char **);
int bi_set(int, char **), bi_shift(int, char **), bi_export(int, char **), bi_readonly(int, char **);
int bi_unset(int, char **), bi_local(int, char **);
int bi_wait(int, char **), bi_jobs(int, char **), bi_fg(int, char **), bi_kill(int, char **);
int bi_trap(int, char **);
void bi_getopts_reset(void);

/* ---- jobs.c ---- */
struct job;
extern pid_t last_background;
pid_t fork_shell(struct job *j, bool background); /* 0 in the child. */
struct job *job_new(const struct node *n); /* n, which may be NULL, gives the text for lists. */
int job_wait(struct job *j); /* Forgets the job; its status. */
void job_background(struct job *j);
void jobs_notice(void);
void jobs_forget(void);
void jobs_interactive(void);
int status_of(int wait_status);

/* ---- trap.c, signame.c ---- */
extern volatile sig_atomic_t signals_pending;
void traps_init(void);
void traps_run(void); /* Runs the traps of signals that came; raises the interrupt of an interactive shell. */
void traps_child(bool background);
void trap_exit(void);
bool trap_exit_is_set(void);
int signal_number(const char *name); /* -1 when unknown. EXIT is 0. */
const char *signal_name(int number); /* NULL when unknown. */

/* ---- edit.c, history.c, complete.c ---- */
bool edit_possible(void);
/* malloc'ed line with its newline; NULL at end of file or when Ctrl-C interrupted it. */
char *edit_line(const char *prompt, size_t *len, bool *interrupted);
void history_add(const char *line, size_t len);
const char *history_get(int back); /* 1 is the newest; NULL beyond the oldest. */
char *complete_word(const char *line, size_t cursor, bool *unique); /* malloc'ed tail or NULL. */
void complete_list(const char *line, size_t cursor);

#endif
