#ifndef FILE_BLOCK_H
#define FILE_BLOCK_H
/*
 * The buffer cache. A buffer holds one block of the volume, found by its number: a block is reached from one place
 * only. Dirty = allocated in the working generation and not yet on disk; a dirty buffer stays in memory until a sync
 * has written it.
 *
 * A buffer that a function here has answered stays valid until BLOCK_HOLD others have been asked for: the least
 * recently used clean one goes first, and the dirty ones are held below the limit that guarantees enough clean ones
 * (block_pressure).
 */
#include "format.h"

#define CACHE_BYTES     (1024 * 1024)
#define BUFFERS_MAX     (CACHE_BYTES / 1024)
#define BLOCK_HOLD      32

struct buffer {
    uint32_t block;                     /* 0: unused */
    uint8_t dirty;
    uint8_t loading;                    /* 1 + half: a read-ahead is under way */
    struct pointer wanted;              /* while loading: what must come */
    struct buffer *chain;               /* next of the same hash */
    struct buffer *older, *newer;       /* in order of use */
    uint8_t *data;
};

struct cache_counts { uint32_t hits, misses, prefetched, repaired; };
extern struct cache_counts cache_counts;

/* Sets up an empty cache for blocks of the volume's size. */
void block_start(void);
/* The block that a pointer names, checked against its CRC; from the other half if one is bad, which is repaired. 0:
 * unreadable (EIO). */
struct buffer *block_read(const struct pointer *p);
/* Makes what *p names changeable: a block of the working generation. *p := its new pointer; a hole becomes a zeroed
 * block. whole: the caller overwrites all of it, so the old content is not read. 0: unreadable. The pointer's holder
 * must be changeable already. */
struct buffer *block_change(struct pointer *p, int whole);
/* Frees the block that *p names, with its buffer; *p := hole. */
void block_drop(struct pointer *p);
/* Starts reading what *p names if it is not here and a half is idle. */
void block_prefetch(const struct pointer *p);
/* Ends the read-ahead of a half, if any. */
void block_settle(int half);
/* The dirty buffer of a block (it must exist), and: it is on disk now. */
struct buffer *block_dirty(uint32_t block);
void block_written(struct buffer *b);
uint32_t block_dirty_count(void);
/* Is it time for a sync, so that the next request finds enough clean buffers? */
int block_pressure(void);

#endif
