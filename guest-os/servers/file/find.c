/* Decoding inodes and finding the blocks of a file: what the boot ROM needs, too. It brings its own block_read(). */
#include <errno.h>
#include <string.h>

#include "block.h"
#include "fs.h"

void inode_decode(struct inode *ip, const uint8_t *disk)
{
    ip->mode = (uint16_t)get16(disk + INODE_MODE);
    ip->flags = (uint16_t)get16(disk + INODE_FLAGS);
    ip->nlink = (uint16_t)get16(disk + INODE_LINKS);
    ip->uid = get32(disk + INODE_UID);
    ip->gid = get32(disk + INODE_GID);
    ip->size = get32(disk + INODE_SIZE);
    ip->generation = get32(disk + INODE_GENERATION);
    ip->rdev = get32(disk + INODE_RDEV);
    ip->blocks = get32(disk + INODE_BLOCKS);
    ip->atime = (struct stamp){ get32(disk + INODE_ATIME), get32(disk + INODE_ATIME + 4) };
    ip->mtime = (struct stamp){ get32(disk + INODE_MTIME), get32(disk + INODE_MTIME + 4) };
    ip->ctime = (struct stamp){ get32(disk + INODE_CTIME), get32(disk + INODE_CTIME + 4) };
    if (ip->flags & FLAG_INLINE) {
        memcpy(ip->text, disk + INODE_CONTENT, INLINE_MAX);
        return;
    }
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    memcpy(ip->pointer, disk + INODE_CONTENT, sizeof ip->pointer);
    return;
#endif
    for (int i = 0; i < POINTERS; i++)
        ip->pointer[i] = get_pointer(disk + INODE_CONTENT + i * POINTER_BYTES);
}

int map_path(uint32_t k, uint32_t index[3])
{
    uint32_t fan = fs.shape.fan;

    if (k < DIRECT) {
        index[0] = k;
        return 1;
    }
    k -= DIRECT;
    if (k < fan) {
        index[0] = DIRECT;
        index[1] = k;
        return 2;
    }
    k -= fan;
    if (k >= fan * fan)
        return 0;
    index[0] = DIRECT + 1;
    index[1] = k / fan;
    index[2] = k - index[1] * fan;
    return 3;
}

int map_find(const struct inode *ip, uint32_t k, struct pointer *p)
{
    uint32_t index[3];
    int levels = map_path(k, index);

    if (levels == 0)
        return -EFBIG;
    *p = ip->pointer[index[0]];
    for (int i = 1; i < levels && p->block; i++) {
        struct buffer *b = block_read(p);
        if (!b)
            return -EIO;
        *p = get_pointer(b->data + index[i] * POINTER_BYTES);
    }
    return 0;
}
