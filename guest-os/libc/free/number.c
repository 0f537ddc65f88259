#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

struct scanned {
    unsigned long long magnitude;
    bool negative;
    bool overflow;
};

static unsigned digit_value(int c) {
    if (isdigit(c)) return (unsigned)c - '0';
    if (isalpha(c)) return ((unsigned)c | 32) - 'a' + 10;
    return 99;
}

/* Space, sign, prefix and digits of a number up to limit. A number without a digit ends where the text begins. */
static struct scanned scan(const char *text, char **end, int base, unsigned long long limit) {
    struct scanned result = {0, false, false};
    const char *p = text;
    if (end != NULL) *end = (char *)text;
    if (base < 0 || base == 1 || base > 36) {
        errno = EINVAL;
        return result;
    }
    while (isspace((unsigned char)*p)) p++;
    if (*p == '-' || *p == '+') result.negative = *p++ == '-';
    if ((base == 0 || base == 16) && p[0] == '0' && (p[1] | 32) == 'x' && isxdigit((unsigned char)p[2])) {
        p += 2;
        base = 16;
    } else if (base == 0) {
        base = *p == '0' ? 8 : 10;
    }
    const char *first = p;
    unsigned value;
    unsigned long low = 0;
    /* As long as a product with 36 fits 32 bits, the cheap arithmetic does. */
    for (; low < 0x7000000 && (value = digit_value((unsigned char)*p)) < (unsigned)base; p++)
        low = low * (unsigned)base + value;
    unsigned long long magnitude = low;
    unsigned long long most = 0;
    for (; (value = digit_value((unsigned char)*p)) < (unsigned)base; p++) {
        if (most == 0) most = limit / (unsigned)base;
        if (magnitude > most || magnitude * (unsigned)base > limit - value) result.overflow = true;
        if (!result.overflow) magnitude = magnitude * (unsigned)base + value;
    }
    result.magnitude = magnitude;
    if (end != NULL && p != first) *end = (char *)p;
    return result;
}

static long long signed_number(const char *text, char **end, int base, long long most) {
    struct scanned s = scan(text, end, base, (unsigned long long)most + 1);
    if (s.overflow || (!s.negative && s.magnitude > (unsigned long long)most)) {
        errno = ERANGE;
        return s.negative ? -most - 1 : most;
    }
    return (long long)(s.negative ? 0 - s.magnitude : s.magnitude);
}

static unsigned long long unsigned_number(const char *text, char **end, int base, unsigned long long most) {
    struct scanned s = scan(text, end, base, most);
    if (s.overflow || s.magnitude > most) {
        errno = ERANGE;
        return most;
    }
    return s.negative ? 0 - s.magnitude : s.magnitude;
}

long strtol(const char *restrict text, char **restrict end, int base) {
    return (long)signed_number(text, end, base, LONG_MAX);
}

long long strtoll(const char *restrict text, char **restrict end, int base) {
    return signed_number(text, end, base, LLONG_MAX);
}

unsigned long strtoul(const char *restrict text, char **restrict end, int base) {
    return (unsigned long)unsigned_number(text, end, base, ULONG_MAX);
}

unsigned long long strtoull(const char *restrict text, char **restrict end, int base) {
    return unsigned_number(text, end, base, ULLONG_MAX);
}

intmax_t strtoimax(const char *restrict text, char **restrict end, int base) {
    return strtoll(text, end, base);
}

uintmax_t strtoumax(const char *restrict text, char **restrict end, int base) {
    return strtoull(text, end, base);
}

int atoi(const char *text) {
    return (int)strtol(text, NULL, 10);
}

long atol(const char *text) {
    return strtol(text, NULL, 10);
}

long long atoll(const char *text) {
    return strtoll(text, NULL, 10);
}

int abs(int number) {
    return number < 0 ? -number : number;
}

long labs(long number) {
    return number < 0 ? -number : number;
}

long long llabs(long long number) {
    return number < 0 ? -number : number;
}

div_t div(int numerator, int denominator) {
    div_t result = {numerator / denominator, numerator % denominator};
    return result;
}

ldiv_t ldiv(long numerator, long denominator) {
    ldiv_t result = {numerator / denominator, numerator % denominator};
    return result;
}

lldiv_t lldiv(long long numerator, long long denominator) {
    lldiv_t result = {numerator / denominator, numerator % denominator};
    return result;
}
