/* The ring of lines, and the log by which a change is taken back. */
#include <stdlib.h>
#include <string.h>

#include "ed.h"

/*
 * One entry of the log: the lines first to last came in between before and after, or went from there. Undone in
 * the opposite order, each finds before and after side by side again.
 */
struct change {
    struct change *below;
    struct line *first, *last, *before, *after;
    long n;
    bool inserted;
};

struct text text = { .head = { .prev = &text.head, .next = &text.head, .in_text = true }, .dot = &text.head };

static struct change *log;
static struct line *dead;
static struct line *undo_dot; /* Where dot was before the last change. */
static long undo_number;
static bool undo_changed;

struct line *line_new(const char *s, size_t n)
{
    struct line *l = need(malloc(sizeof *l + n + 1));
    memset(l, 0, sizeof *l);
    memcpy(l->text, s, n);
    l->text[n] = 0;
    return l;
}

void chain_add(struct chain *c, struct line *l)
{
    if (c->last) {
        c->last->next = l;
        l->prev = c->last;
    } else {
        c->first = l;
    }
    c->last = l;
    c->count++;
}

/* Walks from whatever is nearest: the head, dot, or the last line. */
struct line *line_at(long number)
{
    long from_dot = number - text.dot_number, away = labs(from_dot);
    struct line *l;
    if (number < away || (text.count - number < away)) {
        l = &text.head;
        if (number <= text.count / 2)
            for (; number > 0; number--)
                l = l->next;
        else
            for (number = text.count + 1 - number; number > 0; number--)
                l = l->prev;
        return l;
    }
    for (l = text.dot; from_dot > 0; from_dot--)
        l = l->next;
    for (; from_dot < 0; from_dot++)
        l = l->prev;
    return l;
}

/* From dot in both directions at once, so that near lines are found at once. */
long line_number(const struct line *wanted)
{
    if (!wanted->in_text)
        return -1;
    const struct line *up = text.dot, *down = text.dot;
    for (long n = 0; n <= text.count; n++, up = up->next, down = down->prev) {
        if (up == wanted)
            return (text.dot_number + n) % (text.count + 1);
        if (down == wanted)
            return (text.dot_number - n + text.count + 1) % (text.count + 1);
    }
    return -1;
}

void set_dot(struct line *l, long number)
{
    text.dot = l;
    text.dot_number = number;
}

static void link_lines(struct line *before, struct line *first, struct line *last, struct line *after, long n)
{
    before->next = first;
    first->prev = before;
    last->next = after;
    after->prev = last;
    text.count += n;
    for (struct line *l = first; l != after; l = l->next)
        l->in_text = true;
}

static void unlink_lines(struct line *first, struct line *last, long n)
{
    struct line *after = last->next;
    for (struct line *l = first; l != after; l = l->next) {
        l->in_text = false;
        l->marked = false;
        if (!l->dead) {
            l->dead = true;
            l->dead_next = dead;
            dead = l;
        }
    }
    first->prev->next = after;
    after->prev = first->prev;
    text.count -= n;
}

static void remember(struct line *before, struct line *first, struct line *last, struct line *after, long n, bool in)
{
    struct change *c = need(malloc(sizeof *c));
    *c = (struct change){ log, first, last, before, after, n, in };
    log = c;
    text.changed = true;
}

void text_insert(struct line *before, struct line *first, struct line *last, long n)
{
    struct line *after = before->next;
    remember(before, first, last, after, n, true);
    link_lines(before, first, last, after, n);
}

void text_remove(struct line *first, struct line *last, long n)
{
    remember(first->prev, first, last, last->next, n, false);
    unlink_lines(first, last, n);
}

void undo_forget(void)
{
    while (log) {
        struct change *c = log;
        log = c->below;
        free(c);
    }
    while (dead) {
        struct line *l = dead;
        dead = l->dead_next;
        l->dead = false;
        if (!l->in_text) {
            mark_forget(l);
            free(l);
        }
    }
    undo_dot = NULL;
}

void undo_begin(void)
{
    if (in_global)
        return; /* All that a global command does is one change. */
    undo_forget();
    undo_dot = text.dot;
    undo_number = text.dot_number;
    undo_changed = text.changed;
}

bool undo(void)
{
    struct change *c = log;
    struct line *dot = text.dot;
    long number = text.dot_number;
    bool changed = text.changed;
    if (!c)
        return false;
    log = NULL;
    while (c) {
        struct change *below = c->below;
        if (c->inserted)
            unlink_lines(c->first, c->last, c->n);
        else
            link_lines(c->before, c->first, c->last, c->after, c->n);
        c->inserted = !c->inserted;
        c->below = log; /* Turned around, the log does it all again. */
        log = c;
        c = below;
    }
    set_dot(undo_dot, undo_number);
    text.changed = undo_changed;
    undo_dot = dot;
    undo_number = number;
    undo_changed = changed;
    return true;
}
