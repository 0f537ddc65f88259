#include "wide.h"

#include <limits.h>

/* The functions that the compiler calls for 64-bit arithmetic and for counting bits. */

long long __muldi3(long long a, long long b);
long long __divdi3(long long a, long long b);
long long __moddi3(long long a, long long b);
unsigned long long __udivdi3(unsigned long long a, unsigned long long b);
unsigned long long __umoddi3(unsigned long long a, unsigned long long b);
unsigned long long __udivmoddi4(unsigned long long a, unsigned long long b, unsigned long long *remainder);
long long __ashldi3(long long value, int count);
long long __ashrdi3(long long value, int count);
long long __lshrdi3(long long value, int count);
long long __negdi2(long long value);
int __cmpdi2(long long a, long long b);
int __ucmpdi2(unsigned long long a, unsigned long long b);
int __clzsi2(unsigned value);
int __ctzsi2(unsigned value);
int __ffssi2(unsigned value);
int __popcountsi2(unsigned value);
int __paritysi2(unsigned value);
unsigned __bswapsi2(unsigned value);
int __clzdi2(unsigned long long value);
int __ctzdi2(unsigned long long value);
int __ffsdi2(unsigned long long value);
int __popcountdi2(unsigned long long value);
int __paritydi2(unsigned long long value);
unsigned long long __bswapdi2(unsigned long long value);

long long __muldi3(long long a, long long b) {
    uint64_t product = __mul32(low_half((uint64_t)a), low_half((uint64_t)b));
    uint32_t cross = low_half((uint64_t)a) * high_half((uint64_t)b) + high_half((uint64_t)a) * low_half((uint64_t)b);
    return (long long)from_halves(high_half(product) + cross, low_half(product));
}

static inline uint64_t magnitude(long long value) {
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

long long __divdi3(long long a, long long b) {
    uint64_t rest, quotient = __udivmod64(magnitude(a), magnitude(b), &rest);
    return (long long)((a < 0) != (b < 0) ? 0 - quotient : quotient);
}

long long __moddi3(long long a, long long b) {
    uint64_t rest;
    __udivmod64(magnitude(a), magnitude(b), &rest);
    return (long long)(a < 0 ? 0 - rest : rest);
}

unsigned long long __udivdi3(unsigned long long a, unsigned long long b) {
    uint64_t rest;
    return __udivmod64(a, b, &rest);
}

unsigned long long __umoddi3(unsigned long long a, unsigned long long b) {
    uint64_t rest;
    __udivmod64(a, b, &rest);
    return rest;
}

unsigned long long __udivmoddi4(unsigned long long a, unsigned long long b, unsigned long long *remainder) {
    uint64_t rest, quotient = __udivmod64(a, b, &rest);
    if (remainder) *remainder = rest;
    return quotient;
}

long long __ashldi3(long long value, int count) {
    uint32_t high = high_half((uint64_t)value), low = low_half((uint64_t)value);
    if (count >= 32) return (long long)from_halves(low << (count - 32), 0);
    if (count == 0) return value;
    return (long long)from_halves(high << count | low >> (32 - count), low << count);
}

long long __lshrdi3(long long value, int count) {
    uint32_t high = high_half((uint64_t)value), low = low_half((uint64_t)value);
    if (count >= 32) return (long long)from_halves(0, high >> (count - 32));
    if (count == 0) return value;
    return (long long)from_halves(high >> count, low >> count | high << (32 - count));
}

long long __ashrdi3(long long value, int count) {
    int32_t high = (int32_t)high_half((uint64_t)value);
    uint32_t low = low_half((uint64_t)value);
    if (count >= 32) return (long long)from_halves((uint32_t)(high >> 31), (uint32_t)(high >> (count - 32)));
    if (count == 0) return value;
    return (long long)from_halves((uint32_t)(high >> count), low >> count | (uint32_t)high << (32 - count));
}

long long __negdi2(long long value) {
    uint32_t low = 0 - low_half((uint64_t)value);
    return (long long)from_halves(0 - high_half((uint64_t)value) - (low != 0), low);
}

/* 0, 1, 2 for less, equal, greater. */
int __cmpdi2(long long a, long long b) {
    int32_t a_high = (int32_t)high_half((uint64_t)a), b_high = (int32_t)high_half((uint64_t)b);
    uint32_t a_low = low_half((uint64_t)a), b_low = low_half((uint64_t)b);
    if (a_high != b_high) return a_high < b_high ? 0 : 2;
    return a_low == b_low ? 1 : a_low < b_low ? 0 : 2;
}

int __ucmpdi2(unsigned long long a, unsigned long long b) {
    if (high_half(a) != high_half(b)) return high_half(a) < high_half(b) ? 0 : 2;
    return low_half(a) == low_half(b) ? 1 : low_half(a) < low_half(b) ? 0 : 2;
}

int __clzsi2(unsigned value) {
    return __clz32(value);
}

int __ctzsi2(unsigned value) {
    return 31 - __clz32(value & (0 - value));
}

int __ffssi2(unsigned value) {
    return 32 - __clz32(value & (0 - value));
}

int __popcountsi2(unsigned value) {
    value -= value >> 1 & 0x55555555u;
    value = (value & 0x33333333u) + (value >> 2 & 0x33333333u);
    value = (value + (value >> 4)) & 0x0f0f0f0fu;
    value += value >> 8;
    return (int)((value + (value >> 16)) & 63);
}

int __paritysi2(unsigned value) {
    return __popcountsi2(value) & 1;
}

unsigned __bswapsi2(unsigned value) {
    return value << 24 | (value & 0xff00u) << 8 | (value >> 8 & 0xff00u) | value >> 24;
}

int __clzdi2(unsigned long long value) {
    return high_half(value) ? __clz32(high_half(value)) : 32 + __clz32(low_half(value));
}

int __ctzdi2(unsigned long long value) {
    return low_half(value) ? __ctzsi2(low_half(value)) : 32 + __ctzsi2(high_half(value));
}

int __ffsdi2(unsigned long long value) {
    return value == 0 ? 0 : __ctzdi2(value) + 1;
}

int __popcountdi2(unsigned long long value) {
    return __popcountsi2(high_half(value)) + __popcountsi2(low_half(value));
}

int __paritydi2(unsigned long long value) {
    return __paritysi2(high_half(value) ^ low_half(value));
}

unsigned long long __bswapdi2(unsigned long long value) {
    return from_halves(__bswapsi2(low_half(value)), __bswapsi2(high_half(value)));
}
