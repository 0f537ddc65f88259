#include "kernel.h"

#include <string.h>

/* Primes below 2 x SIZE by the sieve of Eratosthenes over the odd numbers: stores with a stride. */
enum { SIZE = 32768 };
static unsigned char composite[SIZE];

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 20);
    uint32_t sum = 0;
    for (int round = 0; round < rounds; round++) {
        uint32_t count = 1;
        memset(composite, 0, sizeof composite);
        for (unsigned i = 1; i < SIZE; i++) {
            if (composite[i]) continue;
            unsigned prime = 2 * i + 1;
            count++;
            for (unsigned j = i + prime; j < SIZE; j += prime) composite[j] = 1;
        }
        sum = kernel_mix(sum, count);
    }
    printf("sieve %08x\n", (unsigned)sum);
    return 0;
}
