/*
 * A bank: eight tellers move money to each other over pipes and write each transfer to one log. In each round every
 * teller sends one transfer and takes one, so nobody waits for ever; who sends to whom turns with the round. What must
 * hold: the sum of all balances, and each balance is what the log says.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TELLERS 8
#define ROUNDS  4
#define BEGIN   1000

struct transfer { int from, round, amount; };

static int pipes[TELLERS][2];

static int put_line(int fd, const char *line) { return write(fd, line, strlen(line)) == (ssize_t)strlen(line); }

static int teller(int me, int log)
{
    int balance = BEGIN;
    char line[60];

    for (int round = 0; round < ROUNDS; round++) {
        int to = (me + 1 + round % (TELLERS - 1)) % TELLERS;
        struct transfer out = { me, round, balance / (3 + (me + round) % 5) }, in;

        snprintf(line, sizeof line, "%d %d %d %d\n", round, me, to, out.amount);
        if (!put_line(log, line) || write(pipes[to][1], &out, sizeof out) != sizeof out)
            return 1;
        balance -= out.amount;
        if (read(pipes[me][0], &in, sizeof in) != sizeof in)
            return 2;
        balance += in.amount;
    }
    snprintf(line, sizeof line, "end %d %d\n", me, balance);
    return put_line(log, line) ? 0 : 3;
}

int main(void)
{
    int log = open("log", O_WRONLY | O_CREAT | O_APPEND, 0644), good = 0, status;

    for (int i = 0; i < TELLERS; i++)
        if (pipe(pipes[i]))
            return 1;
    for (int i = 0; i < TELLERS; i++)
        if (fork() == 0)
            _exit(teller(i, log));
    while (wait(&status) > 0)
        good += status == 0;
    printf("%d tellers went home\n", good);
    return good != TELLERS;
}
