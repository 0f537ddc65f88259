/*
 * What the processes of this board's table, those that run and backups, may come to have, as the process server has
 * granted it, is counted in pages. The sum never exceeds what the board has: a new backup that would break that is
 * refused, and what the process server admits, which counts who runs here, makes the kernel give up backups. A takeover
 * leaves the sum as it is; so nothing that has been granted ever fails.
 *
 * A backup that has still to fork another goes together with it: without the child's record it would make a child that
 * repeats all that the lost one has sent.
 */
#include "kernel.h"

static struct { uint16_t pid; uint8_t slot; } given_up[MAX_PROCESS];
static uint32_t untold;
static uint32_t promised, capacity; /* pages */
static int short_of;                /* somebody waits for pages */

void room_measure(uint32_t pages)
{
    if (!capacity)
        capacity = pages > PAGES_KEPT ? pages - BOARD_KEEPS : PAGES_KEPT;
}

void quota_set(struct process *p, uint32_t pages)
{
    promised += pages - p->quota;
    p->quota = pages;
}

uint32_t room_offer(const struct process *p, const struct message *m)
{
    return m->msg.op == PROC_EXEC && m->msg.result >= 0 && m->channel == CHANNEL(p->pid, CH_PROC) ? m->msg.a[0] : 0;
}

void room_granted(struct process *p, const struct message *m)
{
    uint32_t pages = room_offer(p, m);

    if (pages > p->quota)
        quota_set(p, pages);
    room_fit();
}

int room_wait(uint32_t pages)
{
    while (pages > page_count())
        if (!page_reclaim()) {
            short_of = 1;
            return 0;
        }
    return 1;
}

void room_poke(void)
{
    if (!short_of)
        return;
    short_of = 0;
    for (struct process *p = processes; p < processes_end; p++)
        wake(p);
}

/* The kernel where the process runs will hear of it. */
void refuse(uint32_t pid, uint32_t slot)
{
    for (uint32_t i = 0; i < untold; i++)
        if (given_up[i].pid == pid && given_up[i].slot == slot)
            return;
    if (untold < MAX_PROCESS && slot < MAX_SLOTS) {
        given_up[untold].pid = pid;
        given_up[untold++].slot = slot;
        sync_wanted = 1;
    }
}

void pair_tell(void)
{
    while (untold && bus_room(16)) {
        struct msg m = { .op = SYNC_REFUSED, .flags = MSG_ASYNC, .a = { given_up[--untold].pid } };
        uint32_t slot = given_up[untold].slot;

        if (view_members >> slot & 1)
            kernel_send(CHANNEL(PID_KERNEL + slot, CH_KERNEL), &m, 0, 0, COOKIE_NONE);
    }
}

/* Who would fork it, or that one's parent ...: nobody has still to fork the one found. */
static struct process *first_of_family(struct process *p)
{
    for (struct process *parent; (parent = process_find(p->born_of)) && p->state == BACKUP; )
        p = parent;
    return p;
}

/* The records of the family go, children first. */
static void refuse_all(struct process *p)
{
    for (struct process *child = processes; child < processes_end; child++)
        if (child->state == BACKUP && child->born_of == p->pid)
            refuse_all(child);
    print("board %u: no room for the backup of %s (%u)\n", my_slot, p->name, p->pid);
    refuse(p->pid, p->home);
    process_release(p);
}

void pair_refuse(struct process *p)
{
    struct process *first;

    pair_find_parents();
    first = first_of_family(p);
    refuse_all(first->state == BACKUP ? first : p);
}

/*
 * The greatest backup of a user process, else of a server: a machine without memory is better off than one that
 * stands. Not one that a process which runs here has still to fork: it is about to run here, too.
 */
static int give_up(int by_quota, int servers)
{
    struct process *greatest = 0;
    uint32_t most = 0;

    pair_find_parents();
    for (struct process *p = processes; p < processes_end; p++) {
        uint32_t pages = p->state != BACKUP ? 0 : by_quota ? p->quota : pair_pages(p);

        if (!pages || p->server > servers || first_of_family(p)->state != BACKUP)
            continue;
        if (!greatest || p->server < greatest->server || (p->server == greatest->server && pages > most)) {
            greatest = p;
            most = pages;
        }
    }
    if (greatest)
        refuse_all(first_of_family(greatest));
    return greatest != 0;
}

int pair_give_up(void) { return give_up(0, 1); }

void room_fit(void)
{
    while (promised > capacity && give_up(1, 1))
        ;
}

int room_open(uint32_t pid, uint32_t pages)
{
    struct process *p = process_find(pid);

    if (pages > p->quota)
        quota_set(p, pages);
    while (promised > capacity && p->server && give_up(1, 0))
        ;                           /* a server's comes before those of users */
    if (promised + (p->server ? 0 : PAGES_KEPT) <= capacity)
        return 1;
    pair_refuse(p);
    return 0;
}
