/* Files, directories and names: what POSIX asks of the calls, with the errors. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>
#include "tap.h"

static char buffer[8192];

static int put(const char *name, const char *text)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644), n;

    if (fd < 0)
        return -1;
    n = write(fd, text, strlen(text));
    close(fd);
    return n;
}

static const char *get(const char *name)
{
    int fd = open(name, O_RDONLY), n;

    if (fd < 0)
        return "(none)";
    n = read(fd, buffer, sizeof buffer - 1);
    close(fd);
    buffer[n < 0 ? 0 : n] = 0;
    return buffer;
}

static void opening(void)
{
    int a, b;

    ok(put("a", "hello") == 5, "a file is written");
    ok(!strcmp(get("a"), "hello"), "and read");
    fails(open("none", O_RDONLY), ENOENT, "open of nothing");
    fails(open("", O_RDONLY), ENOENT, "open of the empty path");
    fails(open("a/b", O_RDONLY), ENOTDIR, "a file is no directory");
    fails(open("a/", O_RDONLY), ENOTDIR, "nor with a slash behind it");
    fails(open("a", O_WRONLY | O_CREAT | O_EXCL, 0644), EEXIST, "O_EXCL on what exists");
    fails(open(".", O_WRONLY), EISDIR, "a directory is not opened for writing");
    fails(open("a", O_RDONLY | O_DIRECTORY), ENOTDIR, "O_DIRECTORY on a file");
    a = open("a", O_RDONLY);
    b = open("a", O_RDONLY);
    ok(b == a + 1, "descriptors are the lowest free ones");
    close(a);
    ok(open("a", O_RDONLY) == a, "a closed one is used again");
    close(a);
    close(b);
    fails(close(a), EBADF, "closing twice");
    fails(read(99, buffer, 1), EBADF, "read of no descriptor");
    a = open("a", O_RDONLY);
    fails(write(a, "x", 1), EBADF, "write on a descriptor opened for reading");
    close(a);
    a = open("a", O_WRONLY);
    fails(read(a, buffer, 1), EBADF, "read on a descriptor opened for writing");
    close(a);
    memset(buffer, 'n', 300);
    buffer[300] = 0;
    fails(open(buffer, O_RDONLY), ENAMETOOLONG, "a name of 300 bytes");
    for (a = 0; (b = open("a", O_RDONLY)) >= 0; a++)
        ;
    int full = errno == EMFILE;
    ok(full && a > 20, "EMFILE after %d more descriptors", a);
    for (b = 3; b < 40; b++)
        close(b);
}

static void offsets(void)
{
    int a, b, status;
    struct stat s;

    put("o", "0123456789");
    a = open("o", O_RDWR);
    ok(lseek(a, 4, SEEK_SET) == 4 && read(a, buffer, 2) == 2 && !memcmp(buffer, "45", 2), "lseek and read");
    ok(lseek(a, -2, SEEK_CUR) == 4, "lseek backwards");
    ok(lseek(a, -1, SEEK_END) == 9, "lseek from the end");
    fails(lseek(a, -20, SEEK_SET), EINVAL, "lseek before the start");
    b = dup(a);
    lseek(b, 2, SEEK_SET);
    ok(read(a, buffer, 1) == 1 && buffer[0] == '2', "dup shares the offset");
    if (!fork()) {
        read(a, buffer, 3);
        _exit(0);
    }
    wait(&status);
    ok(lseek(a, 0, SEEK_CUR) == 6, "fork shares the offset");
    ok(pread(a, buffer, 2, 8) == 2 && !memcmp(buffer, "89", 2) && lseek(a, 0, SEEK_CUR) == 6,
       "pread leaves the offset");
    ok(pwrite(a, "xy", 2, 0) == 2 && lseek(a, 0, SEEK_CUR) == 6, "pwrite leaves it too");
    lseek(a, 10000, SEEK_SET);
    ok(write(a, "end", 3) == 3, "write past the end");
    memset(buffer, 1, 100);
    ok(pread(a, buffer, 100, 5000) == 100 && buffer[0] == 0 && buffer[99] == 0, "a hole reads as zeros");
    ok(!fstat(a, &s) && s.st_size == 10003, "size %ld", (long)s.st_size);
    ok(!ftruncate(a, 5) && !fstat(a, &s) && s.st_size == 5, "ftruncate to less");
    ok(!ftruncate(a, 50) && pread(a, buffer, 50, 0) == 50 && !memcmp(buffer, "xy234", 5) && buffer[5] == 0 &&
       buffer[49] == 0,
       "ftruncate to more adds zeros");
    ok(read(a, buffer, 10) == 0, "read at and after the end gives 0");
    close(a);
    ok(dup2(b, 17) == 17 && fcntl(17, F_GETFD) == 0, "dup2 to a chosen number");
    fails(dup2(99, 3), EBADF, "dup2 of nothing");
    close(17);
    close(b);
    a = open("o", O_WRONLY | O_APPEND);
    lseek(a, 0, SEEK_SET);
    write(a, "A", 1);
    close(a);
    ok(get("o")[0] == 'x' && buffer[50] == 'A', "O_APPEND writes at the end");
    a = open("o", O_WRONLY | O_TRUNC);
    ok(!fstat(a, &s) && s.st_size == 0, "O_TRUNC");
    close(a);
}

static void big(void)
{
    int a = open("big", O_RDWR | O_CREAT | O_TRUNC, 0600), good = 1;

    for (int i = 0; i < 60; i++) {
        memset(buffer, i, sizeof buffer);
        good &= write(a, buffer, 5000) == 5000;
    }
    ok(good, "300,000 bytes are written in pieces that fit no block");
    good = 1;
    for (int i = 59; i >= 0; i--) {
        lseek(a, i * 5000, SEEK_SET);
        good &= read(a, buffer, 5000) == 5000 && buffer[0] == i && buffer[4999] == i;
    }
    ok(good, "and read back in another order");
    close(a);
    ok(!unlink("big"), "and removed");
}

static void names(void)
{
    struct stat s, t;
    int a;

    put("l1", "link");
    ok(!link("l1", "l2") && !stat("l1", &s) && s.st_nlink == 2, "link");
    ok(!stat("l2", &t) && t.st_ino == s.st_ino, "both names are one inode");
    fails(link("l1", "l2"), EEXIST, "link over what exists");
    fails(link(".", "l3"), EPERM, "link to a directory");
    ok(!unlink("l1") && !stat("l2", &s) && s.st_nlink == 1, "unlink of one name");
    a = open("l2", O_RDONLY);
    ok(!unlink("l2") && read(a, buffer, 10) == 4, "an open file lives on without a name");
    ok(!fstat(a, &s) && s.st_nlink == 0, "with no links");
    close(a);
    fails(stat("l2", &s), ENOENT, "and is gone then");
    fails(unlink("l2"), ENOENT, "unlink of nothing");
    put("r1", "one");
    put("r2", "two");
    ok(!rename("r1", "r2") && !strcmp(get("r2"), "one"), "rename replaces");
    fails(stat("r1", &s), ENOENT, "the old name is gone");
    ok(!rename("r2", "r2"), "rename to itself");
    fails(rename("none", "x"), ENOENT, "rename of nothing");
    unlink("r2");
    ok(!symlink("target/not/there", "s1") && readlink("s1", buffer, 100) == 16, "symlink and readlink");
    fails(open("s1", O_RDONLY), ENOENT, "a symlink to nothing");
    ok(!lstat("s1", &s) && S_ISLNK(s.st_mode) && s.st_size == 16, "lstat sees the link");
    unlink("s1");
    symlink("loop2", "loop1");
    symlink("loop1", "loop2");
    fails(open("loop1", O_RDONLY), ELOOP, "a circle of symlinks");
    unlink("loop1");
    unlink("loop2");
    fails(readlink("a", buffer, 10), EINVAL, "readlink of a file");
}

static void directories(void)
{
    struct stat s;
    struct dirent *d;
    DIR *dir;
    int seen[60] = { 0 }, others = 0, good = 1, i;

    ok(!mkdir("d", 0755) && !stat("d", &s) && S_ISDIR(s.st_mode) && s.st_nlink == 2, "mkdir");
    fails(mkdir("d", 0755), EEXIST, "mkdir of what exists");
    fails(mkdir("no/d", 0755), ENOENT, "mkdir in nothing");
    ok(!mkdir("d/e", 0755) && !stat("d", &s) && s.st_nlink == 3, "a subdirectory counts as a link");
    fails(rmdir("d"), ENOTEMPTY, "rmdir of a full directory");
    fails(unlink("d"), EPERM, "unlink of a directory");
    fails(rmdir("a"), ENOTDIR, "rmdir of a file");
    fails(rename("d", "d/e/f"), EINVAL, "a directory into itself");
    ok(!chdir("d/e") && getcwd(buffer, sizeof buffer) && !strcmp(buffer + strlen(buffer) - 4, "/d/e"), "chdir, getcwd");
    ok(!chdir("../..") && !stat("d/e/..", &s), "and back");
    errno = 0;
    ok(!getcwd(buffer, 2), "getcwd without room");
    fails(chdir("a"), ENOTDIR, "chdir to a file");
    ok(!rename("d/e", "f") && !stat("f/..", &s), "a directory is moved");
    ok(!stat("d", &s) && s.st_nlink == 2, "and its parent has a link less");
    ok(!rmdir("f"), "rmdir");
    for (i = 0; i < 60; i++) {
        sprintf(buffer, "d/file%d", i);
        good &= put(buffer, "") == 0;
    }
    ok(good, "60 files");
    dir = opendir("d");
    while ((d = readdir(dir)))
        if (!strncmp(d->d_name, "file", 4))
            seen[atoi(d->d_name + 4)]++;
        else
            others++;
    for (i = 0; i < 60; i++)
        good &= seen[i] == 1;
    ok(good && others == 2, "readdir gives each once, and . and ..");
    rewinddir(dir);
    i = 0;
    while ((d = readdir(dir)) && i < 60) {
        if (d->d_name[0] == '.')
            continue;
        sprintf(buffer, "d/%s", d->d_name);
        good &= !unlink(buffer);
        i++;
    }
    closedir(dir);
    ok(good && i == 60, "they are removed while they are read");
    ok(!rmdir("d"), "then the directory is empty");
    errno = 0;
    ok(!opendir("none") && errno == ENOENT, "opendir of nothing");
}

static void attributes(void)
{
    struct stat s;
    struct utimbuf times = { 1000, 2000 };
    struct statvfs v;
    mode_t old;

    ok(!chmod("a", 0640) && !stat("a", &s) && (s.st_mode & 07777) == 0640, "chmod");
    old = umask(027);
    unlink("u");
    put("u", "");
    ok(!stat("u", &s) && (s.st_mode & 0777) == 0640, "umask");
    ok(umask(old) == 027, "umask answers the old one");
    ok(!utime("u", &times) && !stat("u", &s) && s.st_atime == 1000 && s.st_mtime == 2000, "utime");
    ok(s.st_ctime > 400000000, "ctime is the time of the change");
    ok(!access("u", R_OK | W_OK), "access");
    fails(access("none", F_OK), ENOENT, "access of nothing");
    ok(!chown("u", 5, 6) && !stat("u", &s) && s.st_uid == 5 && s.st_gid == 6, "chown");
    ok(!truncate("u", 10) && !stat("u", &s) && s.st_size == 10, "truncate");
    fails(truncate("none", 1), ENOENT, "truncate of nothing");
    ok(!statvfs("/", &v) && v.f_bfree > 0 && v.f_bfree < v.f_blocks, "statvfs: %lu of %lu blocks free",
       (unsigned long)v.f_bfree, (unsigned long)v.f_blocks);
    unlink("u");
}

static void devices(void)
{
    int a = open("/dev/null", O_RDWR);
    struct stat s;

    ok(a >= 0 && write(a, "x", 1) == 1 && read(a, buffer, 1) == 0, "/dev/null");
    close(a);
    a = open("/dev/zero", O_RDONLY);
    buffer[0] = buffer[9] = 1;
    ok(a >= 0 && read(a, buffer, 10) == 10 && !buffer[0] && !buffer[9], "/dev/zero");
    close(a);
    ok(!stat("/dev/null", &s) && S_ISCHR(s.st_mode), "/dev/null is a character device");
    a = open("/dev/tty", O_RDWR);
    ok(a >= 0 && isatty(a), "/dev/tty is a terminal");
    close(a);
    ok(!isatty(99), "no descriptor, no terminal");
}

int main(void)
{
    if (mkdir("/tmp/files", 0755) && errno != EEXIST)
        perror("/tmp/files");
    chdir("/tmp/files");
    opening();
    offsets();
    big();
    names();
    directories();
    attributes();
    devices();
    unlink("a");
    unlink("o");
    chdir("/");
    ok(!rmdir("/tmp/files"), "nothing is left behind");
    return tap_done();
}
