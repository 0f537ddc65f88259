#ifndef SOFTFLOAT_PARTS_H
#define SOFTFLOAT_PARTS_H

#include "../arith/wide.h"

/* IEEE 754 binary32 and binary64 in integers, rounded to nearest even. Nothing here uses the types float and double
 * but to name the bits. A result that is not a number is quiet: the first operand that is one, else the default. */

typedef union {
    float value;
    uint32_t bits;
} float_bits;

typedef union {
    double value;
    uint64_t bits;
} double_bits;

#define F32_SIGN 0x80000000u
#define F32_INF 0x7f800000u
#define F32_QUIET 0x00400000u
#define F32_FRACTION 0x007fffffu
#define F64_SIGN 0x8000000000000000ull
#define F64_INF 0x7ff0000000000000ull
#define F64_QUIET 0x0008000000000000ull
#define F64_FRACTION 0x000fffffffffffffull

/* v >> count, where bits that fall out leave a one in bit 0 ("sticky"), so that rounding still sees them. */
static inline uint32_t shift_sticky32(uint32_t v, int count) {
    if (count == 0) return v;
    if (count >= 32) return v != 0;
    return v >> count | (v << (32 - count) != 0);
}

static inline uint64_t shift_sticky64(uint64_t v, int count) {
    uint32_t high = high_half(v), low = low_half(v), lost = 0;
    if (count >= 64) return v != 0;
    if (count >= 32) {
        lost = low;
        low = high;
        high = 0;
        count -= 32;
    }
    if (count != 0) {
        lost |= low << (32 - count);
        low = low >> count | high << (32 - count);
        high >>= count;
    }
    return from_halves(high, low | (lost != 0));
}

/* v << count for 0 <= count <= 63. */
static inline uint64_t shift_left64(uint64_t v, int count) {
    uint32_t high = high_half(v), low = low_half(v);
    if (count >= 32) {
        high = low;
        low = 0;
        count -= 32;
    }
    if (count != 0) {
        high = high << count | low >> (32 - count);
        low <<= count;
    }
    return from_halves(high, low);
}

static inline int clz64(uint64_t v) {
    return high_half(v) ? __clz32(high_half(v)) : 32 + __clz32(low_half(v));
}

/* Rounds and packs a number with the leading one of its significand in bit 30 (bit 62), seven (ten) bits of which are
 * below the last place; exponent is biased. Overflow gives infinity, underflow a subnormal or zero. */
uint32_t __round32(uint32_t sign, int exponent, uint32_t significand);
uint64_t __round64(uint64_t sign, int exponent, uint64_t significand);

/* The same for a significand that is not zero but stands anywhere in its word, bit 30 (62) being the one's place. */
static inline uint32_t normal_round32(uint32_t sign, int exponent, uint32_t significand) {
    int shift = __clz32(significand) - 1;
    if (shift < 0) return __round32(sign, exponent + 1, shift_sticky32(significand, 1));
    return __round32(sign, exponent - shift, significand << shift);
}

static inline uint64_t normal_round64(uint64_t sign, int exponent, uint64_t significand) {
    int shift = clz64(significand) - 1;
    if (shift < 0) return __round64(sign, exponent + 1, shift_sticky64(significand, 1));
    return __round64(sign, exponent - shift, shift_left64(significand, shift));
}

/* Exponent and significand (leading one in bit 23 or 52) of a finite number that is not zero. */
static inline int unpack32(uint32_t bits, uint32_t *significand) {
    int exponent = (int)(bits >> 23 & 0xff);
    uint32_t fraction = bits & F32_FRACTION;
    if (exponent != 0) {
        *significand = fraction | 0x00800000u;
        return exponent;
    }
    int shift = __clz32(fraction) - 8;
    *significand = fraction << shift;
    return 1 - shift;
}

static inline int unpack64(uint64_t bits, uint64_t *significand) {
    int exponent = (int)(high_half(bits) >> 20 & 0x7ff);
    uint64_t fraction = bits & F64_FRACTION;
    if (exponent != 0) {
        *significand = fraction | 0x0010000000000000ull;
        return exponent;
    }
    int shift = clz64(fraction) - 11;
    *significand = shift_left64(fraction, shift);
    return 1 - shift;
}

static inline int is_nan32(uint32_t bits) {
    return (bits & ~F32_SIGN) > F32_INF;
}

static inline int is_nan64(uint64_t bits) {
    return (bits & ~F64_SIGN) > F64_INF;
}

static inline uint32_t propagate32(uint32_t a, uint32_t b) {
    return (is_nan32(a) ? a : b) | F32_QUIET;
}

static inline uint64_t propagate64(uint64_t a, uint64_t b) {
    return (is_nan64(a) ? a : b) | F64_QUIET;
}

#endif
