#ifndef TESTS_TAP_H
#define TESTS_TAP_H
/*
 * Guest tests say what they found in TAP on standard output: `ok N - what`, `not ok N - what`, `1..N` at the end.
 * Exit status: 0 if all held, else 1.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tap_count, tap_failed;

static inline int tap_ok(int good, int line, const char *format, ...)
{
    int error = errno;
    va_list list;

    tap_count++;
    if (!good)
        tap_failed++;
    printf("%s %d - ", good ? "ok" : "not ok", tap_count);
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    if (!good)
        printf(" # line %d, errno %d", line, error);
    printf("\n");
    return good;
}

#define ok(condition, ...) (errno = 0, tap_ok((condition) != 0, __LINE__, __VA_ARGS__))
/* The call fails with this errno. */
#define fails(call, error, ...) (errno = 0, tap_ok((call) == -1 && errno == (error), __LINE__, __VA_ARGS__))

static inline int tap_done(void)
{
    printf("1..%d\n", tap_count);
    fflush(stdout);
    return tap_failed ? 1 : 0;
}
#endif
