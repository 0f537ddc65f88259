#ifndef FILE_ALLOC_H
#define FILE_ALLOC_H
/*
 * Which blocks are free. Two bitmaps in the form of the disk (a set bit: in use): `committed` is that of the last
 * committed root, `working` that of the tree in memory. A block that only `committed` has is semi-free: it counts as
 * free, but is not given out before the next commit, because a restart would still need it.
 */
#include "format.h"

#define VOLUME_BLOCKS_MAX (512 * 1024)  /* greater volumes are refused: two bitmaps of 64 KiB */

extern uint8_t bitmap_working[VOLUME_BLOCKS_MAX / 8 + BLOCK_MAX];

/* Both maps := what bitmap_working holds (just read from disk). Answers the number of free blocks. */
uint32_t alloc_start(void);
/* A block that neither map has. There must be one: requests are not begun without (alloc_room). */
uint32_t block_allocate(void);
/* The block is reached no more. */
void block_free(uint32_t block);
/* All that is free can be given out again: the working tree has become the committed one. */
void alloc_commit(void);
/* Is bitmap block i different from what the area of this slot holds on disk? And: now it is the same. */
int alloc_stale(int slot, uint32_t i);
void alloc_written(int slot, uint32_t i);
/* Nothing is known of what the area of this slot holds. */
void alloc_forget(int slot);

/* Growth by n blocks: 0 or -ENOSPC; `freeing` requests may go deeper into the reserve. Decided on free and semi-free
 * blocks, so that no answer depends on when a sync happened. */
int alloc_growth(uint32_t n, int freeing);
uint32_t alloc_free_blocks(void);       /* free and semi-free */
uint32_t alloc_allocatable(void);       /* free */

#endif
