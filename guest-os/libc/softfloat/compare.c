#include "parts.h"

/* The compiler compares the result with zero in the sense of the name; an unordered pair makes the sense false. */
#define DECLARE(suffix, type)       \
    int __eq##suffix(type a, type b); \
    int __ne##suffix(type a, type b); \
    int __lt##suffix(type a, type b); \
    int __le##suffix(type a, type b); \
    int __gt##suffix(type a, type b); \
    int __ge##suffix(type a, type b); \
    int __cmp##suffix(type a, type b); \
    int __unord##suffix(type a, type b)
DECLARE(sf2, float);
DECLARE(df2, double);

static int compare32(float a, float b, int unordered) {
    float_bits x = {a}, y = {b};
    if (is_nan32(x.bits) || is_nan32(y.bits)) return unordered;
    if (((x.bits | y.bits) & ~F32_SIGN) == 0 || x.bits == y.bits) return 0;
    if ((int32_t)(x.bits ^ y.bits) < 0) return (int32_t)x.bits < 0 ? -1 : 1;
    return (x.bits < y.bits) != ((int32_t)x.bits < 0) ? -1 : 1;
}

static int compare64(double a, double b, int unordered) {
    double_bits x = {a}, y = {b};
    if (is_nan64(x.bits) || is_nan64(y.bits)) return unordered;
    if (((x.bits | y.bits) & ~F64_SIGN) == 0 || x.bits == y.bits) return 0;
    if ((int32_t)high_half(x.bits ^ y.bits) < 0) return (int32_t)high_half(x.bits) < 0 ? -1 : 1;
    return (x.bits < y.bits) != ((int32_t)high_half(x.bits) < 0) ? -1 : 1;
}

#define DEFINE(suffix, type, compare)                  \
    int __eq##suffix(type a, type b) {                 \
        return compare(a, b, 1);                       \
    }                                                  \
    int __ne##suffix(type a, type b) {                 \
        return compare(a, b, 1);                       \
    }                                                  \
    int __lt##suffix(type a, type b) {                 \
        return compare(a, b, 1);                       \
    }                                                  \
    int __le##suffix(type a, type b) {                 \
        return compare(a, b, 1);                       \
    }                                                  \
    int __gt##suffix(type a, type b) {                 \
        return compare(a, b, -1);                      \
    }                                                  \
    int __ge##suffix(type a, type b) {                 \
        return compare(a, b, -1);                      \
    }                                                  \
    int __cmp##suffix(type a, type b) {                \
        return compare(a, b, 1);                       \
    }                                                  \
    int __unord##suffix(type a, type b) {              \
        return compare(a, b, 2) == 2;                  \
    }
DEFINE(sf2, float, compare32)
DEFINE(df2, double, compare64)
