/* Copies of syntax trees, for functions, and their text, for job lists. */
#include <stdlib.h>
#include <string.h>

#include "sh.h"

static struct part *part_copy(const struct part *p);

static char *string_copy(const char *s)
{
    return s ? xstrdup(s) : NULL;
}

static struct word *word_copy(const struct word *w)
{
    struct word *first = NULL, **last = &first;
    for (; w; w = w->next) {
        struct word *c = xmalloc(sizeof *c);
        c->next = NULL;
        c->name = string_copy(w->name);
        c->parts = part_copy(w->parts);
        *last = c;
        last = &c->next;
    }
    return first;
}

static struct part *part_copy(const struct part *p)
{
    struct part *first = NULL, **last = &first;
    for (; p; p = p->next) {
        struct part *c = xmalloc(sizeof *c);
        *c = *p;
        c->next = NULL;
        c->text = string_copy(p->text);
        c->arg = word_copy(p->arg);
        c->cmd = node_copy(p->cmd);
        *last = c;
        last = &c->next;
    }
    return first;
}

static struct redir *redir_copy(const struct redir *r)
{
    struct redir *first = NULL, **last = &first;
    for (; r; r = r->next) {
        struct redir *c = xmalloc(sizeof *c);
        *c = *r;
        c->next = NULL;
        c->target = word_copy(r->target);
        *last = c;
        last = &c->next;
    }
    return first;
}

struct node *node_copy(const struct node *n)
{
    struct node *first = NULL, **last = &first;
    for (; n; n = n->next) {
        struct node *c = xmalloc(sizeof *c);
        *c = *n;
        c->next = NULL;
        c->a = node_copy(n->a);
        c->b = node_copy(n->b);
        c->c = node_copy(n->c);
        c->words = word_copy(n->words);
        c->assigns = word_copy(n->assigns);
        c->redirs = redir_copy(n->redirs);
        c->name = string_copy(n->name);
        *last = c;
        last = &c->next;
    }
    return first;
}

static void word_free(struct word *w)
{
    while (w) {
        struct word *next = w->next;
        for (struct part *p = w->parts; p;) {
            struct part *after = p->next;
            free(p->text);
            word_free(p->arg);
            node_free(p->cmd);
            free(p);
            p = after;
        }
        free(w->name);
        free(w);
        w = next;
    }
}

void node_free(struct node *n)
{
    while (n) {
        struct node *next = n->next;
        node_free(n->a);
        node_free(n->b);
        node_free(n->c);
        word_free(n->words);
        word_free(n->assigns);
        for (struct redir *r = n->redirs; r;) {
            struct redir *after = r->next;
            word_free(r->target);
            free(r);
            r = after;
        }
        free(n->name);
        free(n);
        n = next;
    }
}

static void put(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

static void put_word(struct buf *b, const struct word *w)
{
    for (const struct part *p = w->parts; p; p = p->next) {
        if (p->quoted)
            buf_putc(b, '"');
        if (p->kind == PART_LIT)
            put(b, p->text);
        else if (p->kind == PART_PARAM)
            buf_putc(b, '$'), put(b, p->text);
        else
            put(b, p->kind == PART_CMD ? "$(...)" : "$((...))");
        if (p->quoted)
            buf_putc(b, '"');
    }
}

static void put_node(struct buf *b, const struct node *n)
{
    static const char *const words[] = {
        [N_SUBSHELL] = "( ... )", [N_GROUP] = "{ ... }", [N_IF] = "if ...", [N_WHILE] = "while ...",
        [N_UNTIL] = "until ...", [N_FOR] = "for ...", [N_CASE] = "case ...", [N_FUNCTION] = "function",
    };
    const char *between = n->kind == N_PIPE ? " | " : "; ";
    switch (n->kind) {
    case N_SIMPLE:
        for (const struct word *w = n->assigns; w; w = w->next) {
            put(b, w->name);
            buf_putc(b, '=');
            put_word(b, w);
            buf_putc(b, ' ');
        }
        for (const struct word *w = n->words; w; w = w->next) {
            put_word(b, w);
            if (w->next)
                buf_putc(b, ' ');
        }
        break;
    case N_PIPE:
    case N_LIST:
        for (const struct node *i = n->a; i; i = i->next) {
            put_node(b, i);
            if (i->next)
                put(b, between);
        }
        break;
    case N_AND:
    case N_OR:
        put_node(b, n->a);
        put(b, n->kind == N_AND ? " && " : " || ");
        put_node(b, n->b);
        break;
    case N_NOT:
        put(b, "! ");
        put_node(b, n->a);
        break;
    case N_BACKGROUND:
        put_node(b, n->a);
        break;
    default:
        put(b, words[n->kind]);
    }
}

char *node_text(const struct node *n)
{
    struct buf b = { 0 };
    put_node(&b, n);
    return buf_str(&b);
}
