/* Pipes: end of file, broken pipes, atomic pieces, much data, many processes. */
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tap.h"

static char block[4096];

static void ends(void)
{
    int fd[2], status;
    char c;

    ok(!pipe(fd) && fd[0] != fd[1], "pipe");
    ok(write(fd[1], "abc", 3) == 3 && read(fd[0], block, 100) == 3 && !memcmp(block, "abc", 3), "through and out");
    fails(read(fd[1], &c, 1), EBADF, "read of the write end");
    fails(write(fd[0], &c, 1), EBADF, "write to the read end");
    fails(lseek(fd[0], 0, SEEK_SET), ESPIPE, "a pipe has no offset");
    write(fd[1], "x", 1);
    close(fd[1]);
    ok(read(fd[0], &c, 1) == 1 && read(fd[0], &c, 1) == 0, "what is there, then end of file");
    close(fd[0]);
    pipe(fd);
    close(fd[0]);
    signal(SIGPIPE, SIG_IGN);
    fails(write(fd[1], "x", 1), EPIPE, "nobody reads: EPIPE");
    signal(SIGPIPE, SIG_DFL);
    if (!fork()) {
        write(fd[1], "x", 1);
        _exit(0);
    }
    wait(&status);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE, "or SIGPIPE");
    close(fd[1]);
}

static void much(void)
{
    int fd[2], status, good = 1;
    unsigned long sum = 0, want = 0;

    pipe(fd);
    if (!fork()) {
        close(fd[0]);
        for (int i = 0; i < 20; i++) {
            memset(block, i + 1, sizeof block);
            if (write(fd[1], block, 3000) != 3000)
                _exit(1);
        }
        _exit(0);
    }
    close(fd[1]);
    for (int n; (n = read(fd[0], block, 1700)) > 0;)
        for (int i = 0; i < n; i++)
            sum += block[i];
    for (int i = 0; i < 20; i++)
        want += 3000ul * (i + 1);
    ok(sum == want, "60,000 bytes, none lost or twice");
    wait(&status);
    ok(status == 0, "the writer waited for room");
    close(fd[0]);
    pipe(fd);
    for (int w = 0; w < 3; w++)
        if (!fork()) {
            memset(block, 'a' + w, 512);
            for (int i = 0; i < 15; i++)
                write(fd[1], block, 512);
            _exit(0);
        }
    close(fd[1]);
    for (int i = 0; i < 45; i++) {
        int n = 0, r;

        while (n < 512 && (r = read(fd[0], block + n, 512 - n)) > 0)
            n += r;
        good &= n == 512;
        for (int j = 1; j < 512; j++)
            good &= block[j] == block[0];
    }
    ok(good && read(fd[0], block, 1) == 0, "three writers: pieces are not mixed");
    close(fd[0]);
    while (wait(&status) > 0)
        ;
}

static void ring(void)
{
    int first[2], in, status, value = 0;

    pipe(first);
    in = first[0];
    for (int i = 0; i < 6; i++) {
        int next[2];

        pipe(next);
        if (!fork()) {
            close(next[0]);
            read(in, &value, sizeof value);
            value += i;
            write(next[1], &value, sizeof value);
            _exit(0);
        }
        close(in);
        close(next[1]);
        in = next[0];
    }
    value = 100;
    write(first[1], &value, sizeof value);
    close(first[1]);
    ok(read(in, &value, sizeof value) == sizeof value && value == 115, "a chain of 6 processes");
    close(in);
    while (wait(&status) > 0)
        ;
    status = errno;
    ok(status == ECHILD, "all have ended");
}

int main(void)
{
    ends();
    much();
    ring();
    return tap_done();
}
