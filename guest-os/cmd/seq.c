/* seq: prints a sequence of whole numbers. */
#define COMMAND "seq"
#include "cmd.h"

int main(int argc, char **argv)
{
    static const char operands[] = "[first [step]] last";
    if (argc < 2 || argc > 4)
        usage(operands);
    long first = argc > 2 ? number_operand(argv[1], operands) : 1;
    long step = argc > 3 ? number_operand(argv[2], operands) : 1;
    long last = number_operand(argv[argc - 1], operands);
    if (step == 0)
        usage(operands);
    for (long n = first; step > 0 ? n <= last : n >= last;) {
        printf("%ld\n", n);
        if (__builtin_add_overflow(n, step, &n))
            break;
    }
    return finish(0);
}
