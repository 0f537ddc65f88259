#ifndef CHECK_TAP_H
#define CHECK_TAP_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* A check counts its cases and prints one line for each that fails, then one line in all. */
static int tap_cases, tap_failures;

#define CHECK(condition, ...)                                     \
    do {                                                          \
        tap_cases++;                                              \
        if (!(condition) && tap_failures++ < 20) {                \
            printf("not ok %s:%d: ", __FILE__, __LINE__);         \
            printf(__VA_ARGS__);                                  \
            printf("\n");                                         \
        }                                                         \
    } while (0)

/* xorshift: the same operands on every run. */
static inline uint64_t tap_random(void) {
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static inline int tap_end(const char *name) {
    printf("%s: %d cases, %d failed\n", name, tap_cases, tap_failures);
    return tap_failures != 0;
}

#endif
