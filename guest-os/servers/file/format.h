#ifndef FILE_FORMAT_H
#define FILE_FORMAT_H
/*
 * The disk format, version 1, as disk-images/SPEC.md defines it. All of it is big-endian, whatever machine this is
 * compiled for.
 */
#include <stddef.h>
#include <stdint.h>

#define SECTOR          512
#define ROOT_BYTES      1024
#define ROOT_MAGIC      0x54505852u     /* TPXR */
#define STATE_MAGIC     0x54505853u     /* TPXS */
#define FORMAT_VERSION  1
#define BITMAP_MAX      141             /* bitmap blocks of an area */
#define STATE_MAX       256             /* state blocks of an area */
#define BLOCK_MAX       4096            /* bytes */
#define POOL_MIN        128             /* blocks */

/* Byte offsets in a root record. */
enum {
    ROOT_MAGIC_AT = 0, ROOT_VERSION = 4, ROOT_COMPAT = 8, ROOT_RO_COMPAT = 12, ROOT_INCOMPAT = 16, ROOT_BLOCK_SIZE = 20,
    ROOT_TOTAL_BLOCKS = 24, ROOT_STATE_BLOCKS = 28, ROOT_OWN_ADDRESS = 32, ROOT_INCARNATION = 36, ROOT_GENERATION = 40,
    ROOT_PREDECESSOR = 44, ROOT_AGREED_INCARNATION = 48, ROOT_AGREED_GENERATION = 52, ROOT_SYNC_SECONDS = 56,
    ROOT_SYNC_TICKS = 60, ROOT_STATE_LENGTH = 64, ROOT_STATE_CRC = 68, ROOT_BOOT_INODE = 72, ROOT_FREE_BLOCKS = 76,
    ROOT_USED_INODES = 80, ROOT_FIRST_FREE = 84, ROOT_BITMAP_BLOCKS = 88, ROOT_RESERVE = 92, ROOT_VOLUME_ID = 96,
    ROOT_NAME = 112, ROOT_MADE_SECONDS = 144, ROOT_MADE_TICKS = 148, ROOT_INODE_FILE = 192, ROOT_BITMAP_CRC = 448,
    ROOT_CONTENT_CRC = 1012, ROOT_HALF = 1016, ROOT_CRC = 1020
};

#define INODE_BYTES     256
#define INLINE_MAX      192
#define POINTERS        16              /* of an inode: 14 direct, single, double indirect */
#define DIRECT          14
#define POINTER_BYTES   12
#define ROOT_DIRECTORY  1               /* inode number */
#define FLAG_INLINE     1
#define LINKS_MAX       32000
#define SYMLINK_MAX     1023            /* bytes of text */

enum {
    INODE_MODE = 0, INODE_FLAGS = 2, INODE_LINKS = 4, INODE_UID = 8, INODE_GID = 12, INODE_SIZE = 16,
    INODE_GENERATION = 20, INODE_RDEV = 24, INODE_BLOCKS = 28, INODE_ATIME = 32, INODE_MTIME = 40, INODE_CTIME = 48,
    INODE_CONTENT = 64
};

/* A directory record; the name follows. */
enum { ENTRY_INODE = 0, ENTRY_LENGTH = 4, ENTRY_NAME_LENGTH = 6, ENTRY_TYPE = 7, ENTRY_NAME = 8, ENTRY_MIN = 12 };

enum {
    STATE_MAGIC_AT = 0, STATE_VERSION = 4, STATE_INCARNATION = 8, STATE_GENERATION = 12, STATE_LENGTH = 16,
    STATE_HEADER_CRC = 28, STATE_RECORDS = 32
};
#define STATE_ORPHANS   1               /* type of a state record: inode numbers */

struct pointer {                        /* to a child block; a hole is all zero */
    uint32_t block;
    uint32_t birth;                     /* generation of the interval in which it was allocated */
    uint32_t crc;                       /* CRC-32C of the child; 0 while the child is changed in memory only */
};

struct pair { uint32_t incarnation, generation; };

static inline uint32_t get32(const void *p)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    typedef uint32_t __attribute__((may_alias)) any32;
    return *(const any32 *)p;
#else
    const uint8_t *b = p;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
#endif
}

static inline void put32(void *p, uint32_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    typedef uint32_t __attribute__((may_alias)) any32;
    *(any32 *)p = v;
#else
    uint8_t *b = p;
    b[0] = (uint8_t)(v >> 24);
    b[1] = (uint8_t)(v >> 16);
    b[2] = (uint8_t)(v >> 8);
    b[3] = (uint8_t)v;
#endif
}

/* 16-bit fields lie at even places. */
static inline uint32_t get16(const void *p)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    typedef uint16_t __attribute__((may_alias)) any16;
    return *(const any16 *)p;
#else
    const uint8_t *b = p;
    return (uint32_t)b[0] << 8 | b[1];
#endif
}

static inline void put16(void *p, uint32_t v)
{
    uint8_t *b = p;
    b[0] = (uint8_t)(v >> 8);
    b[1] = (uint8_t)v;
}

static inline struct pointer get_pointer(const uint8_t *p)
{
    return (struct pointer){ get32(p), get32(p + 4), get32(p + 8) };
}

static inline void put_pointer(uint8_t *p, struct pointer v)
{
    put32(p, v.block);
    put32(p + 4, v.birth);
    put32(p + 8, v.crc);
}

static inline struct pair get_pair(const uint8_t *p)
{
    return (struct pair){ get32(p), get32(p + 4) };
}

static inline void put_pair(uint8_t *p, struct pair v)
{
    put32(p, v.incarnation);
    put32(p + 4, v.generation);
}

/* < 0, 0, > 0: a before, equal to, after b. */
static inline int pair_order(struct pair a, struct pair b)
{
    if (a.incarnation != b.incarnation)
        return a.incarnation < b.incarnation ? -1 : 1;
    return a.generation == b.generation ? 0 : a.generation < b.generation ? -1 : 1;
}

/* CRC-32C (Castagnoli) of n bytes: what the disk controller computes. */
uint32_t crc32c(const void *bytes, uint32_t n);

#endif
