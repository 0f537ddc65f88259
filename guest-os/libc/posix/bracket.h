#ifndef POSIX_BRACKET_H
#define POSIX_BRACKET_H

#include <stdint.h>

/* A set of characters as a bit map. */
struct set {
    uint8_t bits[32];
};

static inline int set_has(const struct set *set, int c) {
    return set->bits[(unsigned char)c >> 3] >> (c & 7) & 1;
}

static inline void set_add(struct set *set, int c) {
    set->bits[(unsigned char)c >> 3] |= (uint8_t)(1 << (c & 7));
}

/* Reads the inside of a bracket expression, p behind its '[' and a '!' or '^'; returns the place behind the ']', or
 * NULL with *error one of these. escape: a backslash takes the next character literally (as in patterns of names). */
enum { BRACKET_OPEN = 1, BRACKET_CLASS, BRACKET_COLLATE, BRACKET_RANGE };
const char *__bracket(const char *p, int escape, struct set *set, int *error);

/* Adds the upper for each lower case letter and the other way round. */
void __bracket_fold(struct set *set);
void __bracket_invert(struct set *set);

#endif
