/*
 * Time. It comes in ticks, readings of one board's clock chip, and is the highest of them: a takeover that reads from
 * another chip may hold it still for a moment but never turns it back. Between ticks it stands. So that no sleep is too
 * short by the part of a tick that had already passed, deadlines lie one interval later than asked.
 */
#include "process.h"
#include <errno.h>

#define SECOND 1000000000u

static int before(struct stamp a, struct stamp b)
{
    return a.seconds < b.seconds || (a.seconds == b.seconds && a.nanoseconds < b.nanoseconds);
}

/* Saturates at the end of time. */
static struct stamp sum(struct stamp a, struct stamp b)
{
    struct stamp s = { a.seconds + b.seconds, a.nanoseconds + b.nanoseconds };
    if (s.nanoseconds >= SECOND) {
        s.nanoseconds -= SECOND;
        s.seconds++;
    }
    if (s.seconds < a.seconds)
        s = (struct stamp){ UINT32_MAX, 0 };
    return s;
}

static struct stamp difference(struct stamp a, struct stamp b)
{
    struct stamp d = { a.seconds - b.seconds, a.nanoseconds - b.nanoseconds };
    if (a.nanoseconds < b.nanoseconds) {
        d.nanoseconds += SECOND;
        d.seconds--;
    }
    return d;
}

struct stamp left(struct stamp until)
{
    return before(server.clock, until) ? difference(until, server.clock) : (struct stamp){ 0, 0 };
}

uint32_t date(void)
{
    return server.clock.seconds + (uint32_t)server.offset;
}

struct stamp uptime(void)
{
    return difference(server.clock, server.booted);
}

static struct stamp deadline(struct stamp from_now)
{
    struct stamp until = sum(sum(server.clock, server.interval), from_now);
    if (before(until, server.next_deadline))
        server.next_deadline = until;
    return until;
}

/* Lets everything happen whose time has come, in order of place, and finds the next deadline. */
static void expire(void)
{
    server.next_deadline = (struct stamp){ UINT32_MAX, UINT32_MAX };
    for (struct process *p = each(0); p; p = each(p)) {
        if (p->alarm_set && !before(server.clock, p->alarm)) {
            p->alarm_set = 0;
            send_signal(p, SIGALRM);
        }
        if (p->alarm_set && before(p->alarm, server.next_deadline))
            server.next_deadline = p->alarm;
        for (unsigned i = 0; i < PENDING; i++) {
            struct pending *pending = &p->pending[i];
            if (pending->kind != SLEEPS)
                continue;
            if (!before(server.clock, pending->until))
                resume(p, pending, 0, 0, 0);
            else if (before(pending->until, server.next_deadline))
                server.next_deadline = pending->until;
        }
    }
}

static void first_tick(struct stamp reading)
{
    server.clock = server.booted = reading;
    server.next_deadline = (struct stamp){ UINT32_MAX, UINT32_MAX };
    for (struct process *p = each(0); p; p = each(p)) {
        p->start = date();
        if (p->alarm_set)   /* Set when the clock stood at 0. */
            p->alarm = deadline(p->alarm);
        for (unsigned i = 0; i < PENDING; i++) {
            if (p->pending[i].kind == SLEEPS)
                p->pending[i].until = deadline(p->pending[i].until);
        }
    }
}

void tick(const struct msg *m)
{
    struct stamp reading = { m->a[0], m->a[1] };
    wire_require(reading.nanoseconds < SECOND);
    if (server.clock.seconds == 0) {
        first_tick(reading);
        return;
    }
    if (!before(server.clock, reading))
        return;
    server.interval = difference(reading, server.clock);
    if (server.interval.seconds)
        server.interval = (struct stamp){ 1, 0 };
    server.clock = reading;
    if (!before(server.clock, server.next_deadline))
        expire();
}

void do_alarm(struct process *p, uint32_t channel, const struct msg *m)
{
    struct stamp wanted = { m->a[0], m->a[1] };
    if (wanted.nanoseconds >= SECOND) {
        answer(channel, m, -EINVAL);
        return;
    }
    struct stamp rest = { 0, 0 };
    if (p->alarm_set) {
        rest = left(p->alarm);
        if (rest.seconds == 0 && rest.nanoseconds == 0)
            rest.nanoseconds = 1;
    }
    p->alarm_set = wanted.seconds || wanted.nanoseconds;
    if (p->alarm_set)
        p->alarm = deadline(wanted);
    uint32_t a[5] = { rest.seconds, rest.nanoseconds };
    uint32_t up = rest.seconds + (rest.nanoseconds > 0);
    answer_with(channel, m, up > INT32_MAX ? INT32_MAX : (int32_t)up, a, 0, 0);
}

void do_sleep(struct process *p, uint32_t channel, const struct msg *m)
{
    struct stamp wanted = { m->a[0], m->a[1] };
    if (wanted.nanoseconds >= SECOND) {
        answer(channel, m, -EINVAL);
        return;
    }
    if (wanted.seconds == 0 && wanted.nanoseconds == 0) {
        answer(channel, m, 0);
        return;
    }
    struct pending *pending = suspend(p, m, SLEEPS);
    if (pending)
        pending->until = deadline(wanted);
    else
        answer(channel, m, -EAGAIN);
}
