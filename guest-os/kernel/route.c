/* Where processes run. */
#include "kernel.h"

uint8_t route[LAST_PID + 1];        /* learnt from frames and from the process server; only members of the view count */

uint32_t slot_of(uint32_t pid)
{
    if (pid >= PID_PROC && pid <= PID_TTY)
        return view_table.server[pid];
    if (pid >= PID_KERNEL && pid < PID_KERNEL + MAX_SLOTS)
        return pid - PID_KERNEL;
    return pid <= LAST_PID ? route[pid] : NO_SLOT;
}
