#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Arithmetic that the compiler leaves to the library, on random operands and special values: one line with a checksum
 * for each operation. Compiled for any machine that computes right it prints the same. */
enum { TURNS = 10000 };

static uint64_t state = 88172645463325252u;

static uint64_t random_bits(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static uint32_t sum;

static void mix(uint64_t value) {
    sum = (sum << 5 | sum >> 27) + ((uint32_t)value ^ (uint32_t)(value >> 32) * 0x9e3779b1u);
}

static void mix_double(double value) {
    uint64_t bits;
    memcpy(&bits, &value, 8);
    mix(value != value ? 1 : bits);
}

static void mix_float(float value) {
    uint32_t bits;
    memcpy(&bits, &value, 4);
    mix(value != value ? 1 : bits);
}

static double operand(int turn) {
    static const uint64_t special[] = {0, 1, 0xfffffffffffffu, 0x10000000000000u, 0x3ff0000000000000u,
        0x7fefffffffffffffu,
        0x7ff0000000000000u, 0x7ff8000000000000u, 0x3ff0000000000001u, 0x41dfffffffc00000u};
    uint64_t bits = random_bits();
    double value;
    if (turn % 17 == 0) bits = special[bits % 10] | (bits & 0x8000000000000000u);
    else if (turn % 3 != 0) bits = (bits & 0x807fffffffffffffu) | 0x3f80000000000000u;
    else if (turn % 5 == 0) bits &= 0x800fffffffffffffu;
    memcpy(&value, &bits, 8);
    return value;
}

static float operand_single(int turn) {
    static const uint32_t special[] = {0, 1, 0x7fffff, 0x800000, 0x3f800000, 0x7f7fffff, 0x7f800000, 0x7fc00000,
        0x4effffff};
    uint32_t bits = (uint32_t)(random_bits() >> 16);
    float value;
    if (turn % 17 == 0) bits = special[bits % 9] | (bits & 0x80000000u);
    else if (turn % 3 != 0) bits = (bits & 0x81ffffffu) | 0x3e000000u;
    else if (turn % 5 == 0) bits &= 0x807fffffu;
    memcpy(&value, &bits, 4);
    return value;
}

#define OVER_ALL(name, statement)                            \
    do {                                                     \
        sum = 0;                                             \
        for (int turn = 0; turn < TURNS; turn++) statement;  \
        printf("%-24s %08x\n", name, (unsigned)sum);         \
    } while (0)
#define DOUBLES volatile double a = operand(turn), b = operand(turn + 1)
#define FLOATS volatile float a = operand_single(turn), b = operand_single(turn + 1)
#define LONGS volatile uint64_t a = random_bits() >> (random_bits() & 63), b = random_bits() >> (random_bits() & 63)
#define WORDS volatile uint32_t a = (uint32_t)(random_bits() >> 9 >> (random_bits() & 31)), \
    b = (uint32_t)(random_bits() >> 7 >> (random_bits() & 31)) | 1

static void doubles(void) {
    OVER_ALL("double +", { DOUBLES; mix_double(a + b); });
    OVER_ALL("double -", { DOUBLES; mix_double(a - b); });
    OVER_ALL("double *", { DOUBLES; mix_double(a * b); });
    OVER_ALL("double /", { DOUBLES; mix_double(a / b); });
    OVER_ALL("double compared", {
        DOUBLES;
        mix((uint64_t)((a < b) | (a <= b) << 1 | (a == b) << 2 | (a != b) << 3 | (a > b) << 4 | (a >= b) << 5));
    });
    OVER_ALL("double to float", { DOUBLES; mix_float((float)a + (float)b); });
    OVER_ALL("double to integers", {
        DOUBLES;
        if (a > -2e9 && a < 2e9) mix((uint32_t)(int32_t)a);
        if (b > -9e18 && b < 9e18) mix((uint64_t)(int64_t)b);
        if (a >= 0 && a < 1.8e19) mix((uint64_t)a);
    });
}

static void floats(void) {
    OVER_ALL("float +", { FLOATS; mix_float(a + b); });
    OVER_ALL("float -", { FLOATS; mix_float(a - b); });
    OVER_ALL("float *", { FLOATS; mix_float(a * b); });
    OVER_ALL("float /", { FLOATS; mix_float(a / b); });
    OVER_ALL("float compared", {
        FLOATS;
        mix((uint64_t)((a < b) | (a <= b) << 1 | (a == b) << 2 | (a != b) << 3 | (a > b) << 4 | (a >= b) << 5));
    });
    OVER_ALL("float to double", { FLOATS; mix_double((double)a + (double)b); });
    OVER_ALL("float to integers", {
        FLOATS;
        if (a > -2e9f && a < 2e9f) mix((uint32_t)(int32_t)a);
        if (b > -9e18f && b < 9e18f) mix((uint64_t)(int64_t)b);
    });
}

static void integers(void) {
    OVER_ALL("64-bit * + -", { LONGS; mix(a * b); mix(a + b); mix(a - b); });
    OVER_ALL("64-bit / %", { LONGS; mix(a / (b | 1)); mix(a % (b | 1)); });
    OVER_ALL("64-bit signed / %", {
        LONGS;
        mix((uint64_t)((int64_t)a / (int64_t)(b >> 1 | 1)));
        mix((uint64_t)((int64_t)a % (int64_t)(b >> 1 | 1)));
    });
    OVER_ALL("64-bit shifts",
        { LONGS; mix(a << (b & 63)); mix(a >> (b & 63)); mix((uint64_t)((int64_t)a >> (b & 63))); });
    OVER_ALL("64-bit compared", { LONGS; mix((uint64_t)((a < b) | (a == b) << 1 | ((int64_t)a < (int64_t)b) << 2)); });
    OVER_ALL("integers to floats", {
        LONGS;
        mix_float((float)a);
        mix_float((float)(int64_t)a);
        mix_float((float)(uint32_t)b);
        mix_float((float)(int32_t)b);
        mix_double((double)a);
        mix_double((double)(int64_t)b);
        mix_double((double)(uint32_t)a);
        mix_double((double)(int32_t)a);
    });
    OVER_ALL("32-bit * / %", { WORDS; mix(a * b); mix(a / b); mix(a % b); });
    OVER_ALL("32-bit signed / %", {
        WORDS;
        mix((uint32_t)((int32_t)a / (int32_t)(b >> 1 | 1)));
        mix((uint32_t)((int32_t)a % -(int32_t)(b >> 1 | 1)));
        mix((uint32_t)(-(int32_t)(a >> 1) / (int32_t)(b >> 1 | 1)));
    });
}

int main(void) {
    doubles();
    floats();
    integers();
    return 0;
}
