#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A heap of chunks that lie side by side, after Knuth's boundary tags. Each begins with a header word: its size in
 * bytes (a multiple of GRAIN) and two bits; a free one ends with its size as well, so that the chunk behind it can
 * find it. Free chunks hang in lists by size. Invariants: no two free chunks are neighbours; the chunk before `top` is
 * in use; a list's bit in `filled` is set exactly when it is not empty. Memory behind `top` has never been used. */
typedef size_t word;

struct chunk {
    word header;
    struct chunk *next, *previous; /* in a free chunk only */
};

#define GRAIN (2 * sizeof(word))
#define LEAST (4 * sizeof(word))
#define IN_USE ((word)1)
#define BEFORE_IN_USE ((word)2)
#define SIZE_OF(c) ((c)->header & ~(word)3)
#define AT(c, offset) ((struct chunk *)((char *)(c) + (offset)))

enum { EXACT_LISTS = 16, LISTS = 32, GROWTH = 4096 };

static struct chunk *lists[LISTS];
static uint32_t filled;
static char *top, *limit; /* the unused end of the heap */

/* Up to 16 grains each size has a list of its own; beyond, each power of two has two. */
static unsigned list_of(word size) {
    word grains = size / GRAIN;
    if (grains < EXACT_LISTS) return (unsigned)grains;
    unsigned list = EXACT_LISTS;
    while (grains >= 2 * EXACT_LISTS && list < LISTS - 2) {
        grains >>= 1;
        list += 2;
    }
    return list + (grains >= EXACT_LISTS + EXACT_LISTS / 2);
}

static void link_free(struct chunk *c, word size) {
    unsigned list = list_of(size);
    c->header = size | BEFORE_IN_USE;
    *(word *)((char *)c + size - sizeof(word)) = size;
    AT(c, size)->header &= ~BEFORE_IN_USE;
    c->next = lists[list];
    c->previous = NULL;
    if (c->next != NULL) c->next->previous = c;
    lists[list] = c;
    filled |= (uint32_t)1 << list;
}

static void unlink_free(struct chunk *c) {
    if (c->next != NULL) c->next->previous = c->previous;
    if (c->previous != NULL) {
        c->previous->next = c->next;
        return;
    }
    unsigned list = list_of(SIZE_OF(c));
    lists[list] = c->next;
    if (c->next == NULL) filled &= ~((uint32_t)1 << list);
}

/* Makes at least size bytes at top. Somebody else's sbrk between two of ours leaves a gap that is never used. */
static bool grow(word size) {
    /* One word more: the header behind the last chunk is touched when that is freed. */
    word missing = size + sizeof(word) - (word)(limit - top);
    if (size > PTRDIFF_MAX - 2 * GROWTH) return false;
    word wanted = (missing + GROWTH - 1) & ~(word)(GROWTH - 1);
    int number = errno;
    char *got = sbrk((ptrdiff_t)wanted);
    if (got == (char *)-1) {
        wanted = missing;
        got = sbrk((ptrdiff_t)wanted);
        errno = number;
    }
    if (got == (char *)-1) return false;
    if (got != limit || top == NULL) {
        if (top != NULL) AT(top, 0)->header |= IN_USE; /* fences off the old end */
        /* Payloads are aligned to GRAIN, headers stand one word before. */
        char *first = (char *)(((uintptr_t)got + 2 * sizeof(word) + GRAIN - 1) / GRAIN * GRAIN - sizeof(word));
        top = first;
        limit = got + wanted;
        AT(top, 0)->header = BEFORE_IN_USE;
        return (word)(limit - top) >= size + sizeof(word) || grow(size);
    }
    limit = got + wanted;
    return true;
}

static struct chunk *take_from_top(word size) {
    if (top == NULL || (word)(limit - top) < size + sizeof(word))
        if (!grow(size)) return NULL;
    struct chunk *c = AT(top, 0);
    c->header = size | IN_USE | (c->header & BEFORE_IN_USE);
    top += size;
    AT(top, 0)->header = BEFORE_IN_USE;
    return c;
}

/* The smallest fitting chunk of the first list that has one. */
static struct chunk *find_free(word size) {
    unsigned list = list_of(size);
    uint32_t candidates = filled >> list << list;
    for (; candidates != 0; list++) {
        if (!(candidates >> list & 1)) continue;
        struct chunk *best = NULL;
        for (struct chunk *c = lists[list]; c != NULL; c = c->next) {
            if (SIZE_OF(c) < size || (best != NULL && SIZE_OF(c) >= SIZE_OF(best))) continue;
            best = c;
            if (SIZE_OF(c) == size || list < EXACT_LISTS) break;
        }
        if (best != NULL) return best;
        candidates &= ~((uint32_t)1 << list);
    }
    return NULL;
}

/* Gives back what a chunk in use has beyond size bytes. */
static void trim(struct chunk *c, word size) {
    word rest = SIZE_OF(c) - size;
    if (rest < LEAST) return;
    c->header -= rest;
    struct chunk *second = AT(c, size);
    second->header = rest | IN_USE | BEFORE_IN_USE;
    free((char *)second + sizeof(word));
}

static word chunk_size(size_t size) {
    if (size > PTRDIFF_MAX - 4 * GROWTH) return 0;
    word whole = (size + sizeof(word) + GRAIN - 1) / GRAIN * GRAIN;
    return whole < LEAST ? LEAST : whole;
}

void *malloc(size_t size) {
    word whole = chunk_size(size);
    struct chunk *c = whole != 0 ? find_free(whole) : NULL;
    if (c != NULL) {
        unlink_free(c);
        c->header |= IN_USE;
        AT(c, SIZE_OF(c))->header |= BEFORE_IN_USE;
        trim(c, whole);
    } else if (whole == 0 || (c = take_from_top(whole)) == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    return (char *)c + sizeof(word);
}

void free(void *area) {
    if (area == NULL) return;
    struct chunk *c = AT(area, -(ptrdiff_t)sizeof(word));
    word size = SIZE_OF(c);
    if (!(c->header & IN_USE)) abort(); /* freed twice, or the heap is damaged */
    if (!(c->header & BEFORE_IN_USE)) {
        word before = *(word *)((char *)c - sizeof(word));
        c = AT(c, -(ptrdiff_t)before);
        size += before;
        unlink_free(c);
    }
    struct chunk *behind = AT(c, size);
    if ((char *)behind == top) {
        top = (char *)c;
        c->header = BEFORE_IN_USE;
        return;
    }
    if (!(behind->header & IN_USE)) {
        unlink_free(behind);
        size += SIZE_OF(behind);
    }
    link_free(c, size);
}

void *calloc(size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    void *area = malloc(count * size);
    if (area != NULL) memset(area, 0, count * size);
    return area;
}

void *realloc(void *area, size_t size) {
    if (area == NULL) return malloc(size);
    struct chunk *c = AT(area, -(ptrdiff_t)sizeof(word));
    word whole = chunk_size(size), old = SIZE_OF(c);
    if (whole == 0) {
        errno = ENOMEM;
        return NULL;
    }
    struct chunk *behind = AT(c, old);
    if (whole > old && (char *)behind != top && !(behind->header & IN_USE) && old + SIZE_OF(behind) >= whole) {
        unlink_free(behind);
        c->header += SIZE_OF(behind);
        AT(c, SIZE_OF(c))->header |= BEFORE_IN_USE;
    } else if (whole > old && (char *)behind == top) {
        struct chunk *more = take_from_top(whole - old);
        if (more == behind) c->header += whole - old;
        else if (more != NULL) free((char *)more + sizeof(word));
    }
    if (whole <= SIZE_OF(c)) {
        trim(c, whole);
        return area;
    }
    void *bigger = malloc(size);
    if (bigger == NULL) return NULL;
    memcpy(bigger, area, old - sizeof(word));
    free(area);
    return bigger;
}

void *reallocarray(void *area, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(area, count * size);
}
