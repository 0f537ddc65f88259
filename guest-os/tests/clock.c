/* Time: what calls tell, sleeping, alarms, and how a signal ends a wait. */
#include <signal.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "tap.h"

static volatile int caught;

static void count(int number)
{
    (void)number;
    caught++;
}

static long long now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void telling(void)
{
    struct timespec real, since_boot;
    struct timeval v;
    time_t t, u;
    clock_t ticks, later;

    t = time(&u);
    ok(t == u && t > 400000000, "time answers twice the same: %lld", t);
    ok(!gettimeofday(&v, 0) && v.tv_sec - t <= 1 && v.tv_usec >= 0 && v.tv_usec < 1000000, "gettimeofday agrees");
    ok(!clock_gettime(CLOCK_REALTIME, &real) && real.tv_sec - t <= 1, "CLOCK_REALTIME too");
    ok(!clock_gettime(CLOCK_MONOTONIC, &since_boot) && since_boot.tv_sec < 3600, "CLOCK_MONOTONIC: since boot");
    fails(clock_gettime(77, &real), EINVAL, "no clock 77");
    ticks = times(0);
    usleep(300000);
    later = times(0);
    ok(later - ticks >= 30 && later - ticks < 100, "times counts hundredths: %ld", later - ticks);
    ok(sysconf(_SC_CLK_TCK) == 100 && clock() == -1, "of processor time nobody keeps account");
    long long a = now(), b = now();
    ok(b >= a, "the clock never goes back");
}

static void sleeping(void)
{
    struct timespec wanted = { 0, 250000000 }, bad = { 0, 1000000000 }, left;
    long long start = now();

    ok(!nanosleep(&wanted, 0) && now() - start >= 200000000 && now() - start < 900000000, "a quarter of a second");
    fails(nanosleep(&bad, 0), EINVAL, "a billion nanoseconds");
    wanted.tv_sec = -1;
    fails(nanosleep(&wanted, 0), EINVAL, "less than nothing");
    ok(sleep(0) == 0, "sleep of nothing");
    signal(SIGALRM, count);
    caught = 0;
    alarm(1);
    wanted.tv_sec = 10;
    errno = 0;
    ok(nanosleep(&wanted, &left) == -1 && errno == EINTR && caught == 1, "a signal ends it, in spite of SA_RESTART");
    ok(left.tv_sec >= 8 && left.tv_sec <= 9, "what is left: %lld.%09ld", left.tv_sec, left.tv_nsec);
    alarm(1);
    ok(sleep(5) >= 3 && caught == 2, "sleep tells the seconds");
}

static void alarms(void)
{
    sigset_t none, only;
    long long start;

    caught = 0;
    ok(alarm(30) == 0 && alarm(2) >= 29, "a new alarm replaces the old one, and tells what was left");
    start = now();
    pause();
    ok(caught == 1 && now() - start > 1000000000, "it comes when it said");
    ok(alarm(0) == 0, "once");
    sigemptyset(&none);
    sigemptyset(&only);
    sigaddset(&only, SIGALRM);
    sigprocmask(SIG_BLOCK, &only, 0);
    alarm(1);
    sleep(2);
    ok(caught == 1, "blocked, it waits");
    errno = 0;
    ok(sigsuspend(&none) == -1 && errno == EINTR && caught == 2, "until sigsuspend lets it in");
    sigset_t after;
    sigprocmask(SIG_BLOCK, 0, &after);
    ok(sigismember(&after, SIGALRM), "which restores the mask");
    sigprocmask(SIG_UNBLOCK, &only, 0);
    alarm(1);
    if (!fork()) {
        sleep(2);
        _exit(caught != 2);
    }
    int status = -1;
    while (wait(&status) < 0)
        ;
    ok(status == 0, "a child does not inherit an alarm");
}

/* A read of an empty pipe, interrupted: EINTR without SA_RESTART, with it the read goes on. */
static void interrupted(void)
{
    struct sigaction action = { .sa_handler = count };
    int fd[2], status;
    char c;

    pipe(fd);
    sigaction(SIGALRM, &action, 0);
    caught = 0;
    alarm(1);
    fails(read(fd[0], &c, 1), EINTR, "without SA_RESTART a read ends with EINTR");
    ok(caught == 1, "after the handler");
    write(fd[1], "a", 1);
    ok(read(fd[0], &c, 1) == 1 && c == 'a', "and nothing was lost");
    action.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &action, 0);
    fflush(stdout);
    if (!fork()) {
        sleep(2);
        write(fd[1], "b", 1);
        _exit(0);
    }
    alarm(1);
    ok(read(fd[0], &c, 1) == 1 && c == 'b' && caught == 2, "with it the read goes on");
    action.sa_flags = 0;
    sigaction(SIGALRM, &action, 0);
    while (wait(&status) < 0)
        ;
    if (!fork()) {
        sleep(5);
        _exit(0);
    }
    alarm(1);
    fails(wait(&status), EINTR, "wait ends with EINTR, too");
    kill(0, 0);
    ok(wait(&status) > 0 && status == 0, "and can be called again");
}

int main(void)
{
    telling();
    sleeping();
    alarms();
    interrupted();
    return tap_done();
}
