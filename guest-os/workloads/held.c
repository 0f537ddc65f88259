/*
 * Memory that changes all the time while the pages of its syncs have to wait: the kernel of the backup's board is busy,
 * because a neighbour there starts (`held 0`) and that clears its memory; meanwhile the board's page buffers fill, and
 * it refuses more. A neighbour that forks (`held 4`: four times) keeps its kernel as busy, but that takes frames.
 * Round after round one is added to a word of each page; all must agree with the count of rounds, which is kept in a
 * register. A backup that gets pages younger than the registers beside them shows, if it has to go on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGES  6                /* as few as a sync sends at once: whatever waits, the state may follow */
#define ROUNDS 7000
#define COPIED 80               /* pages of the neighbour */

static volatile uint32_t pages[COPIED][1024] __attribute__((aligned(4096)));

static int count(void)
{
    for (uint32_t round = 0; round < ROUNDS; round++)
        for (int i = 0; i < PAGES; i++) {
            if (pages[i][0] != round) {
                printf("round %lu: page %d is of round %lu\n", (unsigned long)round, i, (unsigned long)pages[i][0]);
                return 1;
            }
            pages[i][0] = round + 1;
        }
    printf("all pages of one round\n");
    return 0;
}

static int forks(int n)
{
    int status;

    for (int i = 0; i < COPIED; i++)
        pages[i][0] = i;
    while (n-- > 0) {
        pid_t child = fork();

        if (child == 0)
            _exit(7);
        if (child < 0 || waitpid(child, &status, 0) != child || WEXITSTATUS(status) != 7) {
            printf("a fork fails\n");
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    return argc > 1 ? forks(atoi(argv[1])) : count();
}
