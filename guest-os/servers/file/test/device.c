#include "device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <triplex/abi.h>
#include <triplex/hw.h>

#define SECTOR 512
#define WAITING_MAX 65536
#define GUEST_ESTALE 116

struct device devices[2];

static struct { struct disk_request *request; uint8_t *address; } work[2];
/* The drives' caches; like the drives they outlive the process that uses them. */
static struct cache { uint32_t count, epoch[2]; struct { int drive; uint32_t sector; } waiting[WAITING_MAX]; } *cache;
static uint32_t cut_at, cut_seed;
static int cut_roots;
static int dies;                        /* at the cut the board is lost, not the power */
static int backup = -1;                 /* written to: the newest backup takes over */
static pid_t backup_pid;
static int stale, owned[2];             /* a server that comes from a lost board has to take its controllers */
static void (*taken_over)(void);

uint32_t crc32c(const void *bytes, uint32_t n);
int32_t server_disk(struct disk_request *r, void *address);
int32_t server_disk_wait(void);
int32_t server_sync(void);

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
        devices[i].seen = mmap(0, (size_t)sectors * SECTOR, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                               -1, 0);
        if (devices[i].lasting == MAP_FAILED || devices[i].seen == MAP_FAILED)
            abort();
    }
    cache = mmap(0, sizeof *cache, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (cache == MAP_FAILED)
        abort();
}

void device_power_up(void)
{
    cache->count = 0;
    cut_at = 0;
    dies = stale = 0;
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
    dies = 0;
}

void device_die_after(uint32_t n, int roots, void (*then)(void))
{
    cut_at = n;
    cut_roots = roots;
    dies = 1;
    taken_over = then;
}

/* This board is lost: its newest backup goes on, and how that ends is how this process ends. */
static _Noreturn void die(void)
{
    int status;

    if (backup < 0 || write(backup, "t", 1) != 1 || waitpid(backup_pid, &status, 0) != backup_pid)
        abort();
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128);
}

/* A sync message: what this process is from here on is its newest backup, asleep; the one before is dismissed. */
int32_t server_sync(void)
{
    int ends[2];
    char byte;

    if (!dies)
        return 0;
    fflush(stdout);
    if (pipe(ends))
        abort();
    pid_t pid = fork();
    if (pid < 0)
        abort();
    if (backup >= 0)
        close(backup);
    backup = ends[1];
    backup_pid = pid;
    if (pid > 0) {
        close(ends[0]);
        return 0;
    }
    close(ends[1]);
    backup = -1;
    if (read(ends[0], &byte, 1) != 1)
        _exit(DEVICE_DISMISSED);
    close(ends[0]);
    dies = cut_at = 0;
    stale = 1;
    owned[0] = owned[1] = 0;
    memset(work, 0, sizeof work);
    watch_takeover();
    taken_over();
    return 0;
}

static void last(int drive, uint32_t sector, uint32_t bytes)
{
    memcpy(devices[drive].lasting + (size_t)sector * SECTOR, devices[drive].seen + (size_t)sector * SECTOR, bytes);
}

static void power_cut(void)
{
    /* Some cuts lose all, some nothing, most a part, with one sector torn. */
    uint32_t how = device_random(&cut_seed) % 4, torn = device_random(&cut_seed) % cache->count;

    for (uint32_t i = 0; i < cache->count && how > 0; i++) {
        if (how > 1 && i == torn)
            last(cache->waiting[i].drive, cache->waiting[i].sector, device_random(&cut_seed) % SECTOR);
        else if (how == 1 || device_random(&cut_seed) % 2)
            last(cache->waiting[i].drive, cache->waiting[i].sector, SECTOR);
    }
    _exit(DEVICE_CUT);
}

static void flush(int drive)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < cache->count; i++) {
        if (cache->waiting[i].drive == drive)
            last(drive, cache->waiting[i].sector, SECTOR);
        else
            cache->waiting[kept++] = cache->waiting[i];
    }
    cache->count = kept;
    watch_flush();
}

int32_t server_disk(struct disk_request *r, void *address)
{
    if (stale && !owned[r->controller] && r->command != DISK_TAKE)
        return -GUEST_ESTALE;
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
        if (cache->count == WAITING_MAX)
            abort();
        cache->waiting[cache->count].drive = drive;
        cache->waiting[cache->count++].sector = r->sector + i;
        int counts = !cut_roots || (r->count == 2 && (r->sector == 0 || r->sector >= d->sectors - 8));
        if (counts && cut_at && --cut_at == 0) {
            if (dies)
                die();
            power_cut();
        }
    }
    r->crc = crc32c(address, r->count * SECTOR);
    return 0;
}

/* The work is done as late as possible, the second controller first: what must not depend on that should not. */
int32_t server_disk_wait(void)
{
    int drive = work[1].request ? 1 : 0;
    struct disk_request *r = work[drive].request;
    struct device *d = &devices[drive];

    if (!r)
        return stale ? -GUEST_ESTALE : -22;
    work[drive].request = 0;
    r->capacity = d->sectors;
    if (!d->present) {
        r->error = DISK_E_NO_DRIVE;
    } else if (r->command == DISK_TAKE) {
        r->error = r->epoch > cache->epoch[drive] ? 0 : DISK_E_EPOCH;
        if (!r->error) {
            cache->epoch[drive] = r->epoch;
            owned[drive] = 1;
        }
    } else if (r->command == DISK_FLUSH) {
        d->flushes++;
        flush(drive);
        r->error = 0;
        if (dies && cut_at && --cut_at == 0)
            die();
    } else {
        r->error = transfer(drive, r, work[drive].address);
    }
    r->epoch = cache->epoch[drive];
    return drive;
}
