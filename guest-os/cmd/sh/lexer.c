/* Words and operators to tokens, with one token of look-ahead, and the bodies of here-documents. */
#include <stdlib.h>
#include <string.h>

#include "sh.h"

struct pending_here {
    struct pending_here *next;
    struct redir *redir;
    char *delimiter;
};

static struct token token;
static bool have_token;
static struct pending_here *pending, **pending_last = &pending;

void lex_add_here(struct redir *r, struct word *delimiter)
{
    struct pending_here *h = mem_alloc(sizeof *h);
    struct buf text = { 0 };
    for (struct part *p = delimiter->parts; p; p = p->next) {
        if (p->quoted)
            r->literal = true;
        if (p->kind == PART_LIT)
            buf_add(&text, p->text, strlen(p->text));
    }
    h->next = NULL;
    h->redir = r;
    h->delimiter = buf_str(&text);
    *pending_last = h;
    pending_last = &h->next;
}

static void read_here(struct pending_here *h)
{
    struct buf body = { 0 };
    for (;;) {
        size_t start = body.len;
        int c = in_getc();
        while (h->redir->strip_tabs && c == '\t')
            c = in_getc();
        for (; c >= 0 && c != '\n'; c = in_getc())
            buf_putc(&body, c);
        if (strcmp(buf_str(&body) + start, h->delimiter) == 0 || (c < 0 && body.len == start)) {
            body.len = start;
            break;
        }
        buf_putc(&body, '\n');
    }
    if (!h->redir->literal) {
        h->redir->target = lex_text_as_quoted(buf_str(&body));
        return;
    }
    h->redir->target = lex_literal(buf_str(&body));
}

static enum token_kind either(int second, enum token_kind two, enum token_kind one)
{
    int c = lex_char();
    if (c == second)
        return two;
    in_ungetc(c);
    return one;
}

static enum token_kind lex_redir(int c, int fd)
{
    struct redir *r = mem_alloc(sizeof *r);
    memset(r, 0, sizeof *r);
    r->fd = fd >= 0 ? fd : c == '>';
    int d = lex_char();
    if (c == '<') {
        r->kind = RD_IN;
        if (d == '<') {
            r->kind = RD_HERE;
            d = lex_char();
            if (d == '-')
                r->strip_tabs = true;
            else
                in_ungetc(d);
        } else if (d == '&') {
            r->kind = RD_DUP;
        } else if (d == '>') {
            r->kind = RD_RDWR;
        } else {
            in_ungetc(d);
        }
    } else {
        r->kind = RD_OUT;
        if (d == '>') {
            r->kind = RD_APPEND;
        } else if (d == '&') {
            r->kind = RD_DUP;
        } else if (d == '|') {
            r->literal = true; /* >| writes over a file even under noclobber. */
        } else {
            in_ungetc(d);
        }
    }
    token.redir = r;
    return T_REDIR;
}

static enum token_kind lex_word(void)
{
    token.word = lex_scan_word();
    struct part *p = token.word->parts;
    token.lit = p && !p->next && p->kind == PART_LIT && !p->quoted ? p->text : NULL;
    if (token.lit && strspn(token.lit, "0123456789") == strlen(token.lit) && strlen(token.lit) < 3) {
        int c = in_getc();
        if (c == '<' || c == '>')
            return lex_redir(c, atoi(token.lit));
        in_ungetc(c);
    }
    return T_WORD;
}

static enum token_kind lex(void)
{
    int c;
    token.word = NULL;
    token.lit = NULL;
    token.redir = NULL;
    do
        c = lex_char();
    while (c == ' ' || c == '\t');
    if (c == '#') {
        while (c >= 0 && c != '\n')
            c = in_getc();
    }
    switch (c) {
    case -1:
    case '\n':
        while (pending) {
            struct pending_here *h = pending;
            pending = h->next;
            if (!pending)
                pending_last = &pending;
            read_here(h);
        }
        return c < 0 ? T_EOF : T_NEWLINE;
    case ';':
        return either(';', T_DSEMI, T_SEMI);
    case '&':
        return either('&', T_AND, T_AMP);
    case '|':
        return either('|', T_OR, T_PIPE);
    case '(':
        return T_LPAREN;
    case ')':
        return T_RPAREN;
    case '<':
    case '>':
        return lex_redir(c, -1);
    default:
        in_ungetc(c);
        return lex_word();
    }
}

/* Parses a substitution inside the word that is being read: up to its closing parenthesis, or all of text. */
struct node *lex_parse_nested(const char *text)
{
    struct token saved = token;
    bool had = have_token;
    have_token = false;
    if (text)
        input_push_string(text);
    struct node *n = text ? parse_all() : parse_until_paren();
    if (text)
        input_pop();
    token = saved;
    have_token = had;
    return n;
}

struct token *lex_peek(void)
{
    if (!have_token) {
        /* Reading a word may call back into here for a substitution, so the kind is stored last. */
        enum token_kind k = lex();
        token.kind = k;
        have_token = true;
    }
    return &token;
}

struct token *lex_next(void)
{
    struct token *t = lex_peek();
    have_token = false;
    return t;
}

void lex_reset(void)
{
    have_token = false;
    pending = NULL;
    pending_last = &pending;
}
