/*
 * What a new backup must get besides memory: an answer that lies unread from beginning to end, sends that the process
 * has still to repeat, and a child that it has still to make again, long after its last sync. With limits of syncs that
 * it does not reach, it is copied while it does so if its board is lost.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <triplex/sys.h>
#include <unistd.h>

#define LONG 400000

static void calculate(void)
{
    for (volatile uint32_t i = 0; i < LONG; i++)
        ;
}

static void say(const char *text)
{
    if (write(1, text, strlen(text)) < 0)
        _exit(1);
}

int main(void)
{
    struct msg m = { .op = PROC_TIME };
    int32_t number = k_call(K_SEND, CH_PROC, 0, 0, 0, &m, 0, 0);
    int status;
    char line[40];

    say("begins\n");
    k_call(K_SYNC, 0, 0, 0, 0, 0, 0, 0);
    calculate();
    say("has calculated\n");
    calculate();
    pid_t child = fork();
    if (child == 0) {
        say("a child\n");
        calculate();
        say("has calculated, too\n");
        _exit(3);
    }
    if (waitpid(child, &status, 0) != child)
        return 1;
    k_call(K_RECEIVE, CH_PROC, 0, number, 0, &m, 0, 0);
    snprintf(line, sizeof line, "status %d, answer %s\n", WEXITSTATUS(status), m.result < 0 ? "bad" : "good");
    say(line);
    return 0;
}
