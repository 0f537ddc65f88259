/* Builtins around input, directories and names: cd pwd umask read getopts type command. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sh.h"

#define READ_BLOCK 128

int bi_cd(int argc, char **argv)
{
    char cwd[512];
    int i = argc > 1 && (strcmp(argv[1], "-P") == 0 || strcmp(argv[1], "-L") == 0) ? 2 : 1;
    const char *dir = i < argc ? argv[i] : var_get("HOME");
    bool say = false;
    if (!dir) {
        sh_warn("cd: HOME not set");
        return 1;
    }
    if (strcmp(dir, "-") == 0) {
        dir = var_get("OLDPWD");
        say = true;
        if (!dir) {
            sh_warn("cd: OLDPWD not set");
            return 1;
        }
    }
    if (chdir(dir) < 0) {
        sh_warn("cd: %s: %s", dir, strerror(errno));
        return 1;
    }
    const char *old = var_get("PWD");
    if (old)
        var_set("OLDPWD", old, VAR_EXPORT);
    if (!getcwd(cwd, sizeof cwd)) {
        sh_warn("cd: getcwd: %s", strerror(errno));
        return 1;
    }
    var_set("PWD", cwd, VAR_EXPORT);
    if (say)
        puts(cwd);
    return 0;
}

int bi_pwd(int argc, char **argv)
{
    char cwd[512];
    (void)argc;
    (void)argv;
    if (!getcwd(cwd, sizeof cwd)) {
        sh_warn("pwd: %s", strerror(errno));
        return 1;
    }
    puts(cwd);
    return 0;
}

int bi_umask(int argc, char **argv)
{
    if (argc > 1) {
        char *end;
        long mask = strtol(argv[1], &end, 8);
        if (*end || end == argv[1] || mask < 0 || mask > 0777) {
            sh_warn("umask: %s: bad mask", argv[1]);
            return 2;
        }
        umask((mode_t)mask);
        return 0;
    }
    mode_t mask = umask(0);
    umask(mask);
    printf("%04o\n", (unsigned)mask);
    return 0;
}

/*
 * One line from descriptor 0, not one byte more: a file is read in blocks and the rest given back, anything else
 * byte by byte. raw: backslashes stay; else one hides the character after it, which mark then covers.
 * False at the end of the input.
 */
static bool read_line(struct buf *line, struct buf *mark, bool raw)
{
    char block[READ_BLOCK];
    input_give_back();
    bool seekable = lseek(0, 0, SEEK_CUR) >= 0;
    bool escaped = false;
    for (;;) {
        ssize_t n = read(0, block, seekable ? sizeof block : 1);
        if (n < 0 && errno == EINTR && !signals_pending)
            continue;
        if (n <= 0)
            return false;
        for (ssize_t i = 0; i < n; i++) {
            char c = block[i];
            if (escaped) {
                escaped = false;
                if (c == '\n')
                    continue;
                buf_putc(line, c);
                buf_putc(mark, 1);
            } else if (c == '\\' && !raw) {
                escaped = true;
            } else if (c == '\n') {
                if (i + 1 < n)
                    lseek(0, -(off_t)(n - i - 1), SEEK_CUR);
                return true;
            } else if (c) {
                buf_putc(line, c);
                buf_putc(mark, 0);
            }
        }
    }
}

static bool is_space_of(const char *ifs, int c)
{
    return (c == ' ' || c == '\t' || c == '\n') && strchr(ifs, c);
}

/* Splits the line over the names; the last takes the rest. */
static bool assign_fields(char **names, const char *s, const char *mark, size_t n, const char *ifs)
{
    size_t i = 0;
    bool ok = true;
    while (i < n && !mark[i] && is_space_of(ifs, s[i]))
        i++;
    for (; *names; names++) {
        size_t start = i, end;
        bool last = !names[1];
        if (last) {
            end = n;
            while (end > start && !mark[end - 1] && is_space_of(ifs, s[end - 1]))
                end--;
            /* One separator at the end that is not a space goes too, when it is the only one. */
            if (end > start && !mark[end - 1] && strchr(ifs, s[end - 1])) {
                size_t first = start;
                while (first < end && (mark[first] || !strchr(ifs, s[first])))
                    first++;
                if (first == end - 1)
                    end--;
            }
            i = n;
        } else {
            while (i < n && (mark[i] || !strchr(ifs, s[i])))
                i++;
            end = i;
            while (i < n && !mark[i] && is_space_of(ifs, s[i]))
                i++;
            if (i < n && !mark[i] && strchr(ifs, s[i]) && !is_space_of(ifs, s[i]))
                i++;
            while (i < n && !mark[i] && is_space_of(ifs, s[i]))
                i++;
        }
        ok = var_try_set(*names, mem_strndup(s + start, end - start), 0) && ok;
    }
    return ok;
}

int bi_read(int argc, char **argv)
{
    bool raw = false;
    int i = 1;
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        if (strcmp(argv[i], "-r") == 0) {
            raw = true;
        } else if (strcmp(argv[i], "-p") == 0 && i + 1 < argc) {
            i++;
            (void)!write(2, argv[i], strlen(argv[i]));
        } else {
            sh_warn("usage: read [-r] [-p prompt] name ...");
            return 2;
        }
    }
    static char reply[] = "REPLY";
    char *only_reply[] = { reply, NULL };
    char **names = i < argc ? argv + i : only_reply;
    for (char **p = names; *p; p++) {
        if (name_length(*p) != strlen(*p) || !**p) {
            sh_warn("read: %s: bad variable name", *p);
            return 2;
        }
    }
    struct buf line = { 0 }, mark = { 0 };
    bool more = read_line(&line, &mark, raw);
    const char *ifs = var_get("IFS");
    buf_str(&mark);
    bool ok = assign_fields(names, buf_str(&line), mark.p, line.len, ifs ? ifs : " \t\n");
    return ok && more ? 0 : 1;
}

static int getopts_offset; /* Within the argument that OPTIND names; 0 when it is not yet begun. */

void bi_getopts_reset(void)
{
    getopts_offset = 0;
}

static void set_number(const char *name, long n)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%ld", n);
    var_set(name, digits, 0);
}

int bi_getopts(int argc, char **argv)
{
    if (argc < 3) {
        sh_warn("usage: getopts optstring name [arg ...]");
        return 2;
    }
    char **args = argc > 3 ? argv + 3 : params.v;
    int n = argc > 3 ? argc - 3 : params.n;
    const char *spec = argv[1], *text = var_get("OPTIND");
    int index = text ? atoi(text) : 1;
    int offset = getopts_offset;
    char option[2] = "?", bad[2] = "";
    var_unset("OPTARG");
    if (index < 1 || index > n || (offset == 0 && (args[index - 1][0] != '-' || !args[index - 1][1]))) {
        var_set(argv[2], "?", 0);
        return 1;
    }
    const char *arg = args[index - 1];
    if (offset == 0 && strcmp(arg, "--") == 0) {
        set_number("OPTIND", index + 1);
        var_set(argv[2], "?", 0);
        return 1;
    }
    if (offset == 0)
        offset = 1;
    bad[0] = arg[offset++];
    const char *found = bad[0] == ':' ? NULL : strchr(spec, bad[0]);
    if (!found) {
        if (*spec == ':')
            var_set("OPTARG", bad, 0);
        else
            sh_warn("Illegal option -%s", bad);
    } else if (found[1] == ':') {
        option[0] = bad[0];
        if (arg[offset]) {
            var_set("OPTARG", arg + offset, 0);
        } else if (index < n) {
            var_set("OPTARG", args[index++], 0);
        } else if (*spec == ':') {
            option[0] = ':';
            var_set("OPTARG", bad, 0);
        } else {
            option[0] = '?';
            sh_warn("No arg for -%s option", bad);
        }
        index++;
        offset = 0;
    } else {
        option[0] = bad[0];
    }
    if (offset && !arg[offset]) {
        index++;
        offset = 0;
    }
    set_number("OPTIND", index);
    getopts_offset = offset;
    var_set(argv[2], option, 0);
    return 0;
}

/* The file that a name would run, in the command's memory; NULL when there is none. */
static char *find_program(const char *name)
{
    struct stat st;
    if (strchr(name, '/'))
        return access(name, X_OK) == 0 ? mem_strdup(name) : NULL;
    const char *path = var_get("PATH");
    while (path) {
        char *file = path_next(&path, name);
        if (stat(file, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 0111))
            return file;
    }
    return NULL;
}

static bool is_keyword(const char *s)
{
    static const char *const words[] = {
        "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while"
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], s) == 0)
            return true;
    return false;
}

static int describe(char *name, bool brief)
{
    const struct builtin *b = builtin_find(name);
    char *file;
    if (is_keyword(name)) {
        printf("%s%s\n", name, brief ? "" : " is a shell keyword");
    } else if (function_find(name)) {
        printf("%s%s\n", name, brief ? "" : " is a shell function");
    } else if (b) {
        printf("%s%s\n", name, brief ? "" : b->special ? " is a special shell builtin" : " is a shell builtin");
    } else if ((file = find_program(name))) {
        if (brief)
            puts(file);
        else
            printf("%s is %s\n", name, file);
    } else {
        if (!brief)
            printf("%s: not found\n", name);
        return 127;
    }
    return 0;
}

int bi_type(int argc, char **argv)
{
    int result = 0;
    for (int i = 1; i < argc; i++)
        if (describe(argv[i], false))
            result = 127;
    return result;
}

/* command NAME runs it without looking at functions; -v and -V tell what it is. */
int bi_command(int argc, char **argv)
{
    if (argc > 1 && (strcmp(argv[1], "-v") == 0 || strcmp(argv[1], "-V") == 0))
        return argc > 2 ? describe(argv[2], argv[1][1] == 'v') : 2;
    int i = argc > 1 && (strcmp(argv[1], "-p") == 0 || strcmp(argv[1], "--") == 0) ? 2 : 1;
    if (i >= argc)
        return 0;
    const struct builtin *b = builtin_find(argv[i]);
    if (b)
        return b->run(argc - i, argv + i);
    struct job *j = job_new(NULL);
    if (fork_shell(j, false) == 0)
        exec_program(argv + i, var_environ());
    return job_wait(j);
}
