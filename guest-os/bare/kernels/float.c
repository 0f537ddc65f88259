#include "kernel.h"

/* The Mandelbrot set in single and in double precision: soft float. */
static unsigned escape_single(float x, float y) {
    float a = 0, b = 0;
    unsigned n = 0;
    for (; n < 24 && a * a + b * b < 4.0f; n++) {
        float next = a * a - b * b + x;
        b = 2.0f * a * b + y;
        a = next;
    }
    return n;
}

static unsigned escape_double(double x, double y) {
    double a = 0, b = 0;
    unsigned n = 0;
    for (; n < 24 && a * a + b * b < 4.0; n++) {
        double next = a * a - b * b + x;
        b = 2.0 * a * b + y;
        a = next;
    }
    return n;
}

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 1);
    uint32_t sum = 0;
    for (int round = 0; round < rounds; round++) {
        for (int row = 0; row < 16; row++)
            for (int column = 0; column < 32; column++) {
                int y = row - 8 + (round & 1);
                sum = kernel_mix(sum, escape_single((float)(column - 22) / 11.0f, (float)y / 7.0f));
                if ((column & 3) == 0)
                    sum = kernel_mix(sum, escape_double((column - 22) / 11.0, y / 7.0));
            }
    }
    double third = 1.0 / 3.0, total = 0;
    for (int i = 1; i <= 400; i++) total += third * i / (i + 1);
    printf("float %08x %.15g\n", (unsigned)sum, total);
    return 0;
}
