#include "../softfloat/parts.h"
#include "decimal.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

/* An exponent that is certain to overflow or underflow, however long the digits are. */
enum { HUGE_EXPONENT = 100000 };

/* A decimal or hexadecimal exponent behind *text; an 'e' without digits is not one. */
static int read_exponent(const char **text, int letter) {
    const char *p = *text;
    if ((*p | 32) != letter) return 0;
    p++;
    int negative = *p == '-', exponent = 0;
    if (*p == '-' || *p == '+') p++;
    if (!isdigit((unsigned char)*p)) return 0;
    for (; isdigit((unsigned char)*p); p++)
        if (exponent < HUGE_EXPONENT) exponent = exponent * 10 + (*p - '0');
    *text = p;
    return negative ? -exponent : exponent;
}

static uint64_t read_decimal(const char **text, bool single, bool *exact_zero) {
    struct decimal d;
    const char *p = *text;
    bool sticky = false, behind = false, any = false;
    d.count = 0;
    d.point = 0;
    for (;; p++) {
        if (*p == '.' && !behind) {
            behind = true;
            continue;
        }
        if (!isdigit((unsigned char)*p)) break;
        any = true;
        if (d.count == 0 && *p == '0') {
            if (behind && d.point > -HUGE_EXPONENT) d.point--;
            continue;
        }
        if (!behind && d.point < HUGE_EXPONENT) d.point++;
        if (d.count < DECIMAL_DIGITS - 1) d.digit[d.count++] = *p;
        else sticky |= *p != '0';
    }
    if (!any) return 0;
    *exact_zero = d.count == 0;
    d.point += read_exponent(&p, 'e');
    *text = p;
    return __bits_of_decimal(&d, sticky, single);
}

static uint64_t read_hexadecimal(const char **text, bool single, bool *exact_zero) {
    const char *p = *text;
    uint64_t significand = 0;
    bool behind = false;
    int exponent = 0;
    for (;; p++) {
        if (*p == '.' && !behind) {
            behind = true;
            continue;
        }
        if (!isxdigit((unsigned char)*p)) break;
        unsigned digit = isdigit((unsigned char)*p) ? (unsigned)*p - '0' : ((unsigned)*p | 32) - 'a' + 10;
        if (high_half(significand) < 0x04000000u) {
            significand = significand * 16 + digit;
            exponent -= behind ? 4 : 0;
        } else {
            significand |= digit != 0;
            exponent += behind || exponent > HUGE_EXPONENT ? 0 : 4;
        }
    }
    exponent += read_exponent(&p, 'p');
    *text = p;
    *exact_zero = significand == 0;
    if (significand == 0) return 0;
    if (!single) return normal_round64(0, exponent + 1023 + 62, significand);
    int shift = clz64(significand) - 1;
    uint32_t top = low_half(shift_sticky64(shift_left64(significand, shift), 32));
    return __round32(0, exponent - shift + 127 + 62, top);
}

static bool named(const char **text, const char *name, size_t size) {
    if (strncasecmp(*text, name, size) != 0) return false;
    *text += size;
    return true;
}

/* The bits of the number that text begins with, its sign in bit 63. */
static uint64_t read_number(const char *text, char **end, bool single) {
    const char *p = text;
    uint64_t bits;
    bool exact_zero = true;
    while (isspace((unsigned char)*p)) p++;
    bool negative = *p == '-';
    if (*p == '-' || *p == '+') p++;
    const char *first = p;
    if (named(&p, "infinity", 8) || named(&p, "inf", 3)) {
        bits = single ? F32_INF : F64_INF;
    } else if (named(&p, "nan", 3)) {
        bits = single ? F32_INF | F32_QUIET : F64_INF | F64_QUIET;
    } else {
        const char *q = p + 2;
        bool hexadecimal = p[0] == '0' && (p[1] | 32) == 'x' &&
                           (isxdigit((unsigned char)*q) || (*q == '.' && isxdigit((unsigned char)q[1])));
        if (hexadecimal) p = q;
        bits = hexadecimal ? read_hexadecimal(&p, single, &exact_zero) : read_decimal(&p, single, &exact_zero);
        uint64_t least_normal = single ? 0x00800000u : 0x0010000000000000ull;
        if (!exact_zero && (bits < least_normal || bits == (single ? F32_INF : F64_INF))) errno = ERANGE;
    }
    if (end != NULL) *end = (char *)(p == first ? text : p);
    return negative ? bits | F64_SIGN : bits;
}

double strtod(const char *restrict text, char **restrict end) {
    double_bits result = {.bits = read_number(text, end, false)};
    return result.value;
}

float strtof(const char *restrict text, char **restrict end) {
    uint64_t bits = read_number(text, end, true);
    float_bits result = {.bits = low_half(bits) | (high_half(bits) & F32_SIGN)};
    return result.value;
}

double atof(const char *text) {
    return strtod(text, NULL);
}
