/* uniq: drops lines that repeat the one before. */
#define COMMAND "uniq"
#include "cmd.h"
#include "nul.h"

static bool with_count, only_repeated, only_single;

static void print(const char *line, unsigned long count)
{
    if ((only_repeated && count == 1) || (only_single && count > 1))
        return;
    if (with_count)
        printf("%7lu ", count);
    nul_write(line, stdout);
}

int main(int argc, char **argv)
{
    static const char operands[] = "[-cdu] [input [output]]";
    int c, result = 0;
    while ((c = getopt(argc, argv, "cdu")) != -1) {
        if (c == 'c')
            with_count = true;
        else if (c == 'd')
            only_repeated = true;
        else if (c == 'u')
            only_single = true;
        else
            usage(operands);
    }
    if (argc - optind > 2)
        usage(operands);
    const char *name = optind < argc ? argv[optind] : "-";
    FILE *in = open_input(name);
    if (!in)
        return 1;
    if (argc - optind == 2 && !freopen(argv[optind + 1], "w", stdout))
        return fail(argv[optind + 1]);
    char *line = NULL, *before = NULL;
    size_t room = 0, before_room = 0;
    unsigned long count = 0;
    while (nul_getline(&line, &room, in) >= 0) {
        if (count > 0 && strcmp(line, before) == 0) {
            count++;
            continue;
        }
        if (count > 0)
            print(before, count);
        char *swap = before;
        size_t swap_room = before_room;
        before = line;
        before_room = room;
        line = swap;
        room = swap_room;
        count = 1;
    }
    if (count > 0)
        print(before, count);
    result = close_input(in, name);
    return finish(result);
}
