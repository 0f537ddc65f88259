#include "stream.h"

#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Characters of one number; longer ones are cut into a matching failure, which no sane input meets. */
enum { NUMBER_SIZE = 400 };

struct scan {
    FILE *stream;
    int taken;    /* characters consumed, for %n */
    int width;    /* that this conversion may still take */
    bool store;
    char length;  /* 0 h H l L, as in printf */
};

static int take(struct scan *s) {
    if (s->width == 0) return EOF;
    int c = getc(s->stream);
    if (c == EOF) return EOF;
    s->taken++;
    s->width--;
    return c;
}

static void give_back(struct scan *s, int c) {
    if (c == EOF) return;
    ungetc(c, s->stream);
    s->taken--;
    s->width++;
}

static void skip_space(struct scan *s) {
    int c;
    s->width = INT_MAX;
    while (isspace(c = take(s))) {
    }
    give_back(s, c);
}

static bool is_digit_of(int c, int base) {
    if (base == 8) return c >= '0' && c <= '7';
    return base == 16 ? isxdigit(c) : isdigit(c);
}

/* Copies the longest prefix that can begin an integer; 0 if there is no digit. */
static int copy_integer(struct scan *s, char *text, int *base) {
    char *p = text;
    int c = take(s);
    bool digits = false;
    if (c == '-' || c == '+') {
        *p++ = (char)c;
        c = take(s);
    }
    if (c == '0' && (*base == 0 || *base == 16)) {
        *p++ = '0';
        digits = true;
        c = take(s);
        if ((c | 32) == 'x') {
            *base = 16;
            digits = false;
            c = take(s);
        } else if (*base == 0) {
            *base = 8;
        }
    }
    if (*base == 0) *base = 10;
    for (; c != EOF && is_digit_of(c, *base) && p < text + NUMBER_SIZE - 1; c = take(s)) {
        *p++ = (char)c;
        digits = true;
    }
    give_back(s, c);
    *p = 0;
    return digits;
}

static void store_integer(struct scan *s, va_list *arguments, unsigned long long number) {
    if (!s->store) return;
    switch (s->length) {
    case 'L': *va_arg(*arguments, unsigned long long *) = number; return;
    case 'l': *va_arg(*arguments, unsigned long *) = (unsigned long)number; return;
    case 'h': *va_arg(*arguments, unsigned short *) = (unsigned short)number; return;
    case 'H': *va_arg(*arguments, unsigned char *) = (unsigned char)number; return;
    default: *va_arg(*arguments, unsigned *) = (unsigned)number; return;
    }
}

static bool scan_integer(struct scan *s, va_list *arguments, char letter) {
    char text[NUMBER_SIZE];
    int base = letter == 'i' ? 0 : letter == 'o' ? 8 : letter == 'x' || letter == 'X' || letter == 'p' ? 16 : 10;
    if (letter == 'p') s->length = sizeof(void *) == 4 ? 'l' : 'L';
    if (!copy_integer(s, text, &base)) return false;
    bool is_signed = letter == 'd' || letter == 'i';
    store_integer(s, arguments, is_signed ? (unsigned long long)strtoll(text, NULL, base) : strtoull(text, NULL, base));
    return true;
}

/* Copies the longest prefix of a decimal or hexadecimal floating number, of inf or of nan. */
static void copy_float(struct scan *s, char *text) {
    char *p = text, *end = text + NUMBER_SIZE - 1;
    int c = take(s), exponent_letter = 'e';
    bool point = false, digits = false;
    if (c == '-' || c == '+') *p++ = (char)c, c = take(s);
    if (isalpha(c)) {
        for (; isalpha(c) && p < end; c = take(s)) *p++ = (char)c;
    } else {
        if (c == '0') {
            *p++ = '0';
            digits = true;
            if (((c = take(s)) | 32) == 'x') *p++ = 'x', exponent_letter = 'p', c = take(s);
        }
        for (; p < end; c = take(s)) {
            if (c == '.' && !point) point = true;
            else if (c != EOF && is_digit_of(c, exponent_letter == 'p' ? 16 : 10)) digits = true;
            else break;
            *p++ = (char)c;
        }
        if (digits && c != EOF && (c | 32) == exponent_letter && p < end - 1) {
            *p++ = (char)c;
            c = take(s);
            if (c == '-' || c == '+') *p++ = (char)c, c = take(s);
            for (; isdigit(c) && p < end; c = take(s)) *p++ = (char)c;
        }
    }
    give_back(s, c);
    *p = 0;
}

static bool scan_float(struct scan *s, va_list *arguments) {
    char text[NUMBER_SIZE], *end;
    copy_float(s, text);
    if (s->length == 'l') {
        double value = strtod(text, &end);
        if (*text == 0 || *end != 0) return false;
        if (s->store) *va_arg(*arguments, double *) = value;
    } else {
        float value = strtof(text, &end);
        if (*text == 0 || *end != 0) return false;
        if (s->store) *va_arg(*arguments, float *) = value;
    }
    return true;
}

/* Reads "[...]" behind its bracket; returns where the format goes on. */
static const char *read_set(const char *p, bool set[256]) {
    bool inside = *p != '^';
    memset(set, !inside, 256);
    if (!inside) p++;
    const char *first = p;
    for (; *p != 0 && (*p != ']' || p == first); p++) {
        int from = (unsigned char)*p, to = from;
        if (p[1] == '-' && p[2] != ']' && p[2] != 0) {
            to = (unsigned char)p[2];
            p += 2;
        }
        for (; from <= to; from++) set[from] = inside;
    }
    return *p == ']' ? p + 1 : p;
}

/* %s, %c and %[ : takes characters of the set. terminate adds a NUL. */
static bool scan_text(struct scan *s, va_list *arguments, const bool set[256], bool terminate) {
    char *to = s->store ? va_arg(*arguments, char *) : NULL;
    int c, count = 0;
    while ((c = take(s)) != EOF && set[c]) {
        if (to != NULL) *to++ = (char)c;
        count++;
    }
    give_back(s, c);
    if (count == 0) return false;
    if (to != NULL && terminate) *to = 0;
    return true;
}

static const char *parse_length(struct scan *s, const char *p) {
    s->length = 0;
    if (*p == 'h') {
        s->length = 'h';
        if (*++p == 'h') s->length = 'H', p++;
    } else if (*p == 'l') {
        s->length = 'l';
        if (*++p == 'l') s->length = 'L', p++;
    } else if (*p == 'z' || *p == 't') {
        s->length = 'l';
        p++;
    } else if (*p == 'j') {
        s->length = 'L';
        p++;
    }
    return p;
}

/* One conversion; p is behind the length. false: it does not match. */
static bool convert(struct scan *s, const char **p, va_list *arguments) {
    bool set[256];
    char letter = *(*p)++;
    int width = s->width;
    if (letter == '[') {
        *p = read_set(*p, set);
    } else if (letter == 'c') {
        memset(set, true, sizeof set);
        if (s->width == INT_MAX) s->width = 1;
    } else if (letter != 'n') {
        skip_space(s);
        s->width = width;
    }
    switch (letter) {
    case 'd': case 'i': case 'u': case 'x': case 'X': case 'o': case 'p':
        return scan_integer(s, arguments, letter);
    case 'a': case 'e': case 'f': case 'g': case 'A': case 'E': case 'F': case 'G':
        return scan_float(s, arguments);
    case 's':
        for (int c = 0; c < 256; c++) set[c] = !isspace(c);
        return scan_text(s, arguments, set, true);
    case 'c':
        return scan_text(s, arguments, set, false);
    case '[':
        return scan_text(s, arguments, set, true);
    case 'n':
        store_integer(s, arguments, (unsigned)s->taken);
        return true;
    case '%': {
        int c = take(s);
        if (c != '%') give_back(s, c);
        return c == '%';
    }
    default:
        return false;
    }
}

static bool at_end(struct scan *s) {
    s->width = 1;
    int c = take(s);
    give_back(s, c);
    return c == EOF;
}

int vfscanf(FILE *restrict stream, const char *restrict format, va_list arguments) {
    struct scan s = {.stream = stream};
    va_list rest;
    int done = 0;
    const char *p = format;
    va_copy(rest, arguments);
    while (*p != 0) {
        if (isspace((unsigned char)*p)) {
            skip_space(&s);
            p++;
            continue;
        }
        if (*p != '%') {
            s.width = 1;
            int c = take(&s);
            if (c == (unsigned char)*p++) continue;
            give_back(&s, c);
            if (c == EOF && done == 0) done = EOF;
            break;
        }
        p++;
        s.store = *p != '*';
        if (!s.store) p++;
        int width = 0;
        for (; isdigit((unsigned char)*p); p++) width = width > 100000 ? width : width * 10 + (*p - '0');
        p = parse_length(&s, p);
        char letter = *p;
        if (letter != 'c' && letter != '[' && letter != 'n') skip_space(&s);
        bool ended = letter != 'n' && at_end(&s);
        s.width = width != 0 ? width : INT_MAX;
        if (ended || !convert(&s, &p, &rest)) {
            if (ended && done == 0) done = EOF;
            break;
        }
        if (s.store && letter != 'n' && letter != '%') done++;
    }
    va_end(rest);
    return done;
}

int vsscanf(const char *restrict text, const char *restrict format, va_list arguments) {
    FILE stream = {._fd = -1, ._flags = STREAM_READ | STREAM_READING};
    stream._next = (unsigned char *)text;
    stream._left_to_read = (int)strlen(text);
    return vfscanf(&stream, format, arguments);
}

int vscanf(const char *restrict format, va_list arguments) {
    return vfscanf(stdin, format, arguments);
}

int scanf(const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vfscanf(stdin, format, arguments);
    va_end(arguments);
    return count;
}

int fscanf(FILE *restrict stream, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vfscanf(stream, format, arguments);
    va_end(arguments);
    return count;
}

int sscanf(const char *restrict text, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vsscanf(text, format, arguments);
    va_end(arguments);
    return count;
}
