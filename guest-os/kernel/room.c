/* Backups that this board has no room for: they are refused or given up, and their primaries' kernels hear of it. */
#include "kernel.h"

static struct { uint16_t pid; uint8_t slot; } given_up[MAX_PROCESS];
static uint32_t untold;

/* The record goes; the kernel where the process runs will hear of it. */
static void refuse(uint32_t pid, uint32_t slot)
{
    if (untold < MAX_PROCESS && slot < MAX_SLOTS) {
        given_up[untold].pid = pid;
        given_up[untold++].slot = slot;
        sync_wanted = 1;
    }
}

void pair_refuse(struct process *p)
{
    print("board %u: no room for the backup of %s (%u)\n", my_slot, p->name, p->pid);
    refuse(p->pid, p->home);
    process_release(p);
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

/* The greatest backup of a user process, else of a server: a machine without memory is better off than one that
 * stands. */
int pair_give_up(void)
{
    struct process *greatest = 0;
    uint32_t most = 0;

    for (struct process *p = processes; p < processes_end; p++) {
        uint32_t pages = memory_pages(p);

        if (p->state != BACKUP || !pages)
            continue;
        if (!greatest || p->server < greatest->server || (p->server == greatest->server && pages > most)) {
            greatest = p;
            most = pages;
        }
    }
    if (greatest)
        pair_refuse(greatest);
    return greatest != 0;
}
