/* basename: the last part of a path, without a suffix. */
#define COMMAND "basename"
#include "cmd.h"

int main(int argc, char **argv)
{
    int i = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
    if (argc - i < 1 || argc - i > 2)
        usage("path [suffix]");
    char *name = last_component(argv[i]);
    if (argc - i == 2) {
        size_t n = strlen(name), s = strlen(argv[i + 1]);
        if (s < n && strcmp(name + n - s, argv[i + 1]) == 0)
            name[n - s] = 0;
    }
    puts(name);
    return finish(0);
}
