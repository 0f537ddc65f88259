#ifndef FILE_VOLUME_H
#define FILE_VOLUME_H
/*
 * The shape of the volume and the choice of its root at a cold start. Shared with the boot ROM, which brings its own
 * disk_read().
 */
#include "format.h"

/* All numbers in blocks unless said otherwise. */
struct shape {
    uint32_t block_size;                /* bytes: 1024, 2048, 4096 */
    uint32_t block_shift;               /* log2 of it */
    uint32_t block_sectors;
    uint32_t fan;                       /* pointers in an indirect block */
    uint32_t total;
    uint32_t bitmap_blocks;             /* per area */
    uint32_t state_blocks;              /* per area */
    uint32_t pool_first, pool_end;      /* the pool is pool_first .. pool_end - 1 */
};

#define DISK_HALVES 2

enum { SLOT_EMPTY, SLOT_REJECTED, SLOT_VALID };

/* One half of the mirror as found: its two root slots. */
struct half_roots {
    int present;                        /* the drive answers */
    uint32_t capacity;                  /* sectors */
    int slot[2];                        /* SLOT_... */
    uint32_t slot_block[2];             /* first sector of the slot; 0 for slot 1: its place is not known */
    int newest;                         /* slot of the greatest valid pair, or -1 */
    struct shape shape;                 /* as a valid slot claims it */
    uint8_t root[2][ROOT_BYTES];
};

struct choice {
    int half;                           /* the one to use */
    int slot;                           /* newest root of it */
    int stale;                          /* 1: the other half, if present, must first be brought up to date */
};

/* Fills in the shape that a root record claims; 0, or -1 if the claim breaks the limits of the format or the disk
 * (sectors). */
int shape_of(const uint8_t *root, uint32_t capacity, struct shape *shape);
/* First block of the areas of a slot. */
uint32_t bitmap_area(const struct shape *shape, int slot);
uint32_t state_area(const struct shape *shape, int slot);
uint32_t root_block(const struct shape *shape, int slot);

static inline struct pair root_pair(const uint8_t *root)
{
    return get_pair(root + ROOT_INCARNATION);
}

/*
 * Reads both slots of the halves, whose `capacity` is in sectors, 0: absent, and judges them. A half whose state area
 * is bad counts if the other's is good. pages: BLOCK_MAX bytes a half for reading, aligned to them. Both drives move at
 * the same time. -1, or a half whose slots carry the same pair.
 */
int look_at_halves(const uint32_t capacity[DISK_HALVES], uint8_t pages[DISK_HALVES][BLOCK_MAX],
                   struct half_roots found[DISK_HALVES]);
/* Does the state area of a slot, as this half has it, belong to the root? */
int state_good(int half, const struct shape *shape, int slot, const uint8_t *root, uint8_t *page);

/* No valid root; each half went on alone; two volumes. */
enum { CHOICE_NONE = -1, CHOICE_SPLIT = -2, CHOICE_STRANGERS = -3 };
/* Compares the halves: 0 with *choice set, or CHOICE_... */
int choose_root(const struct half_roots found[DISK_HALVES], struct choice *choice);

/* Reads `count` sectors of one half: 0, or the error of the controller (never 0). *crc: of all bytes. */
int disk_read(int half, uint32_t sector, uint32_t count, void *address, uint32_t *crc);
/* The same in two parts: starts a command on an idle half (the ROM: DISK_READ only), and waits for its end. *crc of the
 * bytes transferred; may be 0 in the file server. */
void disk_begin(int half, int command, uint32_t sector, uint32_t count, void *address);
int disk_end(int half, uint32_t *crc);

#endif
