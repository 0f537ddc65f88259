#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
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
int t_dup2(int from, int to);
int t_sigprocmask(int how, const void *set, void *old);
int t_raise(int number);
void *t_signal(int number, void *handler);
_Noreturn void t__exit(int status);
/* The 68000's own copies are assembly. */
void *t_memcpy(void *to, const void *from, size_t size);
void *t_memmove(void *to, const void *from, size_t size);
void *t_memset(void *area, int c, size_t size);

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

int t_dup2(int from, int to) {
    return (int)told(dup2(from, to));
}

int t_sigprocmask(int how, const void *set, void *old) {
    (void)how, (void)set, (void)old;
    return 0;
}

int t_raise(int number) {
    return raise(number);
}

void *t_signal(int number, void *handler) {
    (void)number, (void)handler;
    return NULL;
}

void t__exit(int status) {
    _exit(status);
}

void *t_memcpy(void *to, const void *from, size_t size) {
    return memcpy(to, from, size);
}

void *t_memmove(void *to, const void *from, size_t size) {
    return memmove(to, from, size);
}

void *t_memset(void *area, int c, size_t size) {
    return memset(area, c, size);
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
