/* fork, exec, exit, wait, signals, time. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "tap.h"

static volatile int caught, order[8], orders;
static jmp_buf place;

static void count(int n)
{
    caught += n == SIGUSR1 ? 1 : n == SIGALRM ? 100 : n == SIGCHLD ? 1000 : 10000;
    order[orders++ & 7] = n;
}

static void nested(int n)
{
    (void)n;
    order[orders++ & 7] = 1;
    raise(SIGUSR2);
    order[orders++ & 7] = 3;
}

static void inner(int n)
{
    (void)n;
    order[orders++ & 7] = 2;
}

static void away(int n) { longjmp(place, n); }

static void on(int n, void (*handler)(int), int flags)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigaction(n, &action, 0);
}

static int child_status(void (*body)(void))
{
    int status = -1;
    pid_t pid = fork();

    if (!pid) {
        body();
        _exit(99);
    }
    return waitpid(pid, &status, 0) == pid ? status : -1;
}

static void exit_7(void) { _exit(7); }
static void exit_flush(void) { exit(300); }
static void kill_self(void) { kill(getpid(), SIGTERM); for (;;) pause(); }
static volatile unsigned long nowhere;
static void null_read(void) { (void)*(volatile int *)nowhere; }
static void null_write(void) { *(volatile int *)(nowhere + 8) = 1; }
static void text_write(void) { *(volatile char *)(unsigned long)&exit_7 = 1; }
static void odd_read(void) { *(volatile int *)((unsigned long)&order[0] + 1); }
static void privileged(void) { __asm__ volatile("reset"); }
static void illegal(void) { __asm__ volatile("illegal"); }
static void divide(void)
{
    volatile short zero = 0;

    __asm__ volatile("moveq #5,%%d0\n\tdivu %0,%%d0" : : "m"(zero) : "d0");
}

static void run_data(void) { static short code[] = { 0x4E75, 0x4E71 }; ((void (*)(void))code)(); }
static void missing(void) { char *argv[] = { "x", 0 }; execv("/bin/not-there", argv); _exit(errno); }
static void deep_stack(void) { volatile char space[1 << 20]; space[0] = 1; _exit(space[0]); }

static void ends(void)
{
    int status, pid, good = 1;

    status = child_status(exit_7);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 7, "exit status 7");
    status = child_status(exit_flush);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == (300 & 255), "exit status modulo 256");
    status = child_status(kill_self);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM, "death by SIGTERM");
    status = child_status(null_read);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV, "read of page 0: SIGSEGV");
    status = child_status(null_write);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV, "write to page 0: SIGSEGV");
    status = child_status(text_write);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV, "write to text: SIGSEGV");
    status = child_status(run_data);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV, "running data: SIGSEGV");
    status = child_status(deep_stack);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV, "stack overflow: SIGSEGV");
    status = child_status(odd_read);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGBUS, "odd address: SIGBUS");
    status = child_status(privileged);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL, "privileged instruction: SIGILL");
    status = child_status(illegal);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL, "illegal instruction: SIGILL");
    status = child_status(divide);
    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGFPE, "division by zero: SIGFPE");
    status = child_status(missing);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == ENOENT, "exec of nothing answers ENOENT");
    fails(wait(&status), ECHILD, "wait without children");
    pid = fork();
    if (!pid) {
        sleep(1);
        _exit(3);
    }
    ok(waitpid(pid, &status, WNOHANG) == 0, "WNOHANG while the child lives");
    ok(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 3, "wait until it ends");
    for (int i = 0; i < 12; i++)
        if (!fork())
            _exit(i);
    pid = 0;
    for (int i = 0; i < 12; i++)
        good &= wait(&status) > 0 && !(pid >> WEXITSTATUS(status) & 1), pid |= 1 << WEXITSTATUS(status);
    ok(good && pid == 0xFFF, "12 children, each waited for once");
}

static void family(void)
{
    int fd[2], status, me = getpid();
    pid_t child, told[2];

    ok(me >= 64 && getppid() > 0, "pid %d, parent %d", me, (int)getppid());
    pipe(fd);
    child = fork();
    if (!child) {
        told[0] = getppid();
        if (!fork()) {
            while (getppid() == getpid() || getppid() > 1)
                sleep(1);
            told[1] = getppid();
            write(fd[1], told, sizeof told);
            _exit(0);
        }
        _exit(0);
    }
    close(fd[1]);
    waitpid(child, &status, 0);
    ok(read(fd[0], told, sizeof told) == sizeof told && told[1] == 1, "an orphan is given to init");
    close(fd[0]);
    ok(getpgrp() > 0 && kill(me, 0) == 0, "signal 0 finds a process");
    fails(kill(29999, 0), ESRCH, "and none");
    fails(kill(me, 99), EINVAL, "signal 99");
    child = fork();
    if (!child) {
        setpgid(0, 0);
        execl("/bin/sleep", "sleep", "100", (char *)0);
        _exit(1);
    }
    setpgid(child, child);
    ok(!kill(-child, SIGKILL) && waitpid(child, &status, 0) == child && WTERMSIG(status) == SIGKILL,
       "a group is killed");
}

static void signals(void)
{
    sigset_t set, old;
    int status;
    pid_t child;

    on(SIGUSR1, count, SA_RESTART);
    caught = 0;
    ok(!kill(getpid(), SIGUSR1) && (getpid(), sleep(0), caught == 1), "a signal to oneself");
    raise(SIGUSR1);
    ok(caught == 2, "raise is at once");
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, &old);
    raise(SIGUSR1);
    raise(SIGUSR1);
    ok(caught == 2 && !sigpending(&set) && sigismember(&set, SIGUSR1), "blocked, it is pending");
    sigprocmask(SIG_SETMASK, &old, 0);
    ok(caught == 3, "and delivered once");
    on(SIGUSR1, nested, 0);
    on(SIGUSR2, inner, 0);
    orders = 0;
    raise(SIGUSR1);
    ok(orders == 3 && order[0] == 1 && order[1] == 2 && order[2] == 3, "nested handlers");
    on(SIGCHLD, count, SA_RESTART);
    caught = 0;
    child = fork();
    if (!child)
        _exit(0);
    ok(waitpid(child, &status, 0) == child && caught == 1000, "SIGCHLD; wait goes on after the handler");
    on(SIGCHLD, SIG_DFL, 0);
    on(SIGALRM, count, 0);
    caught = 0;
    alarm(1);
    errno = 0;
    ok(pause() == -1 && errno == EINTR && caught == 100, "pause ends with EINTR at the alarm");
    ok(alarm(0) == 0 && alarm(100) == 0 && alarm(0) >= 99, "alarm answers what was left");
    if (setjmp(place) == 0) {
        on(SIGSEGV, away, SA_NODEFER);
        null_read();
        ok(0, "SIGSEGV can be caught");
    } else
        ok(1, "SIGSEGV can be caught");
    on(SIGSEGV, SIG_DFL, 0);
    on(SIGUSR1, SIG_IGN, 0);
    ok(!kill(getpid(), SIGUSR1), "an ignored signal");
    fails(sigaction(SIGKILL, &(struct sigaction){ .sa_handler = count }, 0), EINVAL, "SIGKILL can not be caught");
}

static void times_(void)
{
    time_t before = time(0), after;
    struct timeval a, b;

    gettimeofday(&a, 0);
    sleep(1);
    gettimeofday(&b, 0);
    after = time(0);
    ok(before > 400000000 && after - before >= 1 && after - before <= 3, "sleep takes its second");
    ok(b.tv_sec > a.tv_sec || (b.tv_sec == a.tv_sec && b.tv_usec > a.tv_usec), "time goes forward");
}

static void programs(void)
{
    int fd[2], n, status;
    char text[100];

    pipe(fd);
    if (!fork()) {
        char *argv[] = { "sh", "-c", "echo $0 $1 $X", "zero", "one", 0 }, *envp[] = { "X=env", 0 };
        dup2(fd[1], 1);
        fcntl(fd[0], F_SETFD, FD_CLOEXEC);
        execve("/bin/sh", argv, envp);
        _exit(1);
    }
    close(fd[1]);
    n = read(fd[0], text, sizeof text);
    ok(n == 13 && !memcmp(text, "zero one env\n", 13), "arguments and environment");
    ok(wait(&status) > 0 && status == 0, "its status");
    ok(read(fd[0], text, 1) == 0, "end of file when it has ended");
    close(fd[0]);
    fails(execl("/etc/rc", "rc", (char *)0), EACCES, "exec of what is not executable");
    fails(execl("/bin", "x", (char *)0), EACCES, "exec of a directory");
}

int main(void)
{
    ends();
    family();
    signals();
    times_();
    programs();
    return tap_done();
}
