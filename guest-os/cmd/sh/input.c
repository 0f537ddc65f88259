/* Where commands are read from: a stack of strings and descriptors. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

#define BLOCK 512

/*
 * buf[pos..len) is read and not yet consumed. A string is its own buf. seekable: what is left can be given back
 * by lseek; a pipe or terminal on descriptor 0 cannot, so nothing beyond the current line may be taken from it.
 */
struct input {
    struct input *below;
    char *buf;
    size_t pos, len;
    int fd; /* -1 for a string. */
    int line;
    bool interactive, seekable, eof, owns_buf;
};

static struct input *in;
static int depth;
static bool first_line = true;

static struct input *push(int fd)
{
    struct input *i = xmalloc(sizeof *i);
    memset(i, 0, sizeof *i);
    i->fd = fd;
    i->line = 1;
    i->below = in;
    in = i;
    depth++;
    return i;
}

void input_push_string(const char *s)
{
    int line = in ? in->line : 1;
    struct input *i = push(-1);
    i->buf = (char *)s;
    i->len = strlen(s);
    i->line = line;
}

void input_push_fd(int fd, bool interactive)
{
    struct input *i = push(fd);
    i->interactive = interactive;
    i->seekable = !interactive && lseek(fd, 0, SEEK_CUR) >= 0;
    if (!interactive) {
        i->buf = xmalloc(BLOCK);
        i->owns_buf = true;
    }
}

void input_pop(void)
{
    struct input *i = in;
    in = i->below;
    depth--;
    if (i->owns_buf)
        free(i->buf);
    if (i->fd > 2)
        close(i->fd);
    free(i);
}

int input_depth(void)
{
    return depth;
}

void input_unwind(int to)
{
    while (depth > to)
        input_pop();
}

int in_line(void)
{
    return in ? in->line : 0;
}

void input_fresh_prompt(void)
{
    first_line = true;
}

static char *prompt_text(void)
{
    const char *ps = var_get(first_line ? "PS1" : "PS2");
    if (!ps)
        ps = "";
    /* Only a prompt with an expansion in it needs the parser. */
    return strchr(ps, '$') || strchr(ps, '`') ? expand_one(lex_text_as_quoted(ps)) : mem_strdup(ps);
}

static bool fill_interactive(void)
{
    if (in->owns_buf)
        free(in->buf);
    in->owns_buf = false;
    in->buf = NULL;
    in->pos = in->len = 0;
    if (first_line)
        jobs_notice();
    struct input *me = in;
    char *prompt = prompt_text();
    first_line = false;
    if (edit_possible()) {
        bool interrupted;
        me->buf = edit_line(prompt, &me->len, &interrupted);
        if (interrupted)
            sh_abandon(130);
    } else {
        (void)!write(2, prompt, strlen(prompt));
        char *b = xmalloc(BLOCK);
        ssize_t n;
        while ((n = read(me->fd, b, BLOCK)) < 0 && errno == EINTR) {
            if (signals_pending) {
                free(b);
                traps_run();
                b = xmalloc(BLOCK);
            }
        }
        if (n > 0) {
            me->buf = b;
            me->len = (size_t)n;
        } else {
            free(b);
        }
    }
    me->owns_buf = me->buf != NULL;
    return me->buf != NULL;
}

static bool fill(void)
{
    if (in->fd < 0 || in->eof)
        return false;
    if (in->interactive) {
        if (!fill_interactive())
            in->eof = true;
        return !in->eof;
    }
    size_t want = in->fd == 0 && !in->seekable ? 1 : BLOCK;
    ssize_t n;
    while ((n = read(in->fd, in->buf, want)) < 0 && errno == EINTR)
        ;
    if (n < 0)
        sh_warn("read: %s", strerror(errno));
    in->pos = 0;
    in->len = n > 0 ? (size_t)n : 0;
    if (n <= 0)
        in->eof = true;
    return n > 0;
}

int in_getc(void)
{
    if (!in || (in->pos >= in->len && !fill()))
        return -1;
    int c = (unsigned char)in->buf[in->pos++];
    if (c == '\n')
        in->line++;
    return c;
}

void in_ungetc(int c)
{
    if (c < 0)
        return;
    in->pos--;
    if (c == '\n')
        in->line--;
}

void in_discard_line(void)
{
    if (in)
        in->pos = in->len;
}

bool in_rest_is_blank(void)
{
    if (!in || in->fd >= 0)
        return false;
    size_t p = in->pos;
    while (p < in->len && strchr(" \t\n", in->buf[p]))
        p++;
    return p == in->len;
}

void input_give_back(void)
{
    struct input *i = in;
    while (i && i->fd != 0)
        i = i->below;
    if (!i || !i->seekable || i->pos >= i->len)
        return;
    if (lseek(0, -(off_t)(i->len - i->pos), SEEK_CUR) >= 0)
        i->pos = i->len = 0;
}
