#ifndef KERNEL_H
#define KERNEL_H
/*
 * The kernel of one board. It is not preemptive: it runs with all interrupts masked on one stack, from a trap or interrupt of
 * user mode (or of the idle loop) to the next dispatch. A call that has to wait leaves the process' PC on its trap
 * instruction and starts again when the process is woken, so no kernel stack outlives a call.
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
#define MAX_PROCESS  100            /* MMU contexts: one each, context number = index + 1 */
#define PAGE_SHIFT   12
#define CALL_WAITS   0x7FFFFFFF     /* answer of a call handler: not yet; the trap is executed again when the process wakes */
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

/* A received message, in a queue in commit order. `page` (with the data) belongs to it. */
struct message {
    struct message *next;
    uint32_t commit;
    uint32_t channel;
    uint32_t page;                  /* physical address of the data, 0: inline */
    uint16_t length;                /* data bytes */
    uint8_t from, pad;              /* slot of the sender */
    struct msg msg;
    uint8_t data[128 - sizeof(struct msg)];
};

/* One end of a channel at a server: the counts of the server's direction. A client keeps its five in struct process. */
struct end {
    uint32_t channel;               /* 0: free */
    uint32_t sent, read;
};

enum state { FREE, READY, WAITING, LOADING };

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
    char name[16];
};

/* start.S */
void enter_user(struct process *p) __attribute__((noreturn));
void idle(void) __attribute__((noreturn));
void copy_page(uint32_t to, uint32_t from);
void zero_page(uint32_t page);
extern const uint8_t loader_image[], loader_image_end[];

/* trap.c */
extern struct process *current;     /* whose registers the next trap saves; 0 in the idle loop */
void kernel_entry(uint32_t vector, uint16_t *frame);

/* panic.c */
void print(const char *format, ...);  /* to DIAG: %d %u %x %s %c */
void panic(const char *what, const char *file, int line) __attribute__((noreturn));

/* page.c */
void page_init(uint32_t first, uint32_t end, int clear);
uint32_t page_alloc(void);          /* physical address, 0: none left; not cleared */
uint32_t page_alloc_zeroed(void);   /* the same, all zero */
int page_clear_one(void);           /* for the idle loop: 0 if there is nothing to do */
void page_free(uint32_t page);
uint32_t page_count(void);

/* mmu.c: maps of user address spaces */
#define MAP_DATA  (MAP_VALID | MAP_WRITE)
#define MAP_TEXT  (MAP_VALID | MAP_EXECUTE)
void map_set(struct process *p, uint32_t address, uint32_t page, uint32_t bits);
uint32_t map_get(struct process *p, uint32_t address);  /* entry */
uint32_t map_clear(struct process *p, uint32_t address);  /* page that was mapped, or 0 */
void *user_at(struct process *p, uint32_t address, uint32_t need);  /* physical pointer, or 0; good to the end of the page */
int copy_in(struct process *p, void *to, uint32_t from, uint32_t bytes);      /* 0 or -EFAULT */
int copy_out(struct process *p, uint32_t to, const void *from, uint32_t bytes);

/* process.c */
extern struct process processes[MAX_PROCESS];
struct process *process_find(uint32_t pid);
struct process *process_new(uint32_t pid);
void process_end(struct process *p, uint32_t status);   /* sends PROC_EXIT, frees all */
void process_release(struct process *p);                /* frees all, tells nobody */
void memory_release(struct process *p);
int memory_grow(struct process *p, uint32_t from, uint32_t to);  /* zeroed pages in [from, to), 0 or -ENOMEM */
void make_ready(struct process *p);
void wake(struct process *p);                           /* WAITING -> READY */
struct process *pick_next(void);
int someone_waits(void);
int call_sbrk(struct process *p);
int call_fork(struct process *p);
int call_fds(struct process *p, uint32_t number);
void create_process(struct message *m);                 /* CTL_CREATE */
void start_servers(const struct bundle *bundle);

/* exec.c */
int call_exec(struct process *p);
void text_arrived(struct message *m);
void text_release(struct text *t);
void text_share(struct text *t);

/* message.c */
struct message *message_new(void);
void message_free(struct message *m);
void deliver(struct process *p, struct message *m);
int call_send(struct process *p);
int call_receive(struct process *p);
int call_which(struct process *p);
struct message *queue_take(struct process *p, uint32_t channel, uint32_t re);
void queue_drop(struct process *p);
/* A message of the kernel, or of the kernel for a process. from: pid that counts it. 0 or -EAGAIN (never from kernel_send). */
int post(uint32_t from, uint32_t channel, const struct msg *m, uint32_t data_page, const void *data, uint32_t length,
         uint32_t cookie);
uint32_t kernel_send(uint32_t channel, const struct msg *m, const void *data, uint32_t length, uint32_t cookie);

/* route.c */
extern uint8_t route[LAST_PID + 1];
uint32_t slot_of(uint32_t pid);     /* where it runs, or NO_SLOT */

/* bus.c: the interface */
void bus_init(void);
void bus_poll(void);                /* takes what has arrived and what has been sent */
void bus_fill_pages(void);
int bus_room(uint32_t wanted);      /* free transmit entries >= wanted? */
int bus_queue(const uint8_t *header, const void *parameters, uint32_t page, uint32_t cookie);
int view_send(const uint8_t *header, const void *parameters);
void bus_requeue_stale(void);
#define COOKIE_NONE      0
#define COOKIE_TTY       0x10000000u  /* | line: input acknowledged at commit */
#define COOKIE_BOOT      0x20000000u  /* a page of the bundle */

/* view.c */
struct view_parameters {            /* parameters of a VIEW frame */
    uint8_t partner[MAX_SLOTS];     /* NO_SLOT: none */
    uint8_t server[8];              /* slot of the server with that pid */
    uint32_t commit;
};
extern struct view_parameters view_table;
extern uint32_t view_number, view_members, my_slot;
void view_found(void);
void view_wish(uint32_t sponsor);   /* asks to be joined, at each tick again */
void view_taken(const uint8_t *header, const struct view_parameters *parameters);
void membership_check(void);
void boot_frame(uint32_t from, const struct boot_params *parameters);
void boot_page_done(uint32_t status);
int lowest_live(void);              /* is this board the lowest live member? */

/* count.c: backup's knowledge of its partner's processes */
void known_note(uint32_t channel, uint32_t sender, uint32_t sent);
void known_forget(uint32_t pid);

/* signal.c */
int call_sigaction(struct process *p);
int call_sigmask(struct process *p);
int call_sigreturn(struct process *p);
int call_raise(struct process *p);
int signals_deliver(struct process *p);  /* before user mode; 0: the process has ended */
void signal_fault(struct process *p, uint32_t signal);

/* service.c: requests to the kernel itself */
void kernel_message(struct message *m);

/* disk.c, tty.c, clock.c: drivers */
int call_disk(struct process *p);
int call_disk_wait(struct process *p);
void disk_interrupt(void);
int call_tty_take(struct process *p);
int call_tty_out(struct process *p);
void tty_interrupt(void);
void tty_committed(uint32_t line);
void clock_init(void);
void clock_interrupt(void);

#endif
