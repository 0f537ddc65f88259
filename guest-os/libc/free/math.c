#include "../softfloat/parts.h"

#include <errno.h>
#include <math.h>

static double with_bits(uint64_t bits) {
    double_bits result = {.bits = bits};
    return result.value;
}

static uint64_t bits_of(double x) {
    double_bits result = {x};
    return result.bits;
}

double fabs(double x) {
    return with_bits(bits_of(x) & ~F64_SIGN);
}

float fabsf(float x) {
    float_bits result = {x};
    result.bits &= ~F32_SIGN;
    return result.value;
}

/* The bits below the one's place of a magnitude of at least one; 0 when there are none. */
static uint64_t fraction_mask(uint64_t bits) {
    int exponent = (int)(high_half(bits) >> 20 & 0x7ff) - 1023;
    if (exponent >= 52) return 0;
    if (exponent < 0) return ~F64_SIGN;
    return shift_left64(1, 52 - exponent) - 1;
}

double trunc(double x) {
    uint64_t bits = bits_of(x);
    return is_nan64(bits) ? x : with_bits(bits & ~fraction_mask(bits));
}

/* Away from zero by one: a carry out of the fraction makes the next exponent, which is what is wanted. */
static double whole_outwards(uint64_t bits) {
    uint64_t mask = fraction_mask(bits);
    if (mask == ~F64_SIGN) return with_bits((bits & F64_SIGN) | 0x3ff0000000000000ull);
    return with_bits((bits + mask) & ~mask);
}

double floor(double x) {
    uint64_t bits = bits_of(x);
    if (is_nan64(bits) || (int32_t)high_half(bits) >= 0 || (bits & fraction_mask(bits)) == 0) return trunc(x);
    return whole_outwards(bits);
}

double ceil(double x) {
    uint64_t bits = bits_of(x);
    if (is_nan64(bits) || (int32_t)high_half(bits) < 0 || (bits & fraction_mask(bits)) == 0) return trunc(x);
    return whole_outwards(bits);
}

double modf(double x, double *whole) {
    uint64_t bits = bits_of(x);
    *whole = trunc(x);
    if ((bits & ~F64_SIGN) == F64_INF) return with_bits(bits & F64_SIGN);
    return with_bits((bits_of(x - *whole) & ~F64_SIGN) | (bits & F64_SIGN));
}

double frexp(double x, int *exponent) {
    uint64_t bits = bits_of(x), magnitude = bits & ~F64_SIGN, significand;
    *exponent = 0;
    if (magnitude == 0 || magnitude >= F64_INF) return x;
    *exponent = unpack64(magnitude, &significand) - 1022;
    return with_bits((bits & F64_SIGN) | 0x3fe0000000000000ull | (significand & F64_FRACTION));
}

double ldexp(double x, int exponent) {
    uint64_t bits = bits_of(x), magnitude = bits & ~F64_SIGN, significand;
    if (magnitude == 0 || magnitude >= F64_INF) return x;
    int own = unpack64(magnitude, &significand);
    if (exponent > 5000) exponent = 5000;
    if (exponent < -5000) exponent = -5000;
    uint64_t result = __round64(bits & F64_SIGN, own + exponent, shift_left64(significand, 10));
    if ((result & ~F64_SIGN) == F64_INF || (result & ~F64_SIGN) == 0) errno = ERANGE;
    return with_bits(result);
}

/* Subtracts the divisor at every place where it fits: exact, one step per bit of the exponents' difference. */
double fmod(double x, double y) {
    uint64_t sign = bits_of(x) & F64_SIGN, a = bits_of(x) & ~F64_SIGN, b = bits_of(y) & ~F64_SIGN;
    uint64_t rest, divisor;
    if (is_nan64(a) || is_nan64(b)) return with_bits(propagate64(bits_of(x), bits_of(y)));
    if (a == F64_INF || b == 0) {
        errno = EDOM;
        return with_bits(F64_INF | F64_QUIET);
    }
    if (a < b || b == F64_INF) return x;
    int exponent = unpack64(a, &rest), divisor_exponent = unpack64(b, &divisor);
    for (; exponent > divisor_exponent; exponent--) {
        if (rest >= divisor) rest -= divisor;
        rest += rest;
    }
    if (rest >= divisor) rest -= divisor;
    if (rest == 0) return with_bits(sign);
    return with_bits(normal_round64(sign, exponent + 10, rest));
}

/* One bit of the root per step, then one more for rounding; the rest tells whether the root is exact. */
double sqrt(double x) {
    uint64_t bits = bits_of(x), rest;
    if (is_nan64(bits)) return with_bits(bits | F64_QUIET);
    if ((bits & ~F64_SIGN) == 0 || bits == F64_INF) return x;
    if ((int32_t)high_half(bits) < 0) {
        errno = EDOM;
        return with_bits(F64_INF | F64_QUIET);
    }
    int exponent = unpack64(bits, &rest) - 1023;
    if (exponent & 1) rest += rest;
    exponent = (exponent - (exponent & 1)) / 2;
    /* rest is in [1, 4) with the one's place in bit 52; root and place are doubled values of the digits so far. */
    uint64_t root = 0, place = 0x0020000000000000ull;
    rest += rest;
    while (place != 0) {
        uint64_t trial = root + place;
        if (rest >= trial) {
            rest -= trial;
            root = trial + place;
        }
        rest += rest;
        place >>= 1;
    }
    /* root has its leading one in bit 54, one bit below the last place and the sticky bit to be added. */
    uint64_t significand = from_halves(high_half(root) << 8 | low_half(root) >> 24, low_half(root) << 8);
    return with_bits(__round64(0, exponent + 1023, significand | (rest != 0)));
}
