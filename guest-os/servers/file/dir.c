#include "dir.h"

#include <errno.h>
#include <string.h>

#include <triplex/msg.h>

#include "../lib/server.h"
#include "block.h"
#include "fs.h"

static uint32_t need(uint32_t name_length)
{
    return (ENTRY_NAME + name_length + 3) & ~3u;
}

/* What a record occupies of its length. */
static uint32_t used(const uint8_t *r)
{
    return get32(r) == 0 ? 0 : need(r[ENTRY_NAME_LENGTH]);
}

static int sound(const uint8_t *r, uint32_t rest)
{
    uint32_t length = get16(r + ENTRY_LENGTH);

    return length >= ENTRY_MIN && (length & 3) == 0 && length <= rest && used(r) <= length;
}

/* The block at byte offset `base`, for reading. */
static const uint8_t *block_at(const struct inode *dir, uint32_t base)
{
    const uint8_t *p;

    return content_peek(dir, base, fs.shape.block_size, &p) == (int32_t)fs.shape.block_size ? p : 0;
}

int dir_find(const struct inode *dir, const char *name, uint32_t length, struct entry *e)
{
    for (uint32_t base = 0; base < dir->size; base += fs.shape.block_size) {
        const uint8_t *block = block_at(dir, base);
        if (!block)
            return -EIO;
        const uint8_t *end = block + fs.shape.block_size, *r = block;
        while (r < end) {
            uint32_t step = get16(r + ENTRY_LENGTH);
            if (r[ENTRY_NAME_LENGTH] == length && r[ENTRY_NAME] == (uint8_t)name[0] && get32(r)) {
                if (!sound(r, (uint32_t)(end - r)))
                    return -EIO;
                if (memcmp(r + ENTRY_NAME, name, length) == 0) {
                    *e = (struct entry){ get32(r), base + (uint32_t)(r - block), r[ENTRY_TYPE] };
                    return 0;
                }
            }
            if (step < ENTRY_MIN || (step & 3))
                return -EIO;
            r += step;
        }
        if (r != end)
            return -EIO;
    }
    return -ENOENT;
}

/* First fit: the offset of the record that takes a name, dir->size if a block must be appended, or -EIO. */
static int32_t first_fit(const struct inode *dir, uint32_t length)
{
    for (uint32_t base = 0; base < dir->size; base += fs.shape.block_size) {
        const uint8_t *block = block_at(dir, base);
        if (!block)
            return -EIO;
        for (uint32_t at = 0; at < fs.shape.block_size; at += get16(block + at + ENTRY_LENGTH)) {
            const uint8_t *r = block + at;
            if (!sound(r, fs.shape.block_size - at))
                return -EIO;
            if (get16(r + ENTRY_LENGTH) - used(r) >= need(length))
                return (int32_t)(base + at);
        }
    }
    return (int32_t)dir->size;
}

int32_t dir_growth(const struct inode *dir, uint32_t length)
{
    int32_t at = first_fit(dir, length);

    if (at < 0 || (uint32_t)at < dir->size)
        return at < 0 ? at : 0;
    return map_missing(dir, dir->size >> fs.shape.block_shift);
}

static void fill(uint8_t *r, const char *name, uint32_t length, uint32_t inode, uint32_t type)
{
    put32(r, inode);
    r[ENTRY_NAME_LENGTH] = (uint8_t)length;
    r[ENTRY_TYPE] = (uint8_t)type;
    memcpy(r + ENTRY_NAME, name, length);
}

int dir_insert(struct inode *dir, const char *name, uint32_t length, uint32_t inode, uint32_t type)
{
    int32_t at = first_fit(dir, length);

    if (at < 0)
        return at;
    struct buffer *b = map_change(dir, (uint32_t)at >> fs.shape.block_shift, 0);
    if (!b)
        return -EIO;
    uint8_t *r = b->data + ((uint32_t)at & (fs.shape.block_size - 1));
    if ((uint32_t)at == dir->size) {
        dir->size += fs.shape.block_size;
        put16(r + ENTRY_LENGTH, fs.shape.block_size);
    } else if (get32(r)) {
        uint32_t whole = get16(r + ENTRY_LENGTH), kept = used(r);
        put16(r + ENTRY_LENGTH, kept);
        r += kept;
        put16(r + ENTRY_LENGTH, whole - kept);
    }
    fill(r, name, length, inode, type);
    return 0;
}

/* The record of a name, changeable, and the one before it in its block (or 0). */
static uint8_t *change_record(struct inode *dir, const char *name, uint32_t length, uint8_t **before, int *error)
{
    struct entry e;

    *error = dir_find(dir, name, length, &e);
    if (*error)
        return 0;
    struct buffer *b = map_change(dir, e.offset >> fs.shape.block_shift, 0);
    if (!b) {
        *error = -EIO;
        return 0;
    }
    uint32_t in_block = e.offset & (fs.shape.block_size - 1);
    *before = 0;
    for (uint32_t at = 0; at < in_block; at += get16(b->data + at + ENTRY_LENGTH))
        *before = b->data + at;
    return b->data + in_block;
}

int dir_remove(struct inode *dir, const char *name, uint32_t length)
{
    uint8_t *before;
    int error;
    uint8_t *r = change_record(dir, name, length, &before, &error);

    if (!r)
        return error;
    if (before) {
        put16(before + ENTRY_LENGTH, get16(before + ENTRY_LENGTH) + get16(r + ENTRY_LENGTH));
    } else {
        put32(r, 0);
        r[ENTRY_NAME_LENGTH] = 0;
        r[ENTRY_TYPE] = 0;
    }
    return 0;
}

int dir_replace(struct inode *dir, const char *name, uint32_t length, uint32_t inode, uint32_t type)
{
    uint8_t *before;
    int error;
    uint8_t *r = change_record(dir, name, length, &before, &error);

    if (!r)
        return error;
    put32(r, inode);
    r[ENTRY_TYPE] = (uint8_t)type;
    return 0;
}

int dir_make(struct inode *dir, uint32_t parent)
{
    struct buffer *b = map_change(dir, 0, 0);

    if (!b)
        return -EIO;
    dir->size = fs.shape.block_size;
    put16(b->data + ENTRY_LENGTH, ENTRY_MIN);
    fill(b->data, ".", 1, dir->number, 4);
    put16(b->data + ENTRY_MIN + ENTRY_LENGTH, fs.shape.block_size - ENTRY_MIN);
    fill(b->data + ENTRY_MIN, "..", 2, parent, 4);
    return 0;
}

/* Walks the used records at offsets >= `from`; stops when f answers other than 0, and answers that. */
static int32_t walk(const struct inode *dir, uint32_t from,
                    int32_t (*f)(void *context, const uint8_t *record, uint32_t offset), void *context)
{
    for (uint32_t base = from & ~(fs.shape.block_size - 1); base < dir->size; base += fs.shape.block_size) {
        const uint8_t *block = block_at(dir, base);
        if (!block)
            return -EIO;
        for (uint32_t at = 0; at < fs.shape.block_size; at += get16(block + at + ENTRY_LENGTH)) {
            const uint8_t *r = block + at;
            if (!sound(r, fs.shape.block_size - at))
                return -EIO;
            int32_t result = get32(r) && base + at >= from ? f(context, r, base + at) : 0;
            if (result)
                return result;
        }
    }
    return 0;
}

static int32_t not_dots(void *context, const uint8_t *r, uint32_t offset)
{
    (void)context;
    (void)r;
    return offset > ENTRY_MIN;
}

int dir_is_empty(const struct inode *dir)
{
    int32_t result = walk(dir, 0, not_dots, 0);

    return result < 0 ? result : !result;
}

struct listing { uint8_t *out; uint32_t size, length, next; };

static int32_t list_one(void *context, const uint8_t *r, uint32_t offset)
{
    struct listing *l = context;
    uint32_t name = r[ENTRY_NAME_LENGTH];
    uint32_t length = ((uint32_t)sizeof(struct file_dirent) + name + 1 + 3) & ~3u;
    uint8_t *out = l->out + l->length;

    if (length > l->size - l->length)
        return l->length > 0 ? 1 : -EINVAL;
    memset(out, 0, length);
    struct file_dirent *d = (struct file_dirent *)(void *)out;
    d->inode = get32(r);
    d->cookie = offset + 1;
    d->length = (uint16_t)length;
    d->type = r[ENTRY_TYPE];
    d->name_length = (uint8_t)name;
    memcpy(d->name, r + ENTRY_NAME, name);
    l->length += length;
    l->next = offset + 1;
    return 0;
}

int32_t dir_list(const struct inode *dir, uint32_t *cookie, uint8_t *out, uint32_t size)
{
    struct listing l = { out, size, 0, *cookie };
    int32_t result = walk(dir, *cookie, list_one, &l);

    if (result < 0)
        return result;
    *cookie = l.next;
    return (int32_t)l.length;
}

struct naming { uint32_t inode; char *name; };

static int32_t name_one(void *context, const uint8_t *r, uint32_t offset)
{
    struct naming *n = context;

    if (get32(r) != n->inode || offset <= ENTRY_MIN)
        return 0;
    memcpy(n->name, r + ENTRY_NAME, r[ENTRY_NAME_LENGTH]);
    return r[ENTRY_NAME_LENGTH];
}

int32_t dir_name_of(const struct inode *dir, uint32_t inode, char *name)
{
    struct naming n = { inode, name };
    int32_t length = walk(dir, 0, name_one, &n);

    return length == 0 ? -ENOENT : length;
}
