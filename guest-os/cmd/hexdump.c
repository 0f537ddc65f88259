/* hexdump: prints a file as hexadecimal bytes beside its characters. */
#define COMMAND "hexdump"
#include "cmd.h"

#define ROW 16

static int dump(FILE *f, const char *name, unsigned long skip, unsigned long limit)
{
    unsigned char row[ROW], before[ROW];
    bool starred = false, have_before = false;
    unsigned long at = 0;
    int c = 0;
    while (at < skip && (c = getc(f)) != EOF)
        at++;
    for (;;) {
        int n = 0;
        while (n < ROW && limit > 0 && (c = getc(f)) != EOF) {
            row[n++] = (unsigned char)c;
            limit--;
        }
        if (n == 0)
            break;
        if (n == ROW && have_before && memcmp(row, before, ROW) == 0) {
            if (!starred)
                puts("*");
            starred = true;
        } else {
            starred = false;
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
        memcpy(before, row, sizeof row);
        have_before = n == ROW;
        at += (unsigned long)n;
        if (n < ROW)
            break;
    }
    printf("%08lx\n", at);
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
