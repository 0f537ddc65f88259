#include "alloc.h"

#include <errno.h>
#include <string.h>

#include "../lib/server.h"
#include "fs.h"

uint8_t bitmap_working[VOLUME_BLOCKS_MAX / 8 + BLOCK_MAX] __attribute__((aligned(4096)));
static uint8_t committed[VOLUME_BLOCKS_MAX / 8];
static uint8_t stale[2][BITMAP_MAX];
static uint32_t free_blocks, allocatable;
static uint32_t next;                   /* where the search goes on: consecutive blocks for what is written together */

uint32_t alloc_start(void)
{
    static const uint8_t ones[16] = { 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4 };
    uint32_t bytes = (fs.shape.total + 7) / 8;

    memcpy(committed, bitmap_working, bytes);
    free_blocks = 0;
    for (uint32_t block = fs.shape.pool_first; block < fs.shape.pool_end;) {
        uint32_t used = bitmap_working[block >> 3];
        if (block & 7 || fs.shape.pool_end - block < 8) {
            free_blocks += !(used >> (block & 7) & 1);
            block++;
        } else {
            free_blocks += 8u - ones[used & 15] - ones[used >> 4];
            block += 8;
        }
    }
    allocatable = free_blocks;
    next = fs.shape.pool_first;
    return free_blocks;
}

static void touch(uint32_t block)
{
    uint32_t i = block >> (fs.shape.block_shift + 3);

    stale[0][i] = stale[1][i] = 1;
}

uint32_t block_allocate(void)
{
    require(allocatable > 0);
    for (;;) {
        if (next >= fs.shape.pool_end)
            next = fs.shape.pool_first;
        uint32_t used = (uint32_t)(bitmap_working[next >> 3] | committed[next >> 3]);
        if (used == 0xFF) {
            next = (next | 7) + 1;
            continue;
        }
        if (!(used >> (next & 7) & 1))
            break;
        next++;
    }
    uint32_t block = next++;
    bitmap_working[block >> 3] |= (uint8_t)(1 << (block & 7));
    touch(block);
    free_blocks--;
    allocatable--;
    return block;
}

void block_free(uint32_t block)
{
    uint8_t bit = (uint8_t)(1 << (block & 7));

    require(block >= fs.shape.pool_first && block < fs.shape.pool_end && bitmap_working[block >> 3] & bit);
    bitmap_working[block >> 3] &= (uint8_t)~bit;
    touch(block);
    free_blocks++;
    if (!(committed[block >> 3] & bit))
        allocatable++;
}

void alloc_commit(void)
{
    memcpy(committed, bitmap_working, (fs.shape.total + 7) / 8);
    allocatable = free_blocks;
}

int alloc_stale(int slot, uint32_t i)
{
    return stale[slot][i];
}

void alloc_written(int slot, uint32_t i)
{
    stale[slot][i] = 0;
}

void alloc_forget(int slot)
{
    memset(stale[slot], 1, sizeof stale[slot]);
}

int alloc_growth(uint32_t n, int freeing)
{
    uint32_t keep = get32(fs.root + ROOT_RESERVE);

    if (freeing)
        keep /= 2;
    return n == 0 || free_blocks >= keep + n ? 0 : -ENOSPC;
}

uint32_t alloc_free_blocks(void)
{
    return free_blocks;
}

uint32_t alloc_allocatable(void)
{
    return allocatable;
}
