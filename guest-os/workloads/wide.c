/*
 * A program with much memory of its own: its board must have all of it when it is loaded, and again when it forks.
 * "good" and 0 if the child has what its parent wrote.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <triplex/sys.h>
#include <unistd.h>

TRIPLEX_MEMORY(8192, 8192);

static uint32_t all[204800];        /* 200 pages */

static int is_full(void)
{
    for (uint32_t i = 0; i < sizeof all / sizeof all[0]; i += PAGE_SIZE / sizeof all[0])
        if (all[i] != ~i)
            return 0;
    return 1;
}

int main(void)
{
    int status = 1;
    pid_t pid;

    for (uint32_t i = 0; i < sizeof all / sizeof all[0]; i += PAGE_SIZE / sizeof all[0])
        all[i] = ~i;
    pid = fork();
    if (!pid)
        _exit(!is_full());
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        status = 1;
    puts(status ? "bad" : "good");
    return status != 0;
}
