#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int __stream_mode(const char *mode, int *stream_flags) {
    int flags;
    switch (*mode) {
    case 'r':
        *stream_flags = STREAM_READ;
        flags = O_RDONLY;
        break;
    case 'w':
        *stream_flags = STREAM_WRITE;
        flags = O_WRONLY | O_CREAT | O_TRUNC;
        break;
    case 'a':
        *stream_flags = STREAM_WRITE | STREAM_APPEND;
        flags = O_WRONLY | O_CREAT | O_APPEND;
        break;
    default:
        errno = EINVAL;
        return -1;
    }
    for (mode++; *mode != 0; mode++) {
        if (*mode == '+') {
            *stream_flags |= STREAM_READ | STREAM_WRITE;
            flags = (flags & ~O_ACCMODE) | O_RDWR;
        }
        if (*mode == 'e') flags |= O_CLOEXEC;
        if (*mode == 'x') flags |= O_EXCL;
    }
    return flags;
}

FILE *__stream_new(int fd, int stream_flags) {
    FILE *stream = calloc(1, sizeof *stream);
    if (stream == NULL) return NULL;
    stream->_fd = fd;
    stream->_flags = (unsigned short)(stream_flags | STREAM_OWN_FILE | STREAM_DECIDE);
    stream->_link = __streams;
    __streams = stream;
    return stream;
}

void __stream_free(FILE *stream) {
    FILE **place = &__streams;
    while (*place != NULL && *place != stream) place = &(*place)->_link;
    if (stream->_flags & STREAM_OWN_BUFFER) free(stream->_buffer - PUSH_BACK);
    if (stream->_flags & STREAM_OWN_FILE) {
        if (*place != NULL) *place = stream->_link;
        free(stream);
        return;
    }
    /* A standard stream stays in the list, closed, for a freopen. */
    stream->_flags = 0;
    stream->_buffer = stream->_next = NULL;
    stream->_left_to_read = stream->_left_to_write = 0;
    stream->_fd = -1;
}

FILE *fdopen(int fd, const char *mode) {
    int stream_flags;
    if (__stream_mode(mode, &stream_flags) < 0) return NULL;
    return __stream_new(fd, stream_flags);
}

FILE *fopen(const char *restrict path, const char *restrict mode) {
    int stream_flags, flags = __stream_mode(mode, &stream_flags);
    if (flags < 0) return NULL;
    int fd = open(path, flags, 0666);
    if (fd < 0) return NULL;
    FILE *stream = __stream_new(fd, stream_flags);
    if (stream == NULL) close(fd);
    return stream;
}

int fclose(FILE *stream) {
    int result = fflush(stream);
    if (close(stream->_fd) != 0) result = EOF;
    __stream_free(stream);
    return result;
}

FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict stream) {
    int stream_flags, flags = __stream_mode(mode, &stream_flags), wanted = stream->_fd;
    if (flags < 0) return NULL;
    fflush(stream);
    int fd = open(path, flags, 0666);
    if (fd < 0) {
        fclose(stream);
        return NULL;
    }
    if (wanted >= 0 && fd != wanted) {
        if (dup2(fd, wanted) < 0) {
            close(fd);
            return NULL;
        }
        close(fd);
        fd = wanted;
    }
    if (stream->_flags & STREAM_OWN_BUFFER) free(stream->_buffer - PUSH_BACK);
    stream->_buffer = stream->_next = NULL;
    stream->_left_to_read = stream->_left_to_write = 0;
    stream->_fd = fd;
    stream->_flags = (unsigned short)(stream_flags | (stream->_flags & (STREAM_OWN_FILE | STREAM_UNBUFFERED)));
    if (!(stream->_flags & STREAM_UNBUFFERED)) stream->_flags |= STREAM_DECIDE;
    return stream;
}
