/* tr: translates or deletes characters. */
#define COMMAND "tr"
#include <ctype.h>

#include "cmd.h"

static const char operands[] = "[-cds] set1 [set2]";

/* The members in the order in which they were written; ranges and classes are spelled out. */
struct set {
    unsigned char v[512];
    int n;
};

static void add(struct set *s, int c)
{
    if (s->n < (int)sizeof s->v)
        s->v[s->n++] = (unsigned char)c;
}

static int parse_char(const char **p)
{
    static const char letters[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
    const char *s = *p;
    int c = (unsigned char)*s++;
    if (c == '\\' && *s) {
        const char *found = strchr(letters, *s);
        if (found) {
            c = values[found - letters];
            s++;
        } else if (*s >= '0' && *s <= '7') {
            c = 0;
            for (int i = 0; i < 3 && *s >= '0' && *s <= '7'; i++)
                c = c * 8 + *s++ - '0';
        } else {
            c = (unsigned char)*s++;
        }
    }
    *p = s;
    return c & 255;
}

static const char *add_class(struct set *s, const char *p)
{
    static const struct {
        const char *name;
        int (*is)(int);
    } classes[] = {
        { "alpha", isalpha }, { "digit", isdigit }, { "alnum", isalnum }, { "upper", isupper },
        { "lower", islower }, { "space", isspace }, { "punct", ispunct }, { "print", isprint },
        { "cntrl", iscntrl }, { "xdigit", isxdigit }, { "blank", isblank }, { "graph", isgraph },
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        size_t n = strlen(classes[i].name);
        if (strncmp(p + 2, classes[i].name, n) != 0 || strncmp(p + 2 + n, ":]", 2) != 0)
            continue;
        for (int c = 0; c < 256; c++)
            if (classes[i].is(c))
                add(s, c);
        return p + n + 4;
    }
    fail_text(p, "unknown class");
    exit(1);
}

static void parse_set(struct set *s, const char *p)
{
    while (*p) {
        if (p[0] == '[' && p[1] == ':') {
            p = add_class(s, p);
            continue;
        }
        int from = parse_char(&p);
        if (*p == '-' && p[1]) {
            p++;
            int to = parse_char(&p);
            if (to < from) {
                fail_text("range", "ends before it begins");
                exit(1);
            }
            for (int c = from; c <= to; c++)
                add(s, c);
        } else {
            add(s, from);
        }
    }
}

static void complement(struct set *s)
{
    bool in[256] = { false };
    for (int i = 0; i < s->n; i++)
        in[s->v[i]] = true;
    s->n = 0;
    for (int c = 0; c < 256; c++)
        if (!in[c])
            add(s, c);
}

int main(int argc, char **argv)
{
    static struct set from, to;
    static unsigned char map[256];
    static bool drop[256], squeeze[256];
    bool negate = false, delete = false, once = false;
    int c, last = -1;
    while ((c = getopt(argc, argv, "cCds")) != -1) {
        if (c == 'c' || c == 'C')
            negate = true;
        else if (c == 'd')
            delete = true;
        else if (c == 's')
            once = true;
        else
            usage(operands);
    }
    int sets = argc - optind;
    if (sets < 1 || sets > 2 || (sets == 1 && !delete && !once) || (sets == 2 && delete && !once))
        usage(operands);
    parse_set(&from, argv[optind]);
    if (negate)
        complement(&from);
    if (sets == 2)
        parse_set(&to, argv[optind + 1]);
    for (int i = 0; i < 256; i++)
        map[i] = (unsigned char)i;
    if (delete) {
        for (int i = 0; i < from.n; i++)
            drop[from.v[i]] = true;
    } else if (sets == 2 && to.n > 0) {
        for (int i = 0; i < from.n; i++)
            map[from.v[i]] = to.v[i < to.n ? i : to.n - 1];
    }
    const struct set *squeezed = sets == 2 ? &to : &from;
    for (int i = 0; once && i < squeezed->n; i++)
        squeeze[squeezed->v[i]] = true;
    while ((c = getchar()) != EOF) {
        if (drop[c])
            continue;
        c = map[c];
        if (squeeze[c] && c == last)
            continue;
        last = c;
        putchar(c);
    }
    return finish(ferror(stdin) ? fail("standard input") : 0);
}
