#ifndef SERVERS_LIB_FORMAT_H
#define SERVERS_LIB_FORMAT_H
#include <stdarg.h>

/* Formats into a sink, one character at a time: %u %d %x (32 bits), %s, %c, %%. No other conversions, no widths. */
void format_text(void (*put)(char c), const char *format, va_list arguments);

#endif
