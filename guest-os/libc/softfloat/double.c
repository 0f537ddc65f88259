#include "parts.h"

double __adddf3(double a, double b);
double __subdf3(double a, double b);
double __muldf3(double a, double b);
double __divdf3(double a, double b);
double __negdf2(double a);

uint64_t __round64(uint64_t sign, int exponent, uint64_t significand) {
    if (exponent <= 0) {
        significand = shift_sticky64(significand, 1 - exponent);
        exponent = 1;
    } else if (exponent >= 2047) {
        return sign | F64_INF;
    }
    uint32_t below = low_half(significand) & 0x3ff;
    significand += 0x200;
    uint32_t high = high_half(significand), low = low_half(significand);
    low = low >> 10 | high << 22;
    high >>= 10;
    if (below == 0x200) low &= ~1u;
    return sign + from_halves(((uint32_t)(exponent - 1) << 20) + high, low);
}

/* A significand moved from bit 52 to bit 62. */
static inline uint64_t lifted(uint64_t significand) {
    return from_halves(high_half(significand) << 10 | low_half(significand) >> 22, low_half(significand) << 10);
}

static uint64_t add_magnitudes(uint64_t sign, uint64_t a, uint64_t b) {
    uint64_t a_significand, b_significand;
    if (a < b) {
        uint64_t swapped = a;
        a = b;
        b = swapped;
    }
    if (a == F64_INF || b == 0) return sign | a;
    int exponent = unpack64(a, &a_significand);
    int difference = exponent - unpack64(b, &b_significand);
    uint64_t sum = lifted(a_significand) + shift_sticky64(lifted(b_significand), difference);
    if (high_half(sum) & 0x80000000u) {
        sum = shift_sticky64(sum, 1);
        exponent++;
    }
    return __round64(sign, exponent, sum);
}

static uint64_t subtract_magnitudes(uint64_t sign, uint64_t a, uint64_t b) {
    uint64_t a_significand, b_significand;
    if (a == b) return a == F64_INF ? F64_INF | F64_QUIET : 0;
    if (a < b) {
        uint64_t swapped = a;
        a = b;
        b = swapped;
        sign ^= F64_SIGN;
    }
    if (a == F64_INF || b == 0) return sign | a;
    int exponent = unpack64(a, &a_significand);
    int difference = exponent - unpack64(b, &b_significand);
    return normal_round64(sign, exponent, lifted(a_significand) - shift_sticky64(lifted(b_significand), difference));
}

static uint64_t add(uint64_t a, uint64_t b) {
    if (is_nan64(a) || is_nan64(b)) return propagate64(a, b);
    uint64_t sign = a & F64_SIGN;
    if (((a ^ b) & F64_SIGN) == 0) return add_magnitudes(sign, a & ~F64_SIGN, b & ~F64_SIGN);
    return subtract_magnitudes(sign, a & ~F64_SIGN, b & ~F64_SIGN);
}

double __adddf3(double a, double b) {
    double_bits x = {a}, y = {b};
    x.bits = add(x.bits, y.bits);
    return x.value;
}

double __subdf3(double a, double b) {
    double_bits x = {a}, y = {b};
    if (!is_nan64(y.bits)) y.bits ^= F64_SIGN;
    x.bits = add(x.bits, y.bits);
    return x.value;
}

double __negdf2(double a) {
    double_bits x = {a};
    x.bits ^= F64_SIGN;
    return x.value;
}

/* The top 64 bits of the product, with a sticky bit for the rest. */
static uint64_t multiply_high(uint64_t a, uint64_t b) {
    uint64_t low = __mul32(low_half(a), low_half(b));
    uint64_t cross1 = __mul32(high_half(a), low_half(b));
    uint64_t cross2 = __mul32(low_half(a), high_half(b));
    uint64_t middle = (uint64_t)high_half(low) + low_half(cross1) + low_half(cross2);
    uint64_t high = __mul32(high_half(a), high_half(b));
    high += (uint64_t)high_half(cross1) + high_half(cross2) + high_half(middle);
    return high | ((low_half(middle) | low_half(low)) != 0);
}

static uint64_t multiply(uint64_t a, uint64_t b) {
    uint64_t sign = (a ^ b) & F64_SIGN, a_significand, b_significand;
    if (is_nan64(a) || is_nan64(b)) return propagate64(a, b);
    a &= ~F64_SIGN;
    b &= ~F64_SIGN;
    if (a == F64_INF || b == F64_INF) return a == 0 || b == 0 ? F64_INF | F64_QUIET : sign | F64_INF;
    if (a == 0 || b == 0) return sign;
    int exponent = unpack64(a, &a_significand) + unpack64(b, &b_significand) - 1023;
    uint64_t top = multiply_high(lifted(a_significand), shift_left64(b_significand, 11));
    if (high_half(top) & 0x40000000u) return __round64(sign, exponent + 1, top);
    return __round64(sign, exponent, top + top);
}

double __muldf3(double a, double b) {
    double_bits x = {a}, y = {b};
    x.bits = multiply(x.bits, y.bits);
    return x.value;
}

/* The next 32 bits of rest / divisor for rest < divisor and a divisor with bit 63 set; *rest gets what is left. */
static uint32_t quotient_word(uint64_t *rest, uint64_t divisor) {
    uint32_t digit, high = high_half(divisor), left;
    uint64_t estimate_left;
    if (high_half(*rest) >= high) {
        digit = 0xffffffffu;
        estimate_left = *rest - __mul32(digit, high);
    } else {
        digit = __div64(high_half(*rest), low_half(*rest), high, &left);
        estimate_left = left;
    }
    uint64_t product = __mul32(digit, low_half(divisor));
    while (high_half(estimate_left) == 0 && product > from_halves(low_half(estimate_left), 0)) {
        digit--;
        product -= low_half(divisor);
        estimate_left += high;
    }
    *rest = from_halves(low_half(estimate_left), 0) - product;
    return digit;
}

static uint64_t divide(uint64_t a, uint64_t b) {
    uint64_t sign = (a ^ b) & F64_SIGN, a_significand, b_significand;
    if (is_nan64(a) || is_nan64(b)) return propagate64(a, b);
    a &= ~F64_SIGN;
    b &= ~F64_SIGN;
    if (a == F64_INF) return b == F64_INF ? F64_INF | F64_QUIET : sign | F64_INF;
    if (b == F64_INF) return sign;
    if (b == 0) return a == 0 ? F64_INF | F64_QUIET : sign | F64_INF;
    if (a == 0) return sign;
    int exponent = unpack64(a, &a_significand) - unpack64(b, &b_significand) + 1023;
    uint64_t rest = lifted(a_significand), divisor = shift_left64(b_significand, 11);
    uint32_t first = quotient_word(&rest, divisor);
    uint32_t second = quotient_word(&rest, divisor);
    uint64_t quotient = from_halves(first, second);
    if (first & 0x80000000u) return __round64(sign, exponent, shift_sticky64(quotient, 1) | (rest != 0));
    return __round64(sign, exponent - 1, quotient | (rest != 0));
}

double __divdf3(double a, double b) {
    double_bits x = {a}, y = {b};
    x.bits = divide(x.bits, y.bits);
    return x.value;
}
