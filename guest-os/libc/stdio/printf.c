#include "../free/format.h"
#include "stream.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct stream_sink {
    struct sink sink;
    FILE *stream;
    int failed;
};

static void put_stream(struct sink *sink, const char *text, size_t size) {
    struct stream_sink *s = (struct stream_sink *)sink;
    if (!s->failed && fwrite(text, 1, size, s->stream) != size) s->failed = 1;
}

/* Collects what goes to an unbuffered place, so that a line is one write. */
struct gathering_sink {
    struct sink sink;
    int fd;
    int failed;
    size_t used;
    char buffer[256];
};

static void write_gathered(struct gathering_sink *g) {
    for (size_t done = 0; done < g->used && !g->failed;) {
        ssize_t n = write(g->fd, g->buffer + done, g->used - done);
        if (n < 0) g->failed = 1;
        else done += (size_t)n;
    }
    g->used = 0;
}

static void gather(struct sink *sink, const char *text, size_t size) {
    struct gathering_sink *g = (struct gathering_sink *)sink;
    while (size != 0) {
        size_t room = sizeof g->buffer - g->used, n = size < room ? size : room;
        memcpy(g->buffer + g->used, text, n);
        g->used += n;
        text += n;
        size -= n;
        if (g->used == sizeof g->buffer) write_gathered(g);
    }
}

int vdprintf(int fd, const char *restrict format, va_list arguments) {
    struct gathering_sink g = {.sink = {gather}, .fd = fd};
    int count = __format(&g.sink, format, arguments);
    write_gathered(&g);
    return g.failed ? -1 : count;
}

int vfprintf(FILE *restrict stream, const char *restrict format, va_list arguments) {
    if (__stream_begin_write(stream) != 0) return -1;
    if (stream->_flags & STREAM_UNBUFFERED) {
        int count = vdprintf(stream->_fd, format, arguments);
        if (count < 0) stream->_flags |= STREAM_ERROR;
        return count;
    }
    struct stream_sink s = {{put_stream}, stream, 0};
    int count = __format(&s.sink, format, arguments);
    return s.failed ? -1 : count;
}

int vprintf(const char *restrict format, va_list arguments) {
    return vfprintf(stdout, format, arguments);
}

int vasprintf(char **result, const char *restrict format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int count = vsnprintf(NULL, 0, format, arguments);
    *result = count < 0 ? NULL : malloc((size_t)count + 1);
    if (*result != NULL) vsnprintf(*result, (size_t)count + 1, format, again);
    else count = -1;
    va_end(again);
    return count;
}

int printf(const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vfprintf(stdout, format, arguments);
    va_end(arguments);
    return count;
}

int fprintf(FILE *restrict stream, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vfprintf(stream, format, arguments);
    va_end(arguments);
    return count;
}

int dprintf(int fd, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vdprintf(fd, format, arguments);
    va_end(arguments);
    return count;
}

int asprintf(char **result, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int count = vasprintf(result, format, arguments);
    va_end(arguments);
    return count;
}
