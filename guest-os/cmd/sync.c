/* sync: returns when everything written so far is on the disks. */
#define COMMAND "sync"
#include "cmd.h"

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1)
        usage("");
    sync();
    return 0;
}
