#include "disk.h"

#include <errno.h>

#include "../lib/server.h"
#include "block.h"

uint8_t disk_attached[DISK_HALVES];
int disk_lender = -1;

/* busy: started and not yet reported by disk_end(); done: the trap has told that it is over. */
static struct half {
    uint8_t busy, done;
    struct disk_request r;
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
    h->busy = 1;
    h->done = 0;
    if (server_disk(&h->r, address) < 0) {      /* this board has no port to the controller */
        h->r.error = DISK_E_NO_DRIVE;
        h->done = 1;
    }
}

int disk_end(int half, uint32_t *crc)
{
    struct half *h = &halves[half];

    require(h->busy);
    while (!h->done) {
        int32_t controller = server_disk_wait();
        require(controller >= 0 && controller < DISK_HALVES);
        halves[controller].done = 1;
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
