/* Modes and limits of syncs, which the kernels follow, and questions to kernels, which come back as messages. */
#include "process.h"
#include <errno.h>

/* The kernel's own until somebody sets others (sync.c). */
#define USUAL_READS  64
#define USUAL_SLICES 100

void send_limits(unsigned slot)
{
    if (server.limit_reads)
        tell(CHANNEL(PID_KERNEL + slot, CH_CONTROL), CTL_LIMITS, server.limit_reads, server.limit_slices, 0, 0, 0);
}

static int set_system(const struct process *p, uint32_t reads, uint32_t slices)
{
    if (p->uid != 0)
        return -EPERM;
    if (reads == FT_SYSTEM)
        reads = USUAL_READS;
    if (slices == FT_SYSTEM)
        slices = USUAL_SLICES;
    if (reads)
        server.limit_reads = reads;
    if (slices)
        server.limit_slices = slices;
    for (unsigned slot = 0; slot < server.boards_seen; slot++) {
        if (server.boards[slot].member)
            send_limits(slot);
    }
    return 0;
}

static int sane(uint32_t limit, uint32_t most)
{
    return limit <= most || limit == FT_SYSTEM;
}

/* The kernel takes mode and limits from the answer, as it does with ids. */
int do_ft(struct process *p, const struct msg *m, uint32_t a[5])
{
    uint32_t mode = m->a[0], reads = m->a[1], slices = m->a[2];
    int result = 0;
    if (mode > FT_FULL || !sane(reads, FT_MOST_READS) || !sane(slices, FT_MOST_SLICES))
        return -EINVAL;
    if (!server.limit_reads) {
        server.limit_reads = USUAL_READS;
        server.limit_slices = USUAL_SLICES;
    }
    if (m->a[3]) {
        result = set_system(p, reads, slices);
    } else {
        if (mode)
            p->mode = (uint8_t)mode;
        if (reads)
            p->limit_reads = reads == FT_SYSTEM ? 0 : (uint16_t)reads;
        if (slices)
            p->limit_slices = slices == FT_SYSTEM ? 0 : (uint16_t)slices;
    }
    a[0] = p->mode;
    a[1] = p->limit_reads;
    a[2] = p->limit_slices;
    a[3] = server.limit_reads;
    a[4] = server.limit_slices;
    return result;
}

/* Answered when the kernel has told, or when its board is lost. */
int do_ask(struct process *p, const struct msg *m)
{
    unsigned slot = m->a[0];
    if (slot >= BOARDS || !server.boards[slot].member || m->a[1] > 1)
        return -EINVAL;
    struct pending *pending = suspend(p, m, ASKS);
    if (!pending)
        return -EAGAIN;
    pending->who = (int32_t)slot;
    tell(CHANNEL(PID_KERNEL + slot, CH_CONTROL), CTL_ASK, p->pid, m->re, m->a[1], 0, 0);
    return 0;
}

void told(const struct msg *m, const void *data, uint32_t length)
{
    struct process *p = find_alive(m->a[0]);
    struct pending *pending = p ? suspended(p, ASKS, m->a[1]) : 0;
    if (!pending)
        return;             /* It has ended, or given up. */
    struct msg answer = { .op = PROC_ASK, .re = pending->re };
    pending->kind = NOTHING;
    wire_send(CHANNEL(p->pid, CH_PROC), &answer, data, length);
}

void ask_lost(unsigned slot)
{
    for (struct process *p = each(0); p; p = each(p)) {
        for (unsigned i = 0; i < PENDING; i++) {
            if (p->pending[i].kind == ASKS && p->pending[i].who == (int32_t)slot)
                resume(p, &p->pending[i], -EIO, 0, 0);
        }
    }
}
