#include "block.h"

#include <string.h>

#include "../lib/server.h"
#include "disk.h"
#include "fs.h"

#define HASHES 256

static uint8_t area[CACHE_BYTES] __attribute__((aligned(4096)));
static struct buffer buffers[BUFFERS_MAX];
static struct buffer *hashes[HASHES];
static struct buffer order;             /* ring: order.newer is the oldest buffer, order.older the newest */
static struct buffer *coming[DISK_HALVES];
static uint32_t count, dirty, taken;     /* buffers from `taken` on have never been used, and are not in `order` */
struct cache_counts cache_counts;

static void unlink_order(struct buffer *b)
{
    b->older->newer = b->newer;
    b->newer->older = b->older;
}

static void make_newest(struct buffer *b)
{
    b->newer = &order;
    b->older = order.older;
    order.older->newer = b;
    order.older = b;
}

static void make_oldest(struct buffer *b)
{
    b->older = &order;
    b->newer = order.newer;
    order.newer->older = b;
    order.newer = b;
}

void block_start(void)
{
    memset(hashes, 0, sizeof hashes);
    memset(coming, 0, sizeof coming);
    dirty = 0;
    count = CACHE_BYTES >> fs.shape.block_shift;
    taken = 0;
    order.newer = order.older = &order;
}

static struct buffer *find(uint32_t block)
{
    struct buffer *b = hashes[block % HASHES];

    while (b && b->block != block)
        b = b->chain;
    return b;
}

static void enter(struct buffer *b, uint32_t block)
{
    b->block = block;
    b->chain = hashes[block % HASHES];
    hashes[block % HASHES] = b;
}

static void leave(struct buffer *b)
{
    struct buffer **at = &hashes[b->block % HASHES];

    while (*at != b)
        at = &(*at)->chain;
    *at = b->chain;
    b->block = 0;
}

static void use(struct buffer *b)
{
    unlink_order(b);
    make_newest(b);
}

/* Takes a new buffer or the least recently used clean one for another block. */
static struct buffer *victim(uint32_t block)
{
    struct buffer *b = order.newer;

    if (taken < count) {
        b = &buffers[taken];
        memset(b, 0, sizeof *b);
        b->data = area + (taken++ << fs.shape.block_shift);
        enter(b, block);
        make_newest(b);
        return b;
    }
    while (b != &order && (b->dirty || b->loading))
        b = b->newer;
    require(b != &order);
    if (b->block)
        leave(b);
    enter(b, block);
    use(b);
    return b;
}

static void forget(struct buffer *b)
{
    if (b->loading)
        block_settle(b->loading - 1);
    if (!b->block)
        return;                         /* the read-ahead went wrong and has given it up */
    if (b->dirty)
        dirty--;
    b->dirty = 0;
    leave(b);
    unlink_order(b);
    make_oldest(b);
}

void block_settle(int half)
{
    struct buffer *b = coming[half];
    uint32_t crc;

    if (!b)
        return;
    coming[half] = 0;
    b->loading = 0;
    if (disk_end(half, &crc) || crc != b->wanted.crc)
        forget(b);                      /* it will be read, judged and repaired when somebody wants it */
}

/* Reads with check and repair; 0 or -1. */
static int load(const struct pointer *p, uint8_t *data)
{
    uint32_t sectors = fs.shape.block_sectors, sector = p->block * sectors, crc;
    int first = disk_lender >= 0 ? !disk_lender : (p->block >> 6) & 1, bad = -1;

    for (int turn = 0; turn < DISK_HALVES; turn++) {
        int half = turn == 0 ? first : !first;
        if (!disk_attached[half] && half != disk_lender)
            continue;
        int error = disk_read(half, sector, sectors, data, &crc);
        if (error == DISK_E_NO_DRIVE) {
            disk_detach(half, "drive lost");
            continue;
        }
        if (error || crc != p->crc) {
            server_log("disk %d: block %u is bad (error %d)", (int32_t)half, p->block, (int32_t)error);
            bad = half;
            continue;
        }
        if (bad >= 0 && bad != disk_lender && disk_write(bad, sector, sectors, data, 0) == 0) {
            cache_counts.repaired++;
            server_log("disk %d: block %u repaired", (int32_t)bad, p->block);
        }
        return 0;
    }
    return -1;
}

struct buffer *block_read(const struct pointer *p)
{
    require(p->block >= fs.shape.pool_first && p->block < fs.shape.pool_end);
    struct buffer *b = find(p->block);
    if (b && b->loading) {
        block_settle(b->loading - 1);
        b = find(p->block);
    }
    if (b) {
        cache_counts.hits++;
        use(b);
        return b;
    }
    cache_counts.misses++;
    b = victim(p->block);
    if (load(p, b->data) == 0)
        return b;
    forget(b);
    return 0;
}

struct buffer *block_change(struct pointer *p, int whole)
{
    struct buffer *b;

    if (p->block && p->birth == fs.generation) {
        b = find(p->block);
        require(b && b->dirty);
        use(b);
        return b;
    }
    if (p->block && !whole) {
        b = block_read(p);
        if (!b)
            return 0;
        /* The old content stays on disk; its buffer becomes that of the new block. */
        struct pointer old = *p;
        leave(b);
        *p = (struct pointer){ block_allocate(), fs.generation, 0 };
        block_free(old.block);
        enter(b, p->block);
    } else {
        struct pointer old = *p;
        *p = (struct pointer){ block_allocate(), fs.generation, 0 };
        block_drop(&old);
        require(!find(p->block));
        b = victim(p->block);
        if (!whole)
            memset(b->data, 0, fs.shape.block_size);
    }
    b->dirty = 1;
    dirty++;
    return b;
}

void block_drop(struct pointer *p)
{
    if (!p->block)
        return;
    struct buffer *b = find(p->block);
    if (b)
        forget(b);
    block_free(p->block);
    *p = (struct pointer){ 0, 0, 0 };
}

void block_prefetch(const struct pointer *p)
{
    if (!p->block || find(p->block))
        return;
    for (int half = 0; half < DISK_HALVES; half++) {
        if (!disk_attached[half] || coming[half])
            continue;
        struct buffer *b = victim(p->block);
        b->loading = (uint8_t)(1 + half);
        b->wanted = *p;
        coming[half] = b;
        cache_counts.prefetched++;
        disk_begin(half, DISK_READ, p->block * fs.shape.block_sectors, fs.shape.block_sectors, b->data);
        return;
    }
}

struct buffer *block_dirty(uint32_t block)
{
    struct buffer *b = find(block);

    require(b && b->dirty);
    return b;
}

void block_written(struct buffer *b)
{
    b->dirty = 0;
    dirty--;
}

uint32_t block_dirty_count(void)
{
    return dirty;
}

int block_pressure(void)
{
    return dirty > count / 2;
}
