/* The bytes of files: inline, in blocks, in holes. */
#include <errno.h>
#include <string.h>

#include "../lib/server.h"
#include "block.h"
#include "fs.h"

static const uint8_t zeros[BLOCK_MAX] __attribute__((aligned(4)));

uint32_t content_limit(void)
{
    return (DIRECT + fs.shape.fan + fs.shape.fan * fs.shape.fan) << fs.shape.block_shift;
}

int32_t content_peek(const struct inode *ip, uint32_t offset, uint32_t n, const uint8_t **out)
{
    struct pointer p;

    if (offset >= ip->size)
        return 0;
    if (n > ip->size - offset)
        n = ip->size - offset;
    if (ip->flags & FLAG_INLINE) {
        *out = ip->text + offset;
        return (int32_t)n;
    }
    uint32_t in_block = offset & (fs.shape.block_size - 1);
    if (n > fs.shape.block_size - in_block)
        n = fs.shape.block_size - in_block;
    if (map_find(ip, offset >> fs.shape.block_shift, &p))
        return -EIO;
    if (!p.block) {
        *out = zeros;
        return (int32_t)n;
    }
    struct buffer *b = block_read(&p);
    if (!b)
        return -EIO;
    *out = b->data + in_block;
    return (int32_t)n;
}

int32_t content_read(const struct inode *ip, uint32_t offset, uint32_t n, uint8_t *to)
{
    uint32_t done = 0;

    while (done < n) {
        const uint8_t *from;
        int32_t piece = content_peek(ip, offset + done, n - done, &from);
        if (piece < 0)
            return done > 0 ? (int32_t)done : piece;
        if (piece == 0)
            break;
        memcpy(to + done, from, (uint32_t)piece);
        done += (uint32_t)piece;
    }
    return (int32_t)done;
}

/* From inline to blocks; room for one block has been checked. */
static int leave_inline(struct inode *ip)
{
    uint8_t text[INLINE_MAX];

    memcpy(text, ip->text, INLINE_MAX);
    memset(ip->pointer, 0, sizeof ip->pointer);
    ip->flags &= (uint16_t)~FLAG_INLINE;
    if (ip->size == 0)
        return 0;
    struct buffer *b = map_change(ip, 0, 0);
    if (!b)
        return -EIO;
    memcpy(b->data, text, ip->size);
    return 0;
}

/* New blocks that writing bytes offset .. end-1 needs, or -EIO. Exact for one block; for several an upper bound, as an
 * indirect block that two of them would share is counted twice. */
static int32_t growth_of_write(const struct inode *ip, uint32_t offset, uint32_t end)
{
    uint32_t first = offset >> fs.shape.block_shift, last = (end - 1) >> fs.shape.block_shift, index[3];
    int32_t sum = 0;

    if (ip->flags & FLAG_INLINE) {
        if (end <= INLINE_MAX)
            return 0;
        for (uint32_t k = first; k <= last; k++)
            sum += k < DIRECT ? 1 : map_path(k, index);
        return sum + (ip->size > 0 && first > 0);
    }
    for (uint32_t k = first; k <= last; k++) {
        int32_t missing = map_missing(ip, k);
        if (missing < 0)
            return missing;
        sum += missing;
    }
    return sum;
}

/* Writes within one block. */
static int write_piece(struct inode *ip, uint32_t offset, const uint8_t *from, uint32_t n)
{
    struct buffer *b = map_change(ip, offset >> fs.shape.block_shift, n == fs.shape.block_size);

    if (!b)
        return -EIO;
    memcpy(b->data + (offset & (fs.shape.block_size - 1)), from, n);
    return 0;
}

static int write_inline(struct inode *ip, uint32_t offset, const uint8_t *from, uint32_t n)
{
    memcpy(ip->text + offset, from, n);
    if (offset + n > ip->size)
        ip->size = offset + n;
    return (int)n;
}

int32_t content_write(struct inode *ip, uint32_t offset, const uint8_t *from, uint32_t n)
{
    uint32_t size = fs.shape.block_size, limit = content_limit();

    if (offset >= limit)
        return -EFBIG;
    if (n > limit - offset)
        n = limit - offset;
    if (ip->flags & FLAG_INLINE && offset + n <= INLINE_MAX)
        return write_inline(ip, offset, from, n);
    for (;;) {
        int32_t growth = growth_of_write(ip, offset, offset + n);
        if (growth < 0)
            return growth;
        int error = alloc_growth((uint32_t)growth, 0);
        if (!error)
            break;
        /* As much as fits: one block less at a time. */
        uint32_t cut = ((offset + n - 1) & ~(size - 1));
        if (cut <= offset)
            return error;
        n = cut - offset;
    }
    if (ip->flags & FLAG_INLINE && leave_inline(ip))
        return -EIO;
    uint32_t done = 0;
    while (done < n) {
        uint32_t piece = size - ((offset + done) & (size - 1));
        if (piece > n - done)
            piece = n - done;
        if (write_piece(ip, offset + done, from + done, piece))
            break;
        done += piece;
    }
    if (offset + done > ip->size)
        ip->size = offset + done;
    return done > 0 ? (int32_t)done : -EIO;
}

int content_resize(struct inode *ip, uint32_t size)
{
    uint32_t block = fs.shape.block_size;

    if (size > content_limit())
        return -EFBIG;
    if (ip->flags & FLAG_INLINE) {
        if (size < ip->size)
            memset(ip->text + size, 0, ip->size - size);
        if (size > INLINE_MAX) {
            int error = alloc_growth(ip->size > 0, 0);
            if (error || (error = leave_inline(ip)))
                return error;
        }
        ip->size = size;
        return 0;
    }
    if (size < ip->size) {
        int error = map_cut(ip, (size + block - 1) >> fs.shape.block_shift);
        if (error)
            return error;
        /* Bytes beyond the end are zero on disk, so that growing again needs no clearing. */
        uint32_t rest = size & (block - 1);
        struct pointer p;
        if (rest && map_find(ip, size >> fs.shape.block_shift, &p))
            return -EIO;
        if (rest && p.block) {
            struct buffer *b = map_change(ip, size >> fs.shape.block_shift, 0);
            if (!b)
                return -EIO;
            memset(b->data + rest, 0, block - rest);
        }
        if (size == 0) {
            memset(ip->pointer, 0, sizeof ip->pointer);
            ip->flags |= FLAG_INLINE;
        }
    }
    ip->size = size;
    return 0;
}
