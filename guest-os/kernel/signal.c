/* Signals of a process: actions, mask, handler frames. Signals arrive as messages on the control channel. */
#include "kernel.h"
#include <signal.h>

#define SIGNAL_BIT(n) ((uint32_t)1 << ((n) - 1))
#define NEVER_MASKED  (SIGNAL_BIT(SIGKILL) | SIGNAL_BIT(SIGSTOP))
#define DEFAULT_IGNORED (SIGNAL_BIT(SIGCHLD) | SIGNAL_BIT(SIGCONT) | SIGNAL_BIT(SIGWINCH) | \
    SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU) | SIGNAL_BIT(SIGSTOP))

int call_sigaction(struct process *p)
{
    uint32_t n = p->regs.d[1];
    struct ksigaction new;

    if (!n || n > 31 || ((n == SIGKILL || n == SIGSTOP) && p->regs.a[0]))
        return -EINVAL;
    if (p->regs.a[0] && copy_in(p, &new, p->regs.a[0], sizeof new))
        return -EFAULT;
    if (p->regs.a[1] && copy_out(p, p->regs.a[1], &p->action[n], sizeof new))
        return -EFAULT;
    if (p->regs.a[0]) {
        new.mask &= ~NEVER_MASKED;
        p->action[n] = new;
    }
    return 0;
}

int call_sigmask(struct process *p)
{
    uint32_t old = p->sig_mask, mask = p->regs.d[2] & ~NEVER_MASKED;

    switch (p->regs.d[1]) {
    case 0: p->sig_mask |= mask; break;
    case 1: p->sig_mask &= ~p->regs.d[2]; break;
    case 2: p->sig_mask = mask; break;
    default: return -EINVAL;
    }
    return old & 0x7FFFFFFF;
}

int call_sigreturn(struct process *p)
{
    struct sigframe frame;

    if (copy_in(p, &frame, p->regs.a[0], sizeof frame)) {
        process_end(p, SIGSEGV);
        return CALL_NO_ANSWER;
    }
    memcpy(p->regs.d, frame.d, sizeof frame.d);
    memcpy(p->regs.a, frame.a, sizeof frame.a);
    p->regs.pc = frame.pc;
    p->regs.sr = frame.ccr & 0x1F;
    p->regs.usp = frame.usp;
    p->sig_mask = frame.mask & ~NEVER_MASKED;
    return CALL_NO_ANSWER;
}

int call_raise(struct process *p)
{
    uint32_t n = p->regs.d[1];

    if (!n || n > 31)
        return -EINVAL;
    p->sig_pending |= SIGNAL_BIT(n);
    p->sig_sync |= SIGNAL_BIT(n);
    return 0;
}

/* Signals among the received messages become pending. */
static void collect(struct process *p)
{
    uint32_t control = CHANNEL(p->pid, CH_CONTROL);
    struct message *m;

    while (p->controls && (m = queue_take(p, control, 0))) {
        p->controls--;
        if (m->msg.op == CTL_SIGNAL && m->msg.a[0] && m->msg.a[0] <= 31)
            p->sig_pending |= SIGNAL_BIT(m->msg.a[0]);
        message_free(m);
    }
}

/* Builds the handler's frame. 0: no room on the stack, the process has ended. */
static int enter_handler(struct process *p, uint32_t n)
{
    struct ksigaction *action = &p->action[n];
    uint32_t at = (p->regs.usp & ~(uint32_t)3) - sizeof(struct sigframe);
    struct sigframe frame;

    memcpy(frame.d, p->regs.d, sizeof frame.d);
    memcpy(frame.a, p->regs.a, sizeof frame.a);
    frame.usp = p->regs.usp;
    frame.pc = p->regs.pc;
    frame.ccr = p->regs.sr & 0x1F;
    frame.pad = 0;
    frame.mask = p->sig_mask;
    if (copy_out(p, at, &frame, sizeof frame)) {
        process_end(p, SIGSEGV);
        return 0;
    }
    p->regs.usp = at;
    p->regs.d[0] = n;
    p->regs.a[0] = action->handler;
    p->regs.a[1] = action->flags;
    p->regs.pc = action->trampoline;
    p->regs.sr = 0;
    p->sig_mask |= action->mask | (action->flags & SA_NODEFER ? 0 : SIGNAL_BIT(n));
    if (action->flags & SA_RESETHAND)
        action->handler = (uint32_t)SIG_DFL;
    return 1;
}

/*
 * A process that rolls forward gets no signal from outside before it has sent again what it had sent; nor does one
 * between a request to fork and its answer. A handler runs when the backup knows that it does. 0: the process has
 * ended or is held.
 */
int signals_deliver(struct process *p)
{
    uint32_t deliverable;
    int open = !p->forking && !(p->rolling && pair_behind(p));

    if (p->controls && open)
        collect(p);
    while ((deliverable = p->sig_pending & ~p->sig_mask & (open ? ~0u : p->sig_sync))) {
        uint32_t n = 1, own;

        while (!(deliverable & SIGNAL_BIT(n)))
            n++;
        if (p->action[n].handler == (uint32_t)SIG_DFL && !(DEFAULT_IGNORED & SIGNAL_BIT(n)) && sync_dependents(p)) {
            sync_hold(p, WANT_CHILDREN);
            return 0;
        }
        own = p->sig_sync & SIGNAL_BIT(n);
        p->sig_pending &= ~SIGNAL_BIT(n);
        p->sig_sync &= ~SIGNAL_BIT(n);
        if (p->action[n].handler == (uint32_t)SIG_IGN)
            continue;
        if (p->action[n].handler != (uint32_t)SIG_DFL) {
            if (!own && p->backing >= DEPENDENT)
                p->want |= WANT_SELF;
            return enter_handler(p, n);
        }
        if (DEFAULT_IGNORED & SIGNAL_BIT(n))
            continue;
        process_end(p, n);
        return 0;
    }
    return 1;
}

/* The process itself did something that it may not. A blocked or ignored fault ends it. */
void signal_fault(struct process *p, uint32_t n)
{
    print("board %u: %s (%u): fault, signal %u at %x\n", my_slot, p->name, p->pid, n, p->regs.pc);
    if (p->sig_mask & SIGNAL_BIT(n) || p->action[n].handler <= (uint32_t)SIG_IGN)
        process_end(p, n);
    else {
        p->sig_pending |= SIGNAL_BIT(n);
        p->sig_sync |= SIGNAL_BIT(n);
    }
}
