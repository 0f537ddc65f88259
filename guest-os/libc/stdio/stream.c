#include "stream.h"

#include "../stdlib/exit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

FILE __stdin = {._fd = 0, ._flags = STREAM_READ};
FILE __stdout = {._fd = 1, ._flags = STREAM_WRITE | STREAM_DECIDE, ._link = &__stdin};
FILE __stderr = {._fd = 2, ._flags = STREAM_WRITE | STREAM_UNBUFFERED, ._link = &__stdout};
FILE *__streams = &__stderr;

static void flush_all(void) {
    fflush(NULL);
}

void __stream_prepare(FILE *stream) {
    __exit_flush = flush_all;
    if (stream->_flags & STREAM_DECIDE) {
        int number = errno;
        stream->_flags &= (unsigned short)~STREAM_DECIDE;
        if (isatty(stream->_fd)) stream->_flags |= STREAM_LINE;
        errno = number;
    }
    if (stream->_buffer != NULL) return;
    if (!(stream->_flags & STREAM_UNBUFFERED)) {
        unsigned char *area = malloc(PUSH_BACK + BUFSIZ);
        if (area != NULL) {
            stream->_buffer = area + PUSH_BACK;
            stream->_size = BUFSIZ;
            stream->_flags |= STREAM_OWN_BUFFER;
        } else {
            stream->_flags |= STREAM_UNBUFFERED;
        }
    }
    if (stream->_buffer == NULL) {
        stream->_buffer = stream->_small + PUSH_BACK;
        stream->_size = 1;
    }
    stream->_next = stream->_buffer;
}

int __stream_write_out(FILE *stream, const unsigned char *data, size_t size) {
    while (size != 0) {
        ssize_t written = write(stream->_fd, data, size);
        if (written < 0) {
            stream->_flags |= STREAM_ERROR;
            return EOF;
        }
        data += written;
        size -= (size_t)written;
    }
    return 0;
}

/* After a failed write the buffered bytes are dropped: they would fail again at each later try. */
static int write_buffer(FILE *stream) {
    size_t size = (size_t)(stream->_next - stream->_buffer);
    stream->_next = stream->_buffer;
    if (stream->_left_to_write > 0) stream->_left_to_write = (int)stream->_size;
    return __stream_write_out(stream, stream->_buffer, size);
}

/* Gives unread input back to the file, so that others who share the offset go on where this stream stopped. */
static void drop_input(FILE *stream) {
    int unread = stream->_left_to_read, number = errno;
    stream->_left_to_read = 0;
    stream->_next = stream->_buffer;
    if (unread > 0 && lseek(stream->_fd, -(off_t)unread, SEEK_CUR) < 0) errno = number;
}

int __stream_begin_write(FILE *stream) {
    if (!(stream->_flags & STREAM_WRITE)) {
        stream->_flags |= STREAM_ERROR;
        errno = EBADF;
        return EOF;
    }
    if (stream->_flags & STREAM_WRITING) return 0;
    if (stream->_flags & STREAM_READING) drop_input(stream);
    __stream_prepare(stream);
    stream->_flags = (unsigned short)((stream->_flags | STREAM_WRITING) & ~(STREAM_READING | STREAM_EOF));
    stream->_left_to_write = stream->_flags & (STREAM_LINE | STREAM_UNBUFFERED) ? 0 : (int)stream->_size;
    return 0;
}

int __flush_putc(int c, FILE *stream) {
    if (__stream_begin_write(stream) != 0) return EOF;
    if (stream->_left_to_write > 0) return putc(c, stream);
    if ((size_t)(stream->_next - stream->_buffer) == stream->_size && write_buffer(stream) != 0) return EOF;
    *stream->_next++ = (unsigned char)c;
    int buffered = !(stream->_flags & (STREAM_LINE | STREAM_UNBUFFERED));
    if (buffered) {
        stream->_left_to_write = (int)(stream->_size - (size_t)(stream->_next - stream->_buffer));
    } else if ((c == '\n' || (stream->_flags & STREAM_UNBUFFERED)) && write_buffer(stream) != 0) {
        return EOF;
    }
    return (unsigned char)c;
}

int __fill(FILE *stream) {
    if (stream->_flags & STREAM_WRITING && fflush(stream) != 0) return EOF;
    if (!(stream->_flags & STREAM_READ)) {
        stream->_flags |= STREAM_ERROR;
        errno = EBADF;
        return EOF;
    }
    if (stream->_flags & STREAM_EOF || stream->_fd < 0) {
        stream->_flags |= STREAM_EOF;
        return EOF;
    }
    __stream_prepare(stream);
    /* A prompt must be seen before the answer is waited for. */
    if (__stdout._flags & STREAM_LINE && __stdout._flags & STREAM_WRITING) fflush(&__stdout);
    stream->_flags = (unsigned short)((stream->_flags | STREAM_READING) & ~STREAM_WRITING);
    stream->_left_to_write = 0;
    stream->_next = stream->_buffer;
    ssize_t size = read(stream->_fd, stream->_buffer, stream->_size);
    if (size <= 0) {
        stream->_flags |= size == 0 ? STREAM_EOF : STREAM_ERROR;
        return EOF;
    }
    stream->_left_to_read = (int)size - 1;
    return *stream->_next++;
}

int fflush(FILE *stream) {
    int result = 0;
    if (stream == NULL) {
        for (stream = __streams; stream != NULL; stream = stream->_link)
            if (stream->_flags & STREAM_WRITING && fflush(stream) != 0) result = EOF;
        return result;
    }
    if (stream->_flags & STREAM_WRITING) {
        result = write_buffer(stream);
        stream->_flags &= (unsigned short)~STREAM_WRITING;
        stream->_left_to_write = 0;
    } else if (stream->_flags & STREAM_READING) {
        drop_input(stream);
        stream->_flags &= (unsigned short)~STREAM_READING;
    }
    return result;
}

int ungetc(int c, FILE *stream) {
    if (c == EOF || !(stream->_flags & STREAM_READ)) return EOF;
    if (stream->_fd < 0) {
        /* A text under scanf: only its own characters come back. */
        stream->_next--;
        stream->_left_to_read++;
        stream->_flags &= (unsigned short)~STREAM_EOF;
        return c;
    }
    if (stream->_flags & STREAM_WRITING && fflush(stream) != 0) return EOF;
    __stream_prepare(stream);
    if (stream->_next == stream->_buffer - PUSH_BACK) return EOF;
    *--stream->_next = (unsigned char)c;
    stream->_left_to_read++;
    stream->_flags = (unsigned short)((stream->_flags | STREAM_READING) & ~STREAM_EOF);
    return (unsigned char)c;
}

int setvbuf(FILE *restrict stream, char *restrict buffer, int mode, size_t size) {
    if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF) {
        errno = EINVAL;
        return EOF;
    }
    if (stream->_flags & (STREAM_READING | STREAM_WRITING) && fflush(stream) != 0) return EOF;
    if (stream->_flags & STREAM_OWN_BUFFER) free(stream->_buffer - PUSH_BACK);
    stream->_buffer = stream->_next = NULL;
    stream->_flags &= (unsigned short)~(STREAM_OWN_BUFFER | STREAM_LINE | STREAM_UNBUFFERED | STREAM_DECIDE);
    if (mode == _IOLBF) stream->_flags |= STREAM_LINE;
    if (mode == _IONBF) stream->_flags |= STREAM_UNBUFFERED;
    else if (buffer != NULL && size > 2 * PUSH_BACK) {
        stream->_buffer = stream->_next = (unsigned char *)buffer + PUSH_BACK;
        stream->_size = size - PUSH_BACK;
    }
    return 0;
}

void setbuf(FILE *restrict stream, char *restrict buffer) {
    setvbuf(stream, buffer, buffer != NULL ? _IOFBF : _IONBF, BUFSIZ);
}

void setlinebuf(FILE *stream) {
    setvbuf(stream, NULL, _IOLBF, 0);
}
