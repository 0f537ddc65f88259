#ifndef SERVER_TRIAL_H
#define SERVER_TRIAL_H
/*
 * For the host tests of servers: a k_call() that keeps what the server sends, and checks on it. A test hands messages
 * to the server's handle() and then names, in order, what must have left; anything more or less is a failure.
 * Included by one file of a test program only, behind the server's own header and TRIAL_CHANNEL, the k of its clients'
 * channels.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "wire.h"

#define SENT_MAX 256

struct sent {
    int call;                   /* K_SEND, or another call of the server's */
    uint32_t channel;           /* d1 */
    struct msg m;
    uint32_t length;
    unsigned char data[WIRE_DATA];
};
static struct sent sent[SENT_MAX];
static unsigned sent_count, sent_checked;
static uint32_t send_number;    /* numbers of the server's own messages */
static uint32_t asked;          /* number of the last request */
static int failures;
static const char *trial = "?";

static void fail_at(int line, const char *what)
{
    printf("not ok - %s, line %d: %s\n", trial, line, what);
    failures++;
}
#define CHECK(holds) do { if (!(holds)) fail_at(__LINE__, #holds); } while (0)

int32_t k_call(int number, uint32_t d1, uint32_t d2, uint32_t d3, uint32_t d4, const void *a0, const void *a1,
               uint32_t *d1_out)
{
    struct sent *s = &sent[sent_count];
    (void)d4;
    (void)d1_out;
    if (number == K_EXIT || sent_count == SENT_MAX) {
        printf("Bail out! %s: the server gave up\n", trial);
        exit(1);
    }
    sent_count++;
    memset(s, 0, sizeof *s);
    s->call = number;
    s->channel = d1;
    if (number == K_SEND) {
        s->m = *(const struct msg *)a0;
        s->length = d2;
        if (d2)
            memcpy(s->data, a1, d2);
        return (int32_t)++send_number;
    }
    s->m.a[0] = d2;
    if (number == K_TTY_OUT) {
        s->length = d3;
        memcpy(s->data, a0, d3);
    }
    return 0;
}

/* The next thing that left, which must be there: else a blank one. */
static struct sent *next_sent(int line)
{
    static struct sent blank;
    if (sent_checked < sent_count)
        return &sent[sent_checked++];
    fail_at(line, "nothing more was sent");
    return &blank;
}

static struct sent *expect_op(int line, uint32_t channel, unsigned op)
{
    struct sent *s = next_sent(line);
    if (s->call != K_SEND || s->channel != channel || s->m.op != op) {
        printf("# call %d channel %u/%u op %u result %d; wanted channel %u/%u op %u\n", s->call,
               (unsigned)CHANNEL_CLIENT(s->channel), (unsigned)CHANNEL_K(s->channel), s->m.op, (int)s->m.result,
               (unsigned)CHANNEL_CLIENT(channel), (unsigned)CHANNEL_K(channel), op);
        fail_at(line, "another message was sent");
    }
    return s;
}

/* Nothing more has left; forgets all of it. */
static void expect_nothing(int line)
{
    if (sent_checked != sent_count) {
        struct sent *s = &sent[sent_checked];
        printf("# call %d channel %u/%u op %u result %d a0 %u a1 %u\n", s->call, (unsigned)CHANNEL_CLIENT(s->channel),
               (unsigned)CHANNEL_K(s->channel), s->m.op, (int)s->m.result, (unsigned)s->m.a[0], (unsigned)s->m.a[1]);
        fail_at(line, "something more was sent");
    }
    sent_count = sent_checked = 0;
}
#define NOTHING_MORE() expect_nothing(__LINE__)

/* Hands the server a request of pid with words and data; its number. */
static uint32_t ask_data(uint32_t pid, unsigned op, uint32_t a0, uint32_t a1, const void *data, uint32_t length)
{
    struct msg m = { .pid = pid, .op = (uint16_t)op, .re = ++asked, .a = { a0, a1 } };
    handle(CHANNEL(pid, TRIAL_CHANNEL), &m, data, length);
    return asked;
}

static uint32_t ask(uint32_t pid, unsigned op, uint32_t a0, uint32_t a1)
{
    return ask_data(pid, op, a0, a1, 0, 0);
}

/* The next thing that left is the answer to request `re`. */
static struct sent *answered(int line, uint32_t pid, unsigned op, uint32_t re, int32_t result)
{
    struct sent *s = expect_op(line, CHANNEL(pid, TRIAL_CHANNEL), op);
    if (s->m.re != re || s->m.result != result) {
        printf("# answer to %u: %d; wanted to %u: %d\n", (unsigned)s->m.re, (int)s->m.result, (unsigned)re,
               (int)result);
        fail_at(line, "another answer");
    }
    return s;
}

static int trial_end(void)
{
    printf(failures ? "# %d failures\n" : "ok\n", failures);
    return failures != 0;
}
#endif
