/* head: prints the first lines or bytes of files. */
#define COMMAND "head"
#include <ctype.h>

#include "cmd.h"

static const char operands[] = "[-n lines | -c bytes | -lines] [file ...]";

static void copy(FILE *f, long amount, bool bytes)
{
    int c;
    while (amount > 0 && (c = getc(f)) != EOF) {
        putchar(c);
        if (bytes || c == '\n')
            amount--;
    }
}

int main(int argc, char **argv)
{
    long amount = 10;
    bool bytes = false;
    int i = 1, result = 0;
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        const char *s = argv[i] + 1;
        if (strcmp(s, "-") == 0) {
            i++;
            break;
        }
        if (*s == 'n' || *s == 'c') {
            bytes = *s++ == 'c';
            if (!*s && ++i < argc)
                s = argv[i];
        } else if (!isdigit((unsigned char)*s)) {
            usage(operands);
        }
        if (i >= argc)
            usage(operands);
        amount = number_operand(s, operands);
        if (amount < 0)
            usage(operands);
    }
    bool many = argc - i > 1, first = true;
    if (i >= argc) {
        copy(stdin, amount, bytes);
        result = close_input(stdin, "standard input");
    }
    for (; i < argc; i++) {
        FILE *f = open_input(argv[i]);
        if (!f) {
            result = 1;
            continue;
        }
        if (many)
            printf("%s==> %s <==\n", first ? "" : "\n", argv[i]);
        first = false;
        copy(f, amount, bytes);
        result |= close_input(f, argv[i]);
    }
    return finish(result);
}
