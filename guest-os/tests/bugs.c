/*
 * Programs with a bug end once, with the signal of the bug, whatever becomes of their board meanwhile. With arguments
 * this is such a program: it notes that it has come to its bug, in a file, waits, and falls.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tap.h"

static const char file[] = "/tmp/bugs.log";

static void note(const char *to, char c)
{
    int fd = open(to, O_WRONLY | O_CREAT | O_APPEND, 0644);

    if (fd < 0 || write(fd, &c, 1) != 1)
        _exit(3);
    close(fd);
}

static int fall(const char *to, unsigned wait, int kind)
{
    volatile int zero = 0;

    note(to, 'a');
    if (wait)
        sleep(wait);
    note(to, 'b');
    switch (kind) {
    case SIGSEGV: *(volatile int *)(uintptr_t)zero = 1; break;
    case SIGILL: __asm__ volatile("illegal"); break;
    case SIGFPE: __asm__ volatile("divu.w %0,%%d0" : : "d"((short)zero) : "d0", "cc"); break;
    default: abort();
    }
    return 0;
}

static void once(int kind)
{
    char seen[8];
    int status, fd;
    pid_t pid = fork();

    if (pid == 0)
        _exit(fall(file, 0, kind));
    ok(pid > 0 && waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) && WTERMSIG(status) == kind,
       "ends with signal %d", kind);
    fd = open(file, O_RDONLY);
    ok(read(fd, seen, sizeof seen) == 2 && seen[0] == 'a' && seen[1] == 'b', "and came there once");
    close(fd);
    unlink(file);
    ok(waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD, "and is heard of once");
}

int main(int argc, char **argv)
{
    if (argc == 3)
        return fall(argv[1], (unsigned)atoi(argv[2]), SIGSEGV);
    unlink(file);
    once(SIGSEGV);
    once(SIGILL);
    once(SIGFPE);
    once(SIGABRT);
    return tap_done();
}
