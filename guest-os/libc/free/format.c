#include "format.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

void __format_put(struct conversion *c, const char *text, size_t size) {
    if (size > (size_t)(INT_MAX - c->total)) size = 0, c->total = INT_MAX;
    c->total += (int)size;
    if (size != 0) c->sink->put(c->sink, text, size);
}

void __format_repeat(struct conversion *c, char character, int count) {
    char block[32];
    if (count <= 0) return;
    memset(block, character, sizeof block);
    for (; count > (int)sizeof block; count -= (int)sizeof block) __format_put(c, block, sizeof block);
    __format_put(c, block, (size_t)count);
}

void __format_padded(struct conversion *c, const char *prefix, size_t prefix_size, int zeros, const char *body,
                     size_t body_size) {
    int size = (int)prefix_size + zeros + (int)body_size;
    int padding = c->width > size ? c->width - size : 0;
    if (!c->minus) __format_repeat(c, ' ', padding);
    __format_put(c, prefix, prefix_size);
    __format_repeat(c, '0', zeros);
    __format_put(c, body, body_size);
    if (c->minus) __format_repeat(c, ' ', padding);
}

static long long signed_argument(struct conversion *c, va_list *arguments) {
    switch (c->length) {
    case 'L': return va_arg(*arguments, long long);
    case 'l': return va_arg(*arguments, long);
    case 'h': return (short)va_arg(*arguments, int);
    case 'H': return (signed char)va_arg(*arguments, int);
    default: return va_arg(*arguments, int);
    }
}

static unsigned long long unsigned_argument(struct conversion *c, va_list *arguments) {
    switch (c->length) {
    case 'L': return va_arg(*arguments, unsigned long long);
    case 'l': return va_arg(*arguments, unsigned long);
    case 'h': return (unsigned short)va_arg(*arguments, unsigned);
    case 'H': return (unsigned char)va_arg(*arguments, unsigned);
    default: return va_arg(*arguments, unsigned);
    }
}

/* Digits before end, the last one first; returns the first one's place. */
static char *digits_before(char *end, unsigned long long number, unsigned base, int upper) {
    const char *names = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    if (base == 16 || base == 8) {
        unsigned shift = base == 16 ? 4 : 3;
        for (; number > UINT32_MAX; number >>= shift) *--end = names[number & (base - 1)];
        for (uint32_t low = (uint32_t)number; low != 0; low >>= shift) *--end = names[low & (base - 1)];
        return end;
    }
    for (; number > UINT32_MAX; number /= 10) *--end = names[number % 10];
    uint32_t low = (uint32_t)number;
    while (low > 0xffff) {
        uint32_t quotient = low / 10;
        *--end = (char)('0' + (low - quotient * 10));
        low = quotient;
    }
    /* A 16-bit operand takes one division instruction of the processor. */
    for (uint16_t small = (uint16_t)low; small != 0; small /= 10) *--end = (char)('0' + small % 10);
    return end;
}

static void format_integer(struct conversion *c, va_list *arguments) {
    char buffer[24], prefix[2], *end = buffer + sizeof buffer, *first;
    size_t prefix_size = 0;
    unsigned long long number;
    unsigned base = 10;
    if (c->letter == 'd' || c->letter == 'i') {
        long long value = signed_argument(c, arguments);
        number = value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;
        if (value < 0) prefix[prefix_size++] = '-';
        else if (c->plus) prefix[prefix_size++] = '+';
        else if (c->space) prefix[prefix_size++] = ' ';
    } else {
        number = unsigned_argument(c, arguments);
        if (c->letter == 'o') base = 8;
        if ((c->letter | 32) == 'x') base = 16;
    }
    first = digits_before(end, number, base, c->letter == 'X');
    if (base == 16 && c->alternate && number != 0) {
        prefix[prefix_size++] = '0';
        prefix[prefix_size++] = c->letter;
    }
    int digits = (int)(end - first), wanted = c->precision < 0 ? 1 : c->precision;
    if (base == 8 && c->alternate && wanted <= digits) wanted = digits + 1;
    if (c->precision < 0 && c->zero && !c->minus && c->width - (int)prefix_size > wanted)
        wanted = c->width - (int)prefix_size;
    __format_padded(c, prefix, prefix_size, wanted > digits ? wanted - digits : 0, first, (size_t)digits);
}

static void store_count(struct conversion *c, va_list *arguments) {
    switch (c->length) {
    case 'L': *va_arg(*arguments, long long *) = c->total; return;
    case 'l': *va_arg(*arguments, long *) = c->total; return;
    case 'h': *va_arg(*arguments, short *) = (short)c->total; return;
    case 'H': *va_arg(*arguments, signed char *) = (signed char)c->total; return;
    default: *va_arg(*arguments, int *) = c->total; return;
    }
}

/* Flags, width, precision, length and letter behind a '%'; returns where the text goes on. */
static const char *parse(struct conversion *c, const char *p, va_list *arguments) {
    c->minus = c->plus = c->space = c->alternate = c->zero = 0;
    c->length = 0;
    for (;; p++) {
        if (*p == '-') c->minus = 1;
        else if (*p == '+') c->plus = 1;
        else if (*p == ' ') c->space = 1;
        else if (*p == '#') c->alternate = 1;
        else if (*p == '0') c->zero = 1;
        else break;
    }
    c->width = 0;
    c->precision = -1;
    if (*p == '*') {
        c->width = va_arg(*arguments, int);
        p++;
        if (c->width < 0) {
            c->minus = 1;
            c->width = c->width == INT_MIN ? INT_MAX : -c->width;
        }
    }
    for (; isdigit((unsigned char)*p); p++)
        c->width = c->width > INT_MAX / 10 - 1 ? INT_MAX / 2 : c->width * 10 + (*p - '0');
    if (*p == '.') {
        p++;
        c->precision = 0;
        if (*p == '*') {
            c->precision = va_arg(*arguments, int);
            if (c->precision < 0) c->precision = -1;
            p++;
        }
        for (; isdigit((unsigned char)*p); p++)
            c->precision = c->precision > INT_MAX / 10 - 1 ? INT_MAX / 2 : c->precision * 10 + (*p - '0');
    }
    if (*p == 'h') {
        c->length = 'h';
        if (*++p == 'h') c->length = 'H', p++;
    } else if (*p == 'l') {
        c->length = 'l';
        if (*++p == 'l') c->length = 'L', p++;
    } else if (*p == 'z' || *p == 't') {
        c->length = 'l';
        p++;
    } else if (*p == 'j') {
        c->length = 'L';
        p++;
    }
    c->letter = *p;
    return *p != 0 ? p + 1 : p;
}

static void format_text(struct conversion *c, const char *text) {
    if (text == NULL) text = "(null)";
    size_t size = c->precision < 0 ? strlen(text) : strnlen(text, (size_t)c->precision);
    __format_padded(c, "", 0, 0, text, size);
}

static void format_pointer(struct conversion *c, const void *pointer) {
    char buffer[24], *end = buffer + sizeof buffer, *first = digits_before(end, (uintptr_t)pointer, 16, 0);
    __format_padded(c, "0x", 2, first == end, first, (size_t)(end - first));
}

static void convert(struct conversion *c, va_list *arguments) {
    char character;
    switch (c->letter) {
    case 'd': case 'i': case 'u': case 'x': case 'X': case 'o':
        format_integer(c, arguments);
        return;
    case 'c':
        character = (char)va_arg(*arguments, int);
        __format_padded(c, "", 0, 0, &character, 1);
        return;
    case 's':
        format_text(c, va_arg(*arguments, const char *));
        return;
    case 'p':
        format_pointer(c, va_arg(*arguments, void *));
        return;
    case 'n':
        store_count(c, arguments);
        return;
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'a': case 'A':
        __format_float(c, va_arg(*arguments, double));
        return;
    case '%':
        __format_put(c, "%", 1);
        return;
    default:
        /* An unknown conversion is printed as it stands; a format that ends in one ends there. */
        __format_put(c, "%", 1);
        if (c->letter != 0) __format_put(c, &c->letter, 1);
    }
}

int __format(struct sink *sink, const char *format, va_list arguments) {
    struct conversion c = {.sink = sink};
    va_list rest;
    va_copy(rest, arguments);
    while (*format != 0) {
        const char *percent = strchrnul(format, '%');
        if (percent != format) {
            __format_put(&c, format, (size_t)(percent - format));
            format = percent;
            continue;
        }
        format = parse(&c, format + 1, &rest);
        convert(&c, &rest);
    }
    va_end(rest);
    if (c.total == INT_MAX) {
        errno = EOVERFLOW;
        return -1;
    }
    return c.total;
}
