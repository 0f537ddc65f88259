#include "kernel.h"

/* CRC-32 of a buffer by a table of 256 entries: byte loads, shifts, indexed longs. */
enum { SIZE = 16384 };
static uint32_t table[256];
static unsigned char buffer[SIZE];

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 48);
    uint32_t state = 1, sum = 0;
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++) value = value & 1 ? value >> 1 ^ 0xedb88320u : value >> 1;
        table[i] = value;
    }
    for (int i = 0; i < SIZE; i++) buffer[i] = (unsigned char)kernel_random(&state);
    for (int round = 0; round < rounds; round++) {
        uint32_t crc = ~sum;
        for (int i = 0; i < SIZE; i++) crc = table[(crc ^ buffer[i]) & 0xff] ^ crc >> 8;
        sum = ~crc;
    }
    printf("crc %08x\n", (unsigned)sum);
    return 0;
}
