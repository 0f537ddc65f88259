#ifndef STDIO_STREAM_H
#define STDIO_STREAM_H

#include <stdio.h>

/* Bits of FILE._flags. */
enum {
    STREAM_READ = 1,      /* may be read */
    STREAM_WRITE = 2,     /* may be written */
    STREAM_APPEND = 4,
    STREAM_EOF = 8,
    STREAM_ERROR = 16,
    STREAM_LINE = 32,     /* written out at each end of line */
    STREAM_UNBUFFERED = 64,
    STREAM_OWN_BUFFER = 128, /* _buffer came from malloc */
    STREAM_OWN_FILE = 256,   /* the FILE did */
    STREAM_DECIDE = 512,     /* line buffered if it is a terminal: asked at the first write */
    STREAM_READING = 1024,   /* the buffer holds input */
    STREAM_WRITING = 2048,   /* the buffer holds output */
};

/* Bytes in front of a buffer that ungetc may use. */
#define PUSH_BACK 4

/* Of all streams that are open; the standard ones come last. */
extern FILE *__streams;

/* Gives the stream a buffer, decides how it is buffered, and lets exit flush all streams. -1 with ENOMEM never
 * happens: without memory the stream is unbuffered. */
void __stream_prepare(FILE *stream);
/* Makes the stream ready to write; EOF if it may not be written. */
int __stream_begin_write(FILE *stream);
/* Writes out size bytes; EOF with the error flag set. */
int __stream_write_out(FILE *stream, const unsigned char *data, size_t size);
/* The O_ flags of a mode text, or -1 with EINVAL; *stream_flags gets READ, WRITE and APPEND. */
int __stream_mode(const char *mode, int *stream_flags);
/* A new stream on an open descriptor; NULL with ENOMEM. */
FILE *__stream_new(int fd, int stream_flags);
/* Takes the stream out of the list and frees it; flushes nothing. */
void __stream_free(FILE *stream);

#endif
