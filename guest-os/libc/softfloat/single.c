#include "parts.h"

float __addsf3(float a, float b);
float __subsf3(float a, float b);
float __mulsf3(float a, float b);
float __divsf3(float a, float b);
float __negsf2(float a);

uint32_t __round32(uint32_t sign, int exponent, uint32_t significand) {
    if (exponent <= 0) {
        significand = shift_sticky32(significand, 1 - exponent);
        exponent = 1;
    } else if (exponent >= 255) {
        return sign | F32_INF;
    }
    uint32_t below = significand & 0x7f;
    significand = (significand + 0x40) >> 7;
    if (below == 0x40) significand &= ~1u;
    /* A leading one in bit 23 counts as one exponent; a subnormal has none, and a carry of rounding makes the next. */
    return sign + ((uint32_t)(exponent - 1) << 23) + significand;
}

static uint32_t add_magnitudes(uint32_t sign, uint32_t a, uint32_t b) {
    uint32_t a_significand, b_significand;
    if (a < b) {
        uint32_t swapped = a;
        a = b;
        b = swapped;
    }
    if (a == F32_INF || b == 0) return sign | a;
    int exponent = unpack32(a, &a_significand);
    int difference = exponent - unpack32(b, &b_significand);
    uint32_t sum = (a_significand << 7) + shift_sticky32(b_significand << 7, difference);
    if (sum & 0x80000000u) {
        sum = sum >> 1 | (sum & 1);
        exponent++;
    }
    return __round32(sign, exponent, sum);
}

static uint32_t subtract_magnitudes(uint32_t sign, uint32_t a, uint32_t b) {
    uint32_t a_significand, b_significand;
    if (a == b) return a == F32_INF ? F32_INF | F32_QUIET : 0;
    if (a < b) {
        uint32_t swapped = a;
        a = b;
        b = swapped;
        sign ^= F32_SIGN;
    }
    if (a == F32_INF || b == 0) return sign | a;
    int exponent = unpack32(a, &a_significand);
    int difference = exponent - unpack32(b, &b_significand);
    return normal_round32(sign, exponent, (a_significand << 7) - shift_sticky32(b_significand << 7, difference));
}

static uint32_t add(uint32_t a, uint32_t b) {
    if (is_nan32(a) || is_nan32(b)) return propagate32(a, b);
    uint32_t sign = a & F32_SIGN;
    if (((a ^ b) & F32_SIGN) == 0) return add_magnitudes(sign, a & ~F32_SIGN, b & ~F32_SIGN);
    return subtract_magnitudes(sign, a & ~F32_SIGN, b & ~F32_SIGN);
}

float __addsf3(float a, float b) {
    float_bits x = {a}, y = {b};
    x.bits = add(x.bits, y.bits);
    return x.value;
}

float __subsf3(float a, float b) {
    float_bits x = {a}, y = {b};
    if (!is_nan32(y.bits)) y.bits ^= F32_SIGN;
    x.bits = add(x.bits, y.bits);
    return x.value;
}

float __negsf2(float a) {
    float_bits x = {a};
    x.bits ^= F32_SIGN;
    return x.value;
}

static uint32_t multiply(uint32_t a, uint32_t b) {
    uint32_t sign = (a ^ b) & F32_SIGN, a_significand, b_significand;
    if (is_nan32(a) || is_nan32(b)) return propagate32(a, b);
    a &= ~F32_SIGN;
    b &= ~F32_SIGN;
    if (a == F32_INF || b == F32_INF) return a == 0 || b == 0 ? F32_INF | F32_QUIET : sign | F32_INF;
    if (a == 0 || b == 0) return sign;
    int exponent = unpack32(a, &a_significand) + unpack32(b, &b_significand) - 127;
    uint64_t product = __mul32(a_significand << 7, b_significand << 8);
    uint32_t top = high_half(product) | (low_half(product) != 0);
    /* The product of [1, 2) and [1, 2) has its one in bit 29 or 30 of the top half, where bit 29 stands for one. */
    if (top & 0x40000000u) return __round32(sign, exponent + 1, top);
    return __round32(sign, exponent, top << 1);
}

float __mulsf3(float a, float b) {
    float_bits x = {a}, y = {b};
    x.bits = multiply(x.bits, y.bits);
    return x.value;
}

static uint32_t divide(uint32_t a, uint32_t b) {
    uint32_t sign = (a ^ b) & F32_SIGN, a_significand, b_significand, rest;
    if (is_nan32(a) || is_nan32(b)) return propagate32(a, b);
    a &= ~F32_SIGN;
    b &= ~F32_SIGN;
    if (a == F32_INF) return b == F32_INF ? F32_INF | F32_QUIET : sign | F32_INF;
    if (b == F32_INF) return sign;
    if (b == 0) return a == 0 ? F32_INF | F32_QUIET : sign | F32_INF;
    if (a == 0) return sign;
    int exponent = unpack32(a, &a_significand) - unpack32(b, &b_significand) + 127;
    /* Half of a over b in (1/4, 1): a quotient with its one in bit 30 or 31. */
    uint32_t quotient = __div64(a_significand << 7, 0, b_significand << 8, &rest);
    if (quotient & 0x80000000u) return __round32(sign, exponent, shift_sticky32(quotient, 1) | (rest != 0));
    return __round32(sign, exponent - 1, quotient | (rest != 0));
}

float __divsf3(float a, float b) {
    float_bits x = {a}, y = {b};
    x.bits = divide(x.bits, y.bits);
    return x.value;
}
