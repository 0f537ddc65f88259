/*
 * The line editor: raw mode while a line is typed, the terminal's own settings while a command runs.
 * Keys are read one by one, so that what was typed ahead for the next program stays with the terminal.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "sh.h"

#define CONTROL(c) ((c) & 31)
#define LINE_ROOM 1024

enum key {
    KEY_UP = 256, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_HOME, KEY_END, KEY_DELETE, KEY_NONE, KEY_EOF
};

/*
 * text[0..len) is the line, the terminal's cursor stands at text[cursor]; row is the row of the cursor below the
 * prompt's. back counts how far history went up; draft is what was typed before.
 */
struct editor {
    char text[LINE_ROOM];
    size_t len, cursor, row;
    const char *prompt;
    size_t prompt_width, columns;
    int back;
    char *draft;
};

static struct termios cooked;

bool edit_possible(void)
{
    const char *term = var_get("TERM");
    return !(term && strcmp(term, "dumb") == 0) && tcgetattr(0, &cooked) == 0;
}

static void put(const char *s, size_t n)
{
    if (n > 0)
        (void)!write(2, s, n);
}

static size_t terminal_columns(void)
{
    struct winsize w;
    return ioctl(2, TIOCGWINSZ, &w) == 0 && w.ws_col >= 4 ? w.ws_col : 80;
}

/* Draws prompt and line again and puts the cursor where it belongs. */
static void refresh(struct editor *e)
{
    char small[16];
    struct buf b = { 0 };
    struct mark m = mem_mark();
    int n;
    if (e->row > 0) {
        n = snprintf(small, sizeof small, "\033[%uA", (unsigned)e->row);
        buf_add(&b, small, (size_t)n);
    }
    buf_putc(&b, '\r');
    buf_add(&b, e->prompt, strlen(e->prompt));
    buf_add(&b, e->text, e->len);
    size_t end = e->prompt_width + e->len, at = e->prompt_width + e->cursor;
    if (end > 0 && end % e->columns == 0)
        buf_add(&b, " \r", 2); /* Makes the terminal wrap now instead of at the next character. */
    buf_add(&b, "\033[J", 3);
    size_t up = end / e->columns - at / e->columns;
    if (up > 0) {
        n = snprintf(small, sizeof small, "\033[%uA", (unsigned)up);
        buf_add(&b, small, (size_t)n);
    }
    buf_putc(&b, '\r');
    if (at % e->columns > 0) {
        n = snprintf(small, sizeof small, "\033[%uC", (unsigned)(at % e->columns));
        buf_add(&b, small, (size_t)n);
    }
    e->row = at / e->columns;
    put(b.p, b.len);
    mem_release(m);
}

/*
 * The text from here on has changed and the terminal's cursor stands there: prints it, and goes back to where the
 * cursor belongs. Only within one row; a longer line is drawn as a whole.
 */
static void redraw_from(struct editor *e, size_t here)
{
    if (e->prompt_width + e->len + 1 >= e->columns || e->row > 0) {
        refresh(e);
        return;
    }
    struct buf b = { 0 };
    struct mark m = mem_mark();
    buf_add(&b, e->text + here, e->len - here);
    buf_add(&b, "\033[K", 3);
    for (size_t i = e->len; i > e->cursor; i--)
        buf_putc(&b, '\b');
    put(b.p, b.len);
    mem_release(m);
}

static void insert(struct editor *e, const char *s, size_t n)
{
    if (e->len + n + 2 > LINE_ROOM) {
        put("\a", 1);
        return;
    }
    memmove(e->text + e->cursor + n, e->text + e->cursor, e->len - e->cursor);
    memcpy(e->text + e->cursor, s, n);
    e->len += n;
    e->cursor += n;
    size_t end = e->prompt_width + e->len;
    if (e->cursor == e->len && end % e->columns >= n) {
        /* At the end of the line and not over the margin: what was typed is all that there is to print. */
        put(s, n);
        if (end % e->columns == 0)
            refresh(e);
        return;
    }
    if (e->cursor == e->len && n == 1) {
        put(s, 1);
        if (end % e->columns == 0)
            put(" \r", 2);
        e->row = end / e->columns;
        return;
    }
    redraw_from(e, e->cursor - n);
}

static void erase(struct editor *e, size_t from, size_t to)
{
    if (from == to)
        return;
    bool last = to == e->len && from + 1 == to && e->cursor == to && (e->prompt_width + to) % e->columns > 0;
    bool one_row = e->prompt_width + e->len + 1 < e->columns && e->row == 0;
    if (one_row && !last)
        for (size_t i = e->cursor; i > from; i--)
            put("\b", 1);
    memmove(e->text + from, e->text + to, e->len - to);
    e->len -= to - from;
    e->cursor = from;
    if (last)
        put("\b \b", 3);
    else if (one_row)
        redraw_from(e, from);
    else
        refresh(e);
}

static void move_to(struct editor *e, size_t cursor)
{
    size_t from = e->cursor, row = (e->prompt_width + cursor) / e->columns;
    e->cursor = cursor;
    if (row != e->row) {
        refresh(e);
    } else if (cursor >= from) {
        put(e->text + from, cursor - from);
    } else {
        static char back[LINE_ROOM];
        memset(back, '\b', from - cursor);
        put(back, from - cursor);
    }
}

static int read_byte(void)
{
    unsigned char c;
    for (;;) {
        ssize_t n = read(0, &c, 1);
        if (n == 1)
            return c;
        if (n == 0 || errno != EINTR)
            return KEY_EOF;
    }
}

/* A key; the sequences of arrow and editing keys become one number. */
static int read_key(void)
{
    int c = read_byte();
    if (c != 27)
        return c;
    c = read_byte();
    if (c != '[' && c != 'O')
        return c == KEY_EOF ? c : KEY_NONE;
    int number = 0;
    for (c = read_byte(); (c >= '0' && c <= '9') || c == ';'; c = read_byte())
        number = c == ';' ? 0 : (number * 10 + c - '0') % 1000;
    switch (c) {
    case 'A':
        return KEY_UP;
    case 'B':
        return KEY_DOWN;
    case 'C':
        return KEY_RIGHT;
    case 'D':
        return KEY_LEFT;
    case 'H':
        return KEY_HOME;
    case 'F':
        return KEY_END;
    case '~':
        return number == 3 ? KEY_DELETE : number == 1 || number == 7 ? KEY_HOME
             : number == 4 || number == 8 ? KEY_END : KEY_NONE;
    case KEY_EOF:
        return KEY_EOF;
    }
    return KEY_NONE;
}

static void replace_line(struct editor *e, const char *s)
{
    size_t n = strlen(s);
    if (n + 2 > LINE_ROOM)
        n = LINE_ROOM - 2;
    memcpy(e->text, s, n);
    e->len = e->cursor = n;
    refresh(e);
}

static void recall(struct editor *e, int step)
{
    int back = e->back + step;
    if (back < 0 || (back > 0 && !history_get(back))) {
        put("\a", 1);
        return;
    }
    if (e->back == 0) {
        free(e->draft);
        e->text[e->len] = 0;
        e->draft = xstrdup(e->text);
    }
    e->back = back;
    replace_line(e, back ? history_get(back) : e->draft);
}

static void erase_word(struct editor *e)
{
    size_t from = e->cursor;
    while (from > 0 && e->text[from - 1] == ' ')
        from--;
    while (from > 0 && e->text[from - 1] != ' ')
        from--;
    erase(e, from, e->cursor);
}

static void complete(struct editor *e)
{
    bool unique;
    e->text[e->len] = 0;
    char *tail = complete_word(e->text, e->cursor, &unique);
    if (tail && *tail) {
        insert(e, tail, strlen(tail));
    } else if (tail && !unique) {
        put("\n", 1);
        complete_list(e->text, e->cursor);
        e->row = 0;
        refresh(e);
    } else {
        put("\a", 1);
    }
    free(tail);
}

/* Handles a key that does not end the line. */
static void edit_key(struct editor *e, int key)
{
    char c = (char)key;
    switch (key) {
    case CONTROL('A'):
    case KEY_HOME:
        move_to(e, 0);
        break;
    case CONTROL('E'):
    case KEY_END:
        move_to(e, e->len);
        break;
    case CONTROL('B'):
    case KEY_LEFT:
        move_to(e, e->cursor ? e->cursor - 1 : 0);
        break;
    case CONTROL('F'):
    case KEY_RIGHT:
        move_to(e, e->cursor < e->len ? e->cursor + 1 : e->len);
        break;
    case CONTROL('P'):
    case KEY_UP:
        recall(e, 1);
        break;
    case CONTROL('N'):
    case KEY_DOWN:
        recall(e, -1);
        break;
    case CONTROL('H'):
    case 127:
        erase(e, e->cursor ? e->cursor - 1 : 0, e->cursor);
        break;
    case CONTROL('D'):
    case KEY_DELETE:
        erase(e, e->cursor, e->cursor < e->len ? e->cursor + 1 : e->len);
        break;
    case CONTROL('K'):
        erase(e, e->cursor, e->len);
        break;
    case CONTROL('U'):
        erase(e, 0, e->cursor);
        break;
    case CONTROL('W'):
        erase_word(e);
        break;
    case CONTROL('L'):
        put("\033[H\033[2J", 7);
        e->row = 0;
        refresh(e);
        break;
    case '\t':
        complete(e);
        break;
    default:
        if (key >= 32 && key < 256 && key != 127)
            insert(e, &c, 1);
    }
}

static char *finish(struct editor *e, size_t *len)
{
    if (e->cursor != e->len)
        move_to(e, e->len);
    put("\n", 1);
    history_add(e->text, e->len);
    e->text[e->len++] = '\n';
    *len = e->len;
    char *line = xmalloc(e->len);
    return memcpy(line, e->text, e->len);
}

char *edit_line(const char *prompt, size_t *len, bool *interrupted)
{
    struct editor *e = xmalloc(sizeof *e);
    memset(e, 0, sizeof *e);
    char *line = NULL;
    bool done = false;
    *interrupted = false;
    struct termios raw = cooked;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(0, TCSANOW, &raw);
    e->columns = terminal_columns();
    e->prompt = prompt;
    e->prompt_width = strlen(prompt);
    put(prompt, strlen(prompt));
    while (!done) {
        int key = read_key();
        if (key == '\r' || key == '\n') {
            line = finish(e, len);
            done = true;
        } else if (key == CONTROL('C')) {
            put("^C\n", 3);
            *interrupted = true;
            done = true;
        } else if (key == KEY_EOF || (key == CONTROL('D') && e->len == 0)) {
            done = true;
        } else {
            edit_key(e, key);
        }
    }
    tcsetattr(0, TCSANOW, &cooked);
    free(e->draft);
    free(e);
    return line;
}
