/* From traps and interrupts to handlers, and on to the next process. */
#include "kernel.h"
#include <signal.h>

struct process *current;
extern struct registers *save_area;
static int reschedule;                      /* 0, or: */
#define FOR_SERVER 1
#define SLICE_OVER 2
static uint32_t calls;
static uint64_t idle_since, idle_sum;       /* idle_since: 0 while a process runs, and before the first one has */

uint32_t calls_made(void) { return calls; }
uint64_t idle_cycles(void) { return idle_sum; }
void want_reschedule(void) { reschedule |= FOR_SERVER; }
void slice_over(void) { reschedule = SLICE_OVER; }

static uint64_t cycles_now(void)
{
    uint64_t high = REG32(HW_CYCLES_HI);

    return high << 32 | REG32(HW_CYCLES_LO);
}

static int call_getids(struct process *p)
{
    struct kids ids = { p->pid, p->ppid, p->uid, p->gid, p->euid, p->egid, my_slot };
    return copy_out(p, p->regs.a[0], &ids, sizeof ids);
}

static int call_exit(struct process *p)
{
    if (!bus_room(8))
        return CALL_WAITS;
    if (sync_dependents(p)) {
        sync_hold(p, WANT_CHILDREN);
        return CALL_WAITS;
    }
    process_end(p, p->regs.d[1] & 0xFFFF);
    return CALL_NO_ANSWER;
}

static int server_call(struct process *p, uint32_t number)
{
    if (!p->server)
        return -EPERM;
    switch (number) {
    case K_DISK: return call_disk(p);
    case K_DISK_WAIT: return call_disk_wait(p);
    case K_TTY_TAKE: return call_tty_take(p);
    case K_TTY_OUT: return call_tty_out(p);
    case K_SYNC: return call_sync(p);
    case K_POWER_OFF:
        REG16(HW_POWER) = POWER_OFF;
        return 0;
    default: return -ENOSYS;
    }
}

static int call_sigpending(struct process *p) { return p->sig_pending & p->sig_mask; }

static int (*const local_calls[])(struct process *p) = {
    [K_SEND] = call_send, [K_RECEIVE] = call_receive, [K_WHICH] = call_which, [K_FD_GET] = call_fds,
    [K_FD_SET] = call_fds, [K_FD_ALLOC] = call_fds, [K_FD_COUNT] = call_fds, [K_SBRK] = call_sbrk, [K_FORK] = call_fork,
    [K_EXEC] = call_exec, [K_EXIT] = call_exit, [K_SIGACTION] = call_sigaction, [K_SIGMASK] = call_sigmask,
    [K_SIGRETURN] = call_sigreturn, [K_RAISE] = call_raise, [K_GETIDS] = call_getids, [K_SIGPENDING] = call_sigpending,
};

/* The call that the process has made, or made before it waited. */
static inline __attribute__((always_inline)) void trap(struct process *p)
{
    uint32_t number = p->regs.d[0];
    int answer = number < sizeof local_calls / sizeof local_calls[0] && local_calls[number] ? local_calls[number](p)
        : server_call(p, number);

    calls++;
    if (answer == CALL_WAITS) {
        p->regs.pc -= 2;
        if (p->state == READY)
            p->state = WAITING;
        p->again = p->regs.pc;
    } else if (answer != CALL_NO_ANSWER) {
        p->regs.d[0] = answer;
        p->count_calls++;
    }
}

static void fault(struct process *p, uint32_t vector)
{
    static const uint8_t signals[] = { 0, 0, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGFPE, SIGFPE, SIGILL,
        SIGTRAP, SIGILL, SIGILL };

    signal_fault(p, vector < sizeof signals ? signals[vector] : SIGTRAP);
}

/* Interrupts, by vector; 0: it was none. */
static __attribute__((noinline)) int interrupt(uint32_t vector)
{
    switch (vector) {
    case VECTOR_TIMER: clock_interrupt(); return 1;
    case VECTOR_BUS_RX: case VECTOR_BUS_TX: case VECTOR_BUS_SILENT: bus_poll(); return 1;
    case VECTOR_BUS_SLOT:
        membership_check();
        return 1;
    case VECTOR_DISK: disk_interrupt(); return 1;
    case VECTOR_TTY: tty_interrupt(); return 1;
    case 24: return 1;              /* spurious: the request went away while it was acknowledged */
    default: return 0;
    }
}

/* Signals and syncs of the process that is to go on. 0: it does not go on, or somewhere else. */
static int settle(struct process *p)
{
    if ((p->controls || (p->rolling && !p->server) || p->sig_pending & ~p->sig_mask) && !signals_deliver(p))
        return 0;
    if (!sync_due(p))
        return 1;
    sync_hold(p, WANT_SELF);
    return 0;
}

/* Has it nothing to settle, as a glance shows? */
static inline __attribute__((always_inline)) int is_quiet(const struct process *p)
{
    return !p->controls && (!p->rolling || p->server) && !p->want && !(p->sig_pending & ~p->sig_mask) &&
        !sync_due(p);
}

/* Takes frames that have arrived, which would interrupt at once whoever goes on. 0: there are none. */
static inline int frames_taken(void)
{
    if (!(REG16(HW_PENDING) & REG16(HW_ENABLE) & INT_BUS_RX))
        return 0;
    bus_poll();
    return 1;
}

static void __attribute__((noreturn)) dispatch(void)
{
    if (sync_wanted)
        sync_step();
    for (;;) {
        struct process *p = current;

        if (p && p->state == READY) {
            if (!reschedule || !someone_waits()) {
                reschedule = 0;
                if (!is_quiet(p) && !settle(p))
                    continue;
                if (p->again != p->regs.pc) {
                    if (frames_taken())
                        continue;
                    break;
                }
                /* It would run its trap instruction again: the call is made from here at once. */
                p->again = 0;
                p->regs.pc += 2;
                trap(p);
                continue;
            }
            step_aside(p, reschedule & SLICE_OVER);
        }
        reschedule = 0;
        current = pick_next();
        if (current && current->stale)
            memory_clear(current, kernel_listen);
        if (!current) {
            if ((sync_wanted && sync_step()) || frames_taken())
                continue;
            break;
        }
    }
    if (!current) {
        while (!(REG16(HW_PENDING) & REG16(HW_ENABLE)) && page_clear_some())
            ;
        idle_since = cycles_now();
        idle();
    }
    REG16(HW_CONTEXT) = current->context;
    enter_user(current);
}

/* A trap #0: its registers have been saved. */
void kernel_call(void)
{
    struct process *p = current;

    p->again = 0;
    trap(p);
    if (p->state == READY && p == current && !reschedule && !sync_wanted && is_quiet(p) && !frames_taken())
        enter_user(p);              /* as dispatch would find */
    dispatch();
}

/* frame: as the 68000 pushed it. Comes back only by way of dispatch. */
void kernel_entry(uint32_t vector, uint16_t *frame)
{
    uint16_t *sr = vector == 2 || vector == 3 ? frame + 4 : frame;
    uint32_t pc = (uint32_t)sr[1] << 16 | sr[2];

    if (idle_since) {
        idle_sum += cycles_now() - idle_since;
        idle_since = 0;
    }
    save_area->sr = *sr;
    save_area->pc = pc;
    if ((*sr & 0x2000) && (current || vector < VECTOR_TIMER) && vector != 24) {
        print("vector %u at %x sr %x, fault %x cause %u\n", vector, pc, *sr, REG32(HW_FAULT_ADDRESS),
              REG16(HW_FAULT_CAUSE));
        panic("exception in the kernel", __FILE__, __LINE__);
    }
    if (!interrupt(vector)) {
        ASSERT(current);
        if (vector == 2 && REG16(HW_FAULT_CAUSE) == FAULT_PARITY)
            panic("bad parity in RAM", __FILE__, __LINE__);     /* the board's fault, not the program's */
        fault(current, vector);
    }
    dispatch();
}
