/*
 * msgstat: what this board's kernel has counted since it came up, or while a command ran. The counts are the
 * board's: what other processes on it did meanwhile is in them.
 */
#define COMMAND "msgstat"
#include <sys/wait.h>
#include <triplex/sys.h>

#include "cmd.h"

/* Figures of one stretch of time. Cycles are those of the processor; busy ones are not spent waiting. */
struct figures {
    unsigned long calls, sent, words, received, refused, lane_errors[3];
    unsigned long long cycles, idle;
};

static int take(struct figures *f, struct kern_stats *k)
{
    if (kern_stats(k) < 0)
        return -1;
    f->calls = k->calls;
    f->sent = k->frames_sent;
    f->words = k->words_sent;
    f->received = k->frames_received;
    f->refused = k->refused;
    for (int i = 0; i < 3; i++)
        f->lane_errors[i] = k->lane_errors[i];
    f->cycles = (unsigned long long)k->cycles_high << 32 | k->cycles_low;
    f->idle = (unsigned long long)k->idle_high << 32 | k->idle_low;
    return 0;
}

static void subtract(struct figures *f, const struct figures *before)
{
    f->calls -= before->calls;
    f->sent -= before->sent;
    f->words -= before->words;
    f->received -= before->received;
    f->refused -= before->refused;
    for (int i = 0; i < 3; i++)
        f->lane_errors[i] -= before->lane_errors[i];
    f->cycles -= before->cycles;
    f->idle -= before->idle;
}

static void print(const struct figures *f, const struct kern_stats *k, FILE *out)
{
    unsigned long long busy = f->cycles > f->idle ? f->cycles - f->idle : 0;
    fprintf(out, "board %lu, view %lu\n", (unsigned long)k->slot, (unsigned long)k->view);
    fprintf(out, "frames sent      %10lu\n", f->sent);
    fprintf(out, "bytes sent       %10lu\n", f->words * 2);
    fprintf(out, "frames received  %10lu\n", f->received);
    fprintf(out, "frames refused   %10lu\n", f->refused);
    fprintf(out, "lane errors      %10lu %lu %lu\n", f->lane_errors[0], f->lane_errors[1], f->lane_errors[2]);
    fprintf(out, "calls            %10lu\n", f->calls);
    fprintf(out, "cycles           %10llu\n", f->cycles);
    fprintf(out, "busy cycles      %10llu\n", busy);
    if (f->sent)
        fprintf(out, "bytes per frame  %10lu\n", f->words * 2 / f->sent);
    if (f->calls)
        fprintf(out, "cycles per call  %10llu\n", busy / f->calls);
}

int main(int argc, char **argv)
{
    struct kern_stats k;
    struct figures before, after;
    if (argc > 1 && argv[1][0] == '-')
        usage("[command [argument ...]]");
    if (take(&before, &k) < 0)
        return fail("kernel");
    if (argc == 1) {
        print(&before, &k, stdout);
        return finish(0);
    }
    int status;
    pid_t pid = fork();
    if (pid < 0)
        return fail("fork");
    if (pid == 0) {
        execvp(argv[1], argv + 1);
        int error = errno;
        fail(argv[1]);
        _exit(error == ENOENT ? 127 : 126);
    }
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return fail("wait");
    if (take(&after, &k) < 0)
        return fail("kernel");
    subtract(&after, &before);
    print(&after, &k, stderr);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
