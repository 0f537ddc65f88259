/* Requests that are answered later: how they are kept, cancelled, and when a wait is over. */
#include "process.h"
#include <errno.h>
#include <sys/wait.h>

struct pending *suspend(struct process *p, const struct msg *m, enum pending_kind kind)
{
    for (unsigned i = 0; i < PENDING; i++) {
        struct pending *pending = &p->pending[i];
        if (pending->kind == NOTHING) {
            *pending = (struct pending){ .kind = (uint8_t)kind, .op = m->op, .re = m->re };
            return pending;
        }
    }
    return 0;
}

void resume(struct process *p, struct pending *pending, int32_t result, uint32_t a0, uint32_t a1)
{
    struct msg m = { .op = pending->op, .re = pending->re, .result = result, .a = { a0, a1 } };
    wire_require(pending->kind != NOTHING && p->state == ALIVE);
    pending->kind = NOTHING;
    wire_send(CHANNEL(p->pid, CH_PROC), &m, 0, 0);
}

struct pending *suspended(struct process *p, enum pending_kind kind, uint32_t number)
{
    for (unsigned i = 0; i < PENDING; i++) {
        if (p->pending[i].kind == kind && p->pending[i].re == number)
            return &p->pending[i];
    }
    return 0;
}

void do_cancel(struct process *p, uint32_t number)
{
    for (unsigned i = 0; i < PENDING; i++) {
        struct pending *pending = &p->pending[i];
        if (pending->kind != NOTHING && pending->re == number) {
            struct stamp rest = { 0, 0 };
            if (pending->kind == SLEEPS)
                rest = left(pending->until);
            resume(p, pending, -EINTR, rest.seconds, rest.nanoseconds);
            return;
        }
    }
}

static int matches(const struct process *child, int32_t who)
{
    return who == ANY_CHILD || (who > 0 ? child->pid == who : child->group == -who);
}

/* The matching zombie that ended first is gone afterwards; its pid. 0: none has ended. ECHILD: there is none to end. */
static int32_t reap(const struct process *parent, int32_t who, uint32_t *status)
{
    struct process *first = 0;
    int any = 0;
    for (struct process *child = each(0); child; child = each(child)) {
        if (child->parent != parent->pid || !matches(child, who))
            continue;
        any = 1;
        if (child->state == ZOMBIE && (!first || child->ended < first->ended))
            first = child;
    }
    if (!first)
        return any ? 0 : -ECHILD;
    *status = first->status;
    first->state = FREE;
    return first->pid;
}

void do_wait(struct process *p, uint32_t channel, const struct msg *m)
{
    int32_t who = (int32_t)m->a[0];
    uint32_t a[5] = { 0 };
    if ((m->a[1] & ~(uint32_t)(WNOHANG | WUNTRACED)) || who < -LAST_PID) {
        answer(channel, m, -EINVAL);
        return;
    }
    if (who == -1)
        who = ANY_CHILD;
    else if (who == 0)
        who = -(int32_t)p->group;
    int32_t result = reap(p, who, &a[0]);
    if (result == 0 && !(m->a[1] & WNOHANG)) {
        struct pending *pending = suspend(p, m, WAITS);
        if (pending) {
            pending->who = who;
            return;
        }
        result = -EAGAIN;
    }
    answer_with(channel, m, result, a, 0, 0);
    if (result > 0)
        settle_waits(p);    /* An interrupted wait of the same process may have lost its last child. */
}

void settle_waits(struct process *parent)
{
    for (unsigned i = 0; i < PENDING; i++) {
        struct pending *pending = &parent->pending[i];
        uint32_t status = 0;
        if (pending->kind != WAITS)
            continue;
        int32_t result = reap(parent, pending->who, &status);
        if (result != 0)
            resume(parent, pending, result, status, 0);
    }
}
