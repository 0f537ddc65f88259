#ifndef CMD_NUL_H
#define CMD_NUL_H
/*
 * Lines with NUL bytes as C strings: NUL is kept as the bytes 1 1, and 1 as 1 2. Comparing byte by byte gives the same
 * order as without this, since the end of a string is less than each of them.
 */
#include <stdio.h>
#include <stdlib.h>

#define NUL_MARK 1

/* Writes a line as it was, with its end. */
static inline void nul_write(const char *line, FILE *out)
{
    for (; *line; line++)
        putc(*line == NUL_MARK ? *++line - 1 : *line, out);
    putc('\n', out);
}

/* As getline, without the end of the line; -1 at the end of the file, or without memory. */
static inline ssize_t nul_getline(char **line, size_t *room, FILE *in)
{
    size_t n = 0;
    int c;
    while ((c = getc(in)) != EOF) {
        if (n + 3 > *room) {
            char *more = realloc(*line, *room + 128);
            if (!more)
                return -1;
            *line = more;
            *room += 128;
        }
        if (c == '\n')
            break;
        (*line)[n++] = (char)(c <= NUL_MARK ? NUL_MARK : c);
        if (c <= NUL_MARK)
            (*line)[n++] = (char)(c + 1);
    }
    if (c == EOF && n == 0)
        return -1;
    (*line)[n] = 0;
    return (ssize_t)n;
}
#endif
