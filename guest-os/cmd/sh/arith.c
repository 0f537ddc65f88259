/* $((...)): C's integer operators over long, with variables and assignments. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sh.h"

/* What stands at s is still to be read. skip counts the enclosing operands that are parsed but not evaluated. */
struct arith {
    const char *s;
    int skip;
    int depth;
};

/* Operands: name is set when the value came from a variable alone, so that it can be assigned to. */
struct operand {
    long value;
    const char *name;
    size_t name_len;
};

struct operator {
    char text[4];
    unsigned char level;
};

#define MAX_DEPTH 64

/* Longer operators first, so that the first match is the right one. The levels are C's, 1 binds least. */
static const struct operator operators[] = {
    { "<<", 8 }, { ">>", 8 }, { "<=", 7 }, { ">=", 7 }, { "==", 6 }, { "!=", 6 }, { "&&", 2 }, { "||", 1 },
    { "*", 10 }, { "/", 10 }, { "%", 10 }, { "+", 9 }, { "-", 9 }, { "<", 7 }, { ">", 7 }, { "&", 5 },
    { "^", 4 }, { "|", 3 },
};

static struct operand comma(struct arith *a);
static struct operand assignment(struct arith *a);

static void bad(void)
{
    sh_error(2, "arithmetic: syntax error");
}

static void spaces(struct arith *a)
{
    while (isspace((unsigned char)*a->s))
        a->s++;
}

static bool accept(struct arith *a, const char *text)
{
    spaces(a);
    size_t n = strlen(text);
    if (strncmp(a->s, text, n) != 0)
        return false;
    a->s += n;
    return true;
}

static struct operand number(long value)
{
    struct operand o = { value, NULL, 0 };
    return o;
}

static long name_value(struct arith *a, const char *name, size_t n)
{
    struct var *v = var_find(name, n);
    if (!v || !v->set) {
        if (opt.nounset && !a->skip)
            sh_error(2, "%.*s: parameter not set", (int)n, name);
        return 0;
    }
    const char *text = v->text + v->name_len + 1;
    char *end;
    long value = strtol(text, &end, 0);
    while (isspace((unsigned char)*end))
        end++;
    if (*end == 0)
        return value;
    /* A value that is itself an expression. */
    if (++a->depth > MAX_DEPTH)
        sh_error(2, "arithmetic: too deep");
    struct arith inner = { text, a->skip, a->depth };
    value = comma(&inner).value;
    if (*inner.s)
        bad();
    a->depth--;
    return value;
}

static void store(struct arith *a, struct operand o, long value)
{
    if (!o.name)
        bad();
    if (a->skip)
        return;
    char digits[24];
    snprintf(digits, sizeof digits, "%ld", value);
    var_set(mem_strndup(o.name, o.name_len), digits, 0);
}

static struct operand primary(struct arith *a)
{
    struct operand o = { 0, NULL, 0 };
    check_stack();
    spaces(a);
    if (accept(a, "(")) {
        if (++a->depth > MAX_DEPTH)
            sh_error(2, "arithmetic: too deep");
        o = number(comma(a).value);
        a->depth--;
        if (!accept(a, ")"))
            bad();
    } else if (isdigit((unsigned char)*a->s)) {
        char *end;
        o.value = strtol(a->s, &end, 0);
        if (is_name_char((unsigned char)*end))
            bad();
        a->s = end;
    } else if (is_name_start((unsigned char)*a->s)) {
        o.name = a->s;
        o.name_len = name_length(a->s);
        a->s += o.name_len;
        spaces(a);
        if (a->s[0] == '=' && a->s[1] != '=')
            return o; /* What is assigned to need not have been a number. */
        o.value = name_value(a, o.name, o.name_len);
        if (accept(a, "++"))
            store(a, o, o.value + 1), o.name = NULL;
        else if (accept(a, "--"))
            store(a, o, o.value - 1), o.name = NULL;
    } else {
        bad();
    }
    return o;
}

static struct operand unary(struct arith *a)
{
    spaces(a);
    struct operand o;
    if (strncmp(a->s, "++", 2) == 0 || strncmp(a->s, "--", 2) == 0) {
        int step = *a->s == '+' ? 1 : -1;
        a->s += 2;
        o = unary(a);
        store(a, o, o.value + step);
        return number(o.value + step);
    }
    switch (*a->s) {
    case '-':
        a->s++;
        return number(-(unsigned long)unary(a).value);
    case '+':
        a->s++;
        return number(unary(a).value);
    case '!':
        a->s++;
        return number(!unary(a).value);
    case '~':
        a->s++;
        return number(~unary(a).value);
    }
    return primary(a);
}

static long apply(struct arith *a, const char *op, long l, long r)
{
    if ((*op == '/' || *op == '%') && r == 0) {
        if (a->skip)
            return 0;
        sh_error(2, "arithmetic: division by zero");
    }
    unsigned long ul = (unsigned long)l, ur = (unsigned long)r;
    switch (op[0]) {
    case '*':
        return (long)(ul * ur);
    case '/':
        return r == -1 ? (long)-ul : l / r;
    case '%':
        return r == -1 ? 0 : l % r;
    case '+':
        return (long)(ul + ur);
    case '-':
        return (long)(ul - ur);
    case '<':
        return op[1] == '<' ? (long)(ul << (ur & (8 * sizeof ul - 1))) : op[1] == '=' ? l <= r : l < r;
    case '>':
        return op[1] == '>' ? l >> (ur & (8 * sizeof ul - 1)) : op[1] == '=' ? l >= r : l > r;
    case '=':
        return l == r;
    case '!':
        return l != r;
    case '&':
        return l & r;
    case '^':
        return l ^ r;
    default:
        return l | r;
    }
}

static const struct operator *find_operator(struct arith *a)
{
    spaces(a);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        const char *t = operators[i].text;
        size_t n = strlen(t);
        if (strncmp(a->s, t, n) != 0)
            continue;
        /* An operator with = behind it is an assignment, which is not ours: x += 1. */
        if (a->s[n] == '=' && operators[i].level != 6 && operators[i].level != 7)
            return NULL;
        return &operators[i];
    }
    return NULL;
}

static struct operand binary(struct arith *a, int level)
{
    struct operand left = unary(a);
    const struct operator *op;
    while ((op = find_operator(a)) && op->level >= level) {
        a->s += strlen(op->text);
        if (op->level <= 2) {
            bool decided = op->level == 2 ? !left.value : left.value != 0;
            a->skip += decided;
            long right = binary(a, op->level + 1).value;
            a->skip -= decided;
            left = number(decided ? op->level == 1 : right != 0);
        } else {
            long right = binary(a, op->level + 1).value;
            left = number(apply(a, op->text, left.value, right));
        }
    }
    return left;
}

static struct operand conditional(struct arith *a)
{
    struct operand o = binary(a, 1);
    if (!accept(a, "?"))
        return o;
    bool yes = o.value != 0;
    a->skip += !yes;
    long first = comma(a).value;
    a->skip -= !yes;
    if (!accept(a, ":"))
        bad();
    a->skip += yes;
    long second = conditional(a).value;
    a->skip -= yes;
    return number(yes ? first : second);
}

static struct operand assignment(struct arith *a)
{
    static const char *const assigns[] = { "<<=", ">>=", "*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=" };
    struct operand o = conditional(a);
    spaces(a);
    if (*a->s == '=' && a->s[1] != '=') {
        a->s++;
        long value = assignment(a).value;
        store(a, o, value);
        return number(value);
    }
    for (size_t i = 0; i < sizeof assigns / sizeof *assigns; i++) {
        if (accept(a, assigns[i])) {
            long value = apply(a, assigns[i], o.value, assignment(a).value);
            store(a, o, value);
            return number(value);
        }
    }
    return o;
}

static struct operand comma(struct arith *a)
{
    struct operand o = assignment(a);
    while (accept(a, ","))
        o = assignment(a);
    return o;
}

long arith_eval(const char *expression)
{
    struct arith a = { expression, 0, 0 };
    spaces(&a);
    if (!*a.s)
        return 0;
    long value = comma(&a).value;
    spaces(&a);
    if (*a.s)
        bad();
    return value;
}
