/* Tokens to a syntax tree, by recursive descent along the grammar of the POSIX shell. */
#include <string.h>

#include "sh.h"

static struct node *parse_list(void);
static struct node *parse_one(void);

static struct node *new_node(enum node_kind kind)
{
    struct node *n = mem_alloc(sizeof *n);
    memset(n, 0, sizeof *n);
    n->kind = (unsigned char)kind;
    n->line = in_line();
    return n;
}

static void unexpected(void)
{
    static const char *const names[] = {
        "end of file", "newline", "word", "redirection", ";", ";;", "&", "&&", "|", "||", "(", ")"
    };
    struct token *t = lex_peek();
    const char *what = t->kind == T_WORD && t->lit ? t->lit : names[t->kind];
    sh_error(2, "syntax error: unexpected %s", what);
}

static bool at(enum token_kind kind)
{
    return lex_peek()->kind == kind;
}

static bool at_keyword(const char *word)
{
    struct token *t = lex_peek();
    return t->kind == T_WORD && t->lit && strcmp(t->lit, word) == 0;
}

static bool accept_keyword(const char *word)
{
    if (!at_keyword(word))
        return false;
    lex_next();
    return true;
}

static void expect_keyword(const char *word)
{
    if (!accept_keyword(word))
        unexpected();
}

static void skip_newlines(void)
{
    while (at(T_NEWLINE))
        lex_next();
}

/* Words that end a list when a command could begin. */
static bool at_list_end(void)
{
    static const char *const enders[] = { "then", "else", "elif", "fi", "do", "done", "esac", "}" };
    struct token *t = lex_peek();
    if (t->kind == T_EOF || t->kind == T_RPAREN || t->kind == T_DSEMI)
        return true;
    if (t->kind != T_WORD || !t->lit)
        return false;
    for (size_t i = 0; i < sizeof enders / sizeof *enders; i++)
        if (strcmp(t->lit, enders[i]) == 0)
            return true;
    return false;
}

static struct redir *take_redir(void)
{
    struct redir *r = lex_next()->redir;
    if (!at(T_WORD))
        unexpected();
    struct word *w = lex_next()->word;
    if (r->kind == RD_HERE)
        lex_add_here(r, w);
    else
        r->target = w;
    return r;
}

static void parse_redirs(struct node *n)
{
    struct redir **last = &n->redirs;
    while (*last)
        last = &(*last)->next;
    while (at(T_REDIR)) {
        *last = take_redir();
        last = &(*last)->next;
    }
}

/* Splits NAME=value, when the word begins so. */
static bool as_assignment(struct word *w)
{
    struct part *p = w->parts;
    if (!p || p->kind != PART_LIT || p->quoted)
        return false;
    size_t n = name_length(p->text);
    if (n == 0 || p->text[n] != '=')
        return false;
    w->name = mem_strndup(p->text, n);
    if (p->text[n + 1])
        p->text += n + 1;
    else
        w->parts = p->next;
    return true;
}

static struct node *parse_simple(void)
{
    struct node *n = new_node(N_SIMPLE);
    struct word **last_word = &n->words, **last_assign = &n->assigns;
    struct redir **last_redir = &n->redirs;
    for (;;) {
        struct token *t = lex_peek();
        if (t->kind == T_REDIR) {
            *last_redir = take_redir();
            last_redir = &(*last_redir)->next;
        } else if (t->kind == T_WORD) {
            struct word *w = lex_next()->word;
            if (!n->words && as_assignment(w)) {
                *last_assign = w;
                last_assign = &w->next;
            } else {
                *last_word = w;
                last_word = &w->next;
            }
        } else if (t->kind == T_LPAREN && n->words && !n->words->next && !n->assigns && !n->redirs) {
            struct part *p = n->words->parts;
            if (!p || p->next || p->kind != PART_LIT || p->quoted || name_length(p->text) != strlen(p->text))
                unexpected();
            lex_next();
            if (!at(T_RPAREN))
                unexpected();
            lex_next();
            skip_newlines();
            n->kind = N_FUNCTION;
            n->name = p->text;
            n->words = NULL;
            n->b = parse_one();
            return n;
        } else {
            break;
        }
    }
    if (!n->words && !n->assigns && !n->redirs)
        unexpected();
    return n;
}

static struct node *parse_if(void)
{
    struct node *n = new_node(N_IF);
    n->a = parse_list();
    expect_keyword("then");
    n->b = parse_list();
    if (accept_keyword("elif")) {
        n->c = parse_if();
        return n; /* The inner one took the fi. */
    }
    if (accept_keyword("else"))
        n->c = parse_list();
    expect_keyword("fi");
    return n;
}

static struct node *parse_do_group(void)
{
    expect_keyword("do");
    struct node *body = parse_list();
    expect_keyword("done");
    return body;
}

static struct node *parse_for(void)
{
    struct node *n = new_node(N_FOR);
    struct token *t = lex_next();
    if (t->kind != T_WORD || !t->lit || name_length(t->lit) != strlen(t->lit))
        sh_error(2, "syntax error: bad for loop variable");
    n->name = mem_strdup(t->lit);
    skip_newlines();
    if (accept_keyword("in")) {
        struct word **last = &n->words;
        n->has_in = true;
        while (at(T_WORD)) {
            *last = lex_next()->word;
            last = &(*last)->next;
        }
        if (!at(T_SEMI) && !at(T_NEWLINE))
            unexpected();
        lex_next();
    } else if (at(T_SEMI)) {
        lex_next();
    }
    skip_newlines();
    n->b = parse_do_group();
    return n;
}

static struct node *parse_case(void)
{
    struct node *n = new_node(N_CASE);
    struct node **last = &n->a;
    if (!at(T_WORD))
        unexpected();
    n->words = lex_next()->word;
    skip_newlines();
    expect_keyword("in");
    for (skip_newlines(); !at_keyword("esac"); skip_newlines()) {
        struct node *item = new_node(N_CASE_ITEM);
        struct word **last_word = &item->words;
        if (at(T_LPAREN))
            lex_next();
        for (;;) {
            if (!at(T_WORD))
                unexpected();
            *last_word = lex_next()->word;
            last_word = &(*last_word)->next;
            if (!at(T_PIPE))
                break;
            lex_next();
        }
        if (!at(T_RPAREN))
            unexpected();
        lex_next();
        item->b = parse_list();
        *last = item;
        last = &item->next;
        if (!at(T_DSEMI))
            break;
        lex_next();
    }
    skip_newlines();
    expect_keyword("esac");
    return n;
}

static struct node *parse_compound(void)
{
    struct node *n;
    if (at(T_LPAREN)) {
        lex_next();
        n = new_node(N_SUBSHELL);
        n->a = parse_list();
        if (!n->a || !at(T_RPAREN))
            unexpected();
        lex_next();
        return n;
    }
    if (accept_keyword("{")) {
        n = new_node(N_GROUP);
        n->a = parse_list();
        if (!n->a)
            unexpected();
        expect_keyword("}");
        return n;
    }
    if (accept_keyword("if"))
        return parse_if();
    if (accept_keyword("for"))
        return parse_for();
    if (accept_keyword("case"))
        return parse_case();
    bool until = at_keyword("until");
    if (accept_keyword("while") || accept_keyword("until")) {
        n = new_node(until ? N_UNTIL : N_WHILE);
        n->a = parse_list();
        n->b = parse_do_group();
        return n;
    }
    return NULL;
}

static struct node *parse_one(void)
{
    check_stack();
    struct node *n = parse_compound();
    if (n)
        parse_redirs(n);
    else if (at_list_end())
        unexpected();
    else
        n = parse_simple();
    return n;
}

static struct node *parse_pipeline(void)
{
    bool negate = false;
    while (accept_keyword("!"))
        negate = !negate;
    struct node *n = parse_one();
    if (at(T_PIPE)) {
        struct node *pipe = new_node(N_PIPE);
        struct node *last = pipe->a = n;
        while (at(T_PIPE)) {
            lex_next();
            skip_newlines();
            last->next = parse_one();
            last = last->next;
        }
        n = pipe;
    }
    if (negate) {
        struct node *not = new_node(N_NOT);
        not->a = n;
        n = not;
    }
    return n;
}

static struct node *parse_and_or(void)
{
    struct node *n = parse_pipeline();
    while (at(T_AND) || at(T_OR)) {
        struct node *op = new_node(lex_next()->kind == T_AND ? N_AND : N_OR);
        skip_newlines();
        op->a = n;
        op->b = parse_pipeline();
        n = op;
    }
    return n;
}

/* Puts what follows one and-or list, a background mark if there is one, around it. */
static struct node *parse_separator(struct node *n)
{
    if (at(T_AMP)) {
        struct node *bg = new_node(N_BACKGROUND);
        bg->a = n;
        lex_next();
        return bg;
    }
    if (at(T_SEMI))
        lex_next();
    return n;
}

static struct node *as_list(struct node *first)
{
    if (!first || !first->next)
        return first;
    struct node *list = new_node(N_LIST);
    list->a = first;
    return list;
}

/* Commands up to a word that ends them, over any number of lines. NULL when there is none. */
static struct node *parse_list(void)
{
    struct node *first = NULL, **last = &first;
    for (skip_newlines(); !at_list_end(); skip_newlines()) {
        struct node *n = parse_and_or();
        bool ended = at(T_AMP) || at(T_SEMI) || at(T_NEWLINE);
        *last = parse_separator(n);
        last = &(*last)->next;
        if (!ended)
            break;
    }
    return as_list(first);
}

struct node *parse_until_paren(void)
{
    struct node *n = parse_list();
    if (!at(T_RPAREN))
        unexpected();
    lex_next();
    return n;
}

struct node *parse_command(bool *eof)
{
    struct node *first = NULL, **last = &first;
    *eof = false;
    lex_reset();
    while (!at(T_NEWLINE)) {
        if (at(T_EOF)) {
            *eof = !first;
            return as_list(first);
        }
        struct node *n = parse_and_or();
        bool ended = at(T_AMP) || at(T_SEMI);
        *last = parse_separator(n);
        last = &(*last)->next;
        if (!ended && !at(T_NEWLINE) && !at(T_EOF))
            unexpected();
    }
    lex_next();
    return as_list(first);
}

/* Everything up to the end of the input; for lex_parse_string. */
struct node *parse_all(void)
{
    struct node *n = parse_list();
    if (!at(T_EOF))
        unexpected();
    return n;
}
