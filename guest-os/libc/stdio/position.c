#include "stream.h"

#include <errno.h>
#include <unistd.h>

int fseeko(FILE *stream, off_t offset, int whence) {
    if (whence == SEEK_CUR && stream->_flags & STREAM_READING) offset -= stream->_left_to_read;
    if (stream->_flags & STREAM_WRITING && fflush(stream) != 0) return -1;
    if (lseek(stream->_fd, offset, whence) < 0) return -1;
    stream->_left_to_read = stream->_left_to_write = 0;
    stream->_next = stream->_buffer;
    stream->_flags &= (unsigned short)~(STREAM_EOF | STREAM_READING | STREAM_WRITING);
    return 0;
}

int fseek(FILE *stream, long offset, int whence) {
    return fseeko(stream, offset, whence);
}

off_t ftello(FILE *stream) {
    /* Bytes that are to be appended will stand at the end, wherever the offset is now. */
    int at_end = stream->_flags & STREAM_APPEND && stream->_flags & STREAM_WRITING;
    off_t position = lseek(stream->_fd, 0, at_end ? SEEK_END : SEEK_CUR);
    if (position < 0) return -1;
    if (stream->_flags & STREAM_READING) position -= stream->_left_to_read;
    if (stream->_flags & STREAM_WRITING) position += stream->_next - stream->_buffer;
    return position;
}

long ftell(FILE *stream) {
    return ftello(stream);
}

void rewind(FILE *stream) {
    fseeko(stream, 0, SEEK_SET);
    stream->_flags &= (unsigned short)~STREAM_ERROR;
}

int fgetpos(FILE *restrict stream, fpos_t *restrict position) {
    *position = ftello(stream);
    return *position < 0 ? -1 : 0;
}

int fsetpos(FILE *stream, const fpos_t *position) {
    return fseeko(stream, *position, SEEK_SET);
}

int feof(FILE *stream) {
    return (stream->_flags & STREAM_EOF) != 0;
}

int ferror(FILE *stream) {
    return (stream->_flags & STREAM_ERROR) != 0;
}

void clearerr(FILE *stream) {
    stream->_flags &= (unsigned short)~(STREAM_EOF | STREAM_ERROR);
}

int fileno(FILE *stream) {
    if (stream->_fd < 0) errno = EBADF;
    return stream->_fd;
}
