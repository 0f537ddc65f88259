#include "kernel.h"

/* Fibonacci numbers by recursion and Ackermann's function: calls and returns. */
static uint32_t fibonacci(uint32_t n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static uint32_t ackermann(uint32_t m, uint32_t n) {
    if (m == 0) return n + 1;
    return ackermann(m - 1, n == 0 ? 1 : ackermann(m, n - 1));
}

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 34);
    uint32_t sum = 0;
    for (int round = 0; round < rounds; round++) {
        sum = kernel_mix(sum, fibonacci(20 + (uint32_t)(round & 1)));
        sum = kernel_mix(sum, ackermann(2, 60 + ((uint32_t)round & 15)));
    }
    printf("fib %08x\n", (unsigned)sum);
    return 0;
}
