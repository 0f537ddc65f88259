#include "../stdio/stream.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* popen, pclose and system: what runs /bin/sh for a program. */

static _Noreturn void run_shell(const char *command) {
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

/* In the child: the pipe becomes its standard stream, and the pipes of earlier popens are closed, so that their ends
 * are seen when the parent closes them. */
static void become_child(int end, int other, int standard) {
    for (FILE *f = __streams; f != NULL; f = f->_link)
        if (f->_child != 0) close(f->_fd);
    close(other);
    if (end != standard) {
        dup2(end, standard);
        close(end);
    }
}

FILE *popen(const char *command, const char *mode) {
    int fds[2], reading = *mode == 'r', stream_flags;
    if ((*mode != 'r' && *mode != 'w') || __stream_mode(mode, &stream_flags) < 0) {
        errno = EINVAL;
        return NULL;
    }
    if (pipe(fds) != 0) return NULL;
    int ours = fds[reading ? 0 : 1], theirs = fds[reading ? 1 : 0];
    FILE *stream = __stream_new(ours, stream_flags & (STREAM_READ | STREAM_WRITE));
    pid_t child = stream != NULL ? fork() : -1;
    if (child == 0) {
        stream->_child = 0;
        become_child(theirs, ours, reading ? 1 : 0);
        run_shell(command);
    }
    close(theirs);
    if (child < 0) {
        int number = errno;
        close(ours);
        if (stream != NULL) __stream_free(stream);
        errno = number;
        return NULL;
    }
    stream->_child = child;
    return stream;
}

/* Waits again when a handler has interrupted it: a child that nobody waits for would stay a zombie. */
static int wait_for(pid_t child) {
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return status;
}

int pclose(FILE *stream) {
    pid_t child = stream->_child;
    fclose(stream);
    return wait_for(child);
}

int system(const char *command) {
    if (command == NULL) return access("/bin/sh", X_OK) == 0;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
    sigset_t child_set = 1UL << (SIGCHLD - 1), mask;
    sigaction(SIGINT, &ignore, &interrupt);
    sigaction(SIGQUIT, &ignore, &quit);
    sigprocmask(SIG_BLOCK, &child_set, &mask);
    pid_t child = fork();
    if (child == 0) {
        sigaction(SIGINT, &interrupt, NULL);
        sigaction(SIGQUIT, &quit, NULL);
        sigprocmask(SIG_SETMASK, &mask, NULL);
        run_shell(command);
    }
    int status = child < 0 ? -1 : wait_for(child);
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    return status;
}
