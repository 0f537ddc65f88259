/* Characters to words: a word becomes a list of parts, with its substitutions already parsed. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "sh.h"

/* How a word ends and what is special in it. */
enum mode {
    M_WORD,    /* A word of a command. */
    M_BRACE,   /* The operand of ${x-word}, outside double quotes, up to }. */
    M_QBRACE,  /* The same inside double quotes. */
    M_DQUOTE,  /* Up to the closing double quote. */
    M_HERE,    /* A here-document's body or a prompt: up to the end of the input. */
    M_ARITH    /* Up to )). */
};

struct builder {
    struct part *first, **last;
    struct buf lit;
    bool quoted, any;
};

static void scan(struct builder *b, enum mode mode);

bool is_name_start(int c)
{
    return isalpha(c) || c == '_';
}

bool is_name_char(int c)
{
    return isalnum(c) || c == '_';
}

size_t name_length(const char *s)
{
    size_t n = 0;
    if (is_name_start((unsigned char)*s))
        while (is_name_char((unsigned char)s[n]))
            n++;
    return n;
}

/* Next character after joining lines that end in a backslash. */
int lex_char(void)
{
    int c = in_getc();
    while (c == '\\') {
        int d = in_getc();
        if (d != '\n') {
            in_ungetc(d);
            break;
        }
        c = in_getc();
    }
    return c;
}

static struct part *add_part(struct builder *b, enum part_kind kind, bool quoted)
{
    struct part *p = mem_alloc(sizeof *p);
    memset(p, 0, sizeof *p);
    p->kind = (unsigned char)kind;
    p->quoted = quoted;
    *b->last = p;
    b->last = &p->next;
    b->any = true;
    return p;
}

static void flush(struct builder *b)
{
    if (b->lit.len == 0)
        return;
    struct part *p = add_part(b, PART_LIT, b->quoted);
    p->text = mem_strndup(b->lit.p, b->lit.len);
    b->lit.len = 0;
}

static void lit(struct builder *b, int c, bool quoted)
{
    if (b->lit.len && b->quoted != quoted)
        flush(b);
    b->quoted = quoted;
    buf_putc(&b->lit, c);
}

static void builder_init(struct builder *b)
{
    memset(b, 0, sizeof *b);
    b->last = &b->first;
}

static struct word *builder_word(struct builder *b)
{
    flush(b);
    struct word *w = mem_alloc(sizeof *w);
    memset(w, 0, sizeof *w);
    w->parts = b->first;
    return w;
}

static void scan_single_quotes(struct builder *b)
{
    bool empty = true;
    for (;;) {
        int c = in_getc();
        if (c < 0)
            sh_error(2, "syntax error: unterminated quoted string");
        if (c == '\'')
            break;
        lit(b, c, true);
        empty = false;
    }
    if (empty) {
        flush(b);
        add_part(b, PART_LIT, true)->text = "";
    }
}

static void scan_double_quotes(struct builder *b)
{
    flush(b);
    struct part **before = b->last;
    scan(b, M_DQUOTE);
    flush(b);
    if (b->last == before)
        add_part(b, PART_LIT, true)->text = "";
}

static void scan_backquotes(struct builder *b, bool quoted)
{
    struct buf text = { 0 };
    for (;;) {
        int c = in_getc();
        if (c < 0)
            sh_error(2, "syntax error: unterminated backquote");
        if (c == '`')
            break;
        if (c == '\\') {
            int d = in_getc();
            if (d != '`' && d != '\\' && d != '$' && !(quoted && d == '"'))
                buf_putc(&text, '\\');
            c = d;
            if (c < 0)
                continue;
        }
        buf_putc(&text, c);
    }
    flush(b);
    add_part(b, PART_CMD, quoted)->cmd = lex_parse_nested(buf_str(&text));
}

static void scan_brace(struct builder *b, bool quoted)
{
    struct buf name = { 0 };
    int c = lex_char();
    flush(b);
    struct part *p = add_part(b, PART_PARAM, quoted);
    if (c == '#') {
        int d = lex_char();
        in_ungetc(d);
        if (d != '}' && !strchr("-+=?:%#", d))
            p->op = 'L', c = lex_char();
        else if (d != '}' && (d == '#' || d == '-' || d == '?')) {
            /* ${##} and the like: the length of the parameter # - or ?, when the brace closes at once. */
            in_getc();
            int e = lex_char();
            in_ungetc(e);
            if (e == '}')
                p->op = 'L', c = d;
            else
                in_ungetc(d);
        }
    }
    if (is_name_char(c)) {
        bool digits = isdigit(c);
        while (digits ? isdigit(c) : is_name_char(c)) {
            buf_putc(&name, c);
            c = lex_char();
        }
    } else if (c > 0 && strchr("@*#?-$!", c)) {
        buf_putc(&name, c);
        c = lex_char();
    }
    p->text = buf_str(&name);
    if (name.len == 0)
        sh_error(2, "bad substitution");
    if (c == '}')
        return;
    if (p->op)
        sh_error(2, "bad substitution");
    if (c == ':') {
        p->colon = true;
        c = lex_char();
    }
    if (c < 0 || !strchr(p->colon ? "-=+?" : "-=+?%#", c))
        sh_error(2, "bad substitution");
    p->op = (char)c;
    if (c == '%' || c == '#') {
        int d = lex_char();
        if (d == c)
            p->op = c == '%' ? 'P' : 'H';
        else
            in_ungetc(d);
    }
    struct builder arg;
    builder_init(&arg);
    scan(&arg, quoted && strchr("-=+?", c) ? M_QBRACE : M_BRACE);
    p->arg = builder_word(&arg);
}

static void scan_dollar(struct builder *b, bool quoted)
{
    int c = lex_char();
    if (c == '(') {
        c = lex_char();
        flush(b);
        if (c == '(') {
            struct builder arg;
            builder_init(&arg);
            scan(&arg, M_ARITH);
            add_part(b, PART_ARITH, quoted)->arg = builder_word(&arg);
            return;
        }
        in_ungetc(c);
        struct part *p = add_part(b, PART_CMD, quoted);
        p->cmd = lex_parse_nested(NULL);
    } else if (c == '{') {
        scan_brace(b, quoted);
    } else if (is_name_start(c)) {
        struct buf name = { 0 };
        while (is_name_char(c)) {
            buf_putc(&name, c);
            c = lex_char();
        }
        in_ungetc(c);
        flush(b);
        add_part(b, PART_PARAM, quoted)->text = buf_str(&name);
    } else if (c > 0 && (isdigit(c) || strchr("@*#?-$!", c))) {
        char name[2] = { (char)c, 0 };
        flush(b);
        add_part(b, PART_PARAM, quoted)->text = mem_strdup(name);
    } else {
        in_ungetc(c);
        lit(b, '$', quoted);
    }
}

static void scan_backslash(struct builder *b, enum mode mode)
{
    int c = in_getc();
    if (c < 0) {
        lit(b, '\\', true);
        return;
    }
    if (c == '\n')
        return;
    bool plain = mode == M_WORD || mode == M_BRACE;
    if (!plain && !strchr("$`\\", c) && !((mode == M_DQUOTE || mode == M_QBRACE) && c == '"')
        && !(mode == M_QBRACE && c == '}'))
        lit(b, '\\', true);
    lit(b, c, true);
}

/* True when c ends what is scanned in this mode; the end of a word is left in the input, others are eaten. */
static bool ends(int c, enum mode mode, int *parens)
{
    switch (mode) {
    case M_WORD:
        if (c >= 0 && !strchr(" \t\n;&|<>()", c))
            return false;
        in_ungetc(c);
        return true;
    case M_BRACE:
    case M_QBRACE:
        if (c < 0)
            sh_error(2, "syntax error: missing '}'");
        return c == '}';
    case M_DQUOTE:
        if (c < 0)
            sh_error(2, "syntax error: unterminated quoted string");
        return c == '"';
    case M_HERE:
        return c < 0;
    case M_ARITH:
        if (c < 0)
            sh_error(2, "syntax error: missing '))'");
        *parens += (c == '(') - (c == ')');
        if (*parens >= 0)
            return false;
        if (lex_char() != ')')
            sh_error(2, "syntax error: missing '))'");
        return true;
    }
    return true;
}

static void scan(struct builder *b, enum mode mode)
{
    bool quoted = mode != M_WORD && mode != M_BRACE;
    int parens = 0;
    check_stack();
    for (;;) {
        int c = in_getc();
        if (c == '\\') {
            scan_backslash(b, mode);
            continue;
        }
        if (ends(c, mode, &parens))
            return;
        if (c == '$')
            scan_dollar(b, quoted);
        else if (c == '`')
            scan_backquotes(b, quoted);
        else if (c == '\'' && !quoted)
            scan_single_quotes(b);
        else if (c == '"' && (!quoted || mode == M_QBRACE))
            scan_double_quotes(b);
        else
            lit(b, c, quoted);
    }
}

struct word *lex_text_as_quoted(const char *s)
{
    struct builder b;
    builder_init(&b);
    input_push_string(s);
    scan(&b, M_HERE);
    input_pop();
    return builder_word(&b);
}

struct word *lex_scan_word(void)
{
    struct builder b;
    builder_init(&b);
    scan(&b, M_WORD);
    return builder_word(&b);
}

struct word *lex_literal(const char *s)
{
    struct builder b;
    builder_init(&b);
    add_part(&b, PART_LIT, true)->text = mem_strdup(s);
    return builder_word(&b);
}
