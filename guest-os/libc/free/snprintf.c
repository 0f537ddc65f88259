#include "format.h"

#include <stdio.h>
#include <string.h>

struct text_sink {
    struct sink sink;
    char *next;
    size_t room;
};

static void put_text(struct sink *sink, const char *text, size_t size) {
    struct text_sink *t = (struct text_sink *)sink;
    if (size > t->room) size = t->room;
    if (size == 0) return;
    memcpy(t->next, text, size);
    t->next += size;
    t->room -= size;
}

int vsnprintf(char *restrict buffer, size_t size, const char *restrict format, va_list arguments) {
    struct text_sink t = {{put_text}, buffer, size != 0 ? size - 1 : 0};
    int count = __format(&t.sink, format, arguments);
    if (size != 0) *t.next = 0;
    return count;
}

int snprintf(char *restrict buffer, size_t size, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vsnprintf(buffer, size, format, arguments);
    va_end(arguments);
    return count;
}

int vsprintf(char *restrict buffer, const char *restrict format, va_list arguments) {
    return vsnprintf(buffer, 0x7fffffff, format, arguments);
}

int sprintf(char *restrict buffer, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vsnprintf(buffer, 0x7fffffff, format, arguments);
    va_end(arguments);
    return count;
}
