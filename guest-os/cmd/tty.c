/* tty: the name of the terminal on the standard input. */
#define COMMAND "tty"
#include "cmd.h"

int main(int argc, char **argv)
{
    bool silent = argc == 2 && strcmp(argv[1], "-s") == 0;
    if (argc > 1 && !silent)
        usage("[-s]");
    char *name = isatty(0) ? ttyname(0) : NULL;
    if (!silent)
        puts(name ? name : "not a tty");
    return finish(0) ? 2 : !name;
}
