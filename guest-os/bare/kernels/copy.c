#include "kernel.h"

#include <string.h>

/* memcpy, memmove and memset at all alignments and many sizes. */
enum { SIZE = 16384 };
static unsigned char from[SIZE + 8], to[SIZE + 8];

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 220);
    uint32_t state = 13, sum = 0;
    for (int i = 0; i < SIZE; i++) from[i] = (unsigned char)kernel_random(&state);
    for (int round = 0; round < rounds; round++) {
        memcpy(to, from, SIZE);
        memmove(to + (round & 7), to, SIZE / 2);
        memset(from + (round * 64 & (SIZE - 1)), round, 61);
        for (int size = 1; size < 128; size += 3) memcpy(to + 4096 + size * 5, from + size * 3 + (round & 3),
            (size_t)size);
        memmove(to, to + 1 + (round & 1), SIZE - 8);
        for (int i = 0; i < SIZE; i += 509) sum = kernel_mix(sum, to[i]);
    }
    printf("copy %08x\n", (unsigned)sum);
    return 0;
}
