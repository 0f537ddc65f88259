/* cmp: compares two files byte by byte. */
#define COMMAND "cmp"
#include "cmd.h"

int main(int argc, char **argv)
{
    bool silent = false, all = false;
    int c;
    while ((c = getopt(argc, argv, "ls")) != -1) {
        if (c == 's')
            silent = true;
        else if (c == 'l')
            all = true;
        else
            usage("[-ls] file1 file2");
    }
    if (argc - optind != 2)
        usage("[-ls] file1 file2");
    const char *name[2] = { argv[optind], argv[optind + 1] };
    FILE *f[2];
    for (int i = 0; i < 2; i++)
        if (!(f[i] = open_input(name[i])))
            return 2;
    unsigned long at = 1, line = 1;
    int result = 0;
    for (;; at++) {
        int a = getc(f[0]), b = getc(f[1]);
        if (a == EOF || b == EOF) {
            if (ferror(f[0]) || ferror(f[1])) {
                fail(name[ferror(f[0]) ? 0 : 1]);
                return 2;
            }
            if (a == b)
                break;
            if (!silent)
                fprintf(stderr, "cmp: EOF on %s\n", name[a == EOF ? 0 : 1]);
            result = 1;
            break;
        }
        if (a != b) {
            result = 1;
            if (silent)
                break;
            if (!all) {
                printf("%s %s differ: char %lu, line %lu\n", name[0], name[1], at, line);
                break;
            }
            printf("%6lu %3o %3o\n", at, (unsigned)a, (unsigned)b);
        }
        if (a == '\n')
            line++;
    }
    return finish(result);
}
