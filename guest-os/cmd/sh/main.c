/* Start of the shell, its options, and how it gives up on an error. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if __has_include(<triplex/abi.h>)
#include <triplex/abi.h>
#endif

#include "sh.h"

#define STACK_BYTES 32768
#define STACK_RESERVE 10240 /* For the library and for one builtin at the deepest place. */

#ifdef TRIPLEX_MEMORY
TRIPLEX_MEMORY(32768, 65536);
#endif

struct options opt;
static char *stack_base;
char *shell_name = "sh";
pid_t shell_pid;
struct error_frame *error_frame;
static bool tell_lines = true; /* Messages say the line of the script; what is typed has none. */

struct option {
    char letter;
    bool *flag;
};
static const struct option options[] = {
    { 'a', &opt.allexport }, { 'C', &opt.noclobber }, { 'e', &opt.errexit }, { 'f', &opt.noglob },
    { 'i', &opt.interactive }, { 'n', &opt.noexec }, { 'u', &opt.nounset }, { 'v', &opt.verbose },
    { 'x', &opt.xtrace },
};

/* Frames are about four times as large where pointers have 64 bits; the stack there is far larger still. */
void check_stack(void)
{
    const long limit = (STACK_BYTES - STACK_RESERVE) * (sizeof(char *) > 4 ? 4 : 1);
    if (stack_base - (char *)__builtin_frame_address(0) > limit)
        sh_error(2, "nested too deep");
}

bool option_set(int letter, bool on)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (options[i].letter == letter) {
            *options[i].flag = on;
            return true;
        }
    }
    return false;
}

void option_text(char out[16])
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (*options[i].flag)
            *out++ = options[i].letter;
    *out = 0;
}

static void say(const char *format, va_list args)
{
    char text[256];
    int n = snprintf(text, sizeof text, "%s: ", shell_name);
    if (tell_lines && n < (int)sizeof text)
        n += snprintf(text + n, sizeof text - (size_t)n, "%d: ", in_line());
    if (n < (int)sizeof text)
        n += vsnprintf(text + n, sizeof text - (size_t)n, format, args);
    if (n >= (int)sizeof text - 1)
        n = (int)sizeof text - 2;
    text[n++] = '\n';
    (void)!write(2, text, (size_t)n);
}

void sh_warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

void sh_abandon(int code)
{
    status = code;
    if (!error_frame)
        _exit(code);
    longjmp(error_frame->env, 1);
}

void sh_error(int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    sh_abandon(code);
}

void sh_exit(int code)
{
    static bool leaving;
    status = code;
    if (!leaving) {
        leaving = true;
        struct error_frame frame;
        error_frame = &frame;
        if (setjmp(frame.env) == 0)
            trap_exit();
    }
    if (fflush(stdout) != 0 && status == 0)
        status = 1;
    _exit(status);
}

static void usage(void)
{
    (void)!write(2, "usage: sh [-aefinuvxC] [-c command [name [argument ...]] | file [argument ...]]\n", 80);
    exit(2);
}

/*
 * Reads commands until the end of the input. After an error an interactive shell goes on with the next line;
 * any other ends.
 */
static void top_loop(bool may_exec)
{
    struct error_frame frame = { .input = input_depth(), .scope = 0, .loops = 0, .functions = 0 };
    error_frame = &frame;
    if (setjmp(frame.env) != 0) {
        if (!opt.interactive)
            sh_exit(status);
        input_unwind(frame.input);
        in_discard_line();
        var_scope_leave(0);
        redir_restore(NULL);
        loop_depth = function_depth = 0;
        errexit_off = false;
        skip = SKIP_NONE;
        struct mark all = { NULL, 0 };
        mem_release(all);
    }
    do {
        skip = SKIP_NONE;
        exec_read_loop(true, may_exec);
    } while (skip);
}

static void read_profile(const char *name)
{
    int fd = open(name, O_RDONLY);
    if (fd < 0)
        return;
    struct error_frame frame;
    error_frame = &frame;
    if (setjmp(frame.env) == 0)
        exec_file(fd);
    input_unwind(0);
    redir_restore(NULL);
    skip = SKIP_NONE;
    error_frame = NULL;
}

static void start_interactive(bool login)
{
    jobs_interactive();
    if (login)
        read_profile("/etc/profile");
    const char *home = var_get("HOME");
    if (login && home && strcmp(home, "/") != 0) {
        struct buf b = { 0 };
        buf_add(&b, home, strlen(home));
        buf_add(&b, "/.profile", 9);
        read_profile(buf_str(&b));
    }
}

int main(int argc, char **argv)
{
    char *command = NULL;
    bool from_stdin = false, command_next = false;
    bool login = argc > 0 && argv[0][0] == '-';
    int i = 1;
    stack_base = __builtin_frame_address(0);
    shell_pid = getpid();
    if (argc > 0 && argv[0][0])
        shell_name = login ? "sh" : argv[0];
    for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        for (char *p = argv[i] + 1; *p; p++) {
            if (*p == 'c')
                command_next = true;
            else if (*p == 's')
                from_stdin = true;
            else if (!option_set(*p, argv[i][0] == '-'))
                usage();
        }
    }
    if (i < argc && strcmp(argv[i], "-") == 0) {
        login = true;
        i++;
    }
    if (command_next) {
        if (i >= argc)
            usage();
        command = argv[i++];
        if (i < argc)
            shell_name = argv[i++];
    }
    var_init();
    if (command) {
        input_push_string(command);
    } else if (i < argc && !from_stdin) {
        shell_name = argv[i++];
        int fd = open(shell_name, O_RDONLY);
        if (fd < 0) {
            fprintf(stderr, "sh: %s: %s\n", shell_name, strerror(errno));
            return errno == ENOENT ? 127 : 126;
        }
        input_push_fd(fd_move_high(fd), false);
    } else if (isatty(0) && isatty(2)) {
        opt.interactive = true;
    }
    tell_lines = !opt.interactive;
    params_set(argv + i, i < argc ? argc - i : 0);
    traps_init();
    if (opt.interactive || login)
        start_interactive(login);
    if (input_depth() == 0)
        input_push_fd(0, opt.interactive);
    top_loop(command != NULL);
    if (opt.interactive)
        (void)!write(2, "\n", 1);
    sh_exit(status);
}
