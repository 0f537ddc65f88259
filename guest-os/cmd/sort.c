/*
 * sort: sorts lines. What does not fit into memory is sorted in runs, which are then merged from files in /tmp. There
 * and in memory, lines have their NUL bytes as nul.h says; -k counts such a byte as two characters.
 */
#define COMMAND "sort"
#include <ctype.h>
#include <limits.h>
#include <signal.h>

#include "cmd.h"
#include "nul.h"

#define AREA_BYTES 32768 /* Lines of one run with their pointers. */
#define MERGE_WAYS 8     /* Files open at once while merging. */
#define MAX_KEYS 8
#define MAX_RUNS 1024

static const char operands[] = "[-bcfmnru] [-k field[.char][bfnr][,field[.char]]] [-t char] [-o output] [file ...]";

struct flags {
    bool numeric, reverse, blanks, fold;
};

/* Fields and characters count from 1; last_field 0 is the end of the line, last_char 0 the end of its field. */
struct key {
    int first_field, first_char, last_field, last_char;
    struct flags flags;
    bool own_flags;
};

static struct key keys[MAX_KEYS];
static int key_count;
static struct flags global;
static bool unique;
static int separator = -1;
static char *area;
static int run_first, run_next; /* The runs that are there have the numbers from run_first to below run_next. */

static void run_name(char *name, size_t room, int number)
{
    snprintf(name, room, "/tmp/sort%ld.%d", (long)getpid(), number);
}

static void remove_runs(void)
{
    char name[40];
    for (; run_first < run_next; run_first++) {
        run_name(name, sizeof name, run_first);
        unlink(name);
    }
}

static void stop(int sig)
{
    remove_runs();
    signal(sig, SIG_DFL);
    raise(sig);
}

static const char *skip_field(const char *s)
{
    if (separator >= 0) {
        while (*s && *s != separator)
            s++;
        return s;
    }
    while (*s == ' ' || *s == '\t')
        s++;
    while (*s && *s != ' ' && *s != '\t')
        s++;
    return s;
}

static const char *field_start(const char *line, int field)
{
    while (--field > 0 && *line) {
        line = skip_field(line);
        if (separator >= 0 && *line)
            line++;
    }
    return line;
}

static const char *skip_blanks(const char *s)
{
    while (*s == ' ' || *s == '\t')
        s++;
    return s;
}

static void key_bounds(const struct key *k, const struct flags *f, const char *line, const char **from, const char **to)
{
    const char *s = field_start(line, k->first_field);
    if (f->blanks || f->numeric)
        s = skip_blanks(s);
    for (int i = 1; i < k->first_char && *s; i++)
        s++;
    *from = s;
    if (k->last_field == 0) {
        *to = s + strlen(s);
        return;
    }
    const char *end = field_start(line, k->last_field);
    if (k->last_char == 0) {
        end = skip_field(end);
    } else {
        if (f->blanks)
            end = skip_blanks(end);
        for (int i = 0; i < k->last_char && *end; i++)
            end++;
    }
    *to = end < s ? s : end;
}

/* Decimal numbers of any length, with a sign and a fraction. */
static int compare_numbers(const char *a, const char *a_end, const char *b, const char *b_end)
{
    bool negative[2];
    const char *s[2] = { a, b }, *end[2] = { a_end, b_end }, *digits[2];
    size_t n[2];
    for (int i = 0; i < 2; i++) {
        while (s[i] < end[i] && (*s[i] == ' ' || *s[i] == '\t'))
            s[i]++;
        negative[i] = s[i] < end[i] && *s[i] == '-';
        s[i] += negative[i];
        while (s[i] < end[i] && *s[i] == '0')
            s[i]++;
        digits[i] = s[i];
        while (s[i] < end[i] && isdigit((unsigned char)*s[i]))
            s[i]++;
        n[i] = (size_t)(s[i] - digits[i]);
    }
    int order = n[0] != n[1] ? (n[0] < n[1] ? -1 : 1) : memcmp(digits[0], digits[1], n[0]);
    /* The fractions, as if they went on with zeros; they also tell whether a number is zero. */
    bool nonzero[2] = { n[0] > 0, n[1] > 0 }, fraction[2];
    for (int i = 0; i < 2; i++)
        fraction[i] = s[i] < end[i] && *s[i] == '.' && s[i]++;
    while (fraction[0] || fraction[1]) {
        int d[2];
        for (int i = 0; i < 2; i++) {
            fraction[i] = fraction[i] && s[i] < end[i] && isdigit((unsigned char)*s[i]);
            d[i] = fraction[i] ? *s[i]++ : '0';
            nonzero[i] = nonzero[i] || d[i] != '0';
        }
        if (order == 0)
            order = d[0] - d[1];
    }
    negative[0] = negative[0] && nonzero[0];
    negative[1] = negative[1] && nonzero[1];
    if (negative[0] != negative[1])
        return negative[0] ? -1 : 1;
    return negative[0] ? -order : order;
}

static int compare_text(const char *a, const char *a_end, const char *b, const char *b_end, bool fold)
{
    for (; a < a_end && b < b_end; a++, b++) {
        int x = (unsigned char)*a, y = (unsigned char)*b;
        if (fold) {
            x = toupper(x);
            y = toupper(y);
        }
        if (x != y)
            return x - y;
    }
    return (a < a_end) - (b < b_end);
}

static int compare_keys(const char *a, const char *b)
{
    static const struct key whole = { 1, 1, 0, 0, { false, false, false, false }, false };
    int n = key_count ? key_count : 1;
    for (int i = 0; i < n; i++) {
        const struct key *k = key_count ? &keys[i] : &whole;
        const struct flags *f = k->own_flags ? &k->flags : &global;
        const char *a_from, *a_to, *b_from, *b_to;
        key_bounds(k, f, a, &a_from, &a_to);
        key_bounds(k, f, b, &b_from, &b_to);
        int order = f->numeric ? compare_numbers(a_from, a_to, b_from, b_to)
                               : compare_text(a_from, a_to, b_from, b_to, f->fold);
        if (order)
            return f->reverse ? -order : order;
    }
    return 0;
}

static int compare_lines(const char *a, const char *b)
{
    if (key_count == 0 && !global.numeric && !global.fold && !global.blanks)
        return global.reverse ? strcmp(b, a) : strcmp(a, b);
    int order = compare_keys(a, b);
    if (order || unique)
        return order;
    return global.reverse ? strcmp(b, a) : strcmp(a, b);
}

/* Equal lines stay in the order of input, which is that of their addresses. */
static int compare_pointers(const void *pa, const void *pb)
{
    const char *a = *(char *const *)pa, *b = *(char *const *)pb;
    int order = compare_lines(a, b);
    return order ? order : (a > b) - (a < b);
}

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    fail(what);
    remove_runs();
    exit(2);
}

static void write_line(const char *line, FILE *out)
{
    if (out == stdout)
        nul_write(line, out);
    else
        fprintf(out, "%s\n", line);
}

static void write_sorted(char **lines, size_t n, FILE *out)
{
    qsort(lines, n, sizeof *lines, compare_pointers);
    for (size_t i = 0; i < n; i++) {
        if (unique && i > 0 && compare_lines(lines[i - 1], lines[i]) == 0) {
            lines[i] = lines[i - 1];
            continue;
        }
        write_line(lines[i], out);
    }
}

static FILE *new_run(void)
{
    char name[40];
    if (run_next - run_first >= MAX_RUNS) {
        errno = EFBIG;
        must(false, "input");
    }
    run_name(name, sizeof name, run_next++);
    FILE *f = fopen(name, "w");
    must(f != NULL, name);
    return f;
}

static void write_run(char **lines, size_t n)
{
    FILE *f = new_run();
    write_sorted(lines, n, f);
    bool bad = ferror(f);
    must(fclose(f) == 0 && !bad, "/tmp");
}

/*
 * Lines lie from the bottom of the area upwards, pointers to them from its top downwards. used is the first free
 * byte, lines the lowest pointer.
 */
struct filling {
    size_t used;
    char **lines, **top;
};

static void fill_start(struct filling *a)
{
    a->used = 0;
    a->lines = a->top = (char **)(void *)(area + AREA_BYTES);
}

static void fill(struct filling *a, FILE *in)
{
    int c;
    size_t start = a->used;
    while ((c = getc(in)) != EOF || a->used > start) {
        if (a->used + sizeof *a->lines + 2 >= (size_t)((char *)a->lines - area)) {
            size_t part = a->used - start;
            if (start == 0) {
                errno = ENOMEM;
                must(false, "line too long");
            }
            write_run(a->lines, (size_t)(a->top - a->lines));
            memmove(area, area + start, part);
            fill_start(a);
            a->used = part;
            start = 0;
        }
        if (c != '\n' && c != EOF) {
            area[a->used++] = (char)(c <= NUL_MARK ? NUL_MARK : c);
            if (c <= NUL_MARK)
                area[a->used++] = (char)(c + 1);
            continue;
        }
        area[a->used++] = 0;
        *--a->lines = area + start;
        start = a->used;
        if (c == EOF)
            break;
    }
}

struct source {
    FILE *f;
    char *line;
    size_t room;
    bool more;
};

static void advance(struct source *s)
{
    ssize_t n = getline(&s->line, &s->room, s->f);
    s->more = n > 0;
    if (s->more && s->line[n - 1] == '\n')
        s->line[n - 1] = 0;
}

static void merge(struct source *s, int n, FILE *out)
{
    char *last = NULL;
    for (int i = 0; i < n; i++)
        advance(&s[i]);
    for (;;) {
        struct source *least = NULL;
        for (int i = 0; i < n; i++)
            if (s[i].more && (!least || compare_lines(s[i].line, least->line) < 0))
                least = &s[i];
        if (!least)
            break;
        if (!unique || !last || compare_lines(last, least->line) != 0) {
            write_line(least->line, out);
            if (unique) {
                free(last);
                last = need(strdup(least->line));
            }
        }
        advance(least);
    }
    free(last);
    for (int i = 0; i < n; i++) {
        must(!ferror(s[i].f), "read");
        fclose(s[i].f);
        free(s[i].line);
        s[i].line = NULL;
        s[i].room = 0;
    }
}

/* Merges the oldest runs, up to n, into out, and removes them. */
static void merge_runs(int n, FILE *out)
{
    struct source s[MERGE_WAYS];
    char name[40];
    memset(s, 0, sizeof s);
    for (int i = 0; i < n; i++) {
        run_name(name, sizeof name, run_first + i);
        s[i].f = fopen(name, "r");
        must(s[i].f != NULL, name);
    }
    merge(s, n, out);
    for (int i = 0; i < n; i++, run_first++) {
        run_name(name, sizeof name, run_first);
        unlink(name);
    }
}

/* Passes over all runs keep them in the order of input, which decides between equal lines. */
static void merge_down(void)
{
    while (run_next - run_first > MERGE_WAYS) {
        for (int end = run_next; run_first < end;) {
            int n = end - run_first < MERGE_WAYS ? end - run_first : MERGE_WAYS;
            FILE *f = new_run();
            merge_runs(n, f);
            bool bad = ferror(f);
            must(fclose(f) == 0 && !bad, "/tmp");
        }
    }
}

static int check(const char *name)
{
    FILE *f = open_input(name);
    char *before = NULL, *line = NULL;
    size_t room = 0, before_room = 0;
    if (!f)
        return 2;
    while (nul_getline(&line, &room, f) >= 0) {
        int order = before ? compare_lines(before, line) : -1;
        if (order > 0 || (order == 0 && unique)) {
            fail_text("disorder", line);
            return 1;
        }
        char *swap = before;
        size_t swap_room = before_room;
        before = line;
        before_room = room;
        line = swap;
        room = swap_room;
    }
    return close_input(f, name);
}

static bool set_flag(struct flags *f, int c)
{
    switch (c) {
    case 'n':
        f->numeric = true;
        return true;
    case 'r':
        f->reverse = true;
        return true;
    case 'b':
        f->blanks = true;
        return true;
    case 'f':
        f->fold = true;
        return true;
    }
    return false;
}

static char *parse_position(char *s, int *field, int *character)
{
    *field = (int)strtol(s, &s, 10);
    if (*s == '.')
        *character = (int)strtol(s + 1, &s, 10);
    return s;
}

static void parse_key(char *s)
{
    struct key k = { 0, 1, 0, 0, { false, false, false, false }, false };
    s = parse_position(s, &k.first_field, &k.first_char);
    for (; set_flag(&k.flags, *s); s++)
        k.own_flags = true;
    if (*s == ',') {
        s = parse_position(s + 1, &k.last_field, &k.last_char);
        for (; set_flag(&k.flags, *s); s++)
            k.own_flags = true;
        if (k.last_field < 1)
            usage(operands);
    }
    if (*s || k.first_field < 1 || k.first_char < 1 || key_count == MAX_KEYS)
        usage(operands);
    keys[key_count++] = k;
}

int main(int argc, char **argv)
{
    const char *output = NULL;
    bool only_check = false;
    int c, result = 0;
    while ((c = getopt(argc, argv, "bcfmnruk:t:o:")) != -1) {
        if (set_flag(&global, c) || c == 'm')
            continue; /* Merging sorted files is sorting them. */
        if (c == 'c')
            only_check = true;
        else if (c == 'u')
            unique = true;
        else if (c == 'k')
            parse_key(optarg);
        else if (c == 't' && strlen(optarg) == 1)
            separator = *optarg;
        else if (c == 'o')
            output = optarg;
        else
            usage(operands);
    }
    if (only_check)
        return check(optind < argc ? argv[optind] : "-");
    area = need(malloc(AREA_BYTES));
    signal(SIGINT, stop);
    signal(SIGTERM, stop);
    signal(SIGHUP, stop);
    struct filling a;
    fill_start(&a);
    static char dash[] = "-";
    char *only_stdin[] = { dash, NULL };
    for (char **p = optind < argc ? argv + optind : only_stdin; *p; p++) {
        FILE *f = open_input(*p);
        if (!f) {
            remove_runs();
            return 2;
        }
        fill(&a, f);
        result |= close_input(f, *p);
    }
    if (run_next > run_first) {
        write_run(a.lines, (size_t)(a.top - a.lines));
        merge_down();
    }
    if (output)
        must(freopen(output, "w", stdout) != NULL, output);
    if (run_next > run_first)
        merge_runs(run_next - run_first, stdout);
    else
        write_sorted(a.lines, (size_t)(a.top - a.lines), stdout);
    result = finish(result);
    remove_runs();
    return result ? 2 : 0;
}
