/* whoami: the name of the effective user. */
#define COMMAND "whoami"
#include <pwd.h>

#include "cmd.h"

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1)
        usage("");
    struct passwd *p = getpwuid(geteuid());
    if (p)
        puts(p->pw_name);
    else
        printf("%lu\n", (unsigned long)geteuid());
    return finish(0);
}
