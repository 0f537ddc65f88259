/* ln: gives a file another name, or with -s a symbolic link. */
#define COMMAND "ln"
#include <sys/stat.h>

#include "cmd.h"

static bool symbolic, force;

static int make_link(const char *from, const char *to)
{
    if (force && unlink(to) < 0 && errno != ENOENT)
        return fail(to);
    if ((symbolic ? symlink(from, to) : link(from, to)) < 0)
        return fail(symbolic || errno == EEXIST ? to : from);
    return 0;
}

static bool is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int link_into(const char *from, const char *dir)
{
    char *copy = need(strdup(from));
    char *to = join_path(dir, last_component(copy));
    int result = make_link(from, to);
    free(to);
    free(copy);
    return result;
}

int main(int argc, char **argv)
{
    static const char operands[] = "[-fs] target [name] | target ... directory";
    int c, result = 0;
    while ((c = getopt(argc, argv, "fs")) != -1) {
        if (c == 'f')
            force = true;
        else if (c == 's')
            symbolic = true;
        else
            usage(operands);
    }
    int n = argc - optind;
    if (n < 1)
        usage(operands);
    char *last = argv[argc - 1];
    if (n == 1)
        return link_into(last, ".");
    if (n == 2 && !is_directory(last))
        return make_link(argv[optind], last);
    if (!is_directory(last))
        return fail_text(last, "not a directory");
    for (int i = optind; i < argc - 1; i++)
        result |= link_into(argv[i], last);
    return result;
}
