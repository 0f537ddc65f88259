#ifndef FILE_DISK_H
#define FILE_DISK_H
/*
 * The two halves of the mirror: disk controllers 0 and 1. A half is attached or not; one that fails a write or loses
 * its drive is detached until the next mount, and its content is stale from then on. Sectors are of 512 bytes; each
 * transfer lies within one page of the server's memory.
 */
#include <triplex/hw.h>

#include "volume.h"

extern uint8_t disk_attached[DISK_HALVES];
/* The stale half, read (not written) where the good one's block is bad: the CRC tells whether it is right. -1: none. */
extern int disk_lender;

/* Takes ownership of both halves, with an epoch greater than any before; attaches those that answer. capacity[]:
 * sectors. */
void disk_take(uint32_t capacity[DISK_HALVES]);
/* Detaches a half and says why. */
void disk_detach(int half, const char *why);

/* One half; 0 or -EIO, and then the half is detached. */
int disk_write(int half, uint32_t sector, uint32_t count, const void *address, uint32_t *crc);
int disk_flush(int half);
/* Both attached halves at once: 0, or -EIO if none is left. A half that fails is detached. */
int disk_write_all(uint32_t sector, uint32_t count, const void *address, uint32_t *crc);
int disk_flush_all(void);
int disk_any(void);                     /* is any half attached? */

#endif
