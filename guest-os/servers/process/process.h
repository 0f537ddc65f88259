#ifndef PROCESS_H
#define PROCESS_H
/*
 * The process server: who is who, whose child, on which board, and what time it is.
 *
 * Invariants of the state, which is one static struct, a function of the messages taken and of their order alone:
 *  - A process with number p sits in place p % PROCESSES, so a number is found at once; a number whose place is taken,
 *    or that still names a group or a session, is not given out.
 *  - Each process but init and the servers has a parent that is alive: an orphan's parent is init.
 *  - A process has at most PENDING unanswered requests: one, and one more for each handler that interrupted another.
 *    A pending request gets exactly one answer: the result, or EINTR after OP_CANCEL. A process that ends gets none.
 *  - boards[s].used is the sum of the pages of all processes on board s that are alive. Room for the backups of servers
 *    is kept on the boards where these are; other backups have what is left, and are given up when it is needed. Text,
 *    which is shared, is counted with each process.
 *  - `clock` never goes back. Deadlines are times of `clock`; no deadline lies before `next_deadline`.
 *  - File and terminal server hear of a child before its parent does, and of its end before its parent's wait.
 */
#include "../lib/wire.h"

#define PROCESSES       128
#define PENDING         4
#define BOARDS          32
/* In the whole machine, servers too: each may have a place on each board, running or as a backup; a kernel has 124. */
#define LIVE_PROCESSES  120
#define SERVERS         3
#define NAME_BYTES      16
#define ANY_CHILD       INT32_MIN   /* not -1, which is group 1 */
#define NOBODY          255         /* no backup, no line */

struct stamp {
    uint32_t seconds, nanoseconds;  /* nanoseconds < 10^9 */
};

enum process_state { FREE, ALIVE, ZOMBIE };
enum pending_kind { NOTHING, WAITS, SLEEPS, PAUSES, ASKS };

struct pending {
    uint8_t kind;                   /* enum pending_kind */
    uint16_t op;
    uint32_t re;                    /* number of the request */
    int32_t who;                    /* WAITS: pid, ANY_CHILD, or -pgrp; ASKS: slot */
    struct stamp until;             /* SLEEPS: deadline */
};

struct process {
    uint8_t state;                  /* enum process_state */
    uint8_t slot;                   /* board */
    uint8_t line;                   /* controlling terminal of the session, in its leader's entry; or NOBODY */
    uint8_t alarm_set;
    uint8_t heard;                  /* it has sent something */
    uint8_t spawned;                /* by a record, not by its parent's fork */
    uint8_t mode;                   /* FT_... */
    uint16_t limit_reads, limit_slices; /* between two syncs; 0: the system's */
    uint16_t pid, parent, group, session;
    uint16_t uid, gid;
    uint32_t pages;                 /* data, stack, text: counted against its board */
    uint32_t status;                /* ZOMBIE: for wait */
    uint32_t ended;                 /* ZOMBIE: rises from one end to the next */
    uint32_t start;                 /* seconds since 1970 */
    struct stamp alarm;             /* deadline, if alarm_set */
    struct pending pending[PENDING];
    char name[NAME_BYTES];          /* NUL-terminated */
};

struct board {
    uint8_t member;
    uint8_t partner;                /* slot or NOBODY */
    uint16_t processes;             /* alive there */
    uint32_t ram;                   /* bytes; 0: never seen */
    uint32_t pages, used;
    uint32_t view;                  /* in which it was last announced */
};

struct process_server {
    struct process table[PROCESSES];
    struct board boards[BOARDS];
    uint8_t server_backup[SERVERS]; /* slots, or NOBODY */
    uint32_t boards_seen;           /* slots below this one have been members at some time */
    uint16_t next_pid;
    uint8_t wrapped;                /* numbers are being given out again */
    uint8_t started;                /* init has been created */
    uint32_t ends;                  /* how many processes have ended */
    struct stamp clock;             /* highest reading; 0 before the first */
    struct stamp booted;            /* first reading */
    struct stamp interval;          /* between the last two readings, a second at most */
    struct stamp next_deadline;     /* nothing falls due before */
    int32_t offset;                 /* seconds that PROC_SETTIME has put between `clock` and the date */
    uint32_t limit_reads, limit_slices;     /* of the system, between two syncs; 0: not yet set */
    uint32_t shutdown;              /* number of FILE_SHUTDOWN under way, or 0 */
    uint32_t shutdown_channel;      /* who asked for it; 0: init's end did */
    struct msg shutdown_request;
};
extern struct process_server server;

/* One message, with its data. handle.c */
void handle(uint32_t channel, const struct msg *m, const void *data, uint32_t length);
/* Answers a request unless it wants none; a[] and data as given. */
void answer(uint32_t channel, const struct msg *request, int32_t result);
void answer_with(uint32_t channel, const struct msg *request, int32_t result, const uint32_t a[5], const void *data,
                 uint32_t length);
/* Sends a message without an answer. */
void tell(uint32_t channel, uint16_t op, uint32_t a0, uint32_t a1, uint32_t a2, const void *data, uint32_t length);

/* table.c */
struct process *find(uint32_t pid);             /* alive or zombie; or 0 */
struct process *find_alive(uint32_t pid);
struct process *each(const struct process *previous);   /* the next place in use, from 0 on; 0 at the end */
int create(const struct process *parent, uint32_t pid, unsigned slot, uint32_t pages, struct process **made);
uint32_t free_pid(void);                        /* 0: none */
int recount(struct process *p, uint32_t pages); /* its pages change; -ENOMEM */
uint32_t taken(unsigned slot);                  /* pages of the board that are in use or kept */
void set_name(struct process *p, const char *name, uint32_t length);
int group_exists(uint32_t group, uint32_t session);

/* life.c: requests, and the end of a process for whatever reason */
int do_fork(struct process *p, const struct msg *m);
int do_exec(struct process *p, const struct msg *m, const char *name, uint32_t length);
int do_spawn(struct process *p, const struct msg *m, const void *data, uint32_t length);
void end_process(struct process *p, uint32_t status);
void start_init(unsigned slot);
void announce(const struct process *child, uint32_t elsewhere);

/* wait.c. do_wait answers by itself, perhaps later. */
void do_wait(struct process *p, uint32_t channel, const struct msg *m);
void settle_waits(struct process *parent);
struct pending *suspend(struct process *p, const struct msg *m, enum pending_kind kind);   /* 0: too many */
void resume(struct process *p, struct pending *pending, int32_t result, uint32_t a0, uint32_t a1);
struct pending *suspended(struct process *p, enum pending_kind kind, uint32_t number);  /* or 0 */
void do_cancel(struct process *p, uint32_t number);

/* group.c */
void send_signal(const struct process *p, uint32_t number);
void signal_group(uint32_t group, uint32_t number);
int do_kill(const struct process *p, const struct msg *m);
int do_setpgid(struct process *p, const struct msg *m);
int do_setsid(struct process *p);
int do_setuid(struct process *p, uint32_t a[5], const struct msg *m);
int do_getids(const struct process *p, const struct msg *m, uint32_t a[5]);

/* clock.c */
void tick(const struct msg *m);
void do_alarm(struct process *p, uint32_t channel, const struct msg *m);
void do_sleep(struct process *p, uint32_t channel, const struct msg *m);
struct stamp left(struct stamp until);          /* from now until then, 0 if past */
uint32_t date(void);                            /* seconds since 1970 */
struct stamp uptime(void);

/* backing.c: modes, limits, and what the kernels know of pairs */
int do_ft(struct process *p, const struct msg *m, uint32_t a[5]);
int do_ask(struct process *p, const struct msg *m);
void told(const struct msg *m, const void *data, uint32_t length);
void ask_lost(unsigned slot);
void send_limits(unsigned slot);

/* board.c */
void board_up(const struct msg *m, const uint16_t *server_pages, uint32_t count);
void find_failed(uint32_t pid);                 /* It is not where CTL_FIND looked for it. */
void board_down(const struct msg *m, const uint16_t *here, uint32_t count);
uint32_t list_boards(struct board_info *list);
uint32_t list_processes(uint32_t from, struct proc_info *list, uint32_t most);
void begin_shutdown(uint32_t channel, const struct msg *request);
void end_shutdown(const struct msg *m);
#endif
