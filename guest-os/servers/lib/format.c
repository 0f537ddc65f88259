#include "format.h"

#include <stdint.h>

static void put_number(void (*put)(char c), uint32_t value, uint32_t base)
{
    char digits[10];
    int n = 0;

    do {
        digits[n++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value);
    while (n > 0)
        put(digits[--n]);
}

static void put_signed(void (*put)(char c), int32_t value)
{
    if (value < 0) {
        put('-');
        put_number(put, -(uint32_t)value, 10);
    } else {
        put_number(put, (uint32_t)value, 10);
    }
}

void format_text(void (*put)(char c), const char *format, va_list arguments)
{
    for (; *format; format++) {
        if (*format != '%') {
            put(*format);
            continue;
        }
        switch (*++format) {
        case 'u':
            put_number(put, va_arg(arguments, uint32_t), 10);
            break;
        case 'x':
            put_number(put, va_arg(arguments, uint32_t), 16);
            break;
        case 'd':
            put_signed(put, va_arg(arguments, int32_t));
            break;
        case 'c':
            put((char)va_arg(arguments, int));
            break;
        case 's':
            for (const char *s = va_arg(arguments, const char *); *s; s++)
                put(*s);
            break;
        case 0:
            return;
        default:
            put(*format);
        }
    }
}
