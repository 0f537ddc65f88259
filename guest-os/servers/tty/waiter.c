/* Requests that wait, in order of arrival. */
#include "tty.h"
#include <errno.h>
#include <string.h>

/* Answers EAGAIN itself and gives 0 if too many wait already. */
struct waiter *add_waiter(enum waiter_kind kind, unsigned line, uint32_t channel, const struct msg *m)
{
    unsigned place = 0;
    while (place < WAITERS && server.waiters[place].kind != IDLE)
        place++;
    if (place == WAITERS) {
        answer(channel, m->op, m->re, -EAGAIN, 0, 0);
        return 0;
    }
    struct waiter *w = &server.waiters[place];
    memset(w, 0, sizeof *w);
    w->kind = (uint8_t)kind;
    w->line = (uint8_t)line;
    w->op = m->op;
    w->channel = channel;
    w->re = m->re;
    server.order[server.waiting++] = (uint8_t)place;
    return w;
}

struct waiter *next_waiter(const struct waiter *after, enum waiter_kind kind, unsigned line)
{
    int passed = after == 0;
    for (unsigned i = 0; i < server.waiting; i++) {
        struct waiter *w = &server.waiters[server.order[i]];
        if (passed && w->kind == kind && w->line == line)
            return w;
        passed |= w == after;
    }
    return 0;
}

void forget(struct waiter *w)
{
    unsigned i = 0;
    while (i < server.waiting && &server.waiters[server.order[i]] != w)
        i++;
    wire_require(i < server.waiting && w->kind != IDLE);
    server.waiting--;
    memmove(&server.order[i], &server.order[i + 1], server.waiting - i);
    if (w->kind == WRITES)
        server.page_used[w->page] = 0;
    w->kind = IDLE;
}

void finish(struct waiter *w, int32_t result, const void *data, uint32_t length)
{
    answer(w->channel, w->op, w->re, result, data, length);
    forget(w);
}

/* Whoever stood behind the one that left may be first now. */
static void line_moves(unsigned number)
{
    if (number < LINES) {
        serve_readers(&server.lines[number]);
        pump(&server.lines[number]);
    }
}

/* A write that was begun answers how far it got. */
void cancel(uint32_t channel, uint32_t number)
{
    for (unsigned i = 0; i < server.waiting; i++) {
        struct waiter *w = &server.waiters[server.order[i]];
        if (w->channel == channel && w->re == number) {
            unsigned line = w->line;
            finish(w, w->done ? (int32_t)w->done : -EINTR, 0, 0);
            line_moves(line);
            return;
        }
    }
}

void forget_process(uint32_t pid)
{
    unsigned lines = 0;
    for (unsigned i = 0; i < server.waiting;) {
        struct waiter *w = &server.waiters[server.order[i]];
        if (CHANNEL_CLIENT(w->channel) == pid) {
            if (w->line < LINES)
                lines |= 1u << w->line;
            forget(w);
        } else {
            i++;
        }
    }
    for (unsigned i = 0; i < LINES; i++) {
        if (lines >> i & 1)
            line_moves(i);
    }
}

struct waiter *asked_by(uint32_t query)
{
    for (unsigned i = 0; i < server.waiting; i++) {
        struct waiter *w = &server.waiters[server.order[i]];
        if (w->query == query)
            return w;
    }
    return 0;
}
