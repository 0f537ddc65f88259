/* pwd: prints the working directory. */
#define COMMAND "pwd"
#include "cmd.h"

int main(int argc, char **argv)
{
    static char path[1024];
    (void)argv;
    if (argc > 1)
        usage("");
    if (!getcwd(path, sizeof path))
        return fail("getcwd");
    puts(path);
    return finish(0);
}
