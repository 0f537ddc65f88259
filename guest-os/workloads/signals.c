/*
 * Signals: alarms, a handler within a handler, the end of children, Ctrl-C on a read that waits. What is printed does
 * not depend on when they come.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int alarms, outer, inner, ended, interrupts;
static sigset_t none;

static void on_alarm(int n) { (void)n; alarms++; }
static void on_interrupt(int n) { (void)n; interrupts++; }
static void on_child(int n) { (void)n; ended++; }
static void on_inner(int n) { (void)n; inner++; }

/* SIGUSR2 is blocked here but for the wait, in which its handler runs. */
static void on_outer(int n)
{
    int before = inner;

    (void)n;
    outer++;
    kill(getpid(), SIGUSR2);
    while (inner == before)
        sigsuspend(&none);
}

static void install(int n, void (*handler)(int), int flags, int also)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    if (also)
        sigaddset(&action.sa_mask, also);
    sigaction(n, &action, 0);
}

static void block(int n)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, n);
    sigprocmask(SIG_BLOCK, &set, 0);
}

static void children(void)
{
    int sum = 0, status;

    for (int i = 1; i <= 3; i++)
        if (fork() == 0)
            _exit(i);
    while (!ended)
        sigsuspend(&none);          /* All may have ended before anybody asks; SIGCHLD waits for this. */
    for (int left = 3; left;) {
        int pid = waitpid(-1, &status, WNOHANG);

        if (pid > 0) {
            sum += WEXITSTATUS(status);
            left--;
        } else
            sigsuspend(&none);
    }
    printf("children %d, told %s\n", sum, ended <= 3 ? "yes" : "no");
}

static void reads(void)
{
    char line[40];
    int n;

    install(SIGINT, on_interrupt, 0, 0);
    printf("reading\n");
    n = read(0, line, sizeof line);
    printf("read %d %s, interrupts %d\n", n, n < 0 && errno == EINTR ? "EINTR" : "?", interrupts);
    install(SIGINT, on_interrupt, SA_RESTART, 0);
    printf("again\n");
    n = read(0, line, sizeof line);
    printf("read %d, interrupts %d\n", n, interrupts);
}

int main(void)
{
    setvbuf(stdout, 0, _IOLBF, 0);
    sigemptyset(&none);
    block(SIGALRM);
    block(SIGUSR1);
    block(SIGUSR2);
    block(SIGCHLD);
    install(SIGALRM, on_alarm, 0, 0);
    install(SIGUSR1, on_outer, 0, SIGUSR2);
    install(SIGUSR2, on_inner, 0, 0);
    install(SIGCHLD, on_child, 0, 0);
    alarm(1);
    while (!alarms)
        sigsuspend(&none);
    printf("alarms %d\n", alarms);
    for (int i = 1; i <= 3; i++) {
        kill(getpid(), SIGUSR1);
        while (outer < i)
            sigsuspend(&none);
    }
    printf("handlers %d %d\n", outer, inner);
    children();
    reads();
    return 0;
}
