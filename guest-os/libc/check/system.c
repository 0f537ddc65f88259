#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/types.h>
#include <unistd.h>

/* The system calls that the library under test makes, on the host. Its numbers for open differ from the host's. */
extern int t_errno;
int t_open(const char *path, int flags, int mode);
int t_close(int fd);
long t_read(int fd, void *buffer, size_t size);
long t_write(int fd, const void *buffer, size_t size);
long t_lseek(int fd, long offset, int whence);
void *t_sbrk(long increment);
int t_isatty(int fd);

static long told(long result) {
    if (result < 0) t_errno = errno;
    return result;
}

int t_open(const char *path, int flags, int mode) {
    int host = flags & 3;
    if (flags & 0100) host |= O_CREAT;
    if (flags & 0200) host |= O_EXCL;
    if (flags & 01000) host |= O_TRUNC;
    if (flags & 02000) host |= O_APPEND;
    return (int)told(open(path, host, mode));
}

int t_close(int fd) {
    return (int)told(close(fd));
}

long t_read(int fd, void *buffer, size_t size) {
    return told(read(fd, buffer, size));
}

long t_write(int fd, const void *buffer, size_t size) {
    return told(write(fd, buffer, size));
}

long t_lseek(int fd, long offset, int whence) {
    return told(lseek(fd, offset, whence));
}

int t_isatty(int fd) {
    return isatty(fd);
}

/* Four megabytes, as a data limit would be. */
void *t_sbrk(long increment) {
    static _Alignas(16) char heap[4 << 20];
    static long used;
    if (used + increment > (long)sizeof heap || used + increment < 0) {
        t_errno = ENOMEM;
        return (void *)-1;
    }
    used += increment;
    return heap + used - increment;
}
