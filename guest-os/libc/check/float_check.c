#include "tap.h"

#include <math.h>

/* Soft float against the host's hardware: operands are random bits, random near values and all pairs of special
 * values. All numbers must be equal to the last bit; all NaNs count as equal. */
enum { OPERATIONS = 12000 };

static const uint32_t special32[] = {0, 1, 2, 0x7fffff, 0x800000, 0x800001, 0x3f7fffff, 0x3f800000, 0x3f800001,
    0x40000000, 0x4b000000, 0x4b7fffff, 0x4effffff, 0x4f000000, 0x4f7fffff, 0x5effffff, 0x7f7fffff, 0x7f800000,
    0x7f800001, 0x7fc00000, 0x33800000, 0x34000000, 0x1};
static const uint64_t special64[] = {0, 1, 2, 0xfffffffffffffu, 0x10000000000000u, 0x10000000000001u,
    0x3fefffffffffffffu, 0x3ff0000000000000u, 0x3ff0000000000001u, 0x4000000000000000u, 0x41dfffffffc00000u,
    0x41e0000000000000u, 0x41efffffffe00000u, 0x43dfffffffffffffu, 0x43e0000000000000u, 0x43efffffffffffffu,
    0x47efffffe0000000u, 0x47efffffefffffffu, 0x47effffff0000000u, 0x36a0000000000000u, 0x3690000000000001u,
    0x7fefffffffffffffu, 0x7ff0000000000000u, 0x7ff0000000000001u, 0x7ff8000000000000u, 0x3ca0000000000000u};
#define COUNT(array) (sizeof array / sizeof array[0])

static float single_of(uint32_t bits) {
    float f;
    memcpy(&f, &bits, 4);
    return f;
}

static double double_of(uint64_t bits) {
    double d;
    memcpy(&d, &bits, 8);
    return d;
}

static uint64_t bits_of(double d) {
    uint64_t bits;
    memcpy(&bits, &d, 8);
    return bits;
}

static uint32_t bits_of_single(float f) {
    uint32_t bits;
    memcpy(&bits, &f, 4);
    return bits;
}

static int same32(float a, float b) {
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, 4) == 0;
}

static int same64(double a, double b) {
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, 8) == 0;
}

static float operand32(unsigned i) {
    unsigned count = COUNT(special32);
    uint32_t bits = (uint32_t)(tap_random() >> 20);
    if (i < count * 2) return single_of(special32[i % count] | (i / count) << 31);
    if (i & 1) bits = (bits & 0x81ffffff) | 0x3e000000; /* near one */
    if (i % 7 == 0) bits &= 0xff800fff;
    if (i % 11 == 0) bits &= 0x807fffff;
    return single_of(bits);
}

static double operand64(unsigned i) {
    unsigned count = COUNT(special64);
    uint64_t bits = tap_random();
    if (i < count * 2) return double_of(special64[i % count] | (uint64_t)(i / count) << 63);
    if (i & 1) bits = (bits & 0x807fffffffffffffu) | 0x3f80000000000000u;
    if (i % 5 == 0) bits &= 0xffffffff00000000u;
    if (i % 7 == 0) bits |= 0x000fffffff000000u;
    if (i % 11 == 0) bits &= 0x800fffffffffffffu;
    if (i % 13 == 0) bits = (bits & 0x800fffffffffffffu) | (uint64_t)(1023 + (int)(bits >> 52 & 63)) << 52;
    return double_of(bits);
}

#define OPERATION(suffix, type, symbol, name, same, bits)                                                        \
    do {                                                                                                         \
        type t___##name##suffix##3(type, type);                                                                  \
        type got = t___##name##suffix##3(a, b), want = a symbol b;                                               \
        CHECK(same(got, want), #name #suffix "(%llx, %llx) is %llx, not %llx", (long long)bits(a),               \
              (long long)bits(b), (long long)bits(got), (long long)bits(want));                                  \
    } while (0)
#define COMPARISON(suffix, type, symbol, name)                                                                   \
    do {                                                                                                         \
        int t___##name##suffix(type, type);                                                                      \
        CHECK((t___##name##suffix(a, b) symbol 0) == (a symbol b), #name #suffix "(%a, %a)", (double)a, (double)b); \
    } while (0)
#define COMPARISONS(suffix, type)                                                                                \
    do {                                                                                                         \
        int t___unord##suffix(type, type);                                                                       \
        COMPARISON(suffix, type, ==, eq);                                                                        \
        COMPARISON(suffix, type, !=, ne);                                                                        \
        COMPARISON(suffix, type, <, lt);                                                                         \
        COMPARISON(suffix, type, <=, le);                                                                        \
        COMPARISON(suffix, type, >, gt);                                                                         \
        COMPARISON(suffix, type, >=, ge);                                                                        \
        CHECK(!!t___unord##suffix(a, b) == (isnan(a) || isnan(b)), "unord" #suffix "(%a, %a)", (double)a, (double)b); \
    } while (0)

static void arithmetic32(float a, float b) {
    OPERATION(sf, float, +, add, same32, bits_of_single);
    OPERATION(sf, float, -, sub, same32, bits_of_single);
    OPERATION(sf, float, *, mul, same32, bits_of_single);
    OPERATION(sf, float, /, div, same32, bits_of_single);
    COMPARISONS(sf2, float);
}

static void arithmetic64(double a, double b) {
    OPERATION(df, double, +, add, same64, bits_of);
    OPERATION(df, double, -, sub, same64, bits_of);
    OPERATION(df, double, *, mul, same64, bits_of);
    OPERATION(df, double, /, div, same64, bits_of);
    COMPARISONS(df2, double);
}

/* What does not fit saturates; a NaN gives 0. */
#define TO_INTEGER(name, from, to, low, high)                                                                    \
    do {                                                                                                         \
        to t___##name(from);                                                                                     \
        to want = isnan(a) ? 0 : a <= (from)(low) ? (low) : a >= (from)(high) ? (high) : (to)a;                   \
        CHECK(t___##name(a) == want, #name "(%a) is %llx, not %llx", (double)a, (long long)t___##name(a),         \
              (long long)want);                                                                                  \
    } while (0)
#define FROM_INTEGER(name, from, to, same)                                                                       \
    do {                                                                                                         \
        to t___##name(from);                                                                                     \
        CHECK(same(t___##name((from)n), (to)(from)n), #name "(%llx)", (long long)n);                             \
    } while (0)

static void conversions(float single, double a_double, uint64_t n) {
    double t___extendsfdf2(float);
    float t___truncdfsf2(double);
    double t_sqrt(double);
    CHECK(same64(t___extendsfdf2(single), single), "extend %a", (double)single);
    CHECK(same32(t___truncdfsf2(a_double), (float)a_double), "truncate %a is %a", a_double,
          (double)t___truncdfsf2(a_double));
    CHECK(same64(t_sqrt(a_double), sqrt(a_double)), "sqrt %a", a_double);
    {
        float a = single;
        TO_INTEGER(fixsfsi, float, int, INT32_MIN, INT32_MAX);
        TO_INTEGER(fixunssfsi, float, unsigned, 0, UINT32_MAX);
        TO_INTEGER(fixsfdi, float, long long, INT64_MIN, INT64_MAX);
        TO_INTEGER(fixunssfdi, float, unsigned long long, 0, UINT64_MAX);
    }
    double a = a_double;
    TO_INTEGER(fixdfsi, double, int, INT32_MIN, INT32_MAX);
    TO_INTEGER(fixunsdfsi, double, unsigned, 0, UINT32_MAX);
    TO_INTEGER(fixdfdi, double, long long, INT64_MIN, INT64_MAX);
    TO_INTEGER(fixunsdfdi, double, unsigned long long, 0, UINT64_MAX);
    FROM_INTEGER(floatsisf, int, float, same32);
    FROM_INTEGER(floatunsisf, unsigned, float, same32);
    FROM_INTEGER(floatdisf, long long, float, same32);
    FROM_INTEGER(floatundisf, unsigned long long, float, same32);
    FROM_INTEGER(floatsidf, int, double, same64);
    FROM_INTEGER(floatunsidf, unsigned, double, same64);
    FROM_INTEGER(floatdidf, long long, double, same64);
    FROM_INTEGER(floatundidf, unsigned long long, double, same64);
}

/* 64-bit integer arithmetic of the compiler's helpers. */
static void integers(uint64_t a, uint64_t b) {
    uint64_t t___udivdi3(uint64_t, uint64_t), t___umoddi3(uint64_t, uint64_t);
    int64_t t___divdi3(int64_t, int64_t), t___moddi3(int64_t, int64_t), t___muldi3(int64_t, int64_t);
    int64_t t___ashldi3(int64_t, int), t___ashrdi3(int64_t, int), t___lshrdi3(int64_t, int);
    int t___cmpdi2(int64_t, int64_t), t___ucmpdi2(uint64_t, uint64_t), t___clzdi2(uint64_t), t___ctzdi2(uint64_t);
    int t___popcountdi2(uint64_t);
    int n = (int)(b & 63);
    CHECK(t___muldi3((int64_t)a, (int64_t)b) == (int64_t)(a * b), "muldi3(%lx, %lx)", a, b);
    CHECK(t___ashldi3((int64_t)a, n) == (int64_t)(a << n), "ashldi3(%lx, %d)", a, n);
    CHECK(t___lshrdi3((int64_t)a, n) == (int64_t)(a >> n), "lshrdi3(%lx, %d)", a, n);
    CHECK(t___ashrdi3((int64_t)a, n) == (int64_t)a >> n, "ashrdi3(%lx, %d)", a, n);
    CHECK(t___cmpdi2((int64_t)a, (int64_t)b) == ((int64_t)a > (int64_t)b) - ((int64_t)a < (int64_t)b) + 1,
          "cmpdi2(%lx, %lx)", a, b);
    CHECK(t___ucmpdi2(a, b) == (a > b) - (a < b) + 1, "ucmpdi2(%lx, %lx)", a, b);
    CHECK(t___popcountdi2(a) == __builtin_popcountl(a), "popcountdi2(%lx)", a);
    if (a != 0) CHECK(t___clzdi2(a) == __builtin_clzl(a) && t___ctzdi2(a) == __builtin_ctzl(a), "clz, ctz(%lx)", a);
    if (b == 0) return;
    CHECK(t___udivdi3(a, b) == a / b && t___umoddi3(a, b) == a % b, "udivdi3(%lx, %lx)", a, b);
    if (a == 1ull << 63 && b == ~0ull) return;
    CHECK(t___divdi3((int64_t)a, (int64_t)b) == (int64_t)a / (int64_t)b &&
              t___moddi3((int64_t)a, (int64_t)b) == (int64_t)a % (int64_t)b, "divdi3(%lx, %lx)", a, b);
}

static uint64_t integer(unsigned i) {
    static const uint64_t special[] = {0, 1, 2, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000u, 0xffffffffu,
        0x100000000u, 0x7fffffffffffffffu, 0x8000000000000000u, 0xffffffffffffffffu, 0xffff0000ffff0000u};
    if (i < COUNT(special)) return special[i];
    return tap_random() >> (tap_random() & 63);
}

int main(void) {
    for (unsigned i = 0; i < COUNT(special32) * 2; i++)
        for (unsigned j = 0; j < COUNT(special32) * 2; j++) arithmetic32(operand32(i), operand32(j));
    for (unsigned i = 0; i < COUNT(special64) * 2; i++)
        for (unsigned j = 0; j < COUNT(special64) * 2; j++) arithmetic64(operand64(i), operand64(j));
    for (unsigned i = 0; i < 14; i++)
        for (unsigned j = 0; j < 14; j++) integers(integer(i), integer(j));
    for (unsigned i = 0; i < OPERATIONS; i++) {
        arithmetic32(operand32(i), operand32(i + 1));
        arithmetic32(operand32(i + 500), operand32(i + 501));
        arithmetic64(operand64(i), operand64(i + 1));
        arithmetic64(operand64(i + 500), operand64(i + 501));
        conversions(operand32(i), operand64(i), integer(i));
        conversions(operand32(i + 500), operand64(i * 13), integer(i));
        integers(integer(i), integer(i + 20));
        integers(integer(i + 20), integer(i + 20));
    }
    return tap_end("soft float and 64-bit integers");
}
