#include "disk.h"

#include <errno.h>
#include <string.h>

#include "../lib/server.h"
#include "block.h"
#include "fs.h"

uint8_t disk_attached[DISK_HALVES];
int disk_lender = -1;

/* busy: started and not yet reported by disk_end(); done: the trap has told that it is over. */
static struct half {
    uint8_t busy, done, stale;      /* stale: the command was given to, or would have been, by another board's port */
    struct disk_request r;
    void *address;
} halves[DISK_HALVES];

void disk_begin(int half, int command, uint32_t sector, uint32_t count, void *address)
{
    struct half *h = &halves[half];

    require(!h->busy);
    h->r.controller = (uint16_t)half;
    h->r.command = (uint16_t)command;
    h->r.sector = sector;
    h->r.count = (uint16_t)count;
    h->r.error = 0;
    h->address = address;
    h->busy = 1;
    h->done = 0;
    h->stale = 0;
    int32_t result = server_disk(&h->r, address);
    if (result < 0) {               /* this board has no port to the controller, or has not taken it yet */
        h->stale = result == -ESTALE;
        h->r.error = DISK_E_NO_DRIVE;
        h->done = 1;
    }
}

/* Waits until the half's command is over; what was under way on a board that is lost counts as not done. */
static void wait_for(int half)
{
    while (!halves[half].done) {
        int32_t controller = server_disk_wait();
        if (controller == -ESTALE) {
            for (int i = 0; i < DISK_HALVES; i++)
                if (halves[i].busy && !halves[i].done)
                    halves[i].stale = halves[i].done = 1;
            continue;
        }
        require(controller >= 0 && controller < DISK_HALVES);
        halves[controller].done = 1;
    }
}

static int now(int half, int command, uint32_t sector, uint32_t count, void *address, uint32_t epoch)
{
    halves[half].busy = 0;
    halves[half].r.epoch = epoch;
    disk_begin(half, command, sector, count, address);
    wait_for(half);
    return halves[half].r.error;
}

/* The same on each half without an error so far, at the same time. */
static void now_on_both(int command, uint32_t sector, uint32_t count, void *address, int error[DISK_HALVES])
{
    for (int half = 0; half < DISK_HALVES; half++) {
        halves[half].busy = 0;
        if (!error[half])
            disk_begin(half, command, sector, count, address);
    }
    for (int half = 0; half < DISK_HALVES; half++)
        if (!error[half]) {
            wait_for(half);
            error[half] = halves[half].r.error;
        }
}

/*
 * The server goes on here after the loss of a board. Both controllers are taken, so that the lost one can write no
 * more; then the root that it may have written beyond the last one that this server knows of is erased, before
 * anything else is written.
 */
static void take_over(void)
{
    static uint8_t zeros[ROOT_BYTES] __attribute__((aligned(ROOT_BYTES)));
    uint32_t sector = root_block(&fs.shape, !fs.slot) * fs.shape.block_sectors;
    struct half kept[DISK_HALVES];
    int error[DISK_HALVES];

    for (int half = 0; half < DISK_HALVES; half++) {
        kept[half] = halves[half];
        if (halves[half].busy)
            kept[half].stale = kept[half].done = 1;
        error[half] = !disk_attached[half];
        if (error[half])
            continue;
        error[half] = now(half, DISK_TAKE, 0, 0, 0, 1);
        if (error[half] == DISK_E_EPOCH)
            error[half] = now(half, DISK_TAKE, 0, 0, 0, halves[half].r.epoch + 1);
    }
    now_on_both(DISK_WRITE, sector, ROOT_BYTES / SECTOR, zeros, error);
    now_on_both(DISK_FLUSH, 0, 0, 0, error);
    for (int half = 0; half < DISK_HALVES; half++)
        if (disk_attached[half] && error[half])
            disk_detach(half, "could not be taken over");
    memcpy(halves, kept, sizeof halves);
    fs.incarnation++;
}

int disk_end(int half, uint32_t *crc)
{
    struct half *h = &halves[half];

    require(h->busy);
    wait_for(half);
    while (h->stale) {
        struct disk_request r = h->r;   /* Only a port that still refuses shows that nobody has taken over yet. */
        now(half, r.command, r.sector, r.count, h->address, r.epoch);
        if (h->stale)
            take_over();
    }
    h->busy = 0;
    /* Another server owns the disks now: whatever this one would still do is wrong. */
    require(h->r.error != DISK_E_FENCED && (h->r.error != DISK_E_NOT_OWNER || h->r.command == DISK_READ));
    if (crc)
        *crc = h->r.crc;
    return h->r.error;
}

static int take(int half, uint32_t epoch)
{
    halves[half].r.epoch = epoch;
    disk_begin(half, DISK_TAKE, 0, 0, 0);
    return disk_end(half, 0);
}

void disk_take(uint32_t capacity[DISK_HALVES])
{
    for (int half = 0; half < DISK_HALVES; half++) {
        int error = take(half, 1);
        if (error == DISK_E_EPOCH)
            error = take(half, halves[half].r.epoch + 1);
        disk_attached[half] = error == 0;
        capacity[half] = error == 0 ? halves[half].r.capacity : 0;
    }
}

void disk_detach(int half, const char *why)
{
    server_log("disk %d: %s; going on without it", (int32_t)half, why);
    disk_attached[half] = 0;
}

int disk_any(void)
{
    return disk_attached[0] || disk_attached[1];
}

int disk_read(int half, uint32_t sector, uint32_t count, void *address, uint32_t *crc)
{
    block_settle(half);
    disk_begin(half, DISK_READ, sector, count, address);
    return disk_end(half, crc);
}

int disk_write(int half, uint32_t sector, uint32_t count, const void *address, uint32_t *crc)
{
    block_settle(half);
    disk_begin(half, DISK_WRITE, sector, count, (void *)(uintptr_t)address);
    if (disk_end(half, crc) == 0)
        return 0;
    disk_detach(half, "write failed");
    return -EIO;
}

int disk_flush(int half)
{
    block_settle(half);
    disk_begin(half, DISK_FLUSH, 0, 0, 0);
    if (disk_end(half, 0) == 0)
        return 0;
    disk_detach(half, "flush failed");
    return -EIO;
}

static int all(int command, uint32_t sector, uint32_t count, void *address, uint32_t *crc)
{
    uint8_t started[DISK_HALVES];
    int good = 0;

    for (int half = 0; half < DISK_HALVES; half++) {
        started[half] = disk_attached[half];
        if (started[half]) {
            block_settle(half);
            disk_begin(half, command, sector, count, address);
        }
    }
    for (int half = 0; half < DISK_HALVES; half++) {
        uint32_t sum;
        if (!started[half])
            continue;
        if (disk_end(half, &sum)) {
            disk_detach(half, command == DISK_WRITE ? "write failed" : "flush failed");
            continue;
        }
        good = 1;
        if (crc)
            *crc = sum;
    }
    return good ? 0 : -EIO;
}

int disk_write_all(uint32_t sector, uint32_t count, const void *address, uint32_t *crc)
{
    return all(DISK_WRITE, sector, count, (void *)(uintptr_t)address, crc);
}

int disk_flush_all(void)
{
    return all(DISK_FLUSH, 0, 0, 0, 0);
}
