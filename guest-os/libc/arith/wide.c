#include "wide.h"

uint64_t __mul32(uint32_t a, uint32_t b) {
    uint32_t low = mul16((uint16_t)a, (uint16_t)b);
    uint32_t cross1 = mul16((uint16_t)(a >> 16), (uint16_t)b);
    uint32_t cross2 = mul16((uint16_t)a, (uint16_t)(b >> 16));
    uint32_t high = mul16((uint16_t)(a >> 16), (uint16_t)(b >> 16));
    uint32_t middle = (low >> 16) + (uint16_t)cross1 + (uint16_t)cross2;
    high += (cross1 >> 16) + (cross2 >> 16) + (middle >> 16);
    return from_halves(high, middle << 16 | (uint16_t)low);
}

int __clz32(uint32_t value) {
    int zeros = 0;
    if (value == 0) return 32;
    if ((value & 0xffff0000u) == 0) {
        zeros = 16;
        value <<= 16;
    }
    if ((value & 0xff000000u) == 0) {
        zeros += 8;
        value <<= 8;
    }
    while ((int32_t)value > 0) {
        zeros++;
        value <<= 1;
    }
    return zeros;
}

/* One 16-bit digit of a quotient, after Knuth (volume 2, algorithm D): the rest (below the divisor) and the next 16
 * bits of the dividend are divided; the estimate from the divisor's high half is at most two too great. */
static uint16_t quotient_digit(uint32_t *rest, uint16_t next, uint32_t divisor) {
    uint16_t divisor_high = (uint16_t)(divisor >> 16);
    uint16_t digit, remainder;
    uint32_t estimate_rest;
    if ((uint16_t)(*rest >> 16) >= divisor_high) {
        digit = 0xffff;
        estimate_rest = *rest - mul16(digit, divisor_high);
    } else {
        digit = divide_step(*rest, divisor_high, &remainder);
        estimate_rest = remainder;
    }
    uint32_t product = mul16(digit, (uint16_t)divisor);
    while (estimate_rest <= 0xffff && product > (estimate_rest << 16 | next)) {
        digit--;
        product -= (uint16_t)divisor;
        estimate_rest += divisor_high;
    }
    /* The true rest is below the divisor, so arithmetic modulo 2^32 gives it exactly. */
    *rest = (estimate_rest << 16 | next) - product;
    return digit;
}

uint32_t __div64(uint32_t high, uint32_t low, uint32_t divisor, uint32_t *remainder) {
    uint32_t rest = high;
    uint16_t first = quotient_digit(&rest, (uint16_t)(low >> 16), divisor);
    uint16_t second = quotient_digit(&rest, (uint16_t)low, divisor);
    *remainder = rest;
    return (uint32_t)first << 16 | second;
}

static uint64_t divide_by_short(uint64_t dividend, uint16_t divisor, uint64_t *remainder) {
    uint16_t digit[4], rest = 0;
    uint32_t high = high_half(dividend), low = low_half(dividend);
    digit[0] = divide_step(high >> 16, divisor, &rest);
    digit[1] = divide_step((uint32_t)rest << 16 | (uint16_t)high, divisor, &rest);
    digit[2] = divide_step((uint32_t)rest << 16 | (uint16_t)(low >> 16), divisor, &rest);
    digit[3] = divide_step((uint32_t)rest << 16 | (uint16_t)low, divisor, &rest);
    *remainder = rest;
    return from_halves((uint32_t)digit[0] << 16 | digit[1], (uint32_t)digit[2] << 16 | digit[3]);
}

static uint64_t divide_by_long(uint64_t dividend, uint32_t divisor, uint64_t *remainder) {
    int shift = __clz32(divisor);
    uint32_t high = high_half(dividend), low = low_half(dividend), top = 0, rest;
    divisor <<= shift;
    if (shift != 0) {
        top = high >> (32 - shift);
        high = high << shift | low >> (32 - shift);
        low <<= shift;
    }
    uint32_t quotient_high = __div64(top, high, divisor, &rest);
    uint32_t quotient_low = __div64(rest, low, divisor, &rest);
    *remainder = rest >> shift;
    return from_halves(quotient_high, quotient_low);
}

/* The quotient has at most 32 bits and is near (dividend / 2) / (divisor's top 32 bits), which is never too small by
 * more than nothing and too great by at most two; the excess is taken back. */
static uint64_t divide_by_wide(uint64_t dividend, uint64_t divisor, uint64_t *remainder) {
    if (dividend < divisor) {
        *remainder = dividend;
        return 0;
    }
    uint32_t high = high_half(divisor), low = low_half(divisor), rest;
    int shift = __clz32(high);
    uint32_t top = shift == 0 ? high : (high << shift | low >> (32 - shift));
    uint32_t half_high = high_half(dividend) >> 1;
    uint32_t half_low = high_half(dividend) << 31 | low_half(dividend) >> 1;
    uint32_t estimate = __div64(half_high, half_low, top, &rest);
    estimate >>= 31 - shift;
    if (estimate != 0) estimate--;
    uint64_t product = __mul32(estimate, low) + from_halves(estimate * high, 0);
    uint64_t left = dividend - product;
    while (left >= divisor) {
        left -= divisor;
        estimate++;
    }
    *remainder = left;
    return estimate;
}

uint64_t __udivmod64(uint64_t dividend, uint64_t divisor, uint64_t *remainder) {
    if (high_half(divisor) != 0) return divide_by_wide(dividend, divisor, remainder);
    uint32_t low = low_half(divisor);
    if (high_half(dividend) == 0) {
        *remainder = low_half(dividend) % low;
        return low_half(dividend) / low;
    }
    if (low <= 0xffff) return divide_by_short(dividend, (uint16_t)low, remainder);
    return divide_by_long(dividend, low, remainder);
}
