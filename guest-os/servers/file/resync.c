/* Bringing a stale half up to date: all that the chosen root reaches and that was born after the halves parted. */
#include <string.h>

#include "../lib/server.h"
#include "block.h"
#include "disk.h"
#include "mount.h"

static uint8_t page[BLOCK_MAX] __attribute__((aligned(4096)));
static int target;
static uint32_t parted;                 /* generation: what was born up to here is on the stale half */
static uint32_t copied;

static int put_block(uint32_t block, const uint8_t *data)
{
    copied++;
    return disk_write(target, block * fs.shape.block_sectors, fs.shape.block_sectors, data, 0);
}

static int copy_tree(const struct pointer *p, int level);

static int copy_pointers(const uint8_t *at, uint32_t n, int level)
{
    for (uint32_t i = 0; i < n; i++) {
        struct pointer child = get_pointer(at + i * POINTER_BYTES);
        if (copy_tree(&child, level))
            return -1;
    }
    return 0;
}

/* Copies a block and what hangs from it; what the good half has lost comes from this one, if that has it; else each
 * access will tell. */
static int copy_tree(const struct pointer *p, int level)
{
    uint8_t indirect[BLOCK_MAX];

    if (!p->block || p->birth <= parted)
        return 0;
    struct buffer *b = block_read(p);
    if (!b)
        return 0;
    if (put_block(p->block, b->data))
        return -1;
    if (level == 0)
        return 0;
    memcpy(indirect, b->data, fs.shape.block_size);
    return copy_pointers(indirect, fs.shape.fan, level - 1);
}

static int copy_inode(const struct inode *ip)
{
    uint32_t type = ip->mode & 0170000u;

    if ((type != 0100000 && type != 0040000 && type != 0120000) || ip->flags & FLAG_INLINE)
        return 0;
    for (int i = 0; i < POINTERS; i++)
        if (copy_tree(&ip->pointer[i], i < DIRECT ? 0 : i - DIRECT + 1))
            return -1;
    return 0;
}

static int copy_inodes(void)
{
    static uint8_t inodes[BLOCK_MAX];
    uint32_t blocks = fs.inode_file.size >> fs.shape.block_shift;

    if (copy_inode(&fs.inode_file))
        return -1;
    for (uint32_t k = 0; k < blocks; k++) {
        struct pointer p;
        struct buffer *b = 0;
        if (map_find(&fs.inode_file, k, &p) == 0 && p.birth > parted)
            b = block_read(&p);
        if (!b)
            continue;
        memcpy(inodes, b->data, fs.shape.block_size);
        for (uint32_t at = 0; at < fs.shape.block_size; at += INODE_BYTES) {
            struct inode inode;
            inode_decode(&inode, inodes + at);
            if (copy_inode(&inode))
                return -1;
        }
    }
    return 0;
}

static int copy_areas(void)
{
    uint32_t states = (get32(fs.root + ROOT_STATE_LENGTH) + fs.shape.block_size - 1) >> fs.shape.block_shift, crc;

    for (uint32_t i = 0; i < fs.shape.bitmap_blocks; i++)
        if (put_block(bitmap_area(&fs.shape, fs.slot) + i, bitmap_working + (i << fs.shape.block_shift)))
            return -1;
    int from = state_good(!target, &fs.shape, fs.slot, fs.root, page) ? !target : target;
    for (uint32_t i = 0; i < states; i++) {
        uint32_t block = state_area(&fs.shape, fs.slot) + i;
        if (disk_read(from, block * fs.shape.block_sectors, fs.shape.block_sectors, page, &crc) ||
            put_block(block, page))
            return -1;
    }
    return 0;
}

void fs_resync(const struct half_roots *stale, int half)
{
    uint32_t agreed = get32(fs.root + ROOT_AGREED_GENERATION);

    target = half;
    copied = 0;
    parted = 0;
    if (stale->newest >= 0) {
        uint32_t generation = get32(stale->root[stale->newest] + ROOT_GENERATION);
        parted = generation < agreed ? generation : agreed;
    }
    server_log("disk %d: stale, copying what is newer than generation %u", (int32_t)half, parted);
    if (erase_block(half, 0) || erase_block(half, root_block(&fs.shape, 1) * fs.shape.block_sectors) ||
        disk_flush(half) || copy_inodes() || copy_areas() || disk_flush(half)) {
        server_log("disk %d: could not be brought up to date", (int32_t)half);
        return;
    }
    root_for_half(fs.root, half, page);
    if (disk_write(half, root_block(&fs.shape, fs.slot) * fs.shape.block_sectors, ROOT_BYTES / SECTOR, page, 0) ||
        disk_flush(half))
        return;
    disk_attached[half] = 1;
    server_log("disk %d: up to date, %u blocks copied", (int32_t)half, copied);
}
