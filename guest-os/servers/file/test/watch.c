/*
 * The watcher: no write may touch what the newest root that lasts still reaches - its tree, its bitmap and state,
 * itself. Exceptions are writes that make a half what the other one is (repairs, and all of a half that is being
 * brought up to date), and the one that erases a root that a lost board has told nobody of.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../volume.h"
#include "device.h"

static struct {
    int known, slot;
    int orphan;                         /* nobody was told of it: a server that takes over may erase it */
    struct pair pair;
    struct shape shape;
    uint8_t bitmap[BITMAP_MAX * BLOCK_MAX];
} newest[2];
static uint32_t checked;

static int whole(const uint8_t *root, int drive, struct shape *shape)
{
    return get32(root) == ROOT_MAGIC && get32(root + ROOT_CONTENT_CRC) == crc32c(root, ROOT_CONTENT_CRC) &&
           get32(root + ROOT_CRC) == crc32c(root + ROOT_CONTENT_CRC, 8) && get32(root + ROOT_HALF) == (uint32_t)drive &&
           shape_of(root, devices[drive].sectors, shape) == 0;
}

static void look(int drive)
{
    const uint8_t *disk = devices[drive].lasting;
    struct shape shape;

    newest[drive].known = newest[drive].orphan = 0;
    for (uint32_t size = 1024; size <= 4096; size *= 2) {
        for (int slot = 0; slot < 2; slot++) {
            const uint8_t *root = slot ? disk + (size_t)devices[drive].sectors * SECTOR - size : disk;
            if (!whole(root, drive, &shape) || shape.block_size != size)
                continue;
            if (newest[drive].known && pair_order(root_pair(root), newest[drive].pair) < 0)
                continue;
            newest[drive].known = 1;
            newest[drive].slot = slot;
            newest[drive].pair = root_pair(root);
            newest[drive].shape = shape;
            memcpy(newest[drive].bitmap, disk + (size_t)bitmap_area(&shape, slot) * size, shape.bitmap_blocks * size);
        }
    }
}

void watch_flush(void)
{
    look(0);
    look(1);
}

void watch_takeover(void)
{
    for (int drive = 0; drive < 2; drive++) {
        struct pair named = newest[drive].pair;
        int known = newest[drive].known;

        look(drive);
        newest[drive].orphan = known && newest[drive].known && pair_order(named, newest[drive].pair) < 0;
    }
}

static int erases(int drive, uint32_t block, const uint8_t *bytes)
{
    static const uint8_t zeros[ROOT_BYTES];

    return newest[drive].orphan && block == root_block(&newest[drive].shape, newest[drive].slot) &&
           memcmp(bytes, zeros, sizeof zeros) == 0;
}

uint32_t watched_writes(void)
{
    return checked;
}

static int reached(int drive, uint32_t block)
{
    const struct shape *s = &newest[drive].shape;
    int slot = newest[drive].slot;
    uint32_t bitmap = bitmap_area(s, slot), state = state_area(s, slot);

    if (block >= s->pool_first && block < s->pool_end) {
        checked++;
        return newest[drive].bitmap[block >> 3] >> (block & 7) & 1;
    }
    return block == root_block(s, slot) || (block >= bitmap && block < bitmap + s->bitmap_blocks) ||
           (block >= state && block < state + s->state_blocks);
}

void watch_write(int drive, uint32_t sector, uint32_t count, const uint8_t *bytes)
{
    int other = !drive;

    if (!newest[drive].known)
        return;
    if (newest[other].known && devices[other].present && pair_order(newest[drive].pair, newest[other].pair) < 0)
        return;                         /* a stale half */
    if (!reached(drive, sector / newest[drive].shape.block_sectors) ||
        erases(drive, sector / newest[drive].shape.block_sectors, bytes))
        return;
    if (memcmp(devices[other].seen + (size_t)sector * SECTOR, bytes, count * SECTOR) == 0)
        return;                         /* a repair */
    printf("drive %d: a write to sector %u, which root %u.%u still needs\n", drive, sector,
           newest[drive].pair.incarnation, newest[drive].pair.generation);
    fflush(stdout);
    abort();
}
