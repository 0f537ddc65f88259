/*
 * `polls COUNT FILE`: so many processes that look ten times a second whether there is a file, as programs do that wait
 * for one. They go on until they are killed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <triplex/sys.h>
#include <unistd.h>

TRIPLEX_MEMORY(8192, 8192);         /* little, so that many fit */

static void poll(const char *path)
{
    struct stat status;

    for (;;) {
        stat(path, &status);
        usleep(100000);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 64;
    for (int n = atoi(argv[1]); n > 1; n--) {
        pid_t child = fork();

        if (child < 0) {
            perror("polls");
            return 1;
        }
        if (child == 0)
            poll(argv[2]);
    }
    poll(argv[2]);
    return 0;
}
