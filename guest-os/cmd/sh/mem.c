/* The stack of chunks that holds what lives as long as one command, and the checked malloc. */
#include <stdlib.h>
#include <string.h>

#include "sh.h"

#define CHUNK_BYTES 1000

/* Chunks form a stack; only the top one has room to give. size and used count bytes of data. */
struct chunk {
    struct chunk *below;
    size_t size, used;
    long data[];
};

static struct chunk *top;
static struct chunk *spare; /* One ordinary chunk kept back, so that a loop does not malloc and free all the time. */

void *xmalloc(size_t bytes)
{
    void *p = malloc(bytes ? bytes : 1);
    if (!p)
        sh_error(2, "out of memory");
    return p;
}

void *xrealloc(void *p, size_t bytes)
{
    p = realloc(p, bytes ? bytes : 1);
    if (!p)
        sh_error(2, "out of memory");
    return p;
}

char *xstrdup(const char *s)
{
    size_t n = strlen(s) + 1;
    return memcpy(xmalloc(n), s, n);
}

static void push_chunk(size_t bytes)
{
    struct chunk *c = spare;
    if (c && bytes <= c->size) {
        spare = NULL;
    } else {
        size_t size = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
        c = xmalloc(sizeof *c + size);
        c->size = size;
    }
    c->used = 0;
    c->below = top;
    top = c;
}

void *mem_alloc(size_t bytes)
{
    bytes = (bytes + sizeof(long) - 1) & ~(sizeof(long) - 1);
    if (!top || top->size - top->used < bytes)
        push_chunk(bytes);
    void *p = (char *)top->data + top->used;
    top->used += bytes;
    return p;
}

char *mem_strndup(const char *s, size_t n)
{
    char *p = mem_alloc(n + 1);
    memcpy(p, s, n);
    p[n] = 0;
    return p;
}

char *mem_strdup(const char *s)
{
    return mem_strndup(s, strlen(s));
}

struct mark mem_mark(void)
{
    struct mark m = { top, top ? top->used : 0 };
    return m;
}

void mem_release(struct mark m)
{
    while (top != m.chunk) {
        struct chunk *c = top;
        top = c->below;
        if (!spare && c->size == CHUNK_BYTES)
            spare = c;
        else
            free(c);
    }
    if (top)
        top->used = m.used;
}

static void buf_grow(struct buf *b, size_t need)
{
    size_t cap = b->cap ? b->cap * 2 : 32;
    while (cap < need)
        cap *= 2;
    /* The newest block of the top chunk can grow in place. */
    if (b->p && top && b->p + b->cap == (char *)top->data + top->used && top->size - top->used >= cap - b->cap) {
        top->used += cap - b->cap;
    } else {
        char *p = mem_alloc(cap);
        if (b->len)
            memcpy(p, b->p, b->len);
        b->p = p;
    }
    b->cap = cap;
}

void buf_putc(struct buf *b, int c)
{
    if (b->len + 1 >= b->cap)
        buf_grow(b, b->len + 2);
    b->p[b->len++] = (char)c;
}

void buf_add(struct buf *b, const char *s, size_t n)
{
    if (b->len + n >= b->cap)
        buf_grow(b, b->len + n + 1);
    memcpy(b->p + b->len, s, n);
    b->len += n;
}

char *buf_str(struct buf *b)
{
    if (!b->cap)
        buf_grow(b, 1);
    b->p[b->len] = 0;
    return b->p;
}
