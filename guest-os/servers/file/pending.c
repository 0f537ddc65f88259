/* Requests that wait for the other end of a pipe, and the pages that pipes and waiting writers use. */
#include <string.h>

#include "serve.h"

static uint8_t pages[PAGES_MAX][SERVER_DATA] __attribute__((aligned(4)));
static uint8_t taken[PAGES_MAX];
static struct pending waiting[PENDING_MAX];
static int waiting_end;                 /* entries from here on are unused */
static uint32_t arrivals;

uint8_t *page_take(void)
{
    for (int i = 0; i < PAGES_MAX; i++) {
        if (!taken[i]) {
            taken[i] = 1;
            return pages[i];
        }
    }
    return 0;
}

void page_give(uint8_t *page)
{
    uint32_t i = (uint32_t)(page - pages[0]) / SERVER_DATA;

    require(i < PAGES_MAX && taken[i]);
    taken[i] = 0;
}

struct pending *pending_add(const struct request *r, int kind, struct pipe *pipe, uint32_t handle)
{
    for (int i = 0; i < PENDING_MAX; i++) {
        struct pending *p = &waiting[i];
        if (p->kind)
            continue;
        if (i >= waiting_end)
            waiting_end = i + 1;
        uint8_t *page = kind == WAIT_WRITE ? page_take() : 0;
        if (kind == WAIT_WRITE && !page)
            return 0;
        *p = (struct pending){ .kind = (uint8_t)kind, .op = r->m.op, .channel = r->channel, .re = r->m.re,
                               .pid = r->m.pid, .handle = handle, .pipe = pipe, .page = page, .order = ++arrivals };
        pipe->waiting++;
        if (page) {
            memcpy(page, r->in, r->length);
            p->wanted = r->length;
        }
        return p;
    }
    return 0;
}

struct pending *pending_next(const struct pipe *pipe, int kind, uint32_t order)
{
    struct pending *next = 0;

    if (!pipe->waiting)
        return 0;
    for (int i = 0; i < waiting_end; i++) {
        struct pending *p = &waiting[i];
        if (p->kind == kind && p->pipe == pipe && p->order > order && (!next || p->order < next->order))
            next = p;
    }
    return next;
}

static void drop(struct pending *p)
{
    if (p->page)
        page_give(p->page);
    p->pipe->waiting--;
    p->kind = 0;
    while (waiting_end > 0 && !waiting[waiting_end - 1].kind)
        waiting_end--;
}

void pending_end(struct pending *p, int32_t result, const void *data, uint32_t length)
{
    uint32_t a[5] = { 0 };

    if (p->kind == WAIT_OPEN)
        a[0] = S_IFIFO;
    server_answer(p->channel, p->op, p->re, result, a, data, length);
    drop(p);
}

void pending_forget(uint32_t pid)
{
    for (int i = 0; i < waiting_end; i++)
        if (waiting[i].kind && waiting[i].pid == pid)
            drop(&waiting[i]);
}

int32_t do_cancel(struct request *r)
{
    for (int i = 0; i < waiting_end; i++) {
        struct pending *p = &waiting[i];
        if (!p->kind || p->channel != r->channel || p->re != r->m.a[0])
            continue;
        uint32_t handle = p->handle;
        int opening = p->kind == WAIT_OPEN;
        pending_end(p, -EINTR, 0, 0);
        if (opening) {                  /* the open did not happen */
            r->m.a[0] = handle;
            (void)do_close(r);
        }
        break;
    }
    return NO_ANSWER;
}
