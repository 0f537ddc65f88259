#include "../softfloat/parts.h"
#include "decimal.h"
#include "format.h"

#include <string.h>

/* The parts of a formatted number in their order: prefix (sign, 0x), leading digits, zeros, fraction, zeros, exponent.
 * A precision may be far greater than the number of digits, so zeros are counted and never stored. */
struct layout {
    char prefix[3];
    int prefix_size;
    const char *whole;
    int whole_digits, whole_zeros;
    int point;
    int leading_zeros;
    const char *fraction;
    int fraction_digits, fraction_zeros;
    char exponent[8];
    int exponent_size;
};

static void put_layout(struct conversion *c, const struct layout *l) {
    int size = l->prefix_size + l->whole_digits + l->whole_zeros + l->point + l->leading_zeros + l->fraction_digits +
               l->fraction_zeros + l->exponent_size;
    int padding = c->width > size ? c->width - size : 0;
    if (!c->minus && !c->zero) __format_repeat(c, ' ', padding);
    __format_put(c, l->prefix, (size_t)l->prefix_size);
    if (!c->minus && c->zero) __format_repeat(c, '0', padding);
    __format_put(c, l->whole, (size_t)l->whole_digits);
    __format_repeat(c, '0', l->whole_zeros);
    __format_put(c, ".", (size_t)l->point);
    __format_repeat(c, '0', l->leading_zeros);
    __format_put(c, l->fraction, (size_t)l->fraction_digits);
    __format_repeat(c, '0', l->fraction_zeros);
    __format_put(c, l->exponent, (size_t)l->exponent_size);
    if (c->minus) __format_repeat(c, ' ', padding);
}

/* `letter`, a sign and at least `least` digits. */
static void set_exponent(struct layout *l, char letter, int exponent, int least) {
    char *p = l->exponent, digits[4];
    int n = 0;
    unsigned value = exponent < 0 ? (unsigned)-exponent : (unsigned)exponent;
    *p++ = letter;
    *p++ = exponent < 0 ? '-' : '+';
    for (; value != 0 || n < least; value /= 10) digits[n++] = (char)('0' + value % 10);
    while (n > 0) *p++ = digits[--n];
    l->exponent_size = (int)(p - l->exponent);
}

static int smaller(int a, int b) {
    return a < b ? a : b;
}

/* d.ddde+xx with `precision` digits behind the point; trim leaves out zeros at the end. */
static void scientific(struct conversion *c, struct layout *l, const struct decimal *d, int precision, int trim) {
    l->whole = d->count != 0 ? d->digit : "0";
    l->whole_digits = 1;
    l->fraction = d->digit + 1;
    l->fraction_digits = d->count != 0 ? smaller(d->count - 1, precision) : 0;
    l->fraction_zeros = trim ? 0 : precision - l->fraction_digits;
    l->point = l->fraction_digits + l->fraction_zeros != 0 || c->alternate;
    set_exponent(l, c->letter & 32 ? 'e' : 'E', d->count != 0 ? d->point - 1 : 0, 2);
}

/* ddd.ddd with `precision` digits behind the point. */
static void positional(struct conversion *c, struct layout *l, const struct decimal *d, int precision, int trim) {
    if (d->point > 0) {
        l->whole = d->digit;
        l->whole_digits = smaller(d->count, d->point);
        l->whole_zeros = d->point - l->whole_digits;
    } else {
        l->whole = "0";
        l->whole_digits = 1;
        l->leading_zeros = d->count != 0 ? smaller(-d->point, precision) : 0;
    }
    int from = d->point > 0 ? l->whole_digits : 0;
    l->fraction = d->digit + from;
    l->fraction_digits = smaller(d->count - from, precision - l->leading_zeros);
    l->fraction_zeros = trim ? 0 : precision - l->leading_zeros - l->fraction_digits;
    l->point = l->leading_zeros + l->fraction_digits + l->fraction_zeros != 0 || c->alternate;
}

/* 0x1.hhhp+d; digits holds the fraction. */
static void hexadecimal(struct conversion *c, struct layout *l, uint64_t bits, char digits[13]) {
    const char *names = c->letter == 'a' ? "0123456789abcdef" : "0123456789ABCDEF";
    uint64_t significand = 0;
    int exponent = 0, count = 13;
    if (bits != 0) exponent = unpack64(bits, &significand) - 1023;
    if (c->precision >= 0 && c->precision < 13) {
        int dropped = 4 * (13 - c->precision);
        uint64_t half = 1ull << (dropped - 1), below = significand & ((half << 1) - 1);
        significand -= below;
        if (below > half || (below == half && (significand >> dropped & 1))) significand += half << 1;
        count = c->precision;
    }
    digits[13] = 0;
    for (int i = 0; i < 13; i++) digits[i] = names[significand >> (48 - 4 * i) & 15];
    if (c->precision < 0)
        while (count > 0 && digits[count - 1] == '0') count--;
    l->prefix[l->prefix_size++] = '0';
    l->prefix[l->prefix_size++] = c->letter == 'a' ? 'x' : 'X';
    l->whole = &"012"[significand >> 52 & 3];
    l->whole_digits = 1;
    l->fraction = digits;
    l->fraction_digits = count;
    l->fraction_zeros = c->precision > 13 ? c->precision - 13 : 0;
    l->point = l->fraction_digits + l->fraction_zeros != 0 || c->alternate;
    set_exponent(l, c->letter == 'a' ? 'p' : 'P', exponent, 1);
}

static void general(struct conversion *c, struct layout *l, struct decimal *d, double value, int precision) {
    if (precision == 0) precision = 1;
    __decimal_of(d, value, precision, 0);
    int exponent = d->count != 0 ? d->point - 1 : 0, trim = !c->alternate;
    if (exponent < -4 || exponent >= precision) scientific(c, l, d, precision - 1, trim);
    else positional(c, l, d, precision - 1 - exponent, trim);
}

void __format_float(struct conversion *c, double value) {
    struct layout l = {.prefix_size = 0, .whole = "", .fraction = ""};
    struct decimal d;
    char hex[14];
    double_bits bits = {value};
    int precision = c->precision < 0 ? 6 : c->precision;
    if (high_half(bits.bits) & F32_SIGN) l.prefix[l.prefix_size++] = '-';
    else if (c->plus) l.prefix[l.prefix_size++] = '+';
    else if (c->space) l.prefix[l.prefix_size++] = ' ';
    bits.bits &= ~F64_SIGN;
    if (bits.bits >= F64_INF) {
        const char *names = c->letter & 32 ? "infnan" : "INFNAN";
        l.whole = names + (bits.bits > F64_INF ? 3 : 0);
        l.whole_digits = 3;
        c->zero = 0;
    } else if ((c->letter | 32) == 'a') {
        hexadecimal(c, &l, bits.bits, hex);
    } else if ((c->letter | 32) == 'g') {
        general(c, &l, &d, value, precision);
    } else if ((c->letter | 32) == 'e') {
        __decimal_of(&d, value, smaller(precision, DECIMAL_DIGITS) + 1, 0);
        scientific(c, &l, &d, precision, 0);
    } else {
        __decimal_of(&d, value, precision, 1);
        positional(c, &l, &d, precision, 0);
    }
    put_layout(c, &l);
}
