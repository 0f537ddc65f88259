#ifndef FILE_FS_H
#define FILE_FS_H
/*
 * The mounted volume. The working tree is in memory: fs.root and fs.inode_file at its top, then buffers (block.h).
 * Each block that was changed since the last sync has birth = fs.generation, is dirty in the cache, and so are all
 * blocks above it. A sync writes exactly those.
 */
#include "alloc.h"
#include "inode.h"
#include "volume.h"

/* A request allocates at most this many blocks: 5 data blocks, with indirect blocks, two directories, their inodes.
 * Half of the least reserve: so `unlink` never ends halfway. */
#define REQUEST_BLOCKS 30

struct fs {
    struct shape shape;
    uint8_t root[ROOT_BYTES];           /* working root record; its pair, counts, half and CRCs are set by the sync */
    uint8_t mounted;                    /* else every request is answered with EIO */
    uint8_t read_only;
    int slot;                           /* of the committed root */
    uint32_t incarnation;               /* of the roots that this server writes */
    uint32_t generation;                /* of the interval under way: committed + 1 */
    uint32_t used_inodes, first_free;
    struct inode inode_file;
    uint32_t seconds, ticks;            /* the time; ticks of 100 ns. Only NOTE_TIME turns it back */
    uint32_t clock;                     /* seconds of the greatest reading of a clock chip */
    uint32_t offset;                    /* from there to the date, as set by NOTE_TIME */
    uint32_t synced_seconds;            /* time of the last commit */
    uint8_t changed;                    /* anything since the last commit, also without a dirty block */
};
extern struct fs fs;

/* Cold start: chooses the root, brings a stale half up to date, erases rejected roots, frees the orphans. 0 or -EIO
 * (logged). */
int fs_mount(void);
/* Copies all that the chosen root reaches, and then the root, to the stale half; attaches it. Detached for good on
 * failure. */
void fs_resync(const struct half_roots *stale, int half);
/* Writes the working tree and makes it the committed one: 0, or -EIO. */
int fs_sync(void);
/* Syncs if blocks that are only semi-free are needed for the next request. */
void fs_make_room(void);
/* The commit: with a backup, the sync message (its root becomes the one to restart from). Without one the flushed root
 * is the commit. */
void commit_message(void);

/* The state area of the root under way: fills `state` and answers its length in bytes (multiple of 4). */
#define STATE_BYTES_MAX 65536
extern uint8_t state_bytes[STATE_BYTES_MAX + BLOCK_MAX];
uint32_t state_store(struct pair pair);
/* Frees the orphans that a state area names. */
int state_free_orphans(const uint8_t *state, uint32_t length);

#endif
