#ifndef STDIO_H
#define STDIO_H

#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

#define EOF (-1)
#define BUFSIZ 4096
#define FILENAME_MAX 1024
#define FOPEN_MAX 32
#define L_tmpnam 32
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

/* A stream. While it reads, _next .. _next + _left is unread input; while it writes, _left is the room in the buffer
 * that putc may use (0 unless fully buffered). Only the library looks inside. */
typedef struct stdio_file {
    unsigned char *_next;
    int _left_to_read;
    int _left_to_write;
    unsigned char *_buffer;
    size_t _size;
    int _fd;
    unsigned short _flags;
    unsigned char _small[8];
    pid_t _child;
    struct stdio_file *_link;
} FILE;

typedef off_t fpos_t;

extern FILE __stdin, __stdout, __stderr;
#define stdin (&__stdin)
#define stdout (&__stdout)
#define stderr (&__stderr)

/* What getc and putc call when the buffer is empty or full. */
int __fill(FILE *stream);
int __flush_putc(int c, FILE *stream);

void clearerr(FILE *stream);
int dprintf(int fd, const char *restrict format, ...) __attribute__((format(printf, 2, 3)));
int fclose(FILE *stream);
FILE *fdopen(int fd, const char *mode);
int feof(FILE *stream);
int ferror(FILE *stream);
int fflush(FILE *stream);
int fgetc(FILE *stream);
int fgetpos(FILE *restrict stream, fpos_t *restrict position);
char *fgets(char *restrict buffer, int size, FILE *restrict stream);
int fileno(FILE *stream);
FILE *fopen(const char *restrict path, const char *restrict mode);
int fprintf(FILE *restrict stream, const char *restrict format, ...) __attribute__((format(printf, 2, 3)));
int fputc(int c, FILE *stream);
int fputs(const char *restrict text, FILE *restrict stream);
size_t fread(void *restrict area, size_t size, size_t count, FILE *restrict stream);
FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict stream);
int fscanf(FILE *restrict stream, const char *restrict format, ...) __attribute__((format(scanf, 2, 3)));
int fseek(FILE *stream, long offset, int whence);
int fseeko(FILE *stream, off_t offset, int whence);
int fsetpos(FILE *stream, const fpos_t *position);
long ftell(FILE *stream);
off_t ftello(FILE *stream);
size_t fwrite(const void *restrict area, size_t size, size_t count, FILE *restrict stream);
int getchar(void);
/* The line with its end and a NUL is in *line, grown as needed; it belongs to the caller. */
ssize_t getdelim(char **restrict line, size_t *restrict size, int delimiter, FILE *restrict stream);
ssize_t getline(char **restrict line, size_t *restrict size, FILE *restrict stream);
int pclose(FILE *stream);
void perror(const char *text);
FILE *popen(const char *command, const char *mode);
int printf(const char *restrict format, ...) __attribute__((format(printf, 1, 2)));
int putchar(int c);
int puts(const char *text);
int remove(const char *path);
int rename(const char *from, const char *to);
void rewind(FILE *stream);
int scanf(const char *restrict format, ...) __attribute__((format(scanf, 1, 2)));
void setbuf(FILE *restrict stream, char *restrict buffer);
void setlinebuf(FILE *stream);
int setvbuf(FILE *restrict stream, char *restrict buffer, int mode, size_t size);
int snprintf(char *restrict buffer, size_t size, const char *restrict format, ...)
    __attribute__((format(printf, 3, 4)));
int sprintf(char *restrict buffer, const char *restrict format, ...) __attribute__((format(printf, 2, 3)));
int sscanf(const char *restrict text, const char *restrict format, ...) __attribute__((format(scanf, 2, 3)));
/* The text belongs to the caller; -1 with ENOMEM. */
int asprintf(char **result, const char *restrict format, ...) __attribute__((format(printf, 2, 3)));
int vasprintf(char **result, const char *restrict format, va_list arguments) __attribute__((format(printf, 2, 0)));
int ungetc(int c, FILE *stream);
int vdprintf(int fd, const char *restrict format, va_list arguments) __attribute__((format(printf, 2, 0)));
int vfprintf(FILE *restrict stream, const char *restrict format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
int vfscanf(FILE *restrict stream, const char *restrict format, va_list arguments)
    __attribute__((format(scanf, 2, 0)));
int vprintf(const char *restrict format, va_list arguments) __attribute__((format(printf, 1, 0)));
int vscanf(const char *restrict format, va_list arguments) __attribute__((format(scanf, 1, 0)));
int vsnprintf(char *restrict buffer, size_t size, const char *restrict format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
int vsprintf(char *restrict buffer, const char *restrict format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
int vsscanf(const char *restrict text, const char *restrict format, va_list arguments)
    __attribute__((format(scanf, 2, 0)));

static inline int getc(FILE *stream) {
    return stream->_left_to_read > 0 ? (stream->_left_to_read--, *stream->_next++) : __fill(stream);
}

static inline int putc(int c, FILE *stream) {
    return stream->_left_to_write > 0 ? (stream->_left_to_write--, *stream->_next++ = (unsigned char)c)
                                      : __flush_putc(c, stream);
}

#endif
