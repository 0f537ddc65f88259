/*
 * Two processes read the clock and tell a third, who reads it, too: time never goes back, neither for one of them nor
 * from one to another.
 */
#include <stdio.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define READINGS 8

struct reading { int who; struct timeval at; };

static int later(const struct timeval *a, const struct timeval *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_usec > b->tv_usec;
}

static int reader(int who, int fd)
{
    for (int i = 0; i < READINGS; i++) {
        struct timespec pause = { 0, 40000000 };
        struct reading r = { who, { 0, 0 } };

        gettimeofday(&r.at, 0);
        if (write(fd, &r, sizeof r) != sizeof r)
            return 1;
        nanosleep(&pause, 0);
    }
    return 0;
}

int main(void)
{
    struct timeval last[2] = { { 0, 0 }, { 0, 0 } }, now = { 0, 0 }, before;
    struct reading r;
    int fds[2], n = 0, back = 0, status;

    if (pipe(fds))
        return 1;
    for (int i = 0; i < 2; i++)
        if (fork() == 0)
            _exit(reader(i, fds[1]));
    close(fds[1]);
    while (read(fds[0], &r, sizeof r) == sizeof r) {
        before = now;
        gettimeofday(&now, 0);
        back += later(&r.at, &now) + later(&last[r.who], &r.at) + later(&before, &now);
        last[r.who] = r.at;
        n++;
    }
    while (wait(&status) > 0)
        back += status != 0;
    printf("%d readings, %d times back\n", n, back);
    return back != 0;
}
