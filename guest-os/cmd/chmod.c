/* chmod: changes the modes of files, given in octal or by letters. */
#define COMMAND "chmod"
#include <sys/stat.h>

#include "cmd.h"
#include "names.h"

static const char operands[] = "[-R] mode file ...";
static bool recursive;
static const char *mode_text;
static mode_t creation_mask;

/* Applies one clause of who, operator and permissions, and moves *s behind it. False when it is not one. */
static bool apply_clause(const char **s, mode_t *mode, bool is_dir)
{
    mode_t who = 0;
    const char *p = *s;
    for (; *p && strchr("ugoa", *p); p++)
        who |= *p == 'u' ? 04700 : *p == 'g' ? 02070 : *p == 'o' ? 01007 : 07777;
    mode_t mask = who ? who : 07777 & ~creation_mask;
    if (!*p || !strchr("+-=", *p))
        return false;
    while (*p && strchr("+-=", *p)) {
        char op = *p++;
        mode_t bits = 0;
        if (*p && strchr("ugo", *p)) {
            mode_t source = *p == 'u' ? *mode >> 6 & 7 : *p == 'g' ? *mode >> 3 & 7 : *mode & 7;
            bits = source * 0111;
            p++;
        } else {
            for (; *p && strchr("rwxXst", *p); p++)
                bits |= *p == 'r' ? 0444 : *p == 'w' ? 0222 : *p == 'x' ? 0111 : *p == 's' ? 06000
                      : *p == 't' ? 01000 : is_dir || (*mode & 0111) ? 0111 : 0;
        }
        bits &= mask;
        if (op == '+')
            *mode |= bits;
        else if (op == '-')
            *mode &= ~bits;
        else
            *mode = (*mode & ~(who ? who : 07777) & 07777) | bits;
    }
    *s = p;
    return true;
}

/* The mode that text makes of old; false when text is no mode. */
static bool new_mode(const char *text, mode_t old, bool is_dir, mode_t *result)
{
    char *end;
    if (*text >= '0' && *text <= '7') {
        *result = (mode_t)strtoul(text, &end, 8);
        return *end == 0 && *result <= 07777;
    }
    *result = old & 07777;
    for (;;) {
        if (!apply_clause(&text, result, is_dir))
            return false;
        if (*text == 0)
            return true;
        if (*text++ != ',')
            return false;
    }
}

static int change_inner(const char *path);

static int change(const char *path)
{
    struct stat st;
    mode_t mode;
    if (lstat(path, &st) < 0)
        return fail(path);
    if (S_ISLNK(st.st_mode) && stat(path, &st) < 0)
        return fail(path);
    if (!new_mode(mode_text, st.st_mode, S_ISDIR(st.st_mode), &mode))
        usage(operands);
    if (chmod(path, mode) < 0)
        return fail(path);
    if (!recursive || !S_ISDIR(st.st_mode))
        return 0;
    return names_each(path, change_inner);
}

/* Links in a tree are left alone, and what they point to. */
static int change_inner(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode) ? 0 : change(path);
}

int main(int argc, char **argv)
{
    int i = 1, result = 0;
    mode_t mode;
    /* A mode may begin with a minus, so the options are looked for by hand. */
    if (i < argc && strcmp(argv[i], "-R") == 0) {
        recursive = true;
        i++;
    }
    if (i < argc && strcmp(argv[i], "--") == 0)
        i++;
    if (argc - i < 2)
        usage(operands);
    creation_mask = umask(0);
    umask(creation_mask);
    mode_text = argv[i++];
    if (!new_mode(mode_text, 0, false, &mode))
        usage(operands);
    for (; i < argc; i++)
        result |= change(argv[i]);
    return result;
}
