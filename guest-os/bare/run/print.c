#include "../../libc/free/format.h"

#include <bare.h>
#include <stdio.h>

static void put(struct sink *sink, const char *text, size_t size) {
    (void)sink;
    for (; size != 0; size--) bare_putc((unsigned char)*text++);
}

int vprintf(const char *restrict format, va_list arguments) {
    struct sink sink = {put};
    return __format(&sink, format, arguments);
}

int printf(const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vprintf(format, arguments);
    va_end(arguments);
    return count;
}

int putchar(int c) {
    bare_putc((unsigned char)c);
    return (unsigned char)c;
}

int puts(const char *text) {
    while (*text != 0) bare_putc((unsigned char)*text++);
    bare_putc('\n');
    return 0;
}
