#include "call.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The kernel's table holds values that only the library understands: kind, access mode, handle (abi.h). */

int32_t __fd_value(int fd) {
    return k_call(K_FD_GET, (uint32_t)fd, 0, 0, 0, NULL, NULL, NULL);
}

int32_t __fd_file(int fd, int other) {
    int32_t value = __fd_value(fd);
    if (value < 0) return value;
    return FD_KIND((uint32_t)value) == FD_FILE ? (int32_t)FD_HANDLE((uint32_t)value) : other;
}

int32_t __fd_line(int fd) {
    int32_t value = __fd_value(fd);
    if (value < 0) return value;
    return FD_KIND((uint32_t)value) == FD_TTY ? (int32_t)FD_HANDLE((uint32_t)value) : -ENOTTY;
}

static int32_t allocate(int least, uint32_t value) {
    return k_call(K_FD_ALLOC, (uint32_t)least, value, 0, 0, NULL, NULL, NULL);
}

/* Tells the server that the last descriptor of a handle is gone. Whatever is asked later comes later: nothing waits. */
static int32_t release(uint32_t value) {
    bool tty = FD_KIND(value) == FD_TTY;
    struct msg m = {.op = tty ? TTY_CLOSE : FILE_CLOSE, .flags = MSG_ASYNC, .a = {FD_HANDLE(value)}};
    if (!tty && FD_KIND(value) != FD_FILE) return 0;
    int32_t number = k_call(K_SEND, tty ? CH_TTY : CH_FILE, 0, 0, 0, &m, NULL, NULL);
    return number < 0 ? number : 0;
}

/* The file server has said that the path is a device: who serves it, and under which value. */
static int32_t open_device(uint32_t device, int flags) {
    if (device == DEV_NULL) return (int32_t)FD_NULL;
    if (device == DEV_ZERO) return (int32_t)FD_ZERO;
    if ((device & 0xff00) != (DEV_TTY & 0xff00)) return -ENXIO;
    int32_t line = __request(CH_TTY, TTY_OPEN, device & 0xff, (uint32_t)flags, 0);
    return line < 0 ? line : (int32_t)(FD_TTY | (uint32_t)line);
}

int open(const char *path, int flags, ...) {
    struct msg m;
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    if (path == NULL || strlen(path) >= PAGE_SIZE) return __told(path == NULL ? -EFAULT : -ENAMETOOLONG);
    memset(&m, 0, sizeof m);
    m.op = FILE_OPEN;
    m.a[0] = (uint32_t)flags;
    m.a[1] = mode;
    int32_t result = rpc(CH_FILE, &m, path, strlen(path) + 1, NULL, 0, NULL);
    if (result < 0) return __told(result);
    int32_t value;
    if (result == FILE_REDIRECT) value = open_device(m.a[1], flags);
    else value = (int32_t)(FD_FILE | (uint32_t)result | (S_ISREG(m.a[0]) ? FD_REGULAR : 0));
    if (value < 0) return __told(value);
    value |= (flags & O_ACCMODE) << FD_MODE_SHIFT | (flags & O_CLOEXEC ? (int32_t)FD_CLOSEXEC : 0);
    int32_t fd = allocate(0, (uint32_t)value);
    if (fd < 0) release((uint32_t)value);
    return __told(fd);
}

int creat(const char *path, mode_t mode) {
    return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

int close(int fd) {
    int32_t value = __fd_value(fd);
    if (value < 0) return __told(value);
    k_call(K_FD_SET, (uint32_t)fd, 0, 0, 0, NULL, NULL, NULL);
    if (k_call(K_FD_COUNT, 0, (uint32_t)value, 0, 0, NULL, NULL, NULL) > 0) return 0;
    return __told(release((uint32_t)value));
}

int dup(int fd) {
    return fcntl(fd, F_DUPFD, 0);
}

int dup2(int fd, int wanted) {
    int32_t value = __fd_value(fd);
    if (value < 0) return __told(value);
    if (wanted < 0 || wanted >= NOFILE) return __told(-EBADF);
    if (fd == wanted) return fd;
    int32_t old = __fd_value(wanted);
    value &= ~(int32_t)FD_CLOSEXEC;
    int32_t result = k_call(K_FD_SET, (uint32_t)wanted, (uint32_t)value, 0, 0, NULL, NULL, NULL);
    if (result < 0) return __told(result);
    if (old > 0 && k_call(K_FD_COUNT, 0, (uint32_t)old, 0, 0, NULL, NULL, NULL) == 0) release((uint32_t)old);
    return wanted;
}

static int32_t get_flags(uint32_t value) {
    if (FD_KIND(value) != FD_FILE) return (int32_t)FD_MODE(value);
    return __request(CH_FILE, FILE_FCNTL, FD_HANDLE(value), F_GETFL, 0);
}

/* Every read waits until there is an answer, so there is no O_NONBLOCK. */
static int32_t set_flags(uint32_t value, int flags) {
    if (flags & O_NONBLOCK) return -ENOTSUP;
    if (FD_KIND(value) != FD_FILE) return 0;
    return __request(CH_FILE, FILE_FCNTL, FD_HANDLE(value), F_SETFL, (uint32_t)flags);
}

int fcntl(int fd, int command, ...) {
    va_list arguments;
    va_start(arguments, command);
    int argument = va_arg(arguments, int);
    va_end(arguments);
    int32_t value = __fd_value(fd);
    if (value < 0) return __told(value);
    switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
        if (argument < 0 || argument >= NOFILE) return __told(-EINVAL);
        value &= ~(int32_t)FD_CLOSEXEC;
        if (command == F_DUPFD_CLOEXEC) value |= (int32_t)FD_CLOSEXEC;
        return __told(allocate(argument, (uint32_t)value));
    case F_GETFD:
        return (uint32_t)value & FD_CLOSEXEC ? FD_CLOEXEC : 0;
    case F_SETFD:
        value &= ~(int32_t)FD_CLOSEXEC;
        if (argument & FD_CLOEXEC) value |= (int32_t)FD_CLOSEXEC;
        return __told(k_call(K_FD_SET, (uint32_t)fd, (uint32_t)value, 0, 0, NULL, NULL, NULL));
    case F_GETFL:
        return __told(get_flags((uint32_t)value));
    case F_SETFL:
        return __told(set_flags((uint32_t)value, argument));
    default:
        return __told(-EINVAL);
    }
}

int pipe(int fds[2]) {
    struct msg m;
    memset(&m, 0, sizeof m);
    m.op = FILE_PIPE;
    int32_t result = rpc(CH_FILE, &m, NULL, 0, NULL, 0, NULL);
    if (result < 0) return __told(result);
    uint32_t reader = FD_FILE | m.a[0], writer = FD_FILE | m.a[1] | (uint32_t)O_WRONLY << FD_MODE_SHIFT;
    int32_t first = allocate(0, reader), second = first < 0 ? first : allocate(0, writer);
    if (second < 0) {
        if (first >= 0) k_call(K_FD_SET, (uint32_t)first, 0, 0, 0, NULL, NULL, NULL);
        release(reader);
        release(writer);
        return __told(second);
    }
    fds[0] = first;
    fds[1] = second;
    return 0;
}
