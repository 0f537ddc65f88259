#include "volume.h"

#include <string.h>
#include <triplex/hw.h>

int shape_of(const uint8_t *root, uint32_t capacity, struct shape *shape)
{
    uint32_t size = get32(root + ROOT_BLOCK_SIZE);
    uint32_t total = get32(root + ROOT_TOTAL_BLOCKS);
    uint32_t states = get32(root + ROOT_STATE_BLOCKS);
    uint32_t shift = size == 1024 ? 10 : size == 2048 ? 11 : 12;

    if (size != 1u << shift || states < 1 || states > STATE_MAX)
        return -1;
    shape->block_size = size;
    shape->block_shift = shift;
    shape->block_sectors = size / SECTOR;
    shape->fan = size == 1024 ? 85 : size == 2048 ? 170 : 341;
    shape->total = total;
    if (total > capacity >> (shift - 9))
        return -1;
    shape->bitmap_blocks = ((total + 7) / 8 + size - 1) >> shift;
    shape->state_blocks = states;
    uint32_t fixed = 1 + shape->bitmap_blocks + states;
    if (shape->bitmap_blocks > BITMAP_MAX || get32(root + ROOT_BITMAP_BLOCKS) != shape->bitmap_blocks)
        return -1;
    if (total < 2 * fixed + POOL_MIN)
        return -1;
    shape->pool_first = fixed;
    shape->pool_end = total - fixed;
    return 0;
}

uint32_t bitmap_area(const struct shape *shape, int slot)
{
    return slot == 0 ? 1 : shape->pool_end + shape->state_blocks;
}

uint32_t state_area(const struct shape *shape, int slot)
{
    return slot == 0 ? 1 + shape->bitmap_blocks : shape->pool_end;
}

uint32_t root_block(const struct shape *shape, int slot)
{
    return slot == 0 ? 0 : shape->total - 1;
}

int state_good(int half, const struct shape *shape, int slot, const uint8_t *root, uint8_t *page)
{
    uint8_t row[STATE_MAX * 4];
    uint32_t length = get32(root + ROOT_STATE_LENGTH);
    uint32_t blocks = (length + shape->block_size - 1) >> shape->block_shift;

    if (length < STATE_RECORDS || length & 3 || blocks > shape->state_blocks)
        return 0;
    for (uint32_t i = 0; i < blocks; i++) {
        uint32_t crc;
        if (disk_read(half, (state_area(shape, slot) + i) * shape->block_sectors, shape->block_sectors, page, &crc))
            return 0;
        put32(row + 4 * i, crc);
        if (i > 0)
            continue;
        if (get32(page) != STATE_MAGIC || get32(page + STATE_VERSION) != FORMAT_VERSION ||
            get32(page + STATE_LENGTH) != length || get32(page + STATE_HEADER_CRC) != crc32c(page, STATE_HEADER_CRC) ||
            pair_order(get_pair(page + STATE_INCARNATION), root_pair(root)) != 0)
            return 0;
    }
    return get32(root + ROOT_STATE_CRC) == crc32c(row, 4 * blocks);
}

static int root_good(const uint8_t *root, int half, uint32_t sector, uint32_t capacity, struct shape *shape)
{
    return get32(root) == ROOT_MAGIC && get32(root + ROOT_VERSION) == FORMAT_VERSION &&
           get32(root + ROOT_INCOMPAT) == 0 && get32(root + ROOT_HALF) == (uint32_t)half &&
           get32(root + ROOT_CRC) == crc32c(root + ROOT_CONTENT_CRC, ROOT_CRC - ROOT_CONTENT_CRC) &&
           get32(root + ROOT_CONTENT_CRC) == crc32c(root, ROOT_CONTENT_CRC) && shape_of(root, capacity, shape) == 0 &&
           get32(root + ROOT_OWN_ADDRESS) * shape->block_sectors == sector;
}

/* Judges the record that has been read from `sector`; a valid one tells the shape. */
static int judge_slot(int half, int other, int slot, uint32_t sector, int error, uint8_t *page,
                      struct half_roots *found)
{
    uint8_t *root = found->root[slot];

    found->slot_block[slot] = sector;
    found->slot[slot] = SLOT_REJECTED;
    if (error)
        return 0;
    memcpy(root, page, ROOT_BYTES);
    uint32_t any = 0;
    for (uint32_t i = 0; i < ROOT_BYTES; i += 4)
        any |= get32(root + i);
    if (!any)
        found->slot[slot] = SLOT_EMPTY;
    else if (root_good(root, half, sector, found->capacity, &found->shape) && (sector == 0) == (slot == 0) &&
             (state_good(half, &found->shape, slot, root, page) ||
              (other >= 0 && state_good(other, &found->shape, slot, root, page))))
        found->slot[slot] = SLOT_VALID;
    return found->slot[slot] == SLOT_VALID;
}

/* Without slot 0 the block size is not known; slot 1 lies in the last whole block. */
static void search_slot(int half, int other, uint8_t *page, struct half_roots *found)
{
    for (uint32_t sectors = 8; sectors >= 2; sectors /= 2) {
        uint32_t sector = (found->capacity / sectors - 1) * sectors, crc;

        if (found->capacity >= 2 * sectors) {
            int error = disk_read(half, sector, ROOT_BYTES / SECTOR, page, &crc);
            if (judge_slot(half, other, 1, sector, error, page, found))
                break;
        }
        found->slot[1] = SLOT_EMPTY;
        found->slot_block[1] = 0;
    }
}

/* The newest valid slot. -1: both carry the same pair. */
static int choose_slot(struct half_roots *found)
{
    int first = found->slot[0] == SLOT_VALID, second = found->slot[1] == SLOT_VALID;

    found->newest = first ? 0 : second ? 1 : -1;
    if (first && second) {
        int order = pair_order(root_pair(found->root[0]), root_pair(found->root[1]));
        if (order == 0)
            return -1;
        found->newest = order > 0 ? 0 : 1;
    }
    return 0;
}

int look_at_halves(const uint32_t capacity[DISK_HALVES], uint8_t pages[DISK_HALVES][BLOCK_MAX],
                   struct half_roots found[DISK_HALVES])
{
    uint32_t sector[DISK_HALVES], crc;
    int error[DISK_HALVES];

    for (int half = 0; half < DISK_HALVES; half++) {
        memset(&found[half], 0, offsetof(struct half_roots, root));
        found[half].present = capacity[half] > 0;
        found[half].capacity = capacity[half];
        found[half].newest = -1;
    }
    for (int slot = 0; slot < 2; slot++) {
        for (int half = 0; half < DISK_HALVES; half++) {
            int wanted = found[half].present && (slot == 0 || found[half].slot[0] == SLOT_VALID);
            sector[half] = slot == 0 ? 0 : (found[half].shape.total - 1) * found[half].shape.block_sectors;
            if (wanted)
                disk_begin(half, DISK_READ, sector[half], ROOT_BYTES / SECTOR, pages[half]);
            error[half] = !wanted;
        }
        for (int half = 0; half < DISK_HALVES; half++)
            if (!error[half])
                error[half] = disk_end(half, &crc) ? 2 : 0;
        for (int half = 0; half < DISK_HALVES; half++) {
            int other = found[!half].present ? !half : -1;
            if (error[half] != 1)
                judge_slot(half, other, slot, sector[half], error[half], pages[half], &found[half]);
            else if (found[half].present)
                search_slot(half, other, pages[half], &found[half]);
        }
    }
    for (int half = 0; half < DISK_HALVES; half++)
        if (choose_slot(&found[half]))
            return half;
    return -1;
}

/* Rule 2 of section 9: the half with root o did nothing that the half with root n does not know of. */
static int is_stale(const uint8_t *o, const uint8_t *n)
{
    struct pair agreed = get_pair(n + ROOT_AGREED_INCARNATION);

    return pair_order(root_pair(o), agreed) <= 0 || get32(n + ROOT_PREDECESSOR) == get32(o + ROOT_CONTENT_CRC) ||
           pair_order(get_pair(o + ROOT_AGREED_INCARNATION), root_pair(o)) == 0;
}

int choose_root(const struct half_roots found[DISK_HALVES], struct choice *choice)
{
    int good0 = found[0].present && found[0].newest >= 0, good1 = found[1].present && found[1].newest >= 0;

    choice->stale = 0;
    choice->half = good0 ? 0 : 1;
    choice->slot = found[choice->half].newest;
    if (!good0 && !good1)
        return CHOICE_NONE;
    if (!good0 || !good1) {
        choice->stale = 1;
        return 0;
    }
    const uint8_t *r0 = found[0].root[found[0].newest], *r1 = found[1].root[found[1].newest];
    if (memcmp(r0 + ROOT_VOLUME_ID, r1 + ROOT_VOLUME_ID, 16) != 0)
        return CHOICE_STRANGERS;
    int order = pair_order(root_pair(r0), root_pair(r1));
    if (order == 0)
        return get32(r0 + ROOT_CONTENT_CRC) == get32(r1 + ROOT_CONTENT_CRC) ? 0 : CHOICE_SPLIT;
    choice->half = order > 0 ? 0 : 1;
    choice->slot = found[choice->half].newest;
    choice->stale = 1;
    return is_stale(order > 0 ? r1 : r0, order > 0 ? r0 : r1) ? 0 : CHOICE_SPLIT;
}
