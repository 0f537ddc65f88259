/* Text on the diagnostic line, and the end. */
#include <stdarg.h>
#include "kernel.h"

static void put(char c) { REG8(HW_DIAG) = c; }

static void put_number(uint32_t n, uint32_t base)
{
    char digits[10];
    int i = 0;

    do
        digits[i++] = "0123456789abcdef"[n % base];
    while (n /= base);
    while (i)
        put(digits[--i]);
}

void print(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    for (; *format; format++) {
        if (*format != '%') {
            put(*format);
            continue;
        }
        switch (*++format) {
        case 'd': {
            int32_t n = va_arg(list, int32_t);
            if (n < 0)
                put('-');
            put_number(n < 0 ? -(uint32_t)n : (uint32_t)n, 10);
            break;
        }
        case 'u': put_number(va_arg(list, uint32_t), 10); break;
        case 'x': put_number(va_arg(list, uint32_t), 16); break;
        case 'c': put(va_arg(list, int)); break;
        case 's':
            for (const char *s = va_arg(list, const char *); *s; s++)
                put(*s);
            break;
        default: put(*format);
        }
    }
    va_end(list);
}

void panic(const char *what, const char *file, int line)
{
    print("board %u: kernel panic: %s (%s:%d), process %d\n", my_slot, what, file, line, current ? current->pid : 0);
    REG16(HW_CONTROL) = 0;      /* off the bus: the others see it */
    for (;;)
        __asm__ volatile("stop #0x2700");
}
