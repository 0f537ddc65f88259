#include "kernel.h"

/* Shifts, rotates, masks, counts and reversals of bits; a knight's moves on a bit board of 64. */
static unsigned ones(uint32_t n) {
    unsigned count = 0;
    for (; n != 0; n &= n - 1) count++;
    return count;
}

static uint32_t reversed(uint32_t n) {
    n = n >> 16 | n << 16;
    n = (n & 0xff00ff00u) >> 8 | (n & 0x00ff00ffu) << 8;
    n = (n & 0xf0f0f0f0u) >> 4 | (n & 0x0f0f0f0fu) << 4;
    n = (n & 0xccccccccu) >> 2 | (n & 0x33333333u) << 2;
    return (n & 0xaaaaaaaau) >> 1 | (n & 0x55555555u) << 1;
}

static uint64_t knights(uint64_t board) {
    uint64_t left1 = board >> 1 & 0x7f7f7f7f7f7f7f7full, left2 = board >> 2 & 0x3f3f3f3f3f3f3f3full;
    uint64_t right1 = board << 1 & 0xfefefefefefefefeull, right2 = board << 2 & 0xfcfcfcfcfcfcfcfcull;
    uint64_t far = left1 | right1, near = left2 | right2;
    return far << 16 | far >> 16 | near << 8 | near >> 8;
}

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 46000);
    uint32_t state = 17, sum = 0;
    uint64_t board = 1;
    for (int round = 0; round < rounds; round++) {
        uint32_t n = kernel_random(&state);
        sum = kernel_mix(sum, ones(n) + reversed(n));
        sum ^= n << (round & 31) | n >> (31 - (round & 31));
        board = knights(board) ^ (uint64_t)n;
        sum = kernel_mix(sum, (uint32_t)(board >> 32) ^ (uint32_t)board);
    }
    printf("bits %08x\n", (unsigned)sum);
    return 0;
}
