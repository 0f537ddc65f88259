#include "kernel.h"

/* Quicksort of random numbers, written out: compares, swaps and recursion. */
enum { COUNT = 4096 };
static int32_t numbers[COUNT];

static void sort(int32_t *low, int32_t *high) {
    while (low < high) {
        int32_t pivot = low[(high - low) / 2], *left = low, *right = high;
        while (left <= right) {
            while (*left < pivot) left++;
            while (*right > pivot) right--;
            if (left <= right) {
                int32_t number = *left;
                *left++ = *right;
                *right-- = number;
            }
        }
        if (right - low < high - left) {
            sort(low, right);
            low = left;
        } else {
            sort(left, high);
            high = right;
        }
    }
}

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 22);
    uint32_t state = 7, sum = 0;
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < COUNT; i++) numbers[i] = (int32_t)kernel_random(&state);
        sort(numbers, numbers + COUNT - 1);
        for (int i = 0; i < COUNT; i += 97) sum = kernel_mix(sum, (uint32_t)numbers[i]);
    }
    printf("sort %08x\n", (unsigned)sum);
    return 0;
}
