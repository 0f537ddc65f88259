#include <string.h>
#include <strings.h>

void *memchr(const void *area, int c, size_t size) {
    const unsigned char *p = area;
    for (; size != 0; size--, p++)
        if (*p == (unsigned char)c) return (void *)p;
    return NULL;
}

void *memrchr(const void *area, int c, size_t size) {
    const unsigned char *p = area;
    while (size-- != 0)
        if (p[size] == (unsigned char)c) return (void *)(p + size);
    return NULL;
}

int memcmp(const void *a, const void *b, size_t size) {
    const unsigned char *p = a, *q = b;
    for (; size != 0; size--, p++, q++)
        if (*p != *q) return *p - *q;
    return 0;
}

int bcmp(const void *a, const void *b, size_t size) {
    return memcmp(a, b, size);
}

void *memmem(const void *area, size_t size, const void *wanted, size_t wanted_size) {
    const unsigned char *p = area, *w = wanted;
    if (wanted_size == 0) return (void *)p;
    for (; size >= wanted_size; size--, p++)
        if (*p == *w && memcmp(p, w, wanted_size) == 0) return (void *)p;
    return NULL;
}

int ffs(int word) {
    unsigned bits = (unsigned)word;
    if (bits == 0) return 0;
    int place = 1;
    for (; (bits & 1) == 0; bits >>= 1) place++;
    return place;
}
