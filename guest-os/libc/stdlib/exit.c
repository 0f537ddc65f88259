#include "exit.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void (*__exit_flush)(void);

static void (*functions[ATEXIT_MAX])(void);
static int function_count;

int atexit(void (*function)(void)) {
    if (function_count == ATEXIT_MAX) return -1;
    functions[function_count++] = function;
    return 0;
}

void exit(int status) {
    while (function_count > 0) functions[--function_count]();
    if (__exit_flush != NULL) __exit_flush();
    _exit(status);
}

void _Exit(int status) {
    _exit(status);
}

void abort(void) {
    sigset_t only = 1UL << (SIGABRT - 1);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    raise(SIGABRT);
    /* A handler returned: the signal ends the process all the same. */
    signal(SIGABRT, SIG_DFL);
    raise(SIGABRT);
    _exit(127);
}
