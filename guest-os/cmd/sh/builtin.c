/* The table of builtin commands, and those that only steer the shell. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

static int bi_true(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return 0;
}

static int bi_false(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return 1;
}

static bool number_operand(const char *name, const char *s, int *n)
{
    char *end;
    long value = strtol(s, &end, 10);
    if (*end || end == s || value < 0) {
        sh_warn("%s: %s: bad number", name, s);
        return false;
    }
    *n = (int)value;
    return true;
}

static int leave_loop(int argc, char **argv, enum skip kind)
{
    int n = 1;
    if (argc > 1 && (!number_operand(argv[0], argv[1], &n) || n < 1))
        return 2;
    if (loop_depth > 0) {
        skip = kind;
        skip_count = n < loop_depth ? n : loop_depth;
    }
    return 0;
}

static int bi_break(int argc, char **argv)
{
    return leave_loop(argc, argv, SKIP_BREAK);
}

static int bi_continue(int argc, char **argv)
{
    return leave_loop(argc, argv, SKIP_CONTINUE);
}

static int bi_return(int argc, char **argv)
{
    int n = status;
    if (argc > 1 && !number_operand("return", argv[1], &n))
        return 2;
    skip = SKIP_RETURN;
    return n;
}

static int bi_exit(int argc, char **argv)
{
    int n = status;
    if (argc > 1 && !number_operand("exit", argv[1], &n))
        n = 2;
    sh_exit(n & 255);
}

static int bi_eval(int argc, char **argv)
{
    struct buf b = { 0 };
    for (int i = 1; i < argc; i++) {
        if (i > 1)
            buf_putc(&b, ' ');
        buf_add(&b, argv[i], strlen(argv[i]));
    }
    return exec_string(buf_str(&b));
}

static int open_source(const char *name)
{
    if (strchr(name, '/'))
        return open(name, O_RDONLY);
    const char *path = var_get("PATH");
    while (path) {
        int fd = open(path_next(&path, name), O_RDONLY);
        if (fd >= 0)
            return fd;
    }
    return open(name, O_RDONLY);
}

static int bi_dot(int argc, char **argv)
{
    if (argc < 2) {
        sh_warn(".: file name needed");
        return 2;
    }
    int fd = open_source(argv[1]);
    if (fd < 0)
        sh_error(2, ".: %s: %s", argv[1], strerror(errno));
    return exec_file(fd);
}

static int bi_exec(int argc, char **argv)
{
    if (argc < 2)
        return 0;
    if (opt.interactive)
        traps_child(false);
    exec_program(argv + 1, var_environ());
}


/* Sorted by name. */
static const struct builtin builtins[] = {
    { ".", bi_dot, true },
    { ":", bi_true, true },
    { "[", cmd_test, false },
    { "break", bi_break, true },
    { "cd", bi_cd, false },
    { "command", bi_command, false },
    { "continue", bi_continue, true },
    { "echo", cmd_echo, false },
    { "eval", bi_eval, true },
    { "exec", bi_exec, true },
    { "exit", bi_exit, true },
    { "export", bi_export, true },
    { "false", bi_false, false },
    { "fg", bi_fg, false },
    { "getopts", bi_getopts, false },
    { "jobs", bi_jobs, false },
    { "kill", bi_kill, false },
    { "local", bi_local, true },
    { "printf", cmd_printf, false },
    { "pwd", bi_pwd, false },
    { "read", bi_read, false },
    { "readonly", bi_readonly, true },
    { "return", bi_return, true },
    { "set", bi_set, true },
    { "shift", bi_shift, true },
    { "test", cmd_test, false },
    { "trap", bi_trap, true },
    { "true", bi_true, false },
    { "type", bi_type, false },
    { "umask", bi_umask, false },
    { "unset", bi_unset, true },
    { "wait", bi_wait, false },
};

static int by_name(const void *key, const void *entry)
{
    return strcmp(key, ((const struct builtin *)entry)->name);
}

const struct builtin *builtin_find(const char *name)
{
    return bsearch(name, builtins, sizeof builtins / sizeof *builtins, sizeof *builtins, by_name);
}
