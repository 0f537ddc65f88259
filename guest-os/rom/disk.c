/*
 * The read-only walker: chooses the root with the file server's own code, finds the boot file's blocks with it, and
 * reads each into place, checked against its pointer; a bad block is read from the other half.
 */
#include <string.h>
#include "../servers/file/block.h"
#include "../servers/file/fs.h"
#include "rom.h"

#define CACHED 6

struct fs fs;
static struct half_roots found[DISK_HALVES];
static struct choice choice;
static uint8_t memory[CACHED][BLOCK_MAX] __attribute__((aligned(4)));
static struct buffer cache[CACHED];
static uint32_t next_cached;

static uint32_t port(int half, uint32_t reg) { return reg + (uint32_t)half * HW_DISK_STRIDE; }

void disk_begin(int half, int command, uint32_t sector, uint32_t count, void *address)
{
    HW16(port(half, HW_DISK_COUNT)) = (uint16_t)count;
    HW32(port(half, HW_DISK_SECTOR)) = sector;
    HW32(port(half, HW_DISK_ADDRESS)) = (uint32_t)address;
    HW16(port(half, HW_DISK_COMMAND)) = (uint16_t)command;
}

int disk_end(int half, uint32_t *crc)
{
    while (!(HW16(port(half, HW_DISK_STATUS)) & DISK_DONE))
        ;
    HW16(port(half, HW_DISK_ACK)) = 1;
    *crc = HW32(port(half, HW_DISK_CRC));
    return HW16(port(half, HW_DISK_ERROR));
}

/* While a machine that runs speaks to this board nothing is read: it will give the bundle. */
int disk_read(int half, uint32_t sector, uint32_t count, void *address, uint32_t *crc)
{
    if (somebody_speaks())
        return DISK_E_NO_DRIVE;
    disk_begin(half, DISK_READ, sector, count, address);
    return disk_end(half, crc);
}

/* One block into `to`; 0, or -1 if no half has it whole. */
static int read_checked(const struct pointer *p, void *to)
{
    for (int i = 0; i < DISK_HALVES; i++) {
        int half = choice.half ^ i;
        uint32_t crc;

        if (!found[half].present)
            continue;
        if (!disk_read(half, p->block * fs.shape.block_sectors, fs.shape.block_sectors, to, &crc) && crc == p->crc)
            return 0;
    }
    return -1;
}

struct buffer *block_read(const struct pointer *p)
{
    struct buffer *b;

    for (b = cache; b < cache + CACHED; b++)
        if (b->block == p->block)
            return b;
    b = &cache[next_cached++ % CACHED];
    b->data = memory[b - cache];
    b->block = 0;
    if (read_checked(p, b->data))
        return 0;
    b->block = p->block;
    return b;
}

static int ready(int half)
{
    return HW16(HW_PORTS) >> half & 1 && HW16(port(half, HW_DISK_STATUS)) & DISK_READY;
}

static int choose(void)
{
    uint32_t capacity[DISK_HALVES];

    for (int half = 0; half < DISK_HALVES; half++)
        capacity[half] = ready(half) ? HW32(port(half, HW_DISK_CAPACITY)) : 0;
    if (look_at_halves(capacity, memory, found) >= 0) {
        say("ROM: both roots of a disk carry the same number\n");
        return -1;
    }
    if (somebody_speaks())
        return -1;
    switch (choose_root(found, &choice)) {
    case 0: return 0;
    case CHOICE_SPLIT: say("ROM: the two disks went on without each other\n"); return -1;
    case CHOICE_STRANGERS: say("ROM: the two disks are of different volumes\n"); return -1;
    default: say("ROM: no disk with a file system\n"); return -1;
    }
}

static int read_inode(uint32_t number, struct inode *ip)
{
    uint32_t per_block = fs.shape.block_size / INODE_BYTES;
    struct pointer p;
    struct buffer *b;

    if (map_find(&fs.inode_file, number / per_block, &p) || !p.block)
        return -1;
    b = block_read(&p);
    if (!b)
        return -1;
    inode_decode(ip, b->data + number % per_block * INODE_BYTES);
    return 0;
}

static void complain(const char *why)
{
    if (!somebody_speaks())
        say(why);
}

uint32_t bundle_from_disk(void)
{
    struct inode boot;
    uint32_t number, at = 0;

    if (choose())
        return 0;
    memcpy(fs.root, found[choice.half].root[choice.slot], ROOT_BYTES);
    shape_of(fs.root, found[choice.half].capacity, &fs.shape);
    inode_decode(&fs.inode_file, fs.root + ROOT_INODE_FILE);
    number = get32(fs.root + ROOT_BOOT_INODE);
    if (!number || read_inode(number, &boot)) {
        complain("ROM: no boot file\n");
        return 0;
    }
    if (boot.size > BUNDLE_MAX || boot.flags & FLAG_INLINE) {
        say("ROM: this boot file is none\n");
        return 0;
    }
    for (uint32_t k = 0; at < boot.size; k++, at += fs.shape.block_size) {
        struct pointer p;
        int bad = map_find(&boot, k, &p);

        if (!bad && !p.block)
            memset((void *)(BUNDLE_ADDRESS + at), 0, fs.shape.block_size);
        else if (bad || read_checked(&p, (void *)(BUNDLE_ADDRESS + at))) {
            complain("ROM: the boot file can not be read\n");
            return 0;
        }
    }
    return boot.size;
}
