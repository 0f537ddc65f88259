/* printf, as a command and as a builtin of the shell: POSIX's format without floating point. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cmd_printf(int argc, char **argv);

/* The operands not yet used; wrong is set by one that is not a number. */
struct operands {
    char **next;
    bool used, wrong, stop;
};

static const char *take(struct operands *o)
{
    if (!*o->next)
        return NULL;
    o->used = true;
    return *o->next++;
}

static long take_number(struct operands *o)
{
    const char *s = take(o);
    if (!s || !*s)
        return 0;
    if (*s == '\'' || *s == '"')
        return (unsigned char)s[1];
    char *end;
    errno = 0;
    long n = *s == '-' ? strtol(s, &end, 0) : (long)strtoul(s, &end, 0);
    if (*end || end == s || errno) {
        fprintf(stderr, "printf: %s: %s\n", s, errno ? strerror(errno) : "not a number");
        o->wrong = true;
    }
    return n;
}

/* One escape at s (after the backslash): prints it and returns what follows. in_b: \0ooo and \c of %b. */
static const char *escape(const char *s, bool in_b, struct operands *o)
{
    static const char letters[] = "abfnrtv\\\"'", values[] = "\a\b\f\n\r\t\v\\\"'";
    const char *found = *s ? strchr(letters, *s) : NULL;
    if (found) {
        putchar(values[found - letters]);
        return s + 1;
    }
    if (in_b && *s == 'c') {
        o->stop = true;
        return s + 1;
    }
    if (*s >= '0' && *s <= '7') {
        int value = 0, n = 0, most = in_b && *s == '0' ? 4 : 3;
        for (; n < most && *s >= '0' && *s <= '7'; n++)
            value = value * 8 + *s++ - '0';
        putchar(value);
        return s;
    }
    putchar('\\');
    return s;
}

/* One conversion; s is behind the percent sign. Returns what follows, or NULL when the format is wrong. */
static const char *convert(const char *s, struct operands *o)
{
    char spec[40] = "%";
    size_t n = 1;
    while (*s && strchr("-+ #0", *s) && n < 8)
        spec[n++] = *s++;
    for (int part = 0; part < 2; part++) {
        if (part == 1) {
            if (*s != '.')
                break;
            spec[n++] = *s++;
        }
        if (*s == '*') {
            n += (size_t)snprintf(spec + n, 12, "%d", (int)take_number(o));
            s++;
        } else {
            for (int digits = 0; *s >= '0' && *s <= '9' && digits < 9; digits++)
                spec[n++] = *s++;
        }
    }
    const char *text;
    switch (*s) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        spec[n++] = 'l';
        spec[n++] = *s;
        printf(spec, take_number(o));
        break;
    case 'c':
        text = take(o);
        spec[n++] = 'c';
        if (text && *text)
            printf(spec, *text);
        break;
    case 's':
        text = take(o);
        spec[n++] = 's';
        printf(spec, text ? text : "");
        break;
    case 'b':
        text = take(o);
        while (text && *text && !o->stop) {
            if (*text == '\\')
                text = escape(text + 1, true, o);
            else
                putchar(*text++);
        }
        break;
    default:
        return NULL;
    }
    return s + 1;
}

int cmd_printf(int argc, char **argv)
{
    int first = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
    if (first >= argc) {
        fputs("usage: printf format [argument ...]\n", stderr);
        return 2;
    }
    struct operands o = { argv + first + 1, false, false, false };
    do {
        o.used = false;
        for (const char *s = argv[first]; *s && !o.stop;) {
            if (*s == '\\') {
                s = escape(s + 1, false, &o);
            } else if (*s != '%') {
                putchar(*s++);
            } else if (s[1] == '%') {
                putchar('%');
                s += 2;
            } else {
                const char *bad = s;
                s = convert(s + 1, &o);
                if (!s) {
                    fflush(stdout);
                    fprintf(stderr, "printf: %s: bad format\n", bad);
                    return 1;
                }
            }
        }
    } while (*o.next && o.used && !o.stop);
    return o.wrong;
}
