/*
 * A process may use all the memory that its file asks for, whatever else happens on its boards. With an argument it
 * takes all, and goes over it again and again for so many seconds; "good" and 0 if each page held what was written.
 * With the name of a file, too, it first waits for that to be there.
 */
#include <sys/wait.h>
#include <time.h>
#include <triplex/sys.h>
#include <unistd.h>
#include "tap.h"

TRIPLEX_MEMORY(16384, 819200);

#define HEAP 819200

static uint32_t *take(void)
{
    uint32_t *all = sbrk(HEAP);

    return all == (void *)-1 ? 0 : all;
}

/* Writes round n into each page, and tells whether round n - 1 stood there. */
static int pass(uint32_t *all, uint32_t n)
{
    int good = 1;

    for (uint32_t i = 0; i < HEAP / 4; i += PAGE_SIZE / 4) {
        good &= n == 0 || all[i] == (i ^ (n - 1) << 20);
        all[i] = i ^ n << 20;
    }
    return good;
}

static int hog(int seconds)
{
    time_t end = time(0) + seconds;
    uint32_t *all = take(), n = 0;
    int good = all != 0;

    while (good && (time(0) < end || n < 2)) {
        good = pass(all, n++);
        usleep(50000);
    }
    puts(good ? "good" : "bad");
    return !good;
}

int main(int argc, char **argv)
{
    int status;
    uint32_t *all;
    pid_t pid;

    while (argc > 2 && access(argv[2], F_OK))
        usleep(100000);
    if (argc > 1)
        return hog(atoi(argv[1]));
    all = take();
    ok(all != 0, "all of the heap");
    errno = 0;
    ok(sbrk(1) == (void *)-1 && errno == ENOMEM, "and no more");
    ok(pass(all, 0) && pass(all, 1), "each page keeps what is written");
    pid = fork();
    if (!pid)
        _exit(!pass(all, 2));
    ok(pid > 0 && waitpid(pid, &status, 0) == pid && status == 0, "a child has a copy");
    ok(pass(all, 2), "and its parent another");
    return tap_done();
}
