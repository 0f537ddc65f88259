/* The command kill; the shell has the same code as a builtin, which knows jobs too. */
#include "sh/kill.c"
#include "sh/signame.c"

int main(int argc, char **argv)
{
    return cmd_kill(argc, argv);
}
