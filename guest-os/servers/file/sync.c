/*
 * The sync: section 9 of the format. It runs between two requests and while it lasts none is served, so the frozen
 * tree is the working one; nothing is allocated or read by it, since all blocks above a changed one are changed and in
 * the cache.
 */
#include <errno.h>
#include <string.h>

#include "../lib/server.h"
#include "block.h"
#include "disk.h"
#include "mount.h"

#define PER_BLOCK (fs.shape.block_size / INODE_BYTES)

static int write_buffer(struct buffer *b, struct pointer *p)
{
    int error = disk_write_all(b->block * fs.shape.block_sectors, fs.shape.block_sectors, b->data, &p->crc);

    if (!error)
        block_written(b);
    return error;
}

/* Writes what changed below *p, which hangs `level` levels above data, and sets the CRC. */
static int write_tree(struct pointer *p, int level)
{
    if (p->birth != fs.generation)
        return 0;
    struct buffer *b = block_dirty(p->block);
    for (uint32_t i = 0; level > 0 && i < fs.shape.fan; i++) {
        uint8_t *at = b->data + i * POINTER_BYTES;
        struct pointer child = get_pointer(at);
        if (child.birth != fs.generation)
            continue;
        int error = write_tree(&child, level - 1);
        if (error)
            return error;
        put_pointer(at, child);
    }
    return write_buffer(b, p);
}

static int level_of(int i)
{
    return i < DIRECT ? 0 : i - DIRECT + 1;
}

/* An inode in its block of the inode file; the copy in memory learns the CRCs, too. */
static int write_inode(uint8_t *disk, uint32_t number)
{
    uint32_t type = get16(disk) & 0170000u;

    if ((type != 0100000 && type != 0040000 && type != 0120000) || get16(disk + INODE_FLAGS) & FLAG_INLINE)
        return 0;
    struct inode *ip = inode_in_memory(number);
    for (int i = 0; i < POINTERS; i++) {
        uint8_t *at = disk + INODE_CONTENT + i * POINTER_BYTES;
        struct pointer p = get_pointer(at);
        if (p.birth != fs.generation)
            continue;
        int error = write_tree(&p, level_of(i));
        if (error)
            return error;
        put_pointer(at, p);
        if (ip) {
            require(ip->pointer[i].block == p.block);
            ip->pointer[i].crc = p.crc;
        }
    }
    return 0;
}

/* As write_tree, for the inode file: its data blocks hold inodes, the first one being number `first`. */
static int write_inode_tree(struct pointer *p, int level, uint32_t first)
{
    if (p->birth != fs.generation)
        return 0;
    struct buffer *b = block_dirty(p->block);
    uint32_t step = PER_BLOCK * (level == 2 ? fs.shape.fan : 1);
    for (uint32_t i = 0; level > 0 && i < fs.shape.fan; i++) {
        uint8_t *at = b->data + i * POINTER_BYTES;
        struct pointer child = get_pointer(at);
        int error = write_inode_tree(&child, level - 1, first + i * step);
        if (error)
            return error;
        put_pointer(at, child);
    }
    for (uint32_t i = 0; level == 0 && i < PER_BLOCK; i++) {
        int error = write_inode(b->data + i * INODE_BYTES, first + i);
        if (error)
            return error;
    }
    return write_buffer(b, p);
}

static int write_all_trees(void)
{
    uint32_t first = 0;

    for (int i = 0; i < POINTERS; i++) {
        int level = level_of(i);
        int error = write_inode_tree(&fs.inode_file.pointer[i], level, first);
        if (error)
            return error;
        first += PER_BLOCK * (level == 0 ? 1 : level == 1 ? fs.shape.fan : fs.shape.fan * fs.shape.fan);
    }
    require(block_dirty_count() == 0);
    return 0;
}

/* CRCs of the bitmap blocks that stand in each area; known of those that are not stale. */
static uint32_t area_crc[2][BITMAP_MAX];

static int write_bitmap(int slot)
{
    for (uint32_t i = 0; i < fs.shape.bitmap_blocks; i++) {
        if (alloc_stale(slot, i)) {
            uint32_t block = bitmap_area(&fs.shape, slot) + i;
            int error = disk_write_all(block * fs.shape.block_sectors, fs.shape.block_sectors,
                                       bitmap_working + (i << fs.shape.block_shift), &area_crc[slot][i]);
            if (error)
                return error;
            alloc_written(slot, i);
        }
        put32(fs.root + ROOT_BITMAP_CRC + 4 * i, area_crc[slot][i]);
    }
    return 0;
}

static int write_state(int slot, struct pair pair)
{
    uint8_t row[STATE_MAX * 4];
    uint32_t length = state_store(pair), blocks = (length + fs.shape.block_size - 1) >> fs.shape.block_shift;

    require(blocks <= fs.shape.state_blocks);
    for (uint32_t i = 0; i < blocks; i++) {
        uint32_t crc;
        int error = disk_write_all((state_area(&fs.shape, slot) + i) * fs.shape.block_sectors, fs.shape.block_sectors,
                                   state_bytes + (i << fs.shape.block_shift), &crc);
        if (error)
            return error;
        put32(row + 4 * i, crc);
    }
    put32(fs.root + ROOT_STATE_LENGTH, length);
    put32(fs.root + ROOT_STATE_CRC, crc32c(row, 4 * blocks));
    return 0;
}

/* The root record of the sync under way, all but `half`. */
static void seal_root(int slot, struct pair pair, int both)
{
    put32(fs.root + ROOT_OWN_ADDRESS, root_block(&fs.shape, slot));
    put32(fs.root + ROOT_PREDECESSOR, get32(fs.root + ROOT_CONTENT_CRC));
    put_pair(fs.root + ROOT_INCARNATION, pair);
    if (both)
        put_pair(fs.root + ROOT_AGREED_INCARNATION, pair);
    put32(fs.root + ROOT_SYNC_SECONDS, fs.seconds);
    put32(fs.root + ROOT_SYNC_TICKS, fs.ticks);
    put32(fs.root + ROOT_FREE_BLOCKS, alloc_free_blocks());
    put32(fs.root + ROOT_USED_INODES, fs.used_inodes);
    put32(fs.root + ROOT_FIRST_FREE, fs.first_free);
    inode_encode(&fs.inode_file, fs.root + ROOT_INODE_FILE);
    put32(fs.root + ROOT_CONTENT_CRC, crc32c(fs.root, ROOT_CONTENT_CRC));
}

void root_for_half(const uint8_t *root, int half, uint8_t *record)
{
    memcpy(record, root, ROOT_BYTES);
    put32(record + ROOT_HALF, (uint32_t)half);
    put32(record + ROOT_CRC, crc32c(record + ROOT_CONTENT_CRC, ROOT_CRC - ROOT_CONTENT_CRC));
}

/* The halves' records differ, so each has its own buffer; both are written at the same time. */
static int write_roots(int slot)
{
    static uint8_t record[DISK_HALVES][ROOT_BYTES] __attribute__((aligned(ROOT_BYTES)));
    uint8_t started[DISK_HALVES];
    int good = 0;

    for (int half = 0; half < DISK_HALVES; half++) {
        started[half] = disk_attached[half];
        if (!started[half])
            continue;
        root_for_half(fs.root, half, record[half]);
        block_settle(half);
        disk_begin(half, DISK_WRITE, root_block(&fs.shape, slot) * fs.shape.block_sectors, ROOT_BYTES / SECTOR,
                   record[half]);
    }
    for (int half = 0; half < DISK_HALVES; half++) {
        if (!started[half])
            continue;
        if (disk_end(half, 0))
            disk_detach(half, "write of the root failed");
        else
            good = 1;
    }
    return good ? 0 : -EIO;
}

void commit_message(void)
{
    /* From here on the backup goes on from this root. Without one nobody has to be told: the flushed root is the
     * commit. */
    server_sync();
}

static int failed(void)
{
    server_log("both disks lost: no more requests are served");
    fs.mounted = 0;
    return -EIO;
}

int fs_sync(void)
{
    int slot = !fs.slot;

    if (fs.read_only || (!fs.changed && block_dirty_count() == 0))
        return 0;
    if (write_all_trees() || write_bitmap(slot))
        return failed();
    struct pair pair = { fs.incarnation, fs.generation };   /* Not before: the first write may be a takeover's. */
    if (write_state(slot, pair) || disk_flush_all())
        return failed();
    seal_root(slot, pair, disk_attached[0] && disk_attached[1]);
    if (write_roots(slot) || disk_flush_all())
        return failed();
    commit_message();
    alloc_commit();
    fs.slot = slot;
    fs.generation++;
    fs.changed = 0;
    fs.synced_seconds = fs.seconds;
    return 0;
}

void fs_make_room(void)
{
    if (alloc_allocatable() < REQUEST_BLOCKS && alloc_free_blocks() > alloc_allocatable())
        fs_sync();
}
