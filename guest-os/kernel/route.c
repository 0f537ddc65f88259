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
