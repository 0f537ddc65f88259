/* cut: prints chosen columns or fields of each line. */
#define COMMAND "cut"
#include <limits.h>

#include "cmd.h"

static const char operands[] = "-c list | -f list [-d char] [-s] [file ...]";

#define MAX_RANGES 64

struct range {
    long from, to;
};

static struct range ranges[MAX_RANGES];
static int range_count;

static void parse_list(const char *s)
{
    while (*s) {
        struct range r = { 1, LONG_MAX };
        char *end = (char *)s;
        if (*s != '-') {
            r.from = strtol(s, &end, 10);
            if (end == s)
                usage(operands);
            r.to = r.from;
        }
        if (*end == '-') {
            s = end + 1;
            r.to = strtol(s, &end, 10);
            if (end == s)
                r.to = LONG_MAX;
        }
        if (r.from < 1 || r.to < r.from || range_count == MAX_RANGES || (*end && *end != ',')) {
            fail_text(s, "bad list");
            exit(1);
        }
        ranges[range_count++] = r;
        s = *end ? end + 1 : end;
    }
}

static bool chosen(long n)
{
    for (int i = 0; i < range_count; i++)
        if (n >= ranges[i].from && n <= ranges[i].to)
            return true;
    return false;
}

static void cut_chars(const char *line)
{
    for (long n = 1; *line; line++, n++)
        if (chosen(n))
            putchar(*line);
    putchar('\n');
}

static void cut_fields(char *line, char delimiter, bool only_delimited)
{
    bool first = true;
    if (!strchr(line, delimiter)) {
        if (!only_delimited)
            puts(line);
        return;
    }
    for (long n = 1; line; n++) {
        char *end = strchr(line, delimiter);
        if (end)
            *end = 0;
        if (chosen(n)) {
            if (!first)
                putchar(delimiter);
            fputs(line, stdout);
            first = false;
        }
        line = end ? end + 1 : NULL;
    }
    putchar('\n');
}

static int cut(const char *name, bool fields, char delimiter, bool only_delimited)
{
    static char *line;
    static size_t room;
    ssize_t n;
    FILE *f = open_input(name);
    if (!f)
        return 1;
    while ((n = getline(&line, &room, f)) > 0) {
        if (line[n - 1] == '\n')
            line[n - 1] = 0;
        if (fields)
            cut_fields(line, delimiter, only_delimited);
        else
            cut_chars(line);
    }
    return close_input(f, name);
}

int main(int argc, char **argv)
{
    char delimiter = '\t';
    bool fields = false, only_delimited = false;
    int c, result = 0;
    while ((c = getopt(argc, argv, "b:c:f:d:s")) != -1) {
        switch (c) {
        case 'b':
        case 'c':
        case 'f':
            fields = c == 'f';
            parse_list(optarg);
            break;
        case 'd':
            delimiter = *optarg;
            break;
        case 's':
            only_delimited = true;
            break;
        default:
            usage(operands);
        }
    }
    if (range_count == 0)
        usage(operands);
    if (optind == argc)
        result = cut("-", fields, delimiter, only_delimited);
    for (int i = optind; i < argc; i++)
        result |= cut(argv[i], fields, delimiter, only_delimited);
    return finish(result);
}
