#include "call.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Reading and writing, one page at the most per message. */

/* One piece; offset < 0 means at the file's own offset. */
static int32_t read_piece(uint32_t value, void *buffer, size_t size, off_t offset) {
    struct msg m;
    uint32_t got = 0;
    memset(&m, 0, sizeof m);
    m.a[0] = FD_HANDLE(value);
    m.a[1] = size > PAGE_SIZE ? PAGE_SIZE : size;
    int k = CH_FILE;
    if (FD_KIND(value) == FD_TTY) {
        m.op = TTY_READ;
        k = CH_TTY;
    } else if (offset < 0) {
        m.op = FILE_READ;
    } else {
        m.op = FILE_PREAD;
        m.a[2] = (uint32_t)offset;
    }
    int32_t result = rpc(k, &m, NULL, 0, buffer, m.a[1], &got);
    return result < 0 ? result : (int32_t)got;
}

static ssize_t read_pieces(int fd, void *buffer, size_t size, off_t offset) {
    int32_t signed_value = __fd_value(fd);
    uint32_t value = (uint32_t)signed_value;
    if (signed_value < 0) return __told(signed_value);
    if (FD_MODE(value) == O_WRONLY) return __told(-EBADF);
    if (offset >= 0 && FD_KIND(value) != FD_FILE) return __told(-ESPIPE);
    if (FD_KIND(value) == FD_NULL || size == 0) return 0;
    if (FD_KIND(value) == FD_ZERO) {
        memset(buffer, 0, size);
        return (ssize_t)size;
    }
    if (size > SIZE_MAX / 2) return __told(-EINVAL);
    size_t done = 0;
    /* A regular file gives all that is wanted; anything else what one answer brings. */
    do {
        int32_t n = read_piece(value, (char *)buffer + done, size - done, offset);
        if (n < 0) return done != 0 ? (ssize_t)done : __told(n);
        done += (size_t)n;
        if (offset >= 0) offset += n;
        if (n < PAGE_SIZE) break;
    } while (done < size && value & FD_REGULAR);
    return (ssize_t)done;
}

ssize_t read(int fd, void *buffer, size_t size) {
    return read_pieces(fd, buffer, size, -1);
}

ssize_t pread(int fd, void *buffer, size_t size, off_t offset) {
    if (offset < 0) return __told(-EINVAL);
    return read_pieces(fd, buffer, size, offset);
}

static int32_t write_piece(uint32_t value, const void *buffer, size_t size, off_t offset) {
    struct msg m;
    memset(&m, 0, sizeof m);
    m.a[0] = FD_HANDLE(value);
    if (size > PAGE_SIZE) size = PAGE_SIZE;
    if (FD_KIND(value) == FD_TTY) {
        m.op = TTY_WRITE;
        int32_t result = rpc(CH_TTY, &m, buffer, size, NULL, 0, NULL);
        return result < 0 ? result : (int32_t)size;
    }
    m.op = offset < 0 ? FILE_WRITE : FILE_PWRITE;
    if (offset >= 0) m.a[1] = (uint32_t)offset;
    return rpc(CH_FILE, &m, buffer, size, NULL, 0, NULL);
}

static ssize_t write_pieces(int fd, const void *buffer, size_t size, off_t offset) {
    int32_t signed_value = __fd_value(fd);
    uint32_t value = (uint32_t)signed_value;
    if (signed_value < 0) return __told(signed_value);
    if (FD_MODE(value) == O_RDONLY) return __told(-EBADF);
    if (offset >= 0 && FD_KIND(value) != FD_FILE) return __told(-ESPIPE);
    if (FD_KIND(value) == FD_NULL || FD_KIND(value) == FD_ZERO) return (ssize_t)size;
    if (size > SIZE_MAX / 2) return __told(-EINVAL);
    size_t done = 0;
    do {
        int32_t n = write_piece(value, (const char *)buffer + done, size - done, offset);
        /* A pipe without readers: the signal is the library's work, since the kernel does not know of pipes. */
        if (n == -EPIPE) raise(SIGPIPE);
        if (n < 0) return done != 0 ? (ssize_t)done : __told(n);
        done += (size_t)n;
        if (offset >= 0) offset += n;
        if (n == 0) break;
    } while (done < size);
    return (ssize_t)done;
}

ssize_t write(int fd, const void *buffer, size_t size) {
    return write_pieces(fd, buffer, size, -1);
}

ssize_t pwrite(int fd, const void *buffer, size_t size, off_t offset) {
    if (offset < 0) return __told(-EINVAL);
    return write_pieces(fd, buffer, size, offset);
}

off_t lseek(int fd, off_t offset, int whence) {
    struct msg m;
    int32_t value = __fd_value(fd);
    if (value < 0) return __told(value);
    if (FD_KIND((uint32_t)value) == FD_NULL || FD_KIND((uint32_t)value) == FD_ZERO) return 0;
    if (FD_KIND((uint32_t)value) != FD_FILE) return __told(-ESPIPE);
    memset(&m, 0, sizeof m);
    m.op = FILE_SEEK;
    m.a[0] = FD_HANDLE((uint32_t)value);
    m.a[1] = (uint32_t)offset;
    m.a[2] = (uint32_t)whence;
    int32_t result = rpc(CH_FILE, &m, NULL, 0, NULL, 0, NULL);
    return result < 0 ? __told(result) : (off_t)m.a[0];
}

static int file_call(int fd, int op, uint32_t a1, uint32_t a2, int other) {
    int32_t handle = __fd_file(fd, other);
    return __told(handle < 0 ? handle : __request(CH_FILE, op, (uint32_t)handle, a1, a2));
}

int fsync(int fd) {
    return file_call(fd, FILE_FSYNC, 0, 0, -EINVAL);
}

int ftruncate(int fd, off_t length) {
    if (length < 0) return __told(-EINVAL);
    return file_call(fd, FILE_FTRUNCATE, (uint32_t)length, 0, -EINVAL);
}

int fchmod(int fd, mode_t mode) {
    return file_call(fd, FILE_FCHMOD, mode, 0, -EINVAL);
}

int fchown(int fd, uid_t owner, gid_t group) {
    return file_call(fd, FILE_FCHOWN, owner, group, -EINVAL);
}

int fchdir(int fd) {
    return file_call(fd, FILE_FCHDIR, 0, 0, -ENOTDIR);
}
