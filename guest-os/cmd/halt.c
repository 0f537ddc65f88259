/* halt: brings the disks up to date and switches the machine off. */
#define COMMAND "halt"
#include <triplex/sys.h>

#include "cmd.h"

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1)
        usage("");
    power_off();
    return fail("switch off"); /* It returned, so it did not work. */
}
