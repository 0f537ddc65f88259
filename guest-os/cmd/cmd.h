/*
 * What most commands need: messages of the form "NAME: what: why", the exit codes, paths. A command defines COMMAND,
 * its name as a string, before it includes this.
 */
#ifndef CMD_H
#define CMD_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define USAGE_STATUS 2
#define IO_BYTES 4096 /* What one message to the file server carries. */

/* Says why, in words, something went wrong with what. Always 1, the exit code. */
static inline int fail_text(const char *what, const char *why)
{
    fflush(stdout);
    fprintf(stderr, COMMAND ": %s: %s\n", what, why);
    return 1;
}

/* The same with the text of errno. */
static inline int fail(const char *what)
{
    return fail_text(what, strerror(errno));
}

static inline void __attribute__((noreturn)) usage(const char *operands)
{
    fprintf(stderr, "usage: " COMMAND " %s\n", operands);
    exit(USAGE_STATUS);
}

/* Ends a command that prints: what could not be written is a failure. */
static inline int finish(int status)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        return fail("write");
    return status;
}

/* Passes a pointer on, or ends the command when there was no memory. */
static inline void *need(void *p)
{
    if (!p) {
        fail_text("memory", "not enough");
        exit(1);
    }
    return p;
}

/* dir/name, malloc'ed. */
static inline char *join_path(const char *dir, const char *name)
{
    size_t d = strlen(dir), n = strlen(name);
    char *p = need(malloc(d + n + 2));
    memcpy(p, dir, d);
    if (d > 0 && dir[d - 1] != '/')
        p[d++] = '/';
    memcpy(p + d, name, n + 1);
    return p;
}

/* What follows the last slash; slashes at the end do not count. Points into path, which it may shorten. */
static inline char *last_component(char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        path[--n] = 0;
    char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static inline bool is_dot_or_dotdot(const char *name)
{
    return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}

/* Opens an operand for reading; "-" is the standard input. NULL after a message. */
static inline FILE *open_input(const char *name)
{
    if (strcmp(name, "-") == 0)
        return stdin;
    FILE *f = fopen(name, "r");
    if (!f)
        fail(name);
    return f;
}

/* Closes it again; 1 after a message when reading it had failed. */
static inline int close_input(FILE *f, const char *name)
{
    int result = ferror(f) ? fail(name) : 0;
    if (f == stdin)
        clearerr(f);
    else
        fclose(f);
    return result;
}

/* A decimal number that is the whole of s, or the usage message. */
static inline long number_operand(const char *s, const char *operands)
{
    char *end;
    long n = strtol(s, &end, 10);
    if (*end || end == s)
        usage(operands);
    return n;
}

#endif
