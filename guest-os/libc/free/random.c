#include <stdlib.h>

static unsigned seed_of_rand = 1;

/* A linear congruence with its low bits, which repeat soon, folded into by the high ones. */
int rand_r(unsigned *seed) {
    *seed = *seed * 1103515245u + 12345u;
    unsigned mixed = *seed ^ *seed >> 16;
    return (int)((mixed ^ mixed << 9) & RAND_MAX);
}

int rand(void) {
    return rand_r(&seed_of_rand);
}

void srand(unsigned seed) {
    seed_of_rand = seed;
}
