/* The cold start: which root, which half, and what has to be put in order before the first request. */
#include <errno.h>
#include <string.h>

#include "../lib/server.h"
#include "block.h"
#include "disk.h"
#include "fs.h"
#include "mount.h"

struct fs fs;

static uint8_t pages[DISK_HALVES][BLOCK_MAX] __attribute__((aligned(4096)));
static struct half_roots found[DISK_HALVES];

int erase_block(int half, uint32_t sector)
{
    static const uint8_t zeros[BLOCK_MAX] __attribute__((aligned(4096)));

    return disk_write(half, sector, fs.shape.block_sectors, zeros, 0);
}

static int look(void)
{
    uint32_t capacity[DISK_HALVES];

    disk_take(capacity);
    for (int half = 0; half < DISK_HALVES; half++)
        if (!disk_attached[half])
            server_log("disk %d: absent", (int32_t)half);
    int twins = look_at_halves(capacity, pages, found);
    if (twins >= 0) {
        server_log("disk %d: two roots with the same pair", (int32_t)twins);
        return -EIO;
    }
    return 0;
}

static int choose(struct choice *choice)
{
    int result = choose_root(found, choice);

    if (result == 0)
        return 0;
    if (result == CHOICE_NONE) {
        server_log("no valid root on any disk");
        return -EIO;
    }
    if (result == CHOICE_STRANGERS) {
        server_log("the two disks belong to different volumes");
        return -EIO;
    }
    for (int half = 0; half < DISK_HALVES; half++) {
        const uint8_t *root = found[half].root[found[half].newest];
        server_log("split mirror: disk %d has %u.%u of %u", (int32_t)half, get32(root + ROOT_INCARNATION),
                   get32(root + ROOT_GENERATION), get32(root + ROOT_SYNC_SECONDS));
    }
    server_log("each disk went on without the other: choose one with --prefer");
    return -EIO;
}

/* The chosen root becomes the working one. */
static int adopt(const uint8_t *root, int half, int slot)
{
    memcpy(fs.root, root, ROOT_BYTES);
    if (shape_of(root, found[half].capacity, &fs.shape))
        return -EIO;
    if (fs.shape.total > VOLUME_BLOCKS_MAX) {
        server_log("the volume has more than %u blocks", (uint32_t)VOLUME_BLOCKS_MAX);
        return -EIO;
    }
    fs.slot = slot;
    fs.read_only = get32(root + ROOT_RO_COMPAT) != 0;
    fs.incarnation = get32(root + ROOT_INCARNATION) + 1;
    fs.generation = get32(root + ROOT_GENERATION) + 1;
    fs.used_inodes = get32(root + ROOT_USED_INODES);
    fs.first_free = get32(root + ROOT_FIRST_FREE);
    fs.seconds = get32(root + ROOT_SYNC_SECONDS);
    fs.ticks = get32(root + ROOT_SYNC_TICKS);
    fs.synced_seconds = fs.seconds;
    inode_decode(&fs.inode_file, root + ROOT_INODE_FILE);
    block_start();
    inode_start();
    return 0;
}

/* Reads one fixed block with a known CRC from any half, and repairs the other. */
int read_fixed(uint32_t block, uint32_t crc, uint8_t *to)
{
    uint32_t sectors = fs.shape.block_sectors, got;
    int bad = -1;

    for (int half = 0; half < DISK_HALVES; half++) {
        if (!disk_attached[half] && half != disk_lender)
            continue;
        if (disk_read(half, block * sectors, sectors, to, &got) || got != crc) {
            server_log("disk %d: block %u is bad", (int32_t)half, block);
            bad = half;
            continue;
        }
        if (bad >= 0 && bad != disk_lender && disk_write(bad, block * sectors, sectors, to, 0) == 0)
            server_log("disk %d: block %u repaired", (int32_t)bad, block);
        return 0;
    }
    return -EIO;
}

static int load_bitmap(void)
{
    for (uint32_t i = 0; i < fs.shape.bitmap_blocks; i++)
        if (read_fixed(bitmap_area(&fs.shape, fs.slot) + i, get32(fs.root + ROOT_BITMAP_CRC + 4 * i),
                       bitmap_working + (i << fs.shape.block_shift)))
            return -EIO;
    if (alloc_start() != get32(fs.root + ROOT_FREE_BLOCKS))
        server_log("the root counts %u free blocks, the bitmap %u", get32(fs.root + ROOT_FREE_BLOCKS),
                   alloc_free_blocks());
    alloc_forget(0);
    alloc_forget(1);
    return 0;
}

static int free_orphans(void)
{
    uint32_t length = get32(fs.root + ROOT_STATE_LENGTH), size = fs.shape.block_size;
    int half = 0;

    while (half < DISK_HALVES &&
           !(disk_attached[half] && state_good(half, &fs.shape, fs.slot, fs.root, pages[0])))
        half++;
    if (length > STATE_BYTES_MAX || half == DISK_HALVES)
        return -EIO;
    for (uint32_t at = 0; at < length; at += size) {
        uint32_t block = state_area(&fs.shape, fs.slot) + (at >> fs.shape.block_shift), crc;
        if (disk_read(half, block * fs.shape.block_sectors, fs.shape.block_sectors, state_bytes + at, &crc))
            return -EIO;
    }
    int bad = !half;
    if (disk_attached[bad] && !state_good(bad, &fs.shape, fs.slot, fs.root, pages[0])) {
        server_log("disk %d: state area is bad, repaired", (int32_t)bad);
        for (uint32_t at = 0; at < length && disk_attached[bad]; at += size)
            disk_write(bad, (state_area(&fs.shape, fs.slot) + (at >> fs.shape.block_shift)) * fs.shape.block_sectors,
                       fs.shape.block_sectors, state_bytes + at, 0);
        disk_flush_all();
    }
    /* Syncs while orphans are freed use state_bytes for the new state, so the list is kept aside. */
    static uint8_t list[STATE_RECORDS + 8 + 4 * INODES_MAX];
    uint32_t kept = length < sizeof list ? length : sizeof list;
    memcpy(list, state_bytes, kept);
    return state_free_orphans(list, kept);
}

/* Slots whose root was rejected must not look like roots ever again. */
static void erase_rejected(void)
{
    int erased = 0;

    for (int half = 0; half < DISK_HALVES; half++) {
        for (int slot = 0; slot < 2 && disk_attached[half]; slot++) {
            if (found[half].slot[slot] != SLOT_REJECTED)
                continue;
            server_log("disk %d: root %d is damaged; erased", (int32_t)half, (int32_t)slot);
            erase_block(half, root_block(&fs.shape, slot) * fs.shape.block_sectors);
            erased = 1;
        }
    }
    if (erased)
        disk_flush_all();
}

int fs_mount(void)
{
    struct choice choice;

    fs.mounted = 0;
    if (look() || choose(&choice))
        return -EIO;
    const uint8_t *root = found[choice.half].root[choice.slot];
    for (int slot = 0; slot < 2; slot++)
        if (slot != choice.slot && found[choice.half].slot[slot] == SLOT_REJECTED)
            server_log("disk %d: going on from generation %u, the other root is damaged", (int32_t)choice.half,
                       get32(root + ROOT_GENERATION));
    if (adopt(root, choice.half, choice.slot))
        return -EIO;
    int other = !choice.half, stale = choice.stale && disk_attached[other];
    if (stale)
        disk_attached[other] = 0;
    disk_lender = stale ? other : -1;
    if (load_bitmap())
        return -EIO;
    if (!fs.read_only) {
        erase_rejected();
        if (stale)
            fs_resync(&found[other], other);
    }
    disk_lender = -1;
    fs.mounted = 1;
    if (!fs.read_only && free_orphans())
        server_log("the list of orphans is damaged");
    server_log("volume %s: generation %u, %u of %u blocks free", (const char *)fs.root + ROOT_NAME, fs.generation - 1,
               alloc_free_blocks(), fs.shape.total);
    return disk_any() ? 0 : -EIO;
}
