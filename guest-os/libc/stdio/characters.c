#include "stream.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int fgetc(FILE *stream) {
    return getc(stream);
}

int getchar(void) {
    return getc(stdin);
}

int fputc(int c, FILE *stream) {
    return putc(c, stream);
}

size_t fwrite(const void *restrict area, size_t size, size_t count, FILE *restrict stream) {
    const unsigned char *data = area;
    size_t left = size * count;
    if (left == 0 || __stream_begin_write(stream) != 0) return 0;
    if (stream->_flags & STREAM_UNBUFFERED)
        return __stream_write_out(stream, data, left) == 0 ? count : 0;
    size_t total = left;
    while (left != 0) {
        size_t used = (size_t)(stream->_next - stream->_buffer), room = stream->_size - used;
        if (used == 0 && left >= stream->_size) {
            /* Whole buffers need not be copied. */
            size_t direct = left - left % stream->_size;
            if (__stream_write_out(stream, data, direct) != 0) return (total - left) / size;
            data += direct;
            left -= direct;
            continue;
        }
        size_t n = left < room ? left : room;
        memcpy(stream->_next, data, n);
        stream->_next += n;
        data += n;
        left -= n;
        if (stream->_left_to_write > 0) stream->_left_to_write -= (int)n;
        if (n == room) {
            if (fflush(stream) != 0 || __stream_begin_write(stream) != 0) return (total - left) / size;
        }
    }
    if (stream->_flags & STREAM_LINE && memchr(area, '\n', total) != NULL && fflush(stream) != 0) return 0;
    return count;
}

size_t fread(void *restrict area, size_t size, size_t count, FILE *restrict stream) {
    unsigned char *to = area;
    size_t left = size * count;
    if (left == 0) return 0;
    while (left != 0) {
        if (stream->_left_to_read > 0) {
            size_t n = (size_t)stream->_left_to_read < left ? (size_t)stream->_left_to_read : left;
            memcpy(to, stream->_next, n);
            stream->_next += n;
            stream->_left_to_read -= (int)n;
            to += n;
            left -= n;
            continue;
        }
        int c = __fill(stream);
        if (c == EOF) break;
        *to++ = (unsigned char)c;
        left--;
    }
    return left == 0 ? count : (size * count - left) / size;
}

int fputs(const char *restrict text, FILE *restrict stream) {
    size_t size = strlen(text);
    return size == 0 || fwrite(text, 1, size, stream) == size ? 0 : EOF;
}

int putchar(int c) {
    return putc(c, stdout);
}

int puts(const char *text) {
    return fputs(text, stdout) == EOF || putc('\n', stdout) == EOF ? EOF : 0;
}

char *fgets(char *restrict buffer, int size, FILE *restrict stream) {
    char *to = buffer;
    while (--size > 0) {
        int c = getc(stream);
        if (c == EOF) break;
        *to++ = (char)c;
        if (c == '\n') break;
    }
    if (to == buffer || (ferror(stream) && !(to[-1] == '\n'))) return NULL;
    *to = 0;
    return buffer;
}

static int grow(char **line, size_t *size, size_t wanted) {
    if (*line != NULL && *size >= wanted) return 0;
    size_t bigger = wanted < 120 ? 120 : wanted * 2;
    char *area = realloc(*line, bigger);
    if (area == NULL) return -1;
    *line = area;
    *size = bigger;
    return 0;
}

ssize_t getdelim(char **restrict line, size_t *restrict size, int delimiter, FILE *restrict stream) {
    size_t used = 0;
    for (;;) {
        if (stream->_left_to_read == 0) {
            int c = __fill(stream);
            if (c == EOF) break;
            stream->_next--;
            stream->_left_to_read++;
        }
        size_t n = (size_t)stream->_left_to_read;
        unsigned char *found = memchr(stream->_next, delimiter, n);
        if (found != NULL) n = (size_t)(found - stream->_next) + 1;
        if (grow(line, size, used + n + 1) != 0) return -1;
        memcpy(*line + used, stream->_next, n);
        used += n;
        stream->_next += n;
        stream->_left_to_read -= (int)n;
        if (found != NULL) break;
    }
    if (used == 0) return -1;
    (*line)[used] = 0;
    return (ssize_t)used;
}

ssize_t getline(char **restrict line, size_t *restrict size, FILE *restrict stream) {
    return getdelim(line, size, '\n', stream);
}

void perror(const char *text) {
    const char *reason = strerror(errno);
    if (text != NULL && *text != 0) fprintf(stderr, "%s: %s\n", text, reason);
    else fprintf(stderr, "%s\n", reason);
}
