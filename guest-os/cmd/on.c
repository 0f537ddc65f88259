/* on: runs a command on another board and waits for it. */
#define COMMAND "on"
#include <sys/wait.h>
#include <triplex/sys.h>

#include "cmd.h"

static const char operands[] = "slot command [argument ...]";

extern char **environ;

/* The first program of that name along PATH; the name itself when it has a slash or nothing is found. */
static const char *find_program(const char *name)
{
    const char *path = getenv("PATH");
    if (strchr(name, '/'))
        return name;
    for (path = path ? path : "/bin:/usr/bin"; path;) {
        const char *end = strchr(path, ':');
        size_t n = end ? (size_t)(end - path) : strlen(path);
        char *dir = need(strndup(n ? path : ".", n ? n : 1));
        char *file = join_path(dir, name);
        free(dir);
        if (access(file, X_OK) == 0)
            return file;
        free(file);
        path = end ? end + 1 : NULL;
    }
    return name;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        usage(operands);
    long slot = number_operand(argv[1], operands);
    int status;
    const char *file = find_program(argv[2]);
    if (access(file, X_OK) < 0) {
        int error = errno;
        fail(argv[2]);
        return error == ENOENT ? 127 : 126;
    }
    pid_t pid = spawn_on((int)slot, file, argv + 2, environ);
    if (pid < 0)
        return errno == EINVAL ? fail_text(argv[1], "no such board") : fail(argv[2]);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return fail("wait");
    if (WIFSIGNALED(status)) {
        fail_text(argv[2], strsignal(WTERMSIG(status)));
        return 128 + WTERMSIG(status);
    }
    return WEXITSTATUS(status);
}
