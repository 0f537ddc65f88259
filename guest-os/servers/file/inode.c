#include "inode.h"

#include <errno.h>
#include <string.h>

#include "../lib/server.h"
#include "block.h"
#include "fs.h"

#define HASHES 64
#define PER_BLOCK (fs.shape.block_size / INODE_BYTES)

static struct inode table[INODES_MAX];
static struct inode *hashes[HASHES];
static struct inode *unused;            /* chain of free entries */
static uint32_t taken;                  /* entries from here on have never been used, and are in no chain */

void inode_start(void)
{
    memset(hashes, 0, sizeof hashes);
    unused = 0;
    taken = 0;
}

void inode_encode(const struct inode *ip, uint8_t *disk)
{
    memset(disk, 0, INODE_BYTES);
    put16(disk + INODE_MODE, ip->dead ? 0100000u | (ip->mode & 07777u) : ip->mode);
    put16(disk + INODE_FLAGS, ip->flags);
    put16(disk + INODE_LINKS, ip->nlink);
    put32(disk + INODE_UID, ip->uid);
    put32(disk + INODE_GID, ip->gid);
    put32(disk + INODE_SIZE, ip->size);
    put32(disk + INODE_GENERATION, ip->generation);
    put32(disk + INODE_RDEV, ip->rdev);
    put32(disk + INODE_BLOCKS, ip->blocks);
    put32(disk + INODE_ATIME, ip->atime.seconds);
    put32(disk + INODE_ATIME + 4, ip->atime.ticks);
    put32(disk + INODE_MTIME, ip->mtime.seconds);
    put32(disk + INODE_MTIME + 4, ip->mtime.ticks);
    put32(disk + INODE_CTIME, ip->ctime.seconds);
    put32(disk + INODE_CTIME + 4, ip->ctime.ticks);
    if (ip->flags & FLAG_INLINE) {
        memcpy(disk + INODE_CONTENT, ip->text, INLINE_MAX);
        return;
    }
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    memcpy(disk + INODE_CONTENT, ip->pointer, sizeof ip->pointer);
    return;
#endif
    for (int i = 0; i < POINTERS; i++)
        put_pointer(disk + INODE_CONTENT + i * POINTER_BYTES, ip->pointer[i]);
}

struct inode *inode_in_memory(uint32_t number)
{
    struct inode *ip = hashes[number % HASHES];

    while (ip && ip->number != number)
        ip = ip->chain;
    return ip;
}

static struct inode *enter(uint32_t number)
{
    struct inode *ip = unused;

    if (ip)
        unused = ip->chain;
    else if (taken < INODES_MAX)
        ip = &table[taken++];
    else
        return 0;
    memset(ip, 0, sizeof *ip);
    ip->number = number;
    ip->users = 1;
    ip->chain = hashes[number % HASHES];
    hashes[number % HASHES] = ip;
    return ip;
}

static void leave(struct inode *ip)
{
    struct inode **at = &hashes[ip->number % HASHES];

    while (*at != ip)
        at = &(*at)->chain;
    *at = ip->chain;
    ip->number = 0;
    ip->chain = unused;
    unused = ip;
}

static uint32_t inode_count(void)
{
    return fs.inode_file.size / INODE_BYTES;
}

/* The inode's place in its block of the inode file, for reading; 0: unreadable. */
static const uint8_t *place(uint32_t number)
{
    struct pointer p;

    if (map_find(&fs.inode_file, number / PER_BLOCK, &p))
        return 0;
    require(p.block);
    struct buffer *b = block_read(&p);
    return b ? b->data + number % PER_BLOCK * INODE_BYTES : 0;
}

int inode_get(uint32_t number, struct inode **out)
{
    struct inode *ip = inode_in_memory(number);

    if (ip) {
        *out = inode_again(ip);
        return 0;
    }
    if (number == 0 || number >= inode_count())
        return -ESTALE;
    const uint8_t *disk = place(number);
    if (!disk)
        return -EIO;
    if (get16(disk) == 0)
        return -ESTALE;
    ip = enter(number);
    if (!ip)
        return -ENFILE;
    inode_decode(ip, disk);
    *out = ip;
    return 0;
}

struct inode *inode_again(struct inode *ip)
{
    ip->users++;
    return ip;
}

int inode_update(struct inode *ip)
{
    struct buffer *b = map_change(&fs.inode_file, ip->number / PER_BLOCK, 0);

    if (!b)
        return -EIO;
    fs.changed = 1;
    inode_encode(ip, b->data + ip->number % PER_BLOCK * INODE_BYTES);
    return 0;
}

/* No name and no user: the content and the number become free. What cannot be read stays allocated; fsck tells. */
static void release(struct inode *ip)
{
    int has_blocks = !(ip->flags & FLAG_INLINE);

    if (has_blocks && map_cut(ip, 0))
        server_log("inode %u: blocks lost, unreadable", ip->number);
    struct buffer *b = map_change(&fs.inode_file, ip->number / PER_BLOCK, 0);
    if (!b) {
        server_log("inode %u: lost, unreadable", ip->number);
        return;
    }
    uint8_t *disk = b->data + ip->number % PER_BLOCK * INODE_BYTES;
    memset(disk, 0, INODE_BYTES);
    put32(disk + INODE_GENERATION, ip->generation);
    fs.changed = 1;
    fs.used_inodes--;
    if (ip->number < fs.first_free)
        fs.first_free = ip->number;
    if (ip->number == get32(fs.root + ROOT_BOOT_INODE))
        put32(fs.root + ROOT_BOOT_INODE, 0);
}

void inode_put(struct inode *ip)
{
    require(ip->users > 0);
    if (--ip->users > 0)
        return;
    if (ip->nlink == 0)
        release(ip);
    leave(ip);
}

/* The lowest free number, or the end of the inode file; 0 if a block cannot be read. */
static uint32_t lowest_free(void)
{
    uint32_t number = fs.first_free, count = inode_count();

    while (number < count) {
        const uint8_t *disk = place(number);
        if (!disk)
            return 0;
        do {
            if (get16(disk) == 0)
                return number;
            number++;
            disk += INODE_BYTES;
        } while (number % PER_BLOCK);
    }
    return number;
}

uint32_t inode_growth(void)
{
    fs.first_free = lowest_free();
    if (fs.first_free == 0)
        fs.first_free = 1;
    if (fs.first_free < inode_count())
        return 0;
    int32_t missing = map_missing(&fs.inode_file, fs.first_free / PER_BLOCK);
    return missing > 0 ? (uint32_t)missing : 0;
}

int inode_new(uint32_t mode, uint32_t uid, uint32_t gid, struct inode **out)
{
    uint32_t index[3], number = lowest_free();

    if (number == 0)
        return -EIO;
    if (number >= inode_count() && map_path(number / PER_BLOCK, index) == 0)
        return -ENOSPC;
    struct inode *ip = enter(number);
    if (!ip)
        return -ENFILE;
    struct buffer *b = map_change(&fs.inode_file, number / PER_BLOCK, 0);
    if (!b) {
        leave(ip);
        return -EIO;
    }
    if (number >= inode_count())
        fs.inode_file.size += fs.shape.block_size;
    ip->generation = get32(b->data + number % PER_BLOCK * INODE_BYTES + INODE_GENERATION) + 1;
    ip->mode = (uint16_t)mode;
    ip->uid = uid;
    ip->gid = gid;
    if (is_type(ip, 0100000) || is_type(ip, 0120000))
        ip->flags = FLAG_INLINE;
    inode_stamp(ip, ATIME | MTIME | CTIME);
    fs.used_inodes++;
    fs.first_free = number + 1;
    *out = ip;
    return 0;
}

void inode_orphans(void (*f)(struct inode *ip))
{
    uint32_t last = 0;

    for (;;) {
        struct inode *next = 0;
        for (int i = 0; i < INODES_MAX; i++) {
            struct inode *ip = &table[i];
            if (ip->number > last && ip->nlink == 0 && (!next || ip->number < next->number))
                next = ip;
        }
        if (!next)
            return;
        last = next->number;
        f(next);
    }
}

void inode_stamp(struct inode *ip, int which)
{
    struct stamp now = { fs.seconds, fs.ticks };

    if (which & ATIME)
        ip->atime = now;
    if (which & MTIME)
        ip->mtime = now;
    if (which & CTIME)
        ip->ctime = now;
}
