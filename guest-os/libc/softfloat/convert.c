#include "parts.h"

double __extendsfdf2(float a);
float __truncdfsf2(double a);
float __floatsisf(int n);
float __floatunsisf(unsigned n);
float __floatdisf(long long n);
float __floatundisf(unsigned long long n);
double __floatsidf(int n);
double __floatunsidf(unsigned n);
double __floatdidf(long long n);
double __floatundidf(unsigned long long n);
int __fixsfsi(float a);
unsigned __fixunssfsi(float a);
long long __fixsfdi(float a);
unsigned long long __fixunssfdi(float a);
int __fixdfsi(double a);
unsigned __fixunsdfsi(double a);
long long __fixdfdi(double a);
unsigned long long __fixunsdfdi(double a);

double __extendsfdf2(float a) {
    float_bits x = {a};
    uint64_t sign = from_halves(x.bits & F32_SIGN, 0);
    uint32_t magnitude = x.bits & ~F32_SIGN, significand;
    double_bits result;
    if (magnitude == 0) {
        result.bits = sign;
    } else if (magnitude >= F32_INF) {
        uint32_t fraction = magnitude & F32_FRACTION;
        result.bits = sign | F64_INF | from_halves(fraction >> 3, fraction << 29);
        if (fraction) result.bits |= F64_QUIET;
    } else {
        int exponent = unpack32(magnitude, &significand) + 1023 - 127;
        result.bits = sign + from_halves(((uint32_t)(exponent - 1) << 20) + (significand >> 3), significand << 29);
    }
    return result.value;
}

float __truncdfsf2(double a) {
    double_bits x = {a};
    uint32_t sign = high_half(x.bits) & F32_SIGN;
    uint64_t magnitude = x.bits & ~F64_SIGN, significand;
    float_bits result;
    if (magnitude == 0) {
        result.bits = sign;
    } else if (magnitude > F64_INF) {
        result.bits = sign | F32_INF | F32_QUIET | (high_half(magnitude) << 3 & F32_FRACTION);
        result.bits |= low_half(magnitude) >> 29;
    } else if (magnitude == F64_INF) {
        result.bits = sign | F32_INF;
    } else {
        int exponent = unpack64(magnitude, &significand) - 1023 + 127;
        result.bits = __round32(sign, exponent, low_half(shift_sticky64(significand, 22)));
    }
    return result.value;
}

static float single_from(uint32_t sign, uint32_t n) {
    float_bits result = {.bits = 0};
    if (n != 0) result.bits = normal_round32(sign, 127 + 30, n);
    return result.value;
}

static float single_from_wide(uint32_t sign, uint64_t n) {
    if (high_half(n) == 0) return single_from(sign, low_half(n));
    int shift = __clz32(high_half(n));
    uint32_t top = low_half(shift_sticky64(shift_left64(n, shift), 33));
    float_bits result = {.bits = __round32(sign, 127 + 63 - shift, top)};
    return result.value;
}

static double double_from(uint64_t sign, uint64_t n) {
    double_bits result = {.bits = 0};
    if (n != 0) result.bits = normal_round64(sign, 1023 + 62, n);
    return result.value;
}

float __floatsisf(int n) {
    return n < 0 ? single_from(F32_SIGN, 0 - (uint32_t)n) : single_from(0, (uint32_t)n);
}

float __floatunsisf(unsigned n) {
    return single_from(0, n);
}

float __floatdisf(long long n) {
    return n < 0 ? single_from_wide(F32_SIGN, 0 - (uint64_t)n) : single_from_wide(0, (uint64_t)n);
}

float __floatundisf(unsigned long long n) {
    return single_from_wide(0, n);
}

double __floatsidf(int n) {
    return n < 0 ? double_from(F64_SIGN, 0 - (uint32_t)n) : double_from(0, (uint32_t)n);
}

double __floatunsidf(unsigned n) {
    return double_from(0, n);
}

double __floatdidf(long long n) {
    return n < 0 ? double_from(F64_SIGN, 0 - (uint64_t)n) : double_from(0, (uint64_t)n);
}

double __floatundidf(unsigned long long n) {
    return double_from(0, n);
}

/* The integer part of a magnitude, cut off towards zero; what does not fit gives limit, as a 68881 saturates. */
static uint64_t integer_part(uint64_t magnitude, int bits_allowed, uint64_t limit) {
    int exponent = (int)(high_half(magnitude) >> 20) - 1023;
    if (exponent < 0) return 0;
    if (exponent >= bits_allowed) return limit;
    uint64_t significand = (magnitude & F64_FRACTION) | 0x0010000000000000ull;
    if (exponent >= 52) return shift_left64(significand, exponent - 52);
    int count = 52 - exponent;
    uint32_t high = high_half(significand), low = low_half(significand);
    if (count >= 32) return high >> (count - 32);
    return from_halves(high >> count, low >> count | high << (32 - count));
}

int __fixdfsi(double a) {
    double_bits x = {a};
    uint64_t magnitude = x.bits & ~F64_SIGN;
    int negative = (int32_t)high_half(x.bits) < 0;
    if (magnitude > F64_INF) return 0;
    uint32_t whole = low_half(integer_part(magnitude, 31, negative ? 0x80000000u : 0x7fffffffu));
    return (int)(negative ? 0 - whole : whole);
}

unsigned __fixunsdfsi(double a) {
    double_bits x = {a};
    if ((int32_t)high_half(x.bits) < 0 || is_nan64(x.bits)) return 0;
    return low_half(integer_part(x.bits, 32, 0xffffffffu));
}

long long __fixdfdi(double a) {
    double_bits x = {a};
    uint64_t magnitude = x.bits & ~F64_SIGN;
    int negative = (int32_t)high_half(x.bits) < 0;
    if (magnitude > F64_INF) return 0;
    uint64_t whole = integer_part(magnitude, 63, negative ? F64_SIGN : ~F64_SIGN);
    return (long long)(negative ? 0 - whole : whole);
}

unsigned long long __fixunsdfdi(double a) {
    double_bits x = {a};
    if ((int32_t)high_half(x.bits) < 0 || is_nan64(x.bits)) return 0;
    return integer_part(x.bits, 64, ~0ull);
}

int __fixsfsi(float a) {
    return __fixdfsi(__extendsfdf2(a));
}

unsigned __fixunssfsi(float a) {
    return __fixunsdfsi(__extendsfdf2(a));
}

long long __fixsfdi(float a) {
    return __fixdfdi(__extendsfdf2(a));
}

unsigned long long __fixunssfdi(float a) {
    return __fixunsdfdi(__extendsfdf2(a));
}
