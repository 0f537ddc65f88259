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

uint32_t slot_of(uint32_t pid)
{
    if (pid >= PID_PROC && pid <= PID_TTY)
        return view_table.server[pid];
    if (pid >= PID_KERNEL && pid < PID_KERNEL + MAX_SLOTS)
        return heir[pid - PID_KERNEL];
    return pid <= LAST_PID ? route[pid] : NO_SLOT;
}

uint32_t backup_slot(uint32_t pid)
{
    uint32_t slot;

    if (pid >= PID_PROC && pid <= PID_TTY)
        return view_table.backup[pid];
    if (pid >= PID_KERNEL && pid < PID_KERNEL + MAX_SLOTS)
        return NO_SLOT;
    slot = slot_of(pid);
    return slot < MAX_SLOTS ? view_table.partner[slot] : NO_SLOT;
}
