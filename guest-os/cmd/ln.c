/* ln: gives a file another name, or with -s a symbolic link. */
#define COMMAND "ln"
#include "cmd.h"
#include "into.h"

static bool symbolic, force;

static int make_link(char *from, const char *to)
{
    if (force && unlink(to) < 0 && errno != ENOENT)
        return fail(to);
    if ((symbolic ? symlink(from, to) : link(from, to)) < 0)
        return fail(symbolic || errno == EEXIST ? to : from);
    return 0;
}

int main(int argc, char **argv)
{
    static const char operands[] = "[-fs] target [name] | target ... directory";
    int c;
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
    return n == 1 ? act_into(argv[optind], ".", make_link) : each_operand(argv + optind, n, make_link);
}
