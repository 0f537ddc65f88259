/* expr: evaluates the expression that its arguments spell. */
#define COMMAND "expr"
#include <regex.h>

#include "cmd.h"

/* A value is a string; numbers are made of it when an operator wants one. */
static char **next;

static char *or(void);

static void bad(const char *why)
{
    fail_text("expression", why);
    exit(2);
}

static bool as_number(const char *s, long *n)
{
    char *end;
    *n = strtol(s, &end, 10);
    return *s && *end == 0;
}

static char *number_text(long n)
{
    char *s = need(malloc(24));
    snprintf(s, 24, "%ld", n);
    return s;
}

static bool is_false(const char *s)
{
    long n;
    return *s == 0 || (as_number(s, &n) && n == 0);
}

/* Takes the next argument when it is one of the words of list, which end in spaces. */
static const char *accept(const char *const *list)
{
    if (!*next)
        return NULL;
    for (; *list; list++)
        if (strcmp(*next, *list) == 0) {
            next++;
            return *list;
        }
    return NULL;
}

static char *match(const char *s, const char *pattern)
{
    regex_t regex;
    regmatch_t m[2];
    char *anchored = need(malloc(strlen(pattern) + 2));
    sprintf(anchored, "%s%s", *pattern == '^' ? "" : "^", pattern);
    if (regcomp(&regex, anchored, 0))
        bad("bad regular expression");
    free(anchored);
    bool group = regex.re_nsub > 0;
    bool found = regexec(&regex, s, 2, m, 0) == 0;
    regfree(&regex);
    if (!group)
        return number_text(found ? (long)m[0].rm_eo : 0);
    if (!found || m[1].rm_so < 0)
        return "";
    return need(strndup(s + m[1].rm_so, (size_t)(m[1].rm_eo - m[1].rm_so)));
}

static char *primary(void)
{
    if (!*next)
        bad("syntax error");
    if (strcmp(*next, "(") == 0) {
        next++;
        char *s = or();
        if (!*next || strcmp(*next, ")") != 0)
            bad("syntax error");
        next++;
        return s;
    }
    if (strcmp(*next, "length") == 0 && next[1]) {
        next += 2;
        return number_text((long)strlen(next[-1]));
    }
    return *next++;
}

static char *matching(void)
{
    static const char *const ops[] = { ":", NULL };
    char *left = primary();
    while (accept(ops))
        left = match(left, primary());
    return left;
}

static char *arithmetic(int level)
{
    static const char *const sums[] = { "+", "-", NULL }, *const products[] = { "*", "/", "%", NULL };
    char *left = level ? matching() : arithmetic(1);
    const char *op;
    while ((op = accept(level ? products : sums))) {
        char *right = level ? matching() : arithmetic(1);
        long a, b;
        if (!as_number(left, &a) || !as_number(right, &b))
            bad("non-numeric argument");
        if ((*op == '/' || *op == '%') && b == 0)
            bad("division by zero");
        if (*op == '+')
            a = (long)((unsigned long)a + (unsigned long)b);
        else if (*op == '-')
            a = (long)((unsigned long)a - (unsigned long)b);
        else if (*op == '*')
            a = (long)((unsigned long)a * (unsigned long)b);
        else if (*op == '/')
            a = b == -1 ? (long)-(unsigned long)a : a / b;
        else
            a = b == -1 ? 0 : a % b;
        left = number_text(a);
    }
    return left;
}

static char *comparison(void)
{
    static const char *const ops[] = { "=", "==", "!=", "<", "<=", ">", ">=", NULL };
    char *left = arithmetic(0);
    const char *op;
    while ((op = accept(ops))) {
        char *right = arithmetic(0);
        long a, b;
        int order;
        if (as_number(left, &a) && as_number(right, &b))
            order = (a > b) - (a < b);
        else
            order = strcmp(left, right);
        bool yes = *op == '=' ? order == 0 : *op == '!' ? order != 0
                 : *op == '<' ? order < (op[1] == '=') : order > -(op[1] == '=');
        left = yes ? "1" : "0";
    }
    return left;
}

static char *and(void)
{
    static const char *const ops[] = { "&", NULL };
    char *left = comparison();
    while (accept(ops)) {
        char *right = comparison();
        if (is_false(left) || is_false(right))
            left = "0";
    }
    return left;
}

static char *or(void)
{
    static const char *const ops[] = { "|", NULL };
    char *left = and();
    while (accept(ops)) {
        char *right = and();
        if (is_false(left))
            left = is_false(right) ? "0" : right;
    }
    return left;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        usage("expression");
    next = argv + 1;
    if (strcmp(*next, "--") == 0)
        next++;
    char *value = or();
    if (*next)
        bad("syntax error");
    puts(value);
    int result = finish(0);
    return result ? 3 : is_false(value);
}
