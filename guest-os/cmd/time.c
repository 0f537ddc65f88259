/* time: runs a command and tells how long it took. */
#define COMMAND "time"
#include <sys/times.h>
#include <sys/wait.h>

#include "cmd.h"

static void print(const char *label, unsigned long ticks, unsigned long per_second)
{
    unsigned long hundredths = ticks % per_second * 100 / per_second;
    fprintf(stderr, "%s %lu.%02lu\n", label, ticks / per_second, hundredths);
}

int main(int argc, char **argv)
{
    struct tms before, after;
    long per_second = sysconf(_SC_CLK_TCK);
    int status;
    bool dashes = argc > 1 && strcmp(argv[1], "--") == 0;
    argv += 1 + dashes;
    if (!*argv)
        usage("command [argument ...]");
    if (per_second <= 0)
        per_second = 100;
    clock_t start = times(&before);
    pid_t pid = fork();
    if (pid < 0)
        return fail("fork");
    if (pid == 0) {
        execvp(argv[0], argv);
        int error = errno;
        fail(argv[0]);
        _exit(error == ENOENT ? 127 : 126);
    }
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return fail("wait");
    clock_t end = times(&after);
    print("real", (unsigned long)(end - start), (unsigned long)per_second);
    print("user", (unsigned long)(after.tms_cutime - before.tms_cutime), (unsigned long)per_second);
    print("sys ", (unsigned long)(after.tms_cstime - before.tms_cstime), (unsigned long)per_second);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
