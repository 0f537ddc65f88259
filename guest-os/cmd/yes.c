/* yes: prints a line for ever. */
#define COMMAND "yes"
#include "cmd.h"

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "y";
    while (puts(word) >= 0)
        ;
    return fail("write");
}
