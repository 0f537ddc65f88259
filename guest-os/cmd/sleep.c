/* sleep: waits for a number of seconds. */
#define COMMAND "sleep"
#include "cmd.h"

int main(int argc, char **argv)
{
    if (argc != 2)
        usage("seconds");
    long seconds = number_operand(argv[1], "seconds");
    if (seconds < 0)
        usage("seconds");
    unsigned left = (unsigned)seconds;
    while (left > 0)
        left = sleep(left);
    return 0;
}
