/* Where processes run. */
#include "kernel.h"

uint8_t route[LAST_PID + 1];        /* learnt from frames and from the process server; only members of the view count */

/* Who has what ran there; itself while it is a member. */
uint8_t heir[MAX_SLOTS] = { [0 ... MAX_SLOTS - 1] = NO_SLOT };

uint32_t route_top;

void route_set(uint32_t pid, uint32_t slot)
{
    route[pid] = slot;
    if (pid > route_top)
        route_top = pid;
}

/* Where processes are, as frames tell that pass by. A child is where its parent is, unless it is named. */
void route_learn(uint32_t from, uint32_t slot, const struct msg *m)
{
    if (from <= LAST_PID && route[from] != slot)
        route_set(from, slot);
    if (m->op == NOTE_FORK && from == PID_PROC && m->a[0] <= LAST_PID && m->a[1] <= LAST_PID)
        route_set(m->a[1], m->a[2] ? m->a[2] - 1 : route[m->a[0]]);
}
