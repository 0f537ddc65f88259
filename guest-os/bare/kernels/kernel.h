#ifndef KERNEL_H
#define KERNEL_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* A benchmark kernel: repeats its work as often as the first argument says, and prints one line with a checksum that
 * depends on all that it computed. The defaults take about 100 million cycles. */
static inline int kernel_rounds(int argc, char **argv, int rounds) {
    return argc > 1 ? atoi(argv[1]) : rounds;
}

static inline uint32_t kernel_mix(uint32_t sum, uint32_t value) {
    sum ^= value;
    return (sum << 5 | sum >> 27) + 0x9e3779b9u;
}

/* The same numbers on every machine. */
static inline uint32_t kernel_random(uint32_t *state) {
    uint32_t x = *state;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return *state = x;
}

#endif
