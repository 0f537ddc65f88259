/* Disk controllers for the file server: one request at a time each. */
#include "kernel.h"

#define CONTROLLERS 8
#define PATIENCE    100             /* slices of 10 ms for 8 sectors, each of which waits for one of a full cache */
#define FLUSHED     600             /* the same for a flush of the cache's 128 sectors, most of them neighbours */

/*
 * Invariant: busy from K_DISK to the interrupt, done from then to K_DISK_WAIT.
 * owned: taken since the file server runs here. memory: of the transfer under way, user address. begun: slice.
 * silent: the cable is cut, there was no answer for too long; the port is of no use until it is mended.
 */
static struct {
    struct process *owner;
    uint32_t request, memory, begun;
    uint16_t command;
    uint8_t busy, done, owned, silent;
} work[CONTROLLERS];

static uint32_t port(uint32_t controller, uint32_t reg) { return reg + controller * HW_DISK_STRIDE; }

static void command(uint32_t n)
{
    uint32_t at = port(n, HW_DISK_COMMAND);

    work[n].begun = clock_slices();
    REG16(at) = work[n].command;
}

int call_disk(struct process *p)
{
    struct disk_request r;
    uint32_t n;
    void *memory;

    if (copy_in(p, &r, p->regs.a[0], sizeof r))
        return -EFAULT;
    n = r.controller;
    if (n >= CONTROLLERS || !(REG16(HW_PORTS) >> n & 1) || work[n].silent)
        return -ENXIO;
    if (!work[n].owned && r.command != DISK_TAKE)
        return -ESTALE;
    if (work[n].busy || work[n].done)
        return -EBUSY;
    if (r.command == DISK_READ || r.command == DISK_WRITE) {
        memory = user_at(p, r.address, r.command == DISK_READ ? MAP_VALID | MAP_WRITE : MAP_VALID);
        if (!memory || (r.address & (PAGE_SIZE - 1)) + r.count * 512u > PAGE_SIZE)
            return -EFAULT;
        REG16(port(n, HW_DISK_COUNT)) = r.count;
        REG32(port(n, HW_DISK_SECTOR)) = r.sector;
        REG32(port(n, HW_DISK_ADDRESS)) = (uint32_t)memory;
    }
    if (r.command == DISK_TAKE)
        REG32(port(n, HW_DISK_EPOCH)) = r.epoch;
    work[n].memory = r.command == DISK_READ ? r.address : 0;
    work[n].owner = p;
    work[n].request = p->regs.a[0];
    work[n].busy = 1;
    work[n].command = r.command;
    command(n);
    return 0;
}

static void end(uint32_t n, uint32_t error)
{
    struct disk_request r;

    work[n].busy = 0;
    work[n].done = 1;
    ASSERT(!copy_in(work[n].owner, &r, work[n].request, sizeof r));
    r.error = error;
    r.epoch = REG32(port(n, HW_DISK_EPOCH));
    r.crc = REG32(port(n, HW_DISK_CRC));
    r.capacity = REG32(port(n, HW_DISK_CAPACITY));
    copy_out(work[n].owner, work[n].request, &r, sizeof r);
    if (r.command == DISK_TAKE && !r.error)
        work[n].owned = 1;
    if (work[n].memory)             /* It may have been synced since the transfer began. */
        user_at(work[n].owner, work[n].memory, MAP_VALID | MAP_WRITE);
    wake(work[n].owner);
}

void disk_interrupt(void)
{
    for (uint32_t n = 0; n < CONTROLLERS; n++) {
        uint32_t error;

        if (!(REG16(HW_PORTS) >> n & 1) || !(REG16(port(n, HW_DISK_STATUS)) & DISK_DONE))
            continue;
        REG16(port(n, HW_DISK_ACK)) = 1;
        error = REG16(port(n, HW_DISK_ERROR));
        if (work[n].silent)
            print("board %u: disk %u answers again\n", my_slot, n);
        work[n].silent = 0;
        if (!work[n].busy)
            continue;
        if (error == DISK_E_LOST)
            command(n);             /* The cable is mended; each command may be given again. */
        else
            end(n, error);
    }
}

int disk_answers(void)
{
    for (uint32_t n = 0; n < CONTROLLERS; n++)
        if (REG16(HW_PORTS) >> n & 1 && !work[n].silent && REG16(port(n, HW_DISK_STATUS)) & DISK_READY)
            return 1;
    return 0;
}

int disk_watch(void)
{
    int stuck = 0;

    for (uint32_t n = 0; n < CONTROLLERS; n++) {
        if (!work[n].busy || clock_slices() - work[n].begun < (work[n].command == DISK_FLUSH ? FLUSHED : PATIENCE))
            continue;
        if (!work[n].silent)
            print("board %u: disk %u does not answer\n", my_slot, n);
        work[n].silent = 1;
        if (disk_answers())
            end(n, DISK_E_NO_DRIVE);    /* The server goes on with the other half. */
        else
            stuck = 1;
    }
    return stuck;
}

int call_disk_wait(struct process *p)
{
    int any = 0;

    for (uint32_t n = 0; n < CONTROLLERS; n++) {
        if (work[n].owner != p)
            continue;
        if (work[n].done) {
            work[n].done = 0;
            return n;
        }
        any |= work[n].busy;
    }
    return any ? CALL_WAITS : -ESTALE;
}

/* The file server comes from another board: its controllers must be taken first. */
void disk_take_over(void)
{
    memset(work, 0, sizeof work);
}
