/* rmdir: removes empty directories. */
#define COMMAND "rmdir"
#include "cmd.h"

int main(int argc, char **argv)
{
    int result = 0;
    if (argc < 2 || (argv[1][0] == '-' && argv[1][1]))
        usage("directory ...");
    for (int i = 1; i < argc; i++)
        if (rmdir(argv[i]) < 0)
            result = fail(argv[i]);
    return result;
}
