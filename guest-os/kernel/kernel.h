#ifndef KERNEL_H
#define KERNEL_H
/*
 * The kernel of one board. It is not preemptive: it runs with all interrupts masked on one stack, from a trap or
 * interrupt of user mode (or of the idle loop) to the next dispatch. A call that has to wait leaves the process' PC
 * on its trap instruction and starts again when the process is woken, so no kernel stack outlives a call.
 */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <triplex/abi.h>
#include <triplex/boot.h>
#include <triplex/hw.h>
#include <triplex/msg.h>

#define NO_SLOT      0xFF
#define MAX_SLOTS    32
#define MAX_PROCESS  124            /* MMU contexts: one each, context number = index + 1; the process server lets
                                       120 live in the whole machine, so it never runs out */
#define PAGE_SHIFT   12
#define CALL_WAITS   0x7FFFFFFF     /* answer of a call handler: not yet; the trap is executed again when the process
                                       wakes */
#define CALL_NO_ANSWER 0x7FFFFFFE   /* the handler has set all registers itself */

#define REG8(a)      (*(volatile uint8_t *)(a))
#define REG16(a)     (*(volatile uint16_t *)(a))
#define REG32(a)     (*(volatile uint32_t *)(a))

#define ASSERT(what) do { if (!(what)) panic(#what, __FILE__, __LINE__); } while (0)

/* All changes of the interrupt mask go through these two. */
#define MASK_INTERRUPTS()  __asm__ volatile("ori.w #0x0700,%%sr" ::: "memory", "cc")
#define WAIT_FOR_INTERRUPT() __asm__ volatile("stop #0x2000" ::: "memory", "cc")

/* Registers of a user process; start.S knows the offsets. */
struct registers {
    uint32_t d[8], a[7];
    uint32_t usp;
    uint32_t pc;
    uint16_t sr, pad;
};

#define BLOB_PAGES 4                /* the state of a process, in a sync */
#define BLOB_BYTES (BLOB_PAGES * PAGE_SIZE)

#define CHANNELS (CH_TTY + 1)       /* own ones on which a process sends */

/* A received message, in a queue in commit order. `page` (with the data) belongs to it. */
struct message {
    struct message *next;
    uint32_t commit;
    uint32_t channel;
    uint32_t page;                  /* physical address of the data, 0: inline */
    uint16_t length;                /* data bytes */
    uint8_t from;                   /* slot of the sender */
    uint8_t ended;                  /* answer to a fork, saved: the child has ended */
    struct msg msg;
    uint8_t data[128 - sizeof(struct msg)];
};

/* One end of a channel at a server: the counts of the server's direction. A client keeps its five in struct process. */
struct end {
    uint32_t channel;               /* 0: free */
    uint32_t sent, read;
};

/* BACKUP: of a process that runs elsewhere. SYNCING: held until its pages and its state have gone to its backup. */
enum state { FREE, READY, WAITING, LOADING, BACKUP, SYNCING };
enum rank { SERVERS, PROMPT, USERS, QUEUES };   /* queues for the processor (process.c) */

/*
 * What a running process has at the place of its backup. ALONE: nothing; OPENED: a record that saves and counts, and
 * waits for the copy; DEPENDENT: the same, and its parent's backup makes it by forking again; BACKED: all.
 */
enum backing { ALONE, OPENED, DEPENDENT, BACKED };
#define WANT_SELF      1
#define WANT_CHILDREN  2

/*
 * A process. Invariants: in a ready queue exactly if state is READY and it is not `current`; memory [data, brk) and
 * [stack_low, USER_STACK_TOP) is mapped and its pages belong to this process alone; text pages belong to `text`.
 */
struct process {
    struct registers regs;          /* first: start.S */
    struct process *next;           /* in a ready queue */
    struct message *queue, **queue_end;
    struct text *text;
    uint32_t pid, ppid, uid, gid, euid, egid;
    uint16_t context;
    uint8_t state, server;
    uint32_t data, brk, heap_limit, stack_low;  /* user addresses; data, stack_low page-aligned; brk any */
    uint32_t sent[16], read[16];    /* own channels by k */
    uint32_t fds[NOFILE];
    uint32_t sig_pending, sig_mask;
    uint32_t controls;              /* messages of the control channel in `queue` */
    struct ksigaction action[32];
    uint32_t count_sent, count_received, count_bytes, count_calls;
    uint8_t backing, backup;        /* enum backing; slot of the record, NO_SLOT: none */
    uint8_t home, complete;         /* BACKUP: slot of the primary; the state is here */
    uint8_t want;                   /* SYNCING and before: WANT_... */
    uint8_t full;                   /* no page of the backup is worth keeping */
    uint8_t rolling, forking;       /* sends may be known already; between the request to fork and K_FORK */
    uint32_t born_of;               /* DEPENDENT: the parent */
    uint32_t asked[CHANNELS], answered[CHANNELS];   /* requests sent on own channels; the highest one answered */
    uint32_t reads, slices;         /* since the last sync */
    uint8_t mode;                   /* FT_... */
    uint8_t lost;                   /* slot that took its primary or its backup, NO_SLOT: none did */
    uint16_t limit_reads, limit_slices;     /* 0: the system's */
    uint8_t catching;               /* after a takeover */
    uint8_t behind;                 /* a channel on which it has still to send what is known, or had */
    uint8_t due;                    /* `reads` or `slices` has reached its limit */
    uint8_t rank, credit;           /* changed only while it is in no queue; PROMPT: ends of slices until it is USERS */
    uint8_t stale;                  /* some of its pages may be MAP_STALE: it does not run before memory_clear */
    uint32_t retry;                 /* its backup found no room: clock_slices() when it may try again */
    uint32_t left_out;              /* sends that were known already */
    uint32_t synced;                /* clock_slices() at the last sync */
    uint32_t again;                 /* PC of the trap instruction on which a call waits, or 0 */
    uint32_t sig_sync;              /* pending signals that the process brought upon itself */
    uint32_t text_id[4];            /* BACKUP: inode, generation, offset, pages of its text; pages 0: none */
    uint16_t quota;                 /* pages that it may come to have here, as counted (room.c) */
    uint16_t granted, offered;      /* by the process server: for the memory that it has; by the last PROC_EXEC */
    uint16_t staged;                /* BACKUP: page number, first of the list of pages without their closing frame */
    struct message *staged_messages;
    uint32_t blob[BLOB_PAGES];      /* BACKUP: pages with the state */
    char name[16];
};

/* start.S */
void enter_user(struct process *p) __attribute__((noreturn));
void idle(void) __attribute__((noreturn));
void copy_page(uint32_t to, uint32_t from);
void zero(uint32_t from, uint32_t bytes);   /* bytes: a multiple of 64 */
extern const uint8_t loader_image[], loader_image_end[];
void server_text(struct process *p);  /* main.c: maps a server's text in the bundle */

/* trap.c */
extern struct process *current;     /* whose registers the next trap saves; 0 in the idle loop */
#define VECTOR_CALL  32             /* trap #0 */
void kernel_call(void);             /* start.S: a call has been made */
void kernel_entry(uint32_t vector, uint16_t *frame);
void want_reschedule(void);         /* the next dispatch looks for somebody else */
void slice_over(void);              /* the same, and who runs has had his turn */
uint64_t idle_cycles(void);         /* spent waiting for an interrupt */
uint32_t calls_made(void);          /* traps since the board came up */

/* panic.c */
void print(const char *format, ...);  /* to DIAG: %d %u %x %s %c */
void panic(const char *what, const char *file, int line) __attribute__((noreturn));

/* page.c */
void page_init(uint32_t first, uint32_t end, int clear);
uint32_t page_alloc(void);          /* physical address, 0: none left; not cleared */
uint32_t page_alloc_zeroed(void);   /* the same, all zero: for a few */
uint32_t page_alloc_clean(int *clean);  /* the same, all zero if there is one; *clean: it is */
int page_clear_some(void);          /* for the idle loop: 0 if there is nothing to do */
void page_free(uint32_t page);
#define PAGES_KEPT 48               /* that new backups of users leave, for messages and syncs on their way */
int page_reclaim(void);             /* gives up a text that nobody runs, pages of free messages, else a backup; 0: there
                                       is nothing */
uint32_t page_count(void);

/* mmu.c: maps of user address spaces */
#define MAP_DATA  (MAP_VALID | MAP_WRITE)
#define MAP_TEXT  (MAP_VALID | MAP_EXECUTE)
#define MAP_SENT  MAP_SOFT0         /* the page has been dirty and sent to a backup */
#define MAP_STALE MAP_SOFT1         /* it counts as all zero and is still to be cleared */
void map_begin(struct process *p);  /* the first process of a context since a reset, which the map RAM survives */
void map_set(struct process *p, uint32_t address, uint32_t page, uint32_t bits);
/* So many, beginning with page number `first`, each named by the page_note of the one before; first 0: cleared. */
void map_chain(struct process *p, uint32_t address, uint32_t first, uint32_t count, uint32_t bits);
uint32_t map_get(struct process *p, uint32_t address);  /* entry */
/* The first page in [from, to) whose entry has one of `bits`, or `to`; both ends are page-aligned, from <= to. */
uint32_t map_find(struct process *p, uint32_t from, uint32_t to, uint32_t bits);
void map_mark(struct process *p, uint32_t from, uint32_t to, uint32_t bits);  /* sets bits of pages that are there */
uint32_t map_clear(struct process *p, uint32_t address);  /* page that was mapped, or 0 */
void *user_at(struct process *p, uint32_t address, uint32_t need);  /* physical pointer, or 0; good to the end of the
                                                                       page */
int copy_in(struct process *p, void *to, uint32_t from, uint32_t bytes);      /* 0 or -EFAULT */
int copy_out(struct process *p, uint32_t to, const void *from, uint32_t bytes);

/* process.c */
extern struct process processes[MAX_PROCESS];
extern struct process *processes_end;                   /* all from here on are FREE */
extern uint8_t index_of[LAST_PID + 1];                  /* by pid: which entry of process_at; 0: not here */
extern struct process *process_at[MAX_PROCESS + 1];
static inline struct process *process_find(uint32_t pid) { return pid <= LAST_PID ? process_at[index_of[pid]] : 0; }
struct process *process_new(uint32_t pid);
void process_end(struct process *p, uint32_t status);   /* sends PROC_EXIT, frees all */
void process_release(struct process *p);                /* frees all, tells nobody */
void memory_release(struct process *p);
uint32_t memory_pages(const struct process *p);         /* data and stack, as far as they are mapped */
/* Pages in [from, to), MAP_STALE unless they are all zero: 0 or -ENOMEM. */
int memory_grow(struct process *p, uint32_t from, uint32_t to);
int memory_give(struct process *p, uint32_t at);    /* one such page; 0: there is none */
/* Clears its MAP_STALE pages. behind_each: kernel_listen, or watchdog within bus_poll. */
void memory_clear(struct process *p, void (*behind_each)(void));
/*
 * Behind each page that the kernel copies or clears: takes frames and notices losses, since a board that refuses frames
 * for long is taken for dead. Not from what bus_poll calls. `current` stays; others may come, go and be lost.
 */
void kernel_listen(void);
void make_ready(struct process *p);
void step_aside(struct process *p, int slice_over);     /* the current one, READY, for somebody else */
void next_slice(void);                                  /* each time slice: whose turn it is */
void wake(struct process *p);                           /* WAITING -> READY */
void wake_by(struct process *p, uint32_t k);            /* the same, by what came on a channel */
struct process *pick_next(void);
int someone_waits(void);
int call_sbrk(struct process *p);
int call_fork(struct process *p);
int call_fds(struct process *p);
struct process *create_process(struct message *m);      /* CTL_CREATE; not yet ready to run */
void unready(struct process *p);
void start_servers(const struct bundle *bundle);
extern const struct bundle *boot_bundle;  /* main.c: stays in RAM */

/* exec.c */
int call_exec(struct process *p);
int text_evict(void);               /* 0: all are in use */
void text_arrived(struct message *m);
void text_release(struct text *t);
void text_share(struct text *t);
void text_map(struct process *p, int on);   /* all of its text, which is here */
void text_continue(void);           /* asks for pages that found no room in the transmit queue */
void text_name(const struct text *t, uint32_t id[4]);
struct text *text_want(const uint32_t id[4]);  /* counted, and being fetched */
void text_run(struct process *p);       /* READY with its text, or LOADING until that is here */

/* message.c */
struct message *message_new(void);
void message_free(struct message *m);
int message_reclaim(void);          /* frees pages of which no message is in use; 0: there are none */
void deliver(struct process *p, struct message *m);
int call_send(struct process *p);
int call_receive(struct process *p);
int call_which(struct process *p);
/* Where the queue has the first message of a channel (any but control for ANY_CHANNEL), with that `re` unless 0; its
 * end if there is none. */
static inline struct message **queue_find(struct process *p, uint32_t channel, uint32_t re)
{
    const uint32_t control = CHANNEL(p->pid, CH_CONTROL);
    struct message **at = &p->queue;

    for (const struct message *m; (m = *at); at = &(*at)->next)
        if (channel == ANY_CHANNEL ? m->channel != control : m->channel == channel && (!re || m->msg.re == re))
            break;
    return at;
}
struct message *queue_take(struct process *p, uint32_t channel, uint32_t re);
void queue_drop(struct process *p);
/* A message of the kernel, or of the kernel for a process. from: pid that counts it. 0 or -EAGAIN (never from
 * kernel_send). */
int post(uint32_t from, uint32_t channel, const struct msg *m, uint32_t data_page, const void *data, uint32_t length,
         uint32_t cookie);
uint32_t kernel_send(uint32_t channel, const struct msg *m, const void *data, uint32_t length, uint32_t cookie);
int address_frame(uint8_t *header); /* destinations by the present view; 0: the receiver is not there */

/* bus.c: the interface */
extern uint32_t view_number, view_members, my_slot;
void bus_init(void);
void bus_poll(void);                /* takes what has arrived and what has been sent */
void bus_fill_pages(void);
int bus_room(uint32_t wanted);      /* free transmit entries >= wanted? */
/* The next frame is built in place: its header (FRAME_..., all to be set) and parameters; then it is sent, or not. */
uint8_t *bus_next(uint8_t **parameters);
void bus_send(uint32_t page, uint32_t cookie);
int bus_queue(const uint8_t *header, const void *parameters, uint32_t page, uint32_t cookie);
/* The header of a message, all but its destinations; parameters, data: bytes beside it and in its page. */
static inline void frame_header(uint8_t *header, uint32_t channel, uint32_t number, uint32_t to, uint32_t from,
                                uint32_t parameters, uint32_t data)
{
    *(uint32_t *)header = (uint32_t)KIND_DATA << 24 | ((parameters | data) & 1) << 1;
    *(uint32_t *)(header + FRAME_DESTINATION) = *(uint32_t *)(header + FRAME_DESTINATION + 4) = 0;
    *(uint32_t *)(header + FRAME_VIEW) = view_number;
    *(uint32_t *)(header + FRAME_CHANNEL) = channel;
    *(uint32_t *)(header + FRAME_SENT) = number;
    *(uint16_t *)(header + FRAME_PARAMETERS) = (parameters + 1) & ~1u;
    *(uint16_t *)(header + FRAME_DATA) = (data + 1) & ~1u;
    *(uint32_t *)(header + FRAME_TAG) = to << 16 | from;
}
extern uint8_t spoken[MAX_SLOTS];   /* a frame has gone to that board, or come from it, since the last tick */
int view_send(const uint8_t *header, const void *parameters);
void bus_watch(void);
void bus_requeue_stale(void);
void bus_unstall(void);             /* a message buffer or a page is free again */
#define COOKIE_NONE      0
#define COOKIE_TTY       0x10000000u  /* | line: input acknowledged at commit */
#define COOKIE_BOOT      0x20000000u  /* a page of the bundle */
#define COOKIE_SYNC      0x30000000u  /* | SYNC_...: of a sync; the page stays its process' */
extern uint32_t last_commit;        /* everything up to this commit number has been taken from the normal queue */

/* view.c */
struct view_parameters {            /* parameters of a VIEW frame */
    uint8_t partner[MAX_SLOTS];     /* NO_SLOT: none */
    uint8_t server[8], backup[8];   /* slots of the server with that pid and of its backup, or NO_SLOT */
    uint32_t ports;                 /* slots with ports to disks and terminals */
    uint32_t commit;
};
extern struct view_parameters view_table;

/* route.c: where processes run, and where their backups have to be; or NO_SLOT */
extern uint8_t route[LAST_PID + 1];
extern uint8_t heir[MAX_SLOTS];
extern uint32_t route_top;          /* highest pid with a route */
void route_set(uint32_t pid, uint32_t slot);
void route_learn(uint32_t from, uint32_t slot, const struct msg *m);   /* of a frame that passes by */
static inline int is_server(uint32_t pid) { return pid - PID_PROC <= PID_TTY - PID_PROC; }
static inline int is_kernel(uint32_t pid) { return pid - PID_KERNEL < MAX_SLOTS; }
static inline uint32_t slot_of(uint32_t pid)
{
    if (is_server(pid))
        return view_table.server[pid];
    if (is_kernel(pid))
        return heir[pid - PID_KERNEL];
    return pid <= LAST_PID ? route[pid] : NO_SLOT;
}
static inline uint32_t backup_slot(uint32_t pid)
{
    uint32_t slot;

    if (is_server(pid))
        return view_table.backup[pid];
    slot = is_kernel(pid) || pid > LAST_PID ? NO_SLOT : route[pid];
    return slot < MAX_SLOTS ? view_table.partner[slot] : NO_SLOT;
}

void view_found(void);
void view_wish(uint32_t sponsor);   /* asks to be joined, at each tick again */
void view_taken(const uint8_t *header, const struct view_parameters *parameters);
void membership_check(void);
void view_leave(void);              /* this board cannot reach its devices: the view goes on without it, if it can */
void view_ports(uint32_t slot);     /* that member can now be the heir of those who use devices */
void view_suspect(uint32_t slots);  /* they do not take our frames */
void boot_frame(uint32_t from, const struct boot_params *parameters);
void boot_page_done(uint32_t status);
void boot_tick(void);
void founding_failed(void);
void announce_board(void);
void view_stop(uint32_t pid);       /* a server that nobody has any more */
int lowest_live(void);              /* is this board the lowest live member? */
void keep_alive(void);              /* each tick: says something to a board that may hear nothing else */

/* count.c: backup's knowledge of its partner's processes: at most eight ends for each */
#define KNOWN 2048                  /* a power of two */
struct known {
    uint32_t channel;               /* 0: free */
    uint32_t sender;
    uint32_t sent;
};
void known_note(uint32_t channel, uint32_t sender, uint32_t sent);
void known_forget(uint32_t pid);
void known_forget_server(uint32_t pid, uint32_t server);
uint32_t known_of(uint32_t channel, uint32_t sender);

/* sync.c: what the primary sends to its backup */
#define CH_SYNC      7              /* channel end of a process for the frames of its syncs, from kernel to kernel */
#define SYNC_OPEN    200            /* save and count for this process from now on. a[0] pages that it may take */
#define SYNC_PAGE    201            /* a[0] user address; data: the page */
#define SYNC_MESSAGE 202            /* a[0] commit, a[1] channel, a[2] length, a[3] sender's slot, a[4] ended; then
                                       struct msg and data */
#define SYNC_STATE   203            /* a[0] number of the piece; data */
#define SYNC_END     204            /* a[0] bytes of state. Closing frame */
#define SYNC_REFUSED 205            /* a[0] pid: the backup's board has no room for it. To the primary's kernel */
struct end_record { uint32_t channel, sent, read, known; };
int sync_step(void);                /* 1: somebody may be ready now */
extern int sync_wanted;             /* sync_step may have something to do */
void sync_hold(struct process *p, uint32_t want);
#define USER_READS     64
#define SERVER_READS   200
#define SLICES         100          /* of 10 ms in which the process was running */
#define SERVER_SLICES  25           /* everybody waits while a server rolls forward */
#define FILE_READS     180          /* the same for the file server, of which a sync takes longer */
extern uint32_t system_reads, system_slices;    /* what holds for a process that has set nothing else */
static inline uint32_t reads_limit(const struct process *p)
{
    return p->limit_reads ? p->limit_reads : !p->server ? system_reads : p->pid == PID_FILE ? FILE_READS
        : SERVER_READS;
}
static inline uint32_t slices_limit(const struct process *p)
{
    return p->limit_slices ? p->limit_slices : !p->server || p->pid == PID_FILE ? system_slices : SERVER_SLICES;
}
static inline __attribute__((always_inline)) int sync_due(const struct process *p)
{
    return (p->due || p->want & WANT_SELF) && p->backing >= DEPENDENT && p->pid != PID_FILE;
}
int sync_address(uint32_t pid);     /* target of the job of this process, or NO_SLOT */
void sync_committed(uint32_t what);
void sync_view(uint32_t excluded);
void sync_limits(uint32_t reads, uint32_t slices);  /* the system's */
void sync_poke(void);
int sync_settled(void);
void sync_forget(struct process *p);
void sync_refused(uint32_t pid, uint32_t from);
int sync_dependents(const struct process *p);  /* does it have children without a backup of their own? */
int call_sync(struct process *p);
int sync_complete(void);            /* the board may go: who can have a backup has one */

/* pair.c: what the backup's board keeps */
struct sync_core {
    struct registers regs;
    uint32_t ppid, uid, gid, euid, egid, data, brk, heap_limit, stack_low;
    uint32_t sent[16], read[16], known[16];
    uint32_t sig_pending, sig_mask, sig_sync, horizon;
    uint32_t text_id[4];
    uint16_t quota, granted, offered;
    uint8_t full, forking;
    char name[16];
};
struct sync_window { uint32_t asked[CHANNELS], answered[CHANNELS]; };
struct sync_mode { uint32_t version; uint8_t mode, pad; uint16_t limit_reads, limit_slices; };
enum { T_CORE = 1, T_FDS, T_ACTIONS, T_ENDS, T_UNREAD, T_ROUTES, T_MODE, T_WINDOW };
#define SYNC_VERSION 2              /* of the types above and what they hold */
extern uint8_t blob[BLOB_BYTES];
uint32_t pair_init(uint32_t first, uint32_t ram);
void pair_frame(struct process *p, struct message *m, uint32_t pid);
void pair_save(struct process *p, struct message *m);
void pair_ended(uint32_t pid);
void pair_create(struct message *m);
void pair_release(struct process *p);
void pair_takeover(uint32_t excluded);
uint32_t pair_pages(const struct process *p);   /* of a backup, with those staged */
uint16_t *page_note(uint32_t page);         /* a number for each page that is not staged */
void pair_find_parents(void);       /* born_of of each backup here: who has still to fork it */
int pair_behind(struct process *p);
int pair_awaited(const struct process *parent);

/* room.c: what processes and backups here may come to have, and what there is */
void room_measure(uint32_t pages);  /* what there is; only the first figure counts */
void quota_set(struct process *p, uint32_t pages);
void room_granted(struct process *p, const struct message *m);  /* m is in its queue; a backup may be given up */
uint32_t room_offer(const struct process *p, const struct message *m);  /* pages that m, of its queue, grants it */
void room_fit(void);                /* gives up backups until all that is promised is here */
int room_open(uint32_t pid, uint32_t pages);    /* for a new backup, which has its record; 0: refused */
int room_wait(uint32_t pages);      /* so many are free, now or with a reclaim; 0: wait, the call will run again */
void room_poke(void);               /* each time slice: those who wait look again */
void pair_refuse(struct process *p);
void refuse(uint32_t pid, uint32_t slot);       /* there is no record; the kernel where it runs will hear of it */
int pair_give_up(void);             /* frees a backup's memory; 0: there is none */
void pair_tell(void);               /* tells primaries of what was given up, as the queue has room */

/* end.c: the servers' ends of channels */
#define ENDS 896                    /* of all processes and kernels, and of some that have ended unnoticed */
struct end *end_at(uint32_t channel);
void end_drop(uint32_t channel);
uint32_t ends_store(uint32_t pid, struct end_record *to, uint32_t most);
void ends_load(uint32_t pid, const struct end_record *from, uint32_t n);

/* signal.c */
int call_sigaction(struct process *p);
int call_sigmask(struct process *p);
int call_sigreturn(struct process *p);
int call_raise(struct process *p);
int signals_deliver(struct process *p);  /* before user mode; 0: the process has ended */
void signal_fault(struct process *p, uint32_t signal);

/* report.c: what boards and ps show */
void loss_sign(void);               /* the first sign of a loss, unless there was one */
void loss_view(uint32_t excluded);
void loss_note(uint32_t kind, const struct process *p, uint32_t count);
void loss_told(const struct message *m);    /* CTL_LOST */
void report(const struct message *m);

/* service.c: requests to the kernel itself */
void kernel_message(struct message *m);

/* cable.c: cables between this board and the controllers of devices */
int cable_ports(void);              /* has this board ports, and do their controllers answer? */
void cable_tick(void);

/* disk.c, tty.c, clock.c: drivers */
int call_disk(struct process *p);
int call_disk_wait(struct process *p);
void disk_interrupt(void);
int disk_watch(void);               /* each tick; 1: the file server waits for its last disk, whose cable is cut */
int disk_answers(void);             /* some disk does, as far as this board has tried */
int call_tty_take(struct process *p);
int call_tty_out(struct process *p);
void tty_interrupt(void);
int tty_answers(void);              /* of its controller; 0: the cable is cut, for the moment at least */
void tty_mended(void);              /* its cable may be: what was lost in it goes out again */
void tty_tick(void);                /* each time slice */
void tty_take_over(void);
void disk_take_over(void);
void tty_committed(uint32_t line);
uint32_t clock_slices(void);        /* of 10 ms since the board came up */
uint32_t clock_cycles(void);        /* low part */
void clock_init(void);
void watchdog(void);                /* the kernel is alive: also within long stretches with interrupts masked */
void clock_interrupt(void);

#endif
