/* env: prints the environment, or runs a command in a changed one. */
#define COMMAND "env"
#include "cmd.h"

extern char **environ;

int main(int argc, char **argv)
{
    int i = 1;
    if (i < argc && (strcmp(argv[i], "-i") == 0 || strcmp(argv[i], "-") == 0)) {
        static char *empty[1];
        environ = empty;
        i++;
    } else if (i < argc && argv[i][0] == '-' && strcmp(argv[i], "--") != 0) {
        usage("[-i] [name=value ...] [command [argument ...]]");
    }
    if (i < argc && strcmp(argv[i], "--") == 0)
        i++;
    for (; i < argc && strchr(argv[i], '='); i++)
        if (putenv(argv[i]) != 0)
            return fail(argv[i]);
    if (i < argc) {
        execvp(argv[i], argv + i);
        int error = errno;
        fail(argv[i]);
        return error == ENOENT ? 127 : 126;
    }
    for (char **e = environ; *e; e++)
        puts(*e);
    return finish(0);
}
