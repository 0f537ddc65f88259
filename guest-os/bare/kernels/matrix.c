#include "kernel.h"

/* Product of matrices of 16-bit integers: the processor's own multiplication. */
enum { SIZE = 40 };
static int16_t a[SIZE][SIZE], b[SIZE][SIZE];
static int32_t product[SIZE][SIZE];

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 14);
    uint32_t state = 3, sum = 0;
    for (int i = 0; i < SIZE; i++)
        for (int j = 0; j < SIZE; j++) {
            a[i][j] = (int16_t)kernel_random(&state);
            b[i][j] = (int16_t)kernel_random(&state);
        }
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < SIZE; i++)
            for (int j = 0; j < SIZE; j++) {
                int32_t total = 0;
                for (int k = 0; k < SIZE; k++) total += (int32_t)a[i][k] * b[k][j] >> 4;
                product[i][j] = total;
            }
        for (int i = 0; i < SIZE; i++) {
            sum = kernel_mix(sum, (uint32_t)product[i][(i * 7 + round) % SIZE]);
            a[i][round % SIZE] ^= (int16_t)product[i][i];
        }
    }
    printf("matrix %08x\n", (unsigned)sum);
    return 0;
}
