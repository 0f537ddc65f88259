/*
 * `ahead 30` writes 30 numbered lines to the pipe that is its standard output, all at once: it waits for no answer, so
 * many of its writes are unread at the file server when the last has been sent. Then it sleeps; whoever tests what
 * becomes of them takes its board away.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <triplex/sys.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int32_t out = k_call(K_FD_GET, 1, 0, 0, 0, 0, 0, 0);
    int lines = argc > 1 ? atoi(argv[1]) : 1;
    char line[40];

    for (int i = 1; out >= 0 && i <= lines; i++) {
        struct msg m = { .op = FILE_WRITE, .a = { FD_HANDLE((uint32_t)out) } };
        uint32_t length = (uint32_t)snprintf(line, sizeof line, "line %d, sent before its end\n", i);

        if (k_call(K_SEND, CH_FILE, length, 0, 0, &m, line, 0) < 0)
            return 1;
    }
    sleep(1000);
    return 0;
}
