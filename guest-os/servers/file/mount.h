#ifndef FILE_MOUNT_H
#define FILE_MOUNT_H
/* Between the parts of mount, sync and resync. */
#include "fs.h"

int erase_block(int half, uint32_t sector);
/* A block outside the tree, with the CRC that the root or the state gives for it: 0 or -EIO. */
int read_fixed(uint32_t block, uint32_t crc, uint8_t *to);
/* The record of a root as it stands on this half. */
void root_for_half(const uint8_t *root, int half, uint8_t *record);

#endif
