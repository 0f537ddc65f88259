#include "kernel.h"

/* Greatest common divisors and decimal digits: division by the library and by the processor. */
static uint32_t common_divisor(uint32_t a, uint32_t b) {
    while (b != 0) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 6000);
    uint32_t state = 9, sum = 0;
    for (int round = 0; round < rounds; round++) {
        uint32_t a = kernel_random(&state), b = kernel_random(&state) >> (round & 15);
        sum = kernel_mix(sum, common_divisor(a, b));
        uint16_t digits = 0;
        for (uint32_t n = a; n != 0; n /= 10) digits = (uint16_t)(digits * 3 + n % 10);
        sum = kernel_mix(sum, digits);
        sum += (uint32_t)((int32_t)a / (int32_t)(b | 1)) + (uint16_t)a / (uint16_t)(b | 1);
    }
    printf("divide %08x\n", (unsigned)sum);
    return 0;
}
