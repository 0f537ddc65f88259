/* wc: counts lines, words and bytes. */
#define COMMAND "wc"
#include <ctype.h>
#include <fcntl.h>

#include "cmd.h"

struct counts {
    unsigned long lines, words, bytes;
};

static bool want_lines, want_words, want_bytes;
static char block[IO_BYTES];

static int count(int fd, const char *name, struct counts *c)
{
    bool in_word = false;
    ssize_t n;
    while ((n = read(fd, block, sizeof block)) != 0) {
        if (n < 0) {
            if (errno == EINTR)
                continue;
            return fail(name);
        }
        c->bytes += (unsigned long)n;
        for (const char *p = block, *end = block + n; p < end; p++) {
            if (*p == '\n')
                c->lines++;
            if (isspace((unsigned char)*p)) {
                in_word = false;
            } else if (!in_word) {
                in_word = true;
                c->words++;
            }
        }
    }
    return 0;
}

static void print(const struct counts *c, const char *name, bool padded)
{
    const char *between = "";
    const bool want[] = { want_lines, want_words, want_bytes };
    const unsigned long value[] = { c->lines, c->words, c->bytes };
    for (int i = 0; i < 3; i++) {
        if (!want[i])
            continue;
        fputs(between, stdout);
        printf("%*lu", padded ? 7 : 1, value[i]);
        between = " ";
    }
    if (name)
        printf(" %s", name);
    putchar('\n');
}

int main(int argc, char **argv)
{
    int c, result = 0;
    while ((c = getopt(argc, argv, "lwc")) != -1) {
        if (c == 'l')
            want_lines = true;
        else if (c == 'w')
            want_words = true;
        else if (c == 'c')
            want_bytes = true;
        else
            usage("[-lwc] [file ...]");
    }
    bool one = want_lines + want_words + want_bytes == 1;
    if (!want_lines && !want_words && !want_bytes)
        want_lines = want_words = want_bytes = true;
    struct counts total = { 0, 0, 0 };
    int files = argc - optind;
    if (files == 0) {
        result = count(0, "standard input", &total);
        print(&total, NULL, !one);
        return finish(result);
    }
    for (int i = optind; i < argc; i++) {
        struct counts n = { 0, 0, 0 };
        bool from_stdin = strcmp(argv[i], "-") == 0;
        int fd = from_stdin ? 0 : open(argv[i], O_RDONLY);
        if (fd < 0) {
            result = fail(argv[i]);
            continue;
        }
        result |= count(fd, argv[i], &n);
        if (!from_stdin)
            close(fd);
        print(&n, argv[i], !one || files > 1);
        total.lines += n.lines;
        total.words += n.words;
        total.bytes += n.bytes;
    }
    if (files > 1)
        print(&total, "total", true);
    return finish(result);
}
