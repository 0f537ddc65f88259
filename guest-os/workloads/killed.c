/*
 * Kills itself and forks, in this order; the signal comes while the answer to the fork is still awaited. The child must
 * be born all the same: everybody has heard of it, and its end of a pipe is closed by nobody else.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <triplex/sys.h>
#include <unistd.h>

int main(void)
{
    static const char text[] = "born\n";
    struct msg m = { .op = PROC_KILL, .flags = MSG_ASYNC, .a = { (uint32_t)getpid(), SIGKILL } };

    k_call(K_SEND, CH_PROC, 0, 0, 0, &m, 0, 0);
    if (fork() == 0)
        return write(1, text, strlen(text)) < 0;
    for (;;)
        pause();
}
