#include "call.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <unistd.h>
#include <utime.h>

/* Calls of the file server that name a path. */

int unlink(const char *path) {
    return __told(__path_request(FILE_UNLINK, path, 0, 0, 0));
}

int rmdir(const char *path) {
    return __told(__path_request(FILE_RMDIR, path, 0, 0, 0));
}

int remove(const char *path) {
    int number = errno;
    if (unlink(path) == 0) return 0;
    if (errno != EISDIR && errno != EPERM) return -1;
    errno = number;
    return rmdir(path);
}

int mkdir(const char *path, mode_t mode) {
    return __told(__path_request(FILE_MKDIR, path, mode, 0, 0));
}

int mknod(const char *path, mode_t mode, dev_t device) {
    return __told(__path_request(FILE_MKNOD, path, mode, device, 0));
}

int mkfifo(const char *path, mode_t mode) {
    return mknod(path, (mode & 07777) | S_IFIFO, 0);
}

int chdir(const char *path) {
    return __told(__path_request(FILE_CHDIR, path, 0, 0, 0));
}

int chmod(const char *path, mode_t mode) {
    return __told(__path_request(FILE_CHMOD, path, mode, 0, 0));
}

int chown(const char *path, uid_t owner, gid_t group) {
    return __told(__path_request(FILE_CHOWN, path, owner, group, 0));
}

int lchown(const char *path, uid_t owner, gid_t group) {
    return __told(__path_request(FILE_CHOWN, path, owner, group, 1));
}

int access(const char *path, int mode) {
    return __told(__path_request(FILE_ACCESS, path, (uint32_t)mode, 0, 0));
}

int truncate(const char *path, off_t length) {
    if (length < 0) return __told(-EINVAL);
    return __told(__path_request(FILE_TRUNCATE, path, (uint32_t)length, 0, 0));
}

mode_t umask(mode_t mask) {
    return (mode_t)__request(CH_FILE, FILE_UMASK, mask & 0777, 0, 0);
}

void sync(void) {
    __request(CH_FILE, FILE_SYNC, 0, 0, 0);
}

/* Two paths, each with its NUL, in one piece of data. */
static int two_paths(int op, const char *first, const char *second) {
    char text[2 * PATH_MAX + 2];
    struct msg m;
    if (first == NULL || second == NULL) return __told(-EFAULT);
    size_t a = strlen(first) + 1, b = strlen(second) + 1;
    if (a > PATH_MAX || b > PATH_MAX) return __told(-ENAMETOOLONG);
    memcpy(text, first, a);
    memcpy(text + a, second, b);
    memset(&m, 0, sizeof m);
    m.op = (uint16_t)op;
    return __told(rpc(CH_FILE, &m, text, a + b, NULL, 0, NULL));
}

int link(const char *from, const char *to) {
    return two_paths(FILE_LINK, from, to);
}

int symlink(const char *target, const char *path) {
    return two_paths(FILE_SYMLINK, target, path);
}

int rename(const char *from, const char *to) {
    return two_paths(FILE_RENAME, from, to);
}

ssize_t readlink(const char *restrict path, char *restrict buffer, size_t size) {
    struct msg m;
    uint32_t got = 0;
    if (path == NULL || strlen(path) >= PATH_MAX) return __told(path == NULL ? -EFAULT : -ENAMETOOLONG);
    memset(&m, 0, sizeof m);
    m.op = FILE_READLINK;
    int32_t result = rpc(CH_FILE, &m, path, strlen(path) + 1, buffer, size, &got);
    return result < 0 ? __told(result) : (ssize_t)got;
}

char *getcwd(char *buffer, size_t size) {
    char text[PATH_MAX];
    struct msg m;
    uint32_t got = 0;
    memset(&m, 0, sizeof m);
    m.op = FILE_GETCWD;
    int32_t result = rpc(CH_FILE, &m, NULL, 0, text, sizeof text, &got);
    /* An answer without its end was cut: the path is longer than PATH_MAX. */
    if (result >= 0 && (got == 0 || text[got - 1] != 0)) result = -ENAMETOOLONG;
    if (result >= 0 && buffer != NULL && got > size) result = size == 0 ? -EINVAL : -ERANGE;
    if (result < 0) {
        __told(result);
        return NULL;
    }
    if (buffer == NULL && (buffer = malloc(got)) == NULL) return NULL;
    memcpy(buffer, text, got);
    return buffer;
}

int utime(const char *path, const struct utimbuf *times) {
    if (times == NULL) return __told(__path_request(FILE_UTIME, path, 0, 0, 0));
    return __told(__path_request(FILE_UTIME, path, 1, (uint32_t)times->actime, (uint32_t)times->modtime));
}

int utimes(const char *path, const struct timeval times[2]) {
    if (times == NULL) return utime(path, NULL);
    struct utimbuf seconds = {times[0].tv_sec, times[1].tv_sec};
    return utime(path, &seconds);
}

static void unpack(struct stat *to, const struct file_stat *from) {
    memset(to, 0, sizeof *to);
    to->st_dev = from->device;
    to->st_ino = from->inode;
    to->st_mode = from->mode;
    to->st_nlink = from->nlink;
    to->st_uid = from->uid;
    to->st_gid = from->gid;
    to->st_rdev = from->rdev;
    to->st_size = (off_t)from->size;
    to->st_blksize = (blksize_t)from->block_size;
    to->st_blocks = (blkcnt_t)from->blocks;
    to->st_atime = from->atime;
    to->st_mtime = from->mtime;
    to->st_ctime = from->ctime;
}

static int32_t ask(struct msg *m, const char *path, void *answer, size_t size) {
    if (path != NULL && strlen(path) >= PATH_MAX) return -ENAMETOOLONG;
    return rpc(CH_FILE, m, path, path != NULL ? strlen(path) + 1 : 0, answer, size, NULL);
}

static int path_status(const char *path, struct stat *status, uint32_t link_itself) {
    struct file_stat answer;
    struct msg m;
    memset(&m, 0, sizeof m);
    m.op = FILE_STAT;
    m.a[0] = link_itself;
    int32_t result = path == NULL ? -EFAULT : ask(&m, path, &answer, sizeof answer);
    if (result >= 0) unpack(status, &answer);
    return __told(result);
}

int stat(const char *restrict path, struct stat *restrict status) {
    return path_status(path, status, 0);
}

int lstat(const char *restrict path, struct stat *restrict status) {
    return path_status(path, status, 1);
}

int fstat(int fd, struct stat *status) {
    struct file_stat answer;
    struct msg m;
    int32_t value = __fd_value(fd);
    if (value < 0) return __told(value);
    uint32_t kind = FD_KIND((uint32_t)value), handle = FD_HANDLE((uint32_t)value);
    memset(&answer, 0, sizeof answer);
    if (kind != FD_FILE) {
        /* Devices that the file server has redirected: what stands in their inodes is known. */
        answer.mode = S_IFCHR | 0666;
        answer.nlink = 1;
        answer.block_size = PAGE_SIZE;
        answer.rdev = kind == FD_NULL ? DEV_NULL : kind == FD_ZERO ? DEV_ZERO : DEV_TTY + 0x10 + handle;
        unpack(status, &answer);
        return 0;
    }
    memset(&m, 0, sizeof m);
    m.op = FILE_FSTAT;
    m.a[0] = handle;
    int32_t result = ask(&m, NULL, &answer, sizeof answer);
    if (result >= 0) unpack(status, &answer);
    return __told(result);
}

int statvfs(const char *restrict path, struct statvfs *restrict status) {
    struct file_statvfs answer;
    struct stat there;
    struct msg m;
    /* There is one file system, and the server does not look whether the path leads anywhere. */
    if (stat(path, &there) < 0) return -1;
    memset(&m, 0, sizeof m);
    m.op = FILE_STATVFS;
    int32_t result = ask(&m, NULL, &answer, sizeof answer);
    if (result < 0) return __told(result);
    memset(status, 0, sizeof *status);
    status->f_bsize = status->f_frsize = answer.block_size;
    status->f_blocks = answer.blocks;
    status->f_bfree = answer.free;
    status->f_bavail = answer.available;
    status->f_files = answer.files;
    status->f_ffree = status->f_favail = answer.files_free;
    status->f_namemax = answer.name_max;
    status->f_flag = answer.flags;
    return 0;
}

int fstatvfs(int fd, struct statvfs *status) {
    int32_t handle = __fd_file(fd, -ENOSYS);
    return handle < 0 ? __told(handle) : statvfs("/", status);
}
