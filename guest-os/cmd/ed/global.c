/* g v G V: commands for every line that matches, or does not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ed.h"

/* The commands of one global command, with newlines between them: a backslash ends a line that goes on. */
static char *read_commands(void)
{
    size_t n = strlen(in);
    char *commands = need(malloc(n + 2));
    memcpy(commands, in, n + 1);
    in += n;
    while (n > 0 && commands[n - 1] == '\\') {
        size_t more;
        char *s = read_input_line(&more);
        if (!s)
            break;
        commands[n - 1] = '\n';
        commands = need(realloc(commands, n + more + 2));
        memcpy(commands + n, s, more + 1);
        n += more;
    }
    if (n == 0)
        strcpy(commands, "p");
    return commands;
}

static void mark_lines(bool matching)
{
    regex_t *r;
    if (!*in || *in == ' ')
        fail("invalid pattern delimiter");
    int delimiter = (unsigned char)*in++;
    r = parse_pattern(delimiter);
    struct line *l = text.count ? line_at(first_address) : &text.head;
    for (struct line *i = text.head.next; i != &text.head; i = i->next)
        i->marked = false;
    for (long n = first_address; n > 0 && n <= second_address; n++, l = l->next)
        l->marked = (regexec(r, l->text, 0, NULL, 0) == 0) == matching;
}

/* The lines of an a, i or c inside a global command come from its own text. */
static char *rest;

char *global_input_line(size_t *n)
{
    char *s = rest;
    if (!s)
        return NULL;
    char *end = strchr(s, '\n');
    rest = end ? end + 1 : NULL;
    if (end)
        *end = 0;
    *n = strlen(s);
    return s;
}

static void run_list(const char *commands)
{
    char *copy = need(strdup(commands));
    size_t n;
    rest = copy;
    for (char *s; (s = global_input_line(&n));) {
        in = s;
        run_command();
    }
    free(copy);
}

/* G and V: shows the line and asks for one command; & is the last one, an empty line none. False at the end. */
static bool ask(char **last)
{
    size_t n;
    print_line(text.dot, text.dot_number, false, false);
    fflush(stdout);
    in_global = false;
    char *s = read_input_line(&n);
    in_global = true;
    if (!s)
        return false;
    if (strcmp(s, "&") != 0) {
        if (!*s)
            return true;
        free(*last);
        *last = need(strdup(s));
    }
    if (!*last)
        fail("no previous command");
    run_list(*last);
    return true;
}

void global(bool matching, bool interactive)
{
    if (in_global)
        fail("cannot nest global commands");
    mark_lines(matching);
    undo_begin();
    char *commands = interactive ? NULL : read_commands();
    if (interactive && *in)
        fail("invalid command suffix");
    in_global = true;
    /*
     * Marked lines are taken in order. The walk goes on from the line after the one that was visited, or from the
     * top when that line has gone.
     */
    struct line *l = text.head.next;
    long number = 1;
    while (l != &text.head) {
        if (!l->marked) {
            l = l->next;
            number++;
            continue;
        }
        struct line *before = l->prev;
        l->marked = false;
        set_dot(l, number);
        if (interactive) {
            if (!ask(&commands))
                break;
        } else {
            run_list(commands);
        }
        if (l->in_text && text.dot == l) {
            number = text.dot_number + 1;
            l = l->next;
        } else if (before->in_text) {
            number = line_number(before) + 1;
            l = before->next;
        } else {
            number = 1;
            l = text.head.next;
        }
    }
    in_global = false;
    free(commands);
}
