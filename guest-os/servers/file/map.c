/* Changing the tree of blocks below an inode: always from the top down, so that a changed block never hangs from an
 * unchanged one. */
#include <errno.h>

#include "../lib/server.h"
#include "block.h"
#include "fs.h"

struct buffer *map_change(struct inode *ip, uint32_t k, int whole)
{
    uint32_t index[3];
    int levels = map_path(k, index);
    uint8_t *at = 0;                    /* where the pointer stands, in its parent's buffer; 0: in the inode */
    struct buffer *b = 0;

    require(levels > 0);
    for (int i = 0; i < levels; i++) {
        struct pointer p = at ? get_pointer(at) : ip->pointer[index[0]];
        int fresh = p.block == 0;
        struct buffer *child = block_change(&p, whole && i == levels - 1);
        if (!child)
            return 0;
        ip->blocks += (uint32_t)fresh;
        if (at)
            put_pointer(at, p);
        else
            ip->pointer[index[0]] = p;
        b = child;
        if (i + 1 < levels)
            at = b->data + index[i + 1] * POINTER_BYTES;
    }
    return b;
}

int32_t map_missing(const struct inode *ip, uint32_t k)
{
    uint32_t index[3];
    int levels = map_path(k, index);

    if (levels == 0)
        return -EFBIG;
    struct pointer p = ip->pointer[index[0]];
    for (int i = 1; i < levels; i++) {
        if (!p.block)
            return levels - i + 1;
        struct buffer *b = block_read(&p);
        if (!b)
            return -EIO;
        p = get_pointer(b->data + index[i] * POINTER_BYTES);
    }
    return p.block ? 0 : 1;
}

static uint32_t span_of(int level)
{
    return level == 0 ? 1 : level == 1 ? fs.shape.fan : fs.shape.fan * fs.shape.fan;
}

/*
 * Frees what hangs from *p at and beyond the k-th block below it; level 0 is a data block. An indirect block without
 * children is not kept. The depth is at most 3. Unreadable blocks are left allocated: EIO, and fsck can tell.
 */
static int cut(struct inode *ip, struct pointer *p, int level, uint32_t k)
{
    if (!p->block || k >= span_of(level))
        return 0;
    if (level > 0) {
        uint32_t step = span_of(level - 1), kept = 0;
        struct buffer *b = k > 0 ? block_change(p, 0) : block_read(p);
        if (!b)
            return -EIO;
        for (uint32_t i = 0; i < fs.shape.fan; i++) {
            struct pointer child = get_pointer(b->data + i * POINTER_BYTES);
            uint32_t first = i * step;
            if (child.block && first + step > k) {
                int error = cut(ip, &child, level - 1, k > first ? k - first : 0);
                if (error)
                    return error;
                /* Freeing a subtree reads many blocks; this one may have gone from the cache, if it is clean. */
                b = k > 0 ? block_change(p, 0) : block_read(p);
                if (!b)
                    return -EIO;
                if (k > 0)
                    put_pointer(b->data + i * POINTER_BYTES, child);
            }
            kept |= child.block;
        }
        if (kept)
            return 0;
    }
    ip->blocks--;
    block_drop(p);
    return 0;
}

int map_cut(struct inode *ip, uint32_t k)
{
    uint32_t first = 0;

    for (int i = 0; i < POINTERS; i++) {
        int level = i < DIRECT ? 0 : i - DIRECT + 1;
        uint32_t span = span_of(level);
        if (first + span > k) {
            int error = cut(ip, &ip->pointer[i], level, k > first ? k - first : 0);
            if (error)
                return error;
        }
        first += span;
    }
    return 0;
}
