/* Descriptors: flags, close-on-exec, duplicates, fifos, durable writes, what they say of the disk. */
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include "contents.h"

static struct stat s;
static char buffer[64];

static int child_status(pid_t pid)
{
    int status = -1;

    waitpid(pid, &status, 0);
    return status;
}

static void controls(void)
{
    int a, b;

    put("f", "0123456789");
    a = open("f", O_RDWR | O_APPEND);
    ok((fcntl(a, F_GETFL) & (O_ACCMODE | O_APPEND)) == (O_RDWR | O_APPEND), "F_GETFL tells mode and O_APPEND");
    ok(!fcntl(a, F_SETFL, 0) && !(fcntl(a, F_GETFL) & O_APPEND), "F_SETFL takes O_APPEND away");
    ok(write(a, "X", 1) == 1 && !strcmp(get("f"), "X123456789"), "writes are at the offset then");
    fails(fcntl(a, F_SETFL, O_NONBLOCK), ENOTSUP, "there is no O_NONBLOCK: all reads wait");
    b = fcntl(a, F_DUPFD, 10);
    ok(b >= 10, "F_DUPFD: a number from 10 on");
    ok(!fcntl(b, F_GETFD), "a duplicate is not closed at exec");
    ok(!fcntl(b, F_SETFD, FD_CLOEXEC) && fcntl(b, F_GETFD) == FD_CLOEXEC && !fcntl(a, F_GETFD), "F_SETFD, of one only");
    ok(dup2(b, b) == b && fcntl(b, F_GETFD) == FD_CLOEXEC, "dup2 to itself changes nothing");
    close(b);
    fails(fcntl(b, F_GETFD), EBADF, "fcntl of a closed one");
    fails(fcntl(a, F_DUPFD, 99), EINVAL, "F_DUPFD from 99 on");
    fails(fcntl(a, 99), EINVAL, "no command 99");
    fails(dup(99), EBADF, "dup of nothing");
    fails(dup2(a, 99), EBADF, "dup2 to no number");
    b = open("f", O_RDONLY | O_CLOEXEC);
    ok(fcntl(b, F_GETFD) == FD_CLOEXEC, "O_CLOEXEC");
    close(b);
    lseek(a, 7, SEEK_SET);
    b = dup(a);
    ok(lseek(b, 0, SEEK_CUR) == 7 && lseek(a, 0, SEEK_END) == 10 && lseek(b, 0, SEEK_CUR) == 10,
       "duplicates share the offset");
    fails(lseek(a, 0, 9), EINVAL, "lseek from nowhere");
    fails(pread(a, buffer, 1, -1), EINVAL, "pread before the start");
    fails(ioctl(a, TIOCGWINSZ, buffer), ENOTTY, "ioctl of a file");
    close(a);
    ok(read(b, buffer, 1) == 0 && !close(b), "the file lives until the last is closed");
}

/* sh gets a descriptor and tells whether it is open. */
static int open_in_program(int fd)
{
    pid_t pid = fork();

    if (!pid) {
        close(2);
        open("/dev/null", O_WRONLY);
        sprintf(buffer, "echo x >&%d", fd);
        execl("/bin/sh", "sh", "-c", buffer, (char *)0);
        _exit(99);
    }
    return child_status(pid) == 0;
}

static void at_exec(void)
{
    int a = open("out", O_WRONLY | O_CREAT, 0644), b = fcntl(a, F_DUPFD, 5);

    fflush(stdout);
    fcntl(b, F_SETFD, FD_CLOEXEC);
    ok(open_in_program(a), "a descriptor goes through exec");
    ok(!open_in_program(b), "one marked close-on-exec does not");
    ok(!strcmp(get("out"), "x\n"), "and was written to");
    close(a);
    close(b);
    unlink("out");
}

static void fifos(void)
{
    pid_t pid;
    int fd, n = 0;

    ok(!mkfifo("fifo", 0644) && !stat("fifo", &s) && S_ISFIFO(s.st_mode), "mkfifo");
    fails(mkfifo("fifo", 0644), EEXIST, "mkfifo of what exists");
    fails(mkfifo("none/fifo", 0644), ENOENT, "mkfifo in nothing");
    fflush(stdout);
    pid = fork();
    if (!pid) {
        fd = open("fifo", O_WRONLY);
        _exit(fd < 0 || write(fd, "through a name", 14) != 14);
    }
    fd = open("fifo", O_RDONLY);
    ok(fd >= 0, "open waits for the other side");
    while (n < 14) {
        int more = read(fd, buffer + n, sizeof buffer - (size_t)n);
        if (more <= 0)
            break;
        n += more;
    }
    ok(n == 14 && !memcmp(buffer, "through a name", 14), "bytes go through");
    ok(read(fd, buffer, 1) == 0, "then end of file");
    ok(child_status(pid) == 0, "the writer was content");
    fails(lseek(fd, 0, SEEK_SET), ESPIPE, "a fifo has no offset");
    close(fd);
    signal(SIGPIPE, SIG_IGN);
    pid = fork();
    if (!pid) {
        close(open("fifo", O_RDONLY));
        _exit(0);
    }
    fd = open("fifo", O_WRONLY);
    child_status(pid);
    fails(write(fd, "x", 1), EPIPE, "nobody reads: EPIPE");
    signal(SIGPIPE, SIG_DFL);
    close(fd);
    unlink("fifo");
}

static void limits(void)
{
    int fds[2], count = 0, at[40][2];
    struct statvfs v, w;

    while (count < 40 && !pipe(at[count]))
        count++;
    int error = errno;
    ok(count >= 10 && error == EMFILE, "EMFILE after %d pipes", count);
    for (int i = 0; i < count; i++) {
        close(at[i][0]);
        close(at[i][1]);
    }
    ok(!pipe(fds) && fds[0] == at[0][0] && fds[1] == at[0][1], "then the lowest numbers again");
    ok(!fstat(fds[0], &s) && S_ISFIFO(s.st_mode), "fstat of a pipe");
    fails(fsync(fds[0]), EINVAL, "fsync of a pipe");
    close(fds[0]);
    close(fds[1]);
    fails(fsync(99), EBADF, "fsync of nothing");
    int fd = open("durable", O_RDWR | O_CREAT, 0644);
    ok(write(fd, "kept", 4) == 4 && !fsync(fd), "fsync");
    statvfs("/", &v);
    for (int i = 0; i < 20; i++)
        write(fd, (char[4096]){ 1 }, 4096);
    ok(!fstatvfs(fd, &w) && w.f_bfree < v.f_bfree && v.f_bfree - w.f_bfree >= 20 * 4096 / v.f_bsize,
       "20 pages take %lu blocks of %lu", v.f_bfree - w.f_bfree, v.f_bsize);
    ok(w.f_files == w.f_ffree + (v.f_files - v.f_ffree) && w.f_namemax == 255, "and no inode");
    fstat(fd, &s);
    ok(s.st_blocks >= 160 && s.st_blocks < 200 && s.st_blksize == (long)v.f_bsize, "st_blocks: %ld of 512 bytes",
       s.st_blocks);
    close(fd);
    unlink("durable");
    ok(!statvfs(".", &w) && w.f_bfree >= v.f_bfree, "unlink gives them back");
    fails(statvfs("none", &w), ENOENT, "statvfs of nothing");
    sync();
    ok(!statvfs("/", &v) && v.f_bfree == w.f_bfree, "a sync changes no figure");
}

int main(void)
{
    work_in("/tmp/descriptors");
    controls();
    at_exec();
    fifos();
    limits();
    unlink("f");
    leave_clean("/tmp/descriptors");
    return tap_done();
}
