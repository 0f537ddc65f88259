/* What a board tells of its pairs, and its log of losses. */
#include "kernel.h"

#define LINES       64
#define TENTH_MS    1000            /* cycles */

static struct loss_info lines[LINES];
static uint32_t written;            /* lines ever, modulo LINES the place of the next */
static uint32_t sign, view_began;   /* cycles */
static int signalled;

void loss_sign(void)
{
    if (!signalled)
        sign = clock_cycles();
    signalled = 1;
}

static struct loss_info *line(uint32_t kind)
{
    struct loss_info *l = &lines[written++ % LINES];

    memset(l, 0, sizeof *l);
    l->kind = kind;
    l->seconds = REG32(HW_SECONDS);
    l->view = view_number;
    return l;
}

void loss_view(uint32_t excluded)
{
    struct loss_info *l = line(LOSS_NOTICED);

    view_began = clock_cycles();
    l->slots = excluded;
    l->time = signalled ? (view_began - sign) / TENTH_MS : 0;
    signalled = 0;
}

static void note(uint32_t kind, uint32_t pid, const char *name, uint32_t bytes, uint32_t count)
{
    struct loss_info *l = line(kind);

    l->time = (clock_cycles() - view_began) / TENTH_MS;
    l->count = count;
    l->pid = pid;
    memcpy(l->name, name, bytes < sizeof l->name ? bytes : sizeof l->name);
}

void loss_note(uint32_t kind, const struct process *p, uint32_t count)
{
    note(kind, p ? p->pid : 0, p ? p->name : "", p ? sizeof p->name : 0, count);
}

void loss_told(const struct message *m)
{
    print("board %u: %s (%u) is lost\n", my_slot, (const char *)m->data, m->msg.a[0]);
    note(LOSS_LOST, m->msg.a[0], (const char *)m->data, m->length, 0);
}

static uint32_t copy_state(const struct process *p)
{
    if (p->state == BACKUP)
        return p->complete ? 3 : 1;
    return p->backing == BACKED ? 3 : p->backing == DEPENDENT ? 2 : p->backing == OPENED;
}

static void describe(const struct process *p, struct pair_info *info)
{
    uint32_t saved = 0;

    for (const struct message *m = p->queue; m; m = m->next)
        saved++;
    *info = (struct pair_info){
        .pid = p->pid, .role = p->state == BACKUP ? 2 : 1, .copy = copy_state(p), .mode = p->mode,
        .other = p->state == BACKUP ? p->home : p->backup, .saved = saved, .reads = p->reads,
        .limit_reads = reads_limit(p), .limit_slices = slices_limit(p),
        .pages = memory_pages(p),
        .age = (clock_slices() - p->synced) * 10,
    };
}

/* CTL_ASK: a process wants to know, by way of the process server. */
void report(const struct message *m)
{
    static union { struct pair_info pairs[MAX_PROCESS]; struct loss_info lines[LINES]; } out;
    struct msg answer = { .op = PROC_TOLD, .flags = MSG_ASYNC, .a = { m->msg.a[0], m->msg.a[1] } };
    uint32_t n = 0, length;

    if (m->msg.a[2]) {
        for (uint32_t i = written > LINES ? written - LINES : 0; i < written; i++)
            out.lines[n++] = lines[i % LINES];
        length = n * sizeof out.lines[0];
    } else {
        for (const struct process *p = processes; p < processes_end; p++)
            if (p->state != FREE)
                describe(p, &out.pairs[n++]);
        length = n * sizeof out.pairs[0];
    }
    kernel_send(CHANNEL(PID_KERNEL + my_slot, CH_PROC), &answer, &out, length, COOKIE_NONE);
}
