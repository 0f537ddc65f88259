/* od: prints a file in octal, or as characters, decimal or hexadecimal words. Words are big-endian. */
#define COMMAND "od"
#include "cmd.h"
#include "rows.h"

static const char operands[] = "[-bcdox] [-A d|o|x|n] [-j skip] [-N count] [file ...]";

static char **files;
static FILE *current;
static const char *current_name;
static int result;
static char forms[8], base = 'o';

/* The next byte of all files one after the other. */
static int next_byte(void)
{
    for (;;) {
        if (!current) {
            if (!*files)
                return EOF;
            current_name = *files++;
            current = open_input(current_name);
            if (!current) {
                result = 1;
                continue;
            }
        }
        int c = getc(current);
        if (c != EOF)
            return c;
        result |= close_input(current, current_name);
        current = NULL;
    }
}

static void print_char(int c)
{
    static const char codes[] = "\a\b\f\n\r\t\v", letters[] = "abfnrtv";
    const char *found = c ? strchr(codes, c) : NULL;
    if (c == 0)
        fputs("  \\0", stdout);
    else if (found)
        printf("  \\%c", letters[found - codes]);
    else if (c >= 32 && c < 127)
        printf("   %c", c);
    else
        printf(" %03o", (unsigned)c);
}

static void print_form(const unsigned char *row, int n, char form)
{
    for (int i = 0; i < n; i += form == 'b' || form == 'c' ? 1 : 2) {
        unsigned word = (unsigned)row[i] << 8 | (i + 1 < n ? row[i + 1] : 0);
        switch (form) {
        case 'b':
            printf(" %03o", row[i]);
            break;
        case 'c':
            print_char(row[i]);
            break;
        case 'd':
            printf(" %5u", word);
            break;
        case 'x':
            printf(" %04x", word);
            break;
        default:
            printf(" %06o", word);
        }
    }
    putchar('\n');
}

static void print_address(unsigned long at)
{
    if (base == 'o')
        printf("%07lo", at);
    else if (base == 'd')
        printf("%07lu", at);
    else if (base == 'x')
        printf("%07lx", at);
}

static void print_row(unsigned long at, const unsigned char *row, int n)
{
    print_address(at);
    for (const char *f = forms; *f; f++) {
        if (f > forms && base != 'n')
            fputs("       ", stdout);
        print_form(row, n, *f);
    }
}

int main(int argc, char **argv)
{
    unsigned long skip = 0, limit = (unsigned long)-1, at = 0;
    int c;
    while ((c = getopt(argc, argv, "bcdoxvA:j:N:")) != -1) {
        if (c == '?')
            usage(operands);
        else if (c == 'A' && strchr("doxn", *optarg))
            base = *optarg;
        else if (c == 'j')
            skip = strtoul(optarg, NULL, 0);
        else if (c == 'N')
            limit = strtoul(optarg, NULL, 0);
        else if (strchr("bcdox", c) && strlen(forms) + 1 < sizeof forms)
            forms[strlen(forms)] = (char)c;
    }
    static char dash[] = "-";
    char *only_stdin[] = { dash, NULL };
    files = optind < argc ? argv + optind : only_stdin;
    while (at < skip && next_byte() != EOF)
        at++;
    if (!*forms)
        strcpy(forms, "o");
    at = dump_rows(next_byte, at, limit, print_row);
    if (base != 'n') {
        print_address(at);
        putchar('\n');
    }
    return finish(result);
}
