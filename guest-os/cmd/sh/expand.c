/*
 * Words to strings: parameters, substitutions, field splitting, file names, quote removal.
 *
 * While a field is built it is kept as a pattern when it may become one: what was quoted and could be taken for
 * a pattern character has a backslash in front. strip() takes those out at the end.
 */
#include <fnmatch.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

/*
 * cur is the field under construction. have: it counts even when it is empty. after_space: the last field ended
 * at white space, so that one other separator may still follow without making an empty field.
 */
struct expander {
    struct buf cur;
    char **fields;
    int count, room;
    bool split, pattern, have, magic, after_space;
    const char *ifs;
};

static void expand_parts(struct expander *x, const struct part *p, bool quoted, bool split_literals);

static void add_field(struct expander *x, char *s)
{
    if (x->count + 1 >= x->room) {
        int room = x->room ? x->room * 2 : 8;
        char **f = mem_alloc((size_t)room * sizeof *f);
        if (x->count)
            memcpy(f, x->fields, (size_t)x->count * sizeof *f);
        x->fields = f;
        x->room = room;
    }
    x->fields[x->count++] = s;
    x->fields[x->count] = NULL;
}

static void strip(char *s)
{
    char *to = strchr(s, '\\');
    if (!to)
        return;
    for (s = to; *s; s++) {
        if (*s == '\\' && s[1])
            s++;
        *to++ = *s;
    }
    *to = 0;
}

static void end_field(struct expander *x)
{
    char *s = mem_strndup(x->cur.p ? x->cur.p : "", x->cur.len);
    x->cur.len = 0;
    x->have = false;
    if (x->magic && x->split && !opt.noglob) {
        glob_t g;
        memset(&g, 0, sizeof g);
        if (glob(s, 0, NULL, &g) == 0 && g.gl_pathc > 0) {
            for (size_t i = 0; i < g.gl_pathc; i++)
                add_field(x, mem_strdup(g.gl_pathv[i]));
            globfree(&g);
            x->magic = false;
            return;
        }
        globfree(&g);
    }
    x->magic = false;
    if (x->pattern && x->split)
        strip(s);
    add_field(x, s);
}

static void put(struct expander *x, int c, bool quoted)
{
    if (x->pattern) {
        if (c == '\\' || (quoted && strchr("*?[]-!^", c)))
            buf_putc(&x->cur, '\\');
        else if (c == '*' || c == '?' || c == '[')
            x->magic = true;
    }
    buf_putc(&x->cur, c);
}

/* Text that was quoted, or that is not split: appended as it is. */
static void put_text(struct expander *x, const char *s, size_t n, bool quoted)
{
    x->have = x->have || quoted || n > 0;
    if (n)
        x->after_space = false;
    if (!x->pattern) {
        buf_add(&x->cur, s, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        put(x, (unsigned char)s[i], quoted);
}

/* The result of an unquoted expansion: ends fields at the characters of IFS. */
static void put_split(struct expander *x, const char *s, size_t n)
{
    if (!x->split) {
        put_text(x, s, n, false);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        int c = (unsigned char)s[i];
        if (!c || !strchr(x->ifs, c)) {
            put(x, c, false);
            x->have = true;
            x->after_space = false;
        } else if (c == ' ' || c == '\t' || c == '\n') {
            if (x->have) {
                end_field(x);
                x->after_space = true;
            }
        } else if (x->after_space && !x->have) {
            x->after_space = false;
        } else {
            end_field(x);
            x->after_space = false;
        }
    }
}

static void put_value(struct expander *x, const char *s, bool quoted)
{
    if (quoted)
        put_text(x, s, strlen(s), true);
    else
        put_split(x, s, strlen(s));
}

static void put_number(struct expander *x, long n, bool quoted)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%ld", n);
    put_value(x, digits, quoted);
}

static char *join_params(void)
{
    const char *ifs = var_get("IFS");
    struct buf b = { 0 };
    for (int i = 0; i < params.n; i++) {
        if (i > 0 && (!ifs || *ifs))
            buf_putc(&b, ifs ? *ifs : ' ');
        buf_add(&b, params.v[i], strlen(params.v[i]));
    }
    return buf_str(&b);
}

/* $@ and $*: every parameter a field of its own, except "$*" and where nothing is split. */
static void put_params(struct expander *x, bool star, bool quoted)
{
    if (!x->split || (star && quoted)) {
        put_value(x, join_params(), quoted);
        return;
    }
    for (int i = 0; i < params.n; i++) {
        if (i > 0 && x->have)
            end_field(x);
        put_value(x, params.v[i], quoted);
    }
}

/* The value of a parameter; NULL when it is unset. number is room for the text of a number. */
static const char *param_value(const char *name, char *number, size_t room)
{
    if (is_name_start((unsigned char)*name))
        return var_get(name);
    switch (*name) {
    case '?':
        snprintf(number, room, "%d", status);
        return number;
    case '$':
        snprintf(number, room, "%ld", (long)shell_pid);
        return number;
    case '!':
        snprintf(number, room, "%ld", (long)last_background);
        return last_background ? number : NULL;
    case '#':
        snprintf(number, room, "%d", params.n);
        return number;
    case '-':
        option_text(number);
        return number;
    case '@':
    case '*':
        return params.n ? join_params() : NULL;
    }
    int i = atoi(name);
    if (i == 0)
        return shell_name;
    return i <= params.n ? params.v[i - 1] : NULL;
}

static const char *trim(char *value, const char *pattern, int op)
{
    size_t n = strlen(value);
    bool suffix = op == '%' || op == 'P';
    bool longest = op == 'P' || op == 'H';
    for (size_t i = 0; i <= n; i++) {
        /* at is where the part that matches begins (suffix) or ends (prefix). */
        size_t at = suffix != longest ? n - i : i;
        char kept = value[at];
        bool match;
        if (suffix) {
            match = fnmatch(pattern, value + at, 0) == 0;
            if (match)
                value[at] = 0;
        } else {
            value[at] = 0;
            match = fnmatch(pattern, value, 0) == 0;
            value[at] = kept;
        }
        if (match)
            return suffix ? value : value + at;
    }
    return value;
}

static void expand_param(struct expander *x, const struct part *p, bool quoted)
{
    char number[24];
    bool list = *p->text == '@' || *p->text == '*';
    if (list && !p->op) {
        put_params(x, *p->text == '*', quoted);
        return;
    }
    const char *value = param_value(p->text, number, sizeof number);
    bool use = value && (*value || !p->colon);
    switch (p->op) {
    case '+':
        if (use)
            expand_parts(x, p->arg->parts, quoted, true);
        else if (quoted)
            x->have = true;
        return;
    case '-':
    case '=':
    case '?':
        if (use)
            break;
        if (p->op == '-') {
            expand_parts(x, p->arg->parts, quoted, true);
            x->have = x->have || quoted;
            return;
        }
        if (p->op == '?') {
            const char *why = p->arg->parts ? expand_one(p->arg) : "parameter not set";
            sh_error(2, "%s: %s", p->text, why);
        }
        if (!is_name_start((unsigned char)*p->text))
            sh_error(2, "%s: bad substitution", p->text);
        value = expand_one(p->arg);
        var_set(p->text, value, 0);
        break;
    }
    if (!value && opt.nounset && !list)
        sh_error(2, "%s: parameter not set", p->text);
    if (p->op == 'L') {
        put_number(x, list ? params.n : value ? (long)strlen(value) : 0, quoted);
    } else if (list && strchr("-=?", p->op)) {
        put_params(x, *p->text == '*', quoted);
    } else {
        if (value && p->op && strchr("%#PH", p->op))
            value = trim(mem_strdup(value), expand_pattern(p->arg), p->op);
        put_value(x, value ? value : "", quoted);
    }
}

static void expand_substitution(struct expander *x, const struct part *p, bool quoted)
{
    size_t n;
    char *out = exec_substitute(p->cmd, &n);
    while (n && out[n - 1] == '\n')
        n--;
    if (quoted)
        put_text(x, out, n, true);
    else
        put_split(x, out, n);
}

/* ~ and ~/...: the home directory. The length of what was replaced. */
static size_t expand_tilde(struct expander *x, const struct part *p)
{
    if (p->quoted || p->text[0] != '~' || !(p->text[1] == '/' || (p->text[1] == 0 && !p->next)))
        return 0;
    const char *home = var_get("HOME");
    if (!home)
        return 0;
    put_text(x, home, strlen(home), true);
    return 1;
}

/*
 * quoted: the parts stand inside double quotes. split_literals: unquoted text is split too, as the operand of
 * an unquoted ${x-word} is.
 */
static void expand_parts(struct expander *x, const struct part *p, bool quoted, bool split_literals)
{
    bool first = true;
    check_stack();
    for (; p; p = p->next) {
        bool q = quoted || p->quoted;
        switch (p->kind) {
        case PART_LIT: {
            size_t skip_len = first && !quoted ? expand_tilde(x, p) : 0;
            const char *s = p->text + skip_len;
            if (split_literals && !q)
                put_split(x, s, strlen(s));
            else
                put_text(x, s, strlen(s), q);
            break;
        }
        case PART_PARAM:
            expand_param(x, p, q);
            break;
        case PART_CMD:
            expand_substitution(x, p, q);
            break;
        case PART_ARITH:
            put_number(x, arith_eval(expand_one(p->arg)), q);
            break;
        }
        first = false;
    }
}

char **expand_words(struct word *w, int *count)
{
    struct expander x;
    memset(&x, 0, sizeof x);
    x.split = x.pattern = true;
    for (; w; w = w->next) {
        const struct part *p = w->parts;
        if (p && !p->next && p->kind == PART_LIT && !strpbrk(p->text, "*?[\\~")) {
            add_field(&x, mem_strdup(p->text));
            continue;
        }
        x.ifs = var_get("IFS");
        if (!x.ifs)
            x.ifs = " \t\n";
        x.after_space = false;
        expand_parts(&x, p, false, false);
        if (x.have)
            end_field(&x);
        x.magic = false;
    }
    if (!x.fields) {
        x.fields = mem_alloc(sizeof *x.fields);
        x.fields[0] = NULL;
    }
    *count = x.count;
    return x.fields;
}

char *expand_one(struct word *w)
{
    struct expander x;
    memset(&x, 0, sizeof x);
    x.ifs = "";
    expand_parts(&x, w->parts, false, false);
    return buf_str(&x.cur);
}

char *expand_pattern(struct word *w)
{
    struct expander x;
    memset(&x, 0, sizeof x);
    x.ifs = "";
    x.pattern = true;
    expand_parts(&x, w->parts, false, false);
    return buf_str(&x.cur);
}
