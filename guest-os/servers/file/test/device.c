#include "device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <triplex/abi.h>
#include <triplex/hw.h>

#define SECTOR 512
#define WAITING_MAX 65536

struct device devices[2];

static struct { struct disk_request *request; uint8_t *address; } work[2];
static struct { int drive; uint32_t sector; } waiting[WAITING_MAX];
static uint32_t waiting_count, cut_at, cut_seed;
static int cut_roots;

uint32_t crc32c(const void *bytes, uint32_t n);
int32_t server_disk(struct disk_request *r, void *address);
int32_t server_disk_wait(void);

uint32_t device_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

void device_create(uint32_t sectors)
{
    for (int i = 0; i < 2; i++) {
        devices[i].sectors = sectors;
        devices[i].present = 1;
        devices[i].lasting = mmap(0, (size_t)sectors * SECTOR, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                                  -1, 0);
        devices[i].seen = malloc((size_t)sectors * SECTOR);
        if (devices[i].lasting == MAP_FAILED || !devices[i].seen)
            abort();
    }
}

void device_power_up(void)
{
    waiting_count = 0;
    cut_at = 0;
    memset(work, 0, sizeof work);
    for (int i = 0; i < 2; i++)
        memcpy(devices[i].seen, devices[i].lasting, (size_t)devices[i].sectors * SECTOR);
    watch_flush();
}

void device_cut_after(uint32_t n, int roots, uint32_t seed)
{
    cut_at = n;
    cut_roots = roots;
    cut_seed = seed | 1;
}

static void last(int drive, uint32_t sector, uint32_t bytes)
{
    memcpy(devices[drive].lasting + (size_t)sector * SECTOR, devices[drive].seen + (size_t)sector * SECTOR, bytes);
}

static void power_cut(void)
{
    /* Some cuts lose all, some nothing, most a part, with one sector torn. */
    uint32_t how = device_random(&cut_seed) % 4, torn = device_random(&cut_seed) % waiting_count;

    for (uint32_t i = 0; i < waiting_count && how > 0; i++) {
        if (how > 1 && i == torn)
            last(waiting[i].drive, waiting[i].sector, device_random(&cut_seed) % SECTOR);
        else if (how == 1 || device_random(&cut_seed) % 2)
            last(waiting[i].drive, waiting[i].sector, SECTOR);
    }
    _exit(DEVICE_CUT);
}

static void flush(int drive)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < waiting_count; i++) {
        if (waiting[i].drive == drive)
            last(drive, waiting[i].sector, SECTOR);
        else
            waiting[kept++] = waiting[i];
    }
    waiting_count = kept;
    watch_flush();
}

int32_t server_disk(struct disk_request *r, void *address)
{
    if (work[r->controller].request)
        return -16;
    work[r->controller].request = r;
    work[r->controller].address = address;
    return 0;
}

static uint16_t transfer(int drive, struct disk_request *r, uint8_t *address)
{
    struct device *d = &devices[drive];

    if (r->count == 0 || r->sector + r->count > d->sectors)
        return DISK_E_ADDRESS;
    if (((uintptr_t)address & 4095) + r->count * SECTOR > 4096)
        return DISK_E_DMA;
    if (r->command == DISK_WRITE)
        watch_write(drive, r->sector, r->count, address);
    for (uint32_t i = 0; i < r->count; i++) {
        uint8_t *at = d->seen + (size_t)(r->sector + i) * SECTOR;
        if (r->command == DISK_READ) {
            memcpy(address + i * SECTOR, at, SECTOR);
            d->reads++;
            continue;
        }
        memcpy(at, address + i * SECTOR, SECTOR);
        d->writes++;
        if (waiting_count == WAITING_MAX)
            abort();
        waiting[waiting_count].drive = drive;
        waiting[waiting_count++].sector = r->sector + i;
        int counts = !cut_roots || (r->count == 2 && (r->sector == 0 || r->sector >= d->sectors - 8));
        if (counts && cut_at && --cut_at == 0)
            power_cut();
    }
    r->crc = crc32c(address, r->count * SECTOR);
    return 0;
}

/* The work is done as late as possible, the second controller first: what must not depend on that should not. */
int32_t server_sync(void);
int32_t server_sync(void)
{
    return 0;
}

int32_t server_disk_wait(void)
{
    int drive = work[1].request ? 1 : 0;
    struct disk_request *r = work[drive].request;
    struct device *d = &devices[drive];

    if (!r)
        return -22;
    work[drive].request = 0;
    r->capacity = d->sectors;
    if (!d->present) {
        r->error = DISK_E_NO_DRIVE;
    } else if (r->command == DISK_TAKE) {
        r->error = r->epoch > d->epoch ? 0 : DISK_E_EPOCH;
        if (!r->error)
            d->epoch = r->epoch;
    } else if (r->command == DISK_FLUSH) {
        d->flushes++;
        flush(drive);
        r->error = 0;
    } else {
        r->error = transfer(drive, r, work[drive].address);
    }
    r->epoch = d->epoch;
    return drive;
}
