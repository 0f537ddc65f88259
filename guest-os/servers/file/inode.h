#ifndef FILE_INODE_H
#define FILE_INODE_H
/*
 * Inodes in memory, and the content of files.
 *
 * An inode that somebody uses stands once in the table, with a count of its users. Its fields are the truth;
 * inode_update() copies them into the (changeable) block of the inode file, and is called before a request ends that
 * changed them. The last user's inode_put() of an inode without names frees it.
 */
#include "format.h"

#define INODES_MAX 512                  /* in memory */

struct stamp { uint32_t seconds, ticks; };
struct pipe;

struct inode {
    uint32_t number;                    /* 0: this entry of the table is unused */
    uint16_t users;
    uint8_t dead;                       /* a removed directory still in use: no entries, on disk an empty file */
    uint16_t mode, flags, nlink;
    uint32_t uid, gid, size, generation, rdev, blocks;
    struct stamp atime, mtime, ctime;
    union {
        struct pointer pointer[POINTERS];
        uint8_t text[INLINE_MAX];       /* FLAG_INLINE */
    };
    struct pipe *pipe;                  /* of a fifo that is open */
    struct inode *chain;
};

static inline int is_type(const struct inode *ip, uint32_t type)
{
    return (ip->mode & 0170000u) == type;
}

/* Between memory and the 256 bytes of the disk. */
void inode_decode(struct inode *ip, const uint8_t *disk);
void inode_encode(const struct inode *ip, uint8_t *disk);

void inode_start(void);
/* A counted reference: 0 or -EIO, -ENFILE (table full), -ESTALE (not in use). */
int inode_get(uint32_t number, struct inode **ip);
struct inode *inode_again(struct inode *ip);    /* one more user; answers ip */
void inode_put(struct inode *ip);
/* The table's entry, or 0: for the sync and the state tables. */
struct inode *inode_in_memory(uint32_t number);
/* A new inode of this type and permission with no names, times now: 0, -ENOSPC, -ENFILE, -EIO. In use by the caller. */
int inode_new(uint32_t mode, uint32_t uid, uint32_t gid, struct inode **ip);
int inode_update(struct inode *ip);     /* 0 or -EIO */
/* How many blocks inode_new() would add: 0 if a free inode exists below the end. */
uint32_t inode_growth(void);
/* Calls f for each inode in memory without names, in order of number. */
void inode_orphans(void (*f)(struct inode *ip));

/* What inode_stamp() sets to now. */
enum { ATIME = 1, MTIME = 2, CTIME = 4 };
void inode_stamp(struct inode *ip, int which);

/* The path of pointers to file block k: indexes at each level; the number of levels (1 direct to 3), or 0 beyond the
 * end of the format. */
int map_path(uint32_t k, uint32_t index[3]);
/* The pointer of file block k (a hole: all zero): 0 or -EIO, -EFBIG. */
int map_find(const struct inode *ip, uint32_t k, struct pointer *p);
/* File block k, changeable: 0 (EIO) or its buffer. Counts new blocks in ip->blocks; the caller updates the inode. */
struct buffer *map_change(struct inode *ip, uint32_t k, int whole);
/* How many new blocks map_change() of k would add, indirect ones included; or -EIO. */
int32_t map_missing(const struct inode *ip, uint32_t k);
/* Frees all blocks at and beyond file block k. */
int map_cut(struct inode *ip, uint32_t k);

/* Greatest file, bytes. */
uint32_t content_limit(void);
/* Bytes offset .. of a file, within one block: sets *p, answers how many (0 at the end) or -EIO. */
int32_t content_peek(const struct inode *ip, uint32_t offset, uint32_t n, const uint8_t **p);
/* Copies up to n bytes; how many, or -EIO. */
int32_t content_read(const struct inode *ip, uint32_t offset, uint32_t n, uint8_t *to);
/* Writes n bytes (1 .. 4096); how many: fewer at the end of the disk or of the format. -ENOSPC, -EFBIG, -EIO. Updates
 * the inode's size. */
int32_t content_write(struct inode *ip, uint32_t offset, const uint8_t *from, uint32_t n);
int content_resize(struct inode *ip, uint32_t size);    /* 0, -EFBIG, -ENOSPC, -EIO */

#endif
