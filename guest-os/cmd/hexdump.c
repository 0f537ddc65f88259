/* hexdump: prints a file as hexadecimal bytes beside its characters. */
#define COMMAND "hexdump"
#include "cmd.h"
#include "rows.h"

static FILE *file;

static int next_byte(void)
{
    return getc(file);
}

static void print_row(unsigned long at, const unsigned char *row, int n)
{
    printf("%08lx ", at);
    for (int i = 0; i < ROW; i++) {
        if (i < n)
            printf(i == 8 ? "  %02x" : " %02x", row[i]);
        else
            fputs(i == 8 ? "    " : "   ", stdout);
    }
    fputs("  |", stdout);
    for (int i = 0; i < n; i++)
        putchar(row[i] >= 32 && row[i] < 127 ? row[i] : '.');
    puts("|");
}

static int dump(FILE *f, const char *name, unsigned long skip, unsigned long limit)
{
    unsigned long at = 0;
    file = f;
    while (at < skip && getc(f) != EOF)
        at++;
    printf("%08lx\n", dump_rows(next_byte, at, limit, print_row));
    return close_input(f, name);
}

int main(int argc, char **argv)
{
    unsigned long skip = 0, limit = (unsigned long)-1;
    int c, result = 0;
    while ((c = getopt(argc, argv, "Cs:n:")) != -1) {
        if (c == 's')
            skip = strtoul(optarg, NULL, 0);
        else if (c == 'n')
            limit = strtoul(optarg, NULL, 0);
        else if (c != 'C')
            usage("[-C] [-s skip] [-n count] [file ...]");
    }
    if (optind == argc)
        result = dump(stdin, "standard input", skip, limit);
    for (int i = optind; i < argc; i++) {
        FILE *f = open_input(argv[i]);
        result |= f ? dump(f, argv[i], skip, limit) : 1;
    }
    return finish(result);
}
