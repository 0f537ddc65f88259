/* kill, as a command and as a builtin of the shell. */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sh.h"

static int list_signals(char **names)
{
    int result = 0;
    if (!*names) {
        for (int i = 1; i < NSIG; i++)
            if (signal_name(i))
                printf("%2d %s\n", i, signal_name(i));
        return 0;
    }
    for (; *names; names++) {
        bool digits = isdigit((unsigned char)**names);
        int n = digits ? atoi(*names) : signal_number(*names);
        if (n > 128)
            n -= 128; /* The exit status of a command that a signal ended. */
        if (n <= 0 || !signal_name(n)) {
            fprintf(stderr, "kill: %s: unknown signal\n", *names);
            result = 1;
        } else if (digits) {
            puts(signal_name(n));
        } else {
            printf("%d\n", n);
        }
    }
    return result;
}

int cmd_kill(int argc, char **argv)
{
    int i = 1, sig = SIGTERM, result = 0;
    if (i < argc && strcmp(argv[i], "-l") == 0)
        return list_signals(argv + i + 1);
    if (i < argc && argv[i][0] == '-' && strcmp(argv[i], "--") != 0) {
        const char *name = argv[i] + 1;
        if (strcmp(name, "s") == 0 && i + 1 < argc)
            name = argv[++i];
        i++;
        sig = signal_number(name);
        if (sig < 0) {
            fprintf(stderr, "kill: %s: unknown signal\n", name);
            return 2;
        }
    }
    if (i < argc && strcmp(argv[i], "--") == 0)
        i++;
    if (i >= argc) {
        fputs("usage: kill [-SIGNAL | -s SIGNAL] pid ... | kill -l [status ...]\n", stderr);
        return 2;
    }
    for (; i < argc; i++) {
        char *end;
        long pid = strtol(argv[i], &end, 10);
        if (*end || end == argv[i]) {
            fprintf(stderr, "kill: %s: not a process id\n", argv[i]);
            result = 2;
        } else if (kill((pid_t)pid, sig) < 0) {
            fprintf(stderr, "kill: %s: %s\n", argv[i], strerror(errno));
            result = 1;
        }
    }
    return result;
}
