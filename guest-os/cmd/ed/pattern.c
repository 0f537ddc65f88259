/* Patterns, searches and the s command. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ed.h"

static regex_t last_regex;
static bool have_regex;

/* What s puts in place; & and \1 to \9 stand as they were written. */
static char *replacement;
static bool repeat_all;

/* A string that grows. */
struct string {
    char *p;
    size_t n, room;
};

static void add(struct string *s, const char *text, size_t n)
{
    if (s->n + n + 1 > s->room) {
        s->room = (s->n + n + 1) * 2;
        s->p = need(realloc(s->p, s->room));
    }
    memcpy(s->p + s->n, text, n);
    s->n += n;
    s->p[s->n] = 0;
}

regex_t *parse_pattern(int delimiter)
{
    struct string s = { NULL, 0, 0 };
    bool bracket = false;
    add(&s, "", 0);
    for (; *in && (*in != delimiter || bracket); in++) {
        if (bracket) {
            bracket = *in != ']';
        } else if (*in == '[') {
            /* A bracket right after the opening one, or after ^, is a member. */
            bracket = true;
            size_t n = 1 + (in[1] == '^');
            n += in[n] == ']';
            add(&s, in, n);
            in += n - 1;
            continue;
        } else if (*in == '\\' && in[1]) {
            if (in[1] != delimiter)
                add(&s, in, 1);
            in++;
        }
        add(&s, in, 1);
    }
    if (*in == delimiter)
        in++;
    if (s.n == 0) {
        free(s.p);
        if (!have_regex)
            fail("no previous pattern");
        return &last_regex;
    }
    if (have_regex)
        regfree(&last_regex);
    have_regex = regcomp(&last_regex, s.p, 0) == 0;
    free(s.p);
    if (!have_regex)
        fail("invalid pattern");
    return &last_regex;
}

long search(regex_t *r, bool forward)
{
    struct line *l = text.dot;
    long n = text.dot_number;
    for (long i = 0; i <= text.count; i++) {
        l = forward ? l->next : l->prev;
        n = forward ? (n + 1) % (text.count + 1) : (n + text.count) % (text.count + 1);
        if (l != &text.head && regexec(r, l->text, 0, NULL, 0) == 0)
            return n;
    }
    fail("no match");
}

/* The replacement up to the delimiter. A backslash before the end of the line goes on in the next one. */
static void parse_replacement(int delimiter)
{
    struct string s = { NULL, 0, 0 };
    add(&s, "", 0);
    for (;;) {
        if (*in == 0 || *in == delimiter)
            break;
        if (*in != '\\') {
            add(&s, in++, 1);
            continue;
        }
        in++;
        if (*in == 0) {
            size_t n;
            add(&s, "\n", 1);
            in = read_input_line(&n);
            if (!in) {
                static char empty[1];
                in = empty;
            }
        } else if (*in == delimiter && delimiter != '&') {
            add(&s, in++, 1);
        } else {
            add(&s, "\\", 1);
            add(&s, in++, 1);
        }
    }
    if (strcmp(s.p, "%") == 0 && replacement) {
        free(s.p);
    } else {
        free(replacement);
        replacement = s.p;
    }
}

static void put_replacement(struct string *out, const char *s, const regmatch_t *m)
{
    for (const char *p = replacement; *p; p++) {
        int group = -1;
        if (*p == '&') {
            group = 0;
        } else if (*p == '\\' && p[1]) {
            p++;
            if (isdigit((unsigned char)*p))
                group = *p - '0';
        }
        if (group < 0)
            add(out, p, 1);
        else if (m[group].rm_so >= 0)
            add(out, s + m[group].rm_so, (size_t)(m[group].rm_eo - m[group].rm_so));
    }
}

/* Puts the count-th match of a line, and with all those after it, into its new form. False when there is none. */
static bool replace(regex_t *r, const char *s, long count, bool all, struct string *out)
{
    regmatch_t m[10];
    long seen = 0;
    bool done = false, after_match = false; /* Right behind a match there is no empty one. */
    const char *start = s;
    out->n = 0;
    add(out, "", 0);
    while (regexec(r, s, 10, m, s == start ? 0 : REG_NOTBOL) == 0) {
        bool empty = m[0].rm_eo == m[0].rm_so;
        if (empty && m[0].rm_so == 0 && after_match) {
            if (!*s)
                break;
            add(out, s++, 1);
            after_match = false;
            continue;
        }
        add(out, s, (size_t)m[0].rm_so);
        if (++seen == count || (seen > count && all)) {
            put_replacement(out, s, m);
            done = true;
        } else {
            add(out, s + m[0].rm_so, (size_t)(m[0].rm_eo - m[0].rm_so));
        }
        s += m[0].rm_eo;
        after_match = !empty;
        if ((done && !all) || (empty && !*s))
            break;
        if (empty)
            add(out, s++, 1);
    }
    add(out, s, strlen(s));
    return done;
}

/* Splits at newlines into new lines that take the place of l; *number becomes that of the last one. */
static struct line *put_lines(struct line *l, const struct string *s, long *number)
{
    struct line *before = l->prev;
    struct chain lines = { 0 };
    const char *p = s->p, *end;
    text_remove(l, l, 1);
    do {
        end = strchr(p, '\n');
        chain_add(&lines, line_new(p, end ? (size_t)(end - p) : strlen(p)));
        p = end ? end + 1 : NULL;
    } while (p);
    text_insert(before, lines.first, lines.last, lines.count);
    *number += lines.count - 1;
    return lines.last;
}

void substitute(void)
{
    long count = 1;
    bool all = false, print = false, numbered = false, list = false;
    regex_t *r;
    if (*in && *in != '\n' && !isalnum((unsigned char)*in) && *in != ' ') {
        int delimiter = (unsigned char)*in++;
        r = parse_pattern(delimiter);
        parse_replacement(delimiter);
        bool closed = *in == delimiter;
        if (closed)
            in++;
        else
            print = true;
        for (;; in++) {
            if (*in == 'g')
                all = true;
            else if (*in == 'p')
                print = true;
            else if (*in == 'n')
                numbered = true;
            else if (*in == 'l')
                list = true;
            else if (isdigit((unsigned char)*in))
                count = strtol(in, &in, 10), in--;
            else
                break;
        }
        repeat_all = all;
    } else {
        /* s alone: the same once more. */
        if (!have_regex || !replacement)
            fail("no previous substitution");
        r = &last_regex;
        all = repeat_all;
        for (; *in == 'g' || *in == 'p'; in++) {
            if (*in == 'g')
                all = !all;
            else
                print = true;
        }
    }
    if (*in || count < 1)
        fail("invalid command suffix");
    if (second_address == 0)
        fail("invalid address");
    undo_begin();
    struct string out = { NULL, 0, 0 };
    struct line *l = line_at(first_address), *changed = NULL;
    long number = first_address, changed_number = 0;
    for (long left = second_address - first_address + 1; left > 0; left--, number++) {
        struct line *next = l->next;
        if (replace(r, l->text, count, all, &out)) {
            /* Keeps dot within the text while its line goes. */
            set_dot(l->prev, number - 1);
            changed = put_lines(l, &out, &number);
            changed_number = number;
            set_dot(changed, changed_number);
        }
        l = next;
    }
    free(out.p);
    if (!changed) {
        if (in_global)
            return;
        fail("no match");
    }
    if (print || numbered || list)
        print_line(changed, changed_number, numbered, list);
}
