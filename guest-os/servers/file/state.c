/* The state area: what a restart needs besides the tree. */
#include <string.h>

#include "../lib/server.h"
#include "fs.h"

uint8_t state_bytes[STATE_BYTES_MAX + BLOCK_MAX] __attribute__((aligned(4096)));
static uint32_t length;

static void put_orphan(struct inode *ip)
{
    put32(state_bytes + length, ip->number);
    length += 4;
}

uint32_t state_store(struct pair pair)
{
    memset(state_bytes, 0, fs.shape.block_size);
    length = STATE_RECORDS + 8;
    inode_orphans(put_orphan);
    uint32_t orphans = length - (STATE_RECORDS + 8);
    if (orphans > 0) {
        put32(state_bytes + STATE_RECORDS, STATE_ORPHANS);
        put32(state_bytes + STATE_RECORDS + 4, orphans);
    } else {
        length = STATE_RECORDS;
    }
    require(length <= STATE_BYTES_MAX && length <= fs.shape.state_blocks << fs.shape.block_shift);
    put32(state_bytes, STATE_MAGIC);
    put32(state_bytes + STATE_VERSION, FORMAT_VERSION);
    put_pair(state_bytes + STATE_INCARNATION, pair);
    put32(state_bytes + STATE_LENGTH, length);
    put32(state_bytes + STATE_HEADER_CRC, crc32c(state_bytes, STATE_HEADER_CRC));
    memset(state_bytes + length, 0, fs.shape.block_size);
    return length;
}

int state_free_orphans(const uint8_t *state, uint32_t bytes)
{
    for (uint32_t at = STATE_RECORDS; at + 8 <= bytes;) {
        uint32_t type = get32(state + at), size = get32(state + at + 4);
        if (size > bytes - at - 8)
            return -1;
        for (uint32_t i = 0; type == STATE_ORPHANS && i + 4 <= size; i += 4) {
            struct inode *ip;
            fs_make_room();
            if (inode_get(get32(state + at + 8 + i), &ip))
                return -1;
            if (ip->nlink != 0)
                server_log("orphan %u has a name", ip->number);
            inode_put(ip);
        }
        at += 8 + ((size + 3) & ~3u);
    }
    return 0;
}
