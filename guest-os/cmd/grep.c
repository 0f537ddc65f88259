/* grep: prints the lines that match a regular expression. */
#define COMMAND "grep"
#include <ctype.h>
#include <regex.h>

#include "cmd.h"

static const char operands[] = "[-ivnclqhsxwEF] [-e] pattern [file ...]";

/* A pattern; needle is set when it can be found by comparing characters. */
struct pattern {
    struct pattern *next;
    const char *needle;
    regex_t regex;
};

static bool ignore_case, invert, number, count_only, list_only, quiet, no_name, silent, whole, words, extended, fixed;
static struct pattern *patterns, **last_pattern = &patterns;
static bool many, matched_any;

static bool is_plain(const char *s)
{
    return !ignore_case && !whole && !words && !s[strcspn(s, extended ? "\\.[*^$+?(){}|" : "\\.[*^$")];
}

/* A fixed string as an expression. */
static char *quote(const char *s)
{
    char *quoted = need(malloc(2 * strlen(s) + 1)), *p = quoted;
    for (; *s; s++) {
        if (fixed && strchr("\\.[*^$", *s))
            *p++ = '\\';
        *p++ = *s;
    }
    *p = 0;
    return quoted;
}

static void add_pattern(const char *s)
{
    struct pattern *p = need(malloc(sizeof *p));
    p->next = NULL;
    p->needle = NULL;
    *last_pattern = p;
    last_pattern = &p->next;
    if (!words && !whole && !ignore_case && (fixed || is_plain(s))) {
        p->needle = s;
        return;
    }
    char *text = quote(s);
    int flags = (ignore_case ? REG_ICASE : 0) | (extended ? REG_EXTENDED : 0) | (words || whole ? 0 : REG_NOSUB);
    int error = regcomp(&p->regex, text, flags);
    if (error) {
        char why[80];
        regerror(error, &p->regex, why, sizeof why);
        fail_text(s, why);
        exit(2);
    }
    free(text);
}

/* An operand holds one pattern a line. */
static void add_patterns(char *s)
{
    char *end;
    while ((end = strchr(s, '\n'))) {
        *end = 0;
        add_pattern(s);
        s = end + 1;
    }
    add_pattern(s);
}

static bool word_char(int c)
{
    return isalnum(c) || c == '_';
}

static bool match_word(const struct pattern *p, const char *line)
{
    regmatch_t m[1];
    const char *s = line;
    while (regexec(&p->regex, s, 1, m, s > line ? REG_NOTBOL : 0) == 0) {
        const char *from = s + m[0].rm_so, *to = s + m[0].rm_eo;
        if ((from == line || !word_char((unsigned char)from[-1])) && !word_char((unsigned char)*to))
            return true;
        if (!*from)
            break;
        s = from + 1;
    }
    return false;
}

/* The longest match at the start of the line is the whole line, if any is. */
static bool match_whole(const struct pattern *p, const char *line)
{
    regmatch_t m[1];
    return regexec(&p->regex, line, 1, m, 0) == 0 && m[0].rm_so == 0 && line[m[0].rm_eo] == 0;
}

static bool matches_one(const struct pattern *p, const char *line)
{
    if (p->needle)
        return strstr(line, p->needle) != NULL;
    if (whole)
        return match_whole(p, line);
    return words ? match_word(p, line) : regexec(&p->regex, line, 0, NULL, 0) == 0;
}

static bool matches(const char *line)
{
    for (const struct pattern *p = patterns; p; p = p->next)
        if (matches_one(p, line))
            return true;
    return false;
}

static int search(FILE *f, const char *name)
{
    static char *line;
    static size_t room;
    unsigned long line_number = 0, count = 0;
    ssize_t n;
    while ((n = getline(&line, &room, f)) > 0) {
        line_number++;
        if (line[n - 1] == '\n')
            line[--n] = 0;
        if (matches(line) == invert)
            continue;
        matched_any = true;
        count++;
        if (quiet)
            exit(0);
        if (list_only)
            break;
        if (count_only)
            continue;
        if (many)
            printf("%s:", name);
        if (number)
            printf("%lu:", line_number);
        fwrite(line, 1, (size_t)n, stdout);
        putchar('\n');
    }
    if (count_only) {
        if (many)
            printf("%s:", name);
        printf("%lu\n", count);
    }
    if (list_only && count)
        puts(name);
    return 0;
}

static bool set_option(int c)
{
    static const char letters[] = "ivnclqhsxwEF";
    bool *const flags[] = {
        &ignore_case, &invert, &number, &count_only, &list_only, &quiet, &no_name, &silent, &whole, &words,
        &extended, &fixed
    };
    const char *found = c > 0 ? strchr(letters, c) : NULL;
    if (found)
        *flags[found - letters] = true;
    return found != NULL;
}

int main(int argc, char **argv)
{
    int c;
    bool errors = false;
    char **given = need(malloc((size_t)argc * sizeof *given));
    int patterns_given = 0;
    while ((c = getopt(argc, argv, "ivnclqhsxwEFe:")) != -1) {
        if (c == 'e')
            given[patterns_given++] = optarg;
        else if (!set_option(c))
            usage(operands);
    }
    if (patterns_given == 0) {
        if (optind == argc)
            usage(operands);
        given[patterns_given++] = argv[optind++];
    }
    for (int i = 0; i < patterns_given; i++)
        add_patterns(given[i]);
    many = argc - optind > 1 && !no_name;
    if (optind == argc) {
        search(stdin, "(standard input)");
        errors = ferror(stdin);
    }
    for (int i = optind; i < argc; i++) {
        FILE *f = strcmp(argv[i], "-") == 0 ? stdin : fopen(argv[i], "r");
        if (!f) {
            if (!silent)
                fail(argv[i]);
            errors = true;
            continue;
        }
        search(f, argv[i]);
        errors = close_input(f, argv[i]) || errors;
    }
    int result = finish(0);
    return errors || result ? 2 : !matched_any;
}
