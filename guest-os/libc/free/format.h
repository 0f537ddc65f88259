#ifndef FREE_FORMAT_H
#define FREE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* Where formatted text goes. put takes size bytes; what it cannot take it drops, and remembers that itself. */
struct sink {
    void (*put)(struct sink *sink, const char *text, size_t size);
};

/* The work of the printf family: the number of bytes that the format makes, or -1 with EOVERFLOW. Conversions
 * d i u x X o c s p n % e E f F g G a A, flags "-+ #0", width, precision, lengths hh h l ll j z t. */
int __format(struct sink *sink, const char *format, va_list arguments);

/* One conversion, parsed. */
struct conversion {
    unsigned char minus, plus, space, alternate, zero;
    char letter;
    char length; /* 0, 'h', 'H' for hh, 'l', 'L' for ll */
    int width;
    int precision; /* -1: not given */
    int total;     /* bytes given so far by the whole format */
    struct sink *sink;
};

void __format_float(struct conversion *c, double value);
/* Sign or prefix, then zeros, then body, padded to the width. */
void __format_padded(struct conversion *c, const char *prefix, size_t prefix_size, int zeros, const char *body,
                     size_t body_size);
void __format_put(struct conversion *c, const char *text, size_t size);
void __format_repeat(struct conversion *c, char character, int count);

#endif
