/* dirname: a path without its last part. */
#define COMMAND "dirname"
#include "cmd.h"

int main(int argc, char **argv)
{
    int i = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
    if (argc - i != 1)
        usage("path");
    char *path = argv[i];
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    while (n > 0 && path[n - 1] != '/')
        n--;
    while (n > 1 && path[n - 1] == '/')
        n--;
    printf("%.*s\n", n ? (int)n : 1, n ? path : ".");
    return finish(0);
}
