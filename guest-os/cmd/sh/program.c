/* Programs, scripts, strings and substitutions: whatever runs as a whole. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

static void try_exec(const char *path, char **argv, char **envp)
{
    execve(path, argv, envp);
    if (errno != ENOEXEC)
        return;
    /* A script without an interpreter's name: this process becomes the shell that reads it. */
    int fd = open(path, O_RDONLY);
    if (fd < 0)
        return;
    int argc = 0;
    while (argv[argc])
        argc++;
    shell_name = xstrdup(path);
    shell_pid = getpid();
    params_set(argv + 1, argc - 1);
    input_unwind(0);
    input_push_fd(fd_move_high(fd), false);
    loop_depth = function_depth = 0;
    skip = SKIP_NONE;
    struct error_frame frame = { .input = 0, .scope = 0, .loops = 0, .functions = 0 };
    error_frame = &frame;
    if (setjmp(frame.env) == 0)
        exec_read_loop(false, false);
    sh_exit(status);
}

char *path_next(const char **path, const char *name)
{
    const char *end = strchr(*path, ':');
    struct buf b = { 0 };
    buf_add(&b, *path, end ? (size_t)(end - *path) : strlen(*path));
    if (b.len)
        buf_putc(&b, '/');
    buf_add(&b, name, strlen(name));
    *path = end ? end + 1 : NULL;
    return buf_str(&b);
}

void exec_program(char **argv, char **envp)
{
    int reason = ENOENT;
    if (strchr(argv[0], '/')) {
        try_exec(argv[0], argv, envp);
        reason = errno;
    } else {
        const char *path = var_get("PATH");
        while (path) {
            try_exec(path_next(&path, argv[0]), argv, envp);
            if (errno != ENOENT && errno != ENOTDIR)
                reason = errno;
        }
    }
    if (reason == ENOENT)
        sh_warn("%s: not found", argv[0]);
    else
        sh_warn("%s: %s", argv[0], strerror(reason));
    _exit(reason == ENOENT ? 127 : 126);
}

char *exec_substitute(struct node *n, size_t *len)
{
    struct buf out = { 0 };
    int ends[2];
    *len = 0;
    if (!n) {
        subst_status = 0;
        return buf_str(&out);
    }
    if (pipe(ends) < 0)
        sh_error(2, "pipe: %s", strerror(errno));
    struct job *j = job_new(NULL);
    if (fork_shell(j, false) == 0) {
        close(ends[0]);
        if (ends[1] != 1) {
            dup2(ends[1], 1);
            close(ends[1]);
        }
        sh_exit(exec_node(n, EV_EXIT));
    }
    close(ends[1]);
    char block[256];
    ssize_t got;
    while ((got = read(ends[0], block, sizeof block)) != 0) {
        if (got > 0)
            buf_add(&out, block, (size_t)got);
        else if (errno != EINTR)
            break;
    }
    close(ends[0]);
    subst_status = status = job_wait(j);
    *len = out.len;
    return buf_str(&out);
}

void exec_read_loop(bool top, bool may_exec)
{
    for (;;) {
        struct mark m = mem_mark();
        bool eof;
        if (top)
            input_fresh_prompt();
        struct node *n = parse_command(&eof);
        if (eof) {
            mem_release(m);
            return;
        }
        if (n) {
            bool last = may_exec && in_rest_is_blank();
            exec_node(n, last ? EV_EXIT : 0);
        }
        mem_release(m);
        if (skip)
            return;
        if (signals_pending)
            traps_run();
    }
}

int exec_string(const char *s)
{
    status = 0;
    input_push_string(s);
    exec_read_loop(false, false);
    input_pop();
    return status;
}

int exec_file(int fd)
{
    status = 0;
    input_push_fd(fd_move_high(fd), false);
    exec_read_loop(false, false);
    input_pop();
    if (skip == SKIP_RETURN)
        skip = SKIP_NONE;
    return status;
}
