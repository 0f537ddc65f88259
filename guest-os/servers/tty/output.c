/* Writers, output processing, and what the driver gets. */
#include "tty.h"
#include <errno.h>
#include <string.h>

#define TAB 8

static uint32_t room(const struct line *line)
{
    return OUTPUT - (line->end - line->printed);
}

static void store(struct line *line, unsigned byte)
{
    if (room(line) > 0)
        line->output[line->end++ % OUTPUT] = (uint8_t)byte;
}

static void move_cursor(struct line *line, unsigned byte)
{
    if (byte == '\r')
        line->column = 0;
    else if (byte == '\b')
        line->column -= line->column > 0;
    else if (byte == '\t')
        line->column += TAB - line->column % TAB;
    else if (byte == '\n')
        line->column = line->settings.c_oflag & ONLRET ? 0 : line->column;
    else if (byte >= ' ' && byte != 0x7F && (byte & 0xC0) != 0x80)
        line->column++;     /* The bytes behind the first of a UTF-8 character take no column. */
}

void put(struct line *line, unsigned byte)
{
    tcflag_t flags = line->settings.c_oflag;
    if (flags & OPOST) {
        if (byte == '\r') {
            if ((flags & ONOCR) && line->column == 0)
                return;
            if (flags & OCRNL)
                byte = '\n';
        } else if (byte == '\n' && (flags & ONLCR)) {
            store(line, '\r');
            line->column = 0;
        }
    }
    store(line, byte);
    move_cursor(line, byte);
}

/* Takes bytes while there is room for two of each and for echo; how many. */
static uint32_t take(struct line *line, const uint8_t *bytes, uint32_t count)
{
    uint32_t n = 0;
    while (n < count && room(line) >= ECHO_ROOM + 2)
        put(line, bytes[n++]);
    return n;
}

static void give(struct line *line)
{
    while (!line->stopped && line->given != line->end) {
        uint32_t n = line->end - line->given;
        uint32_t may = TTY_QUEUE - (line->given - line->printed);
        uint32_t to_edge = OUTPUT - line->given % OUTPUT;
        if (n > may)
            n = may;
        if (n > to_edge)
            n = to_edge;
        if (n == 0)
            return;
        const uint8_t *bytes = &line->output[line->given % OUTPUT];
        int32_t result = k_call(K_TTY_OUT, line_number(line), line->given, n, 0, bytes, 0, 0);
        if (result == -EAGAIN)
            return;         /* The driver has taken a line over and tells what is printed first. */
        wire_require(result >= 0);
        line->given += n;
    }
}

void pump(struct line *line)
{
    struct waiter *w;
    while ((w = next_waiter(0, WRITES, line_number(line))) != 0) {
        w->done += take(line, server.pages[w->page] + w->done, w->size - w->done);
        if (w->done < w->size)
            break;
        finish(w, (int32_t)w->size, 0, 0);
    }
    give(line);
}

static unsigned free_page(void)
{
    unsigned page = 0;
    while (page < PAGES && server.page_used[page])
        page++;
    return page;
}

/* With no place left to wait in, the answer is how much was taken, or EAGAIN. */
void do_write(struct line *line, uint32_t channel, const struct msg *m, const void *data, uint32_t length)
{
    uint32_t done = 0;
    if (line->hung) {
        answer(channel, m->op, m->re, -EIO, 0, 0);
        return;
    }
    if (!next_waiter(0, WRITES, line_number(line)))
        done = take(line, data, length);
    give(line);
    unsigned page = free_page();
    if (done == length || page == PAGES || (server.waiting == WAITERS && done)) {
        answer(channel, m->op, m->re, done || !length ? (int32_t)done : -EAGAIN, 0, 0);
        return;
    }
    struct waiter *w = add_waiter(WRITES, line_number(line), channel, m);
    if (!w)
        return;
    server.page_used[page] = 1;
    memcpy(server.pages[page], data, length);
    w->page = (uint8_t)page;
    w->size = length;
    w->done = done;
}

/* Drains are over once what stood in the buffer when they came is printed, or has been thrown away. */
static void serve_drains(struct line *line)
{
    struct waiter *w = 0;
    struct waiter *next;
    for (unsigned kind = DRAINS; kind <= SETS; kind++) {
        for (w = next_waiter(0, kind, line_number(line)); w; w = next) {
            next = next_waiter(w, kind, line_number(line));
            if ((int32_t)(line->printed - w->offset) < 0 && line->printed != line->end)
                continue;
            if (kind == SETS)
                apply_settings(line, &w->settings, w->argument);
            finish(w, 0, 0, 0);
        }
    }
}

void do_drain(struct line *line, uint32_t channel, const struct msg *m)
{
    struct waiter *w = add_waiter(DRAINS, line_number(line), channel, m);
    if (!w)
        return;
    w->offset = line->end;
    serve_drains(line);
}

/* News from the driver. Before the first byte of output it tells where the controller's count stands. */
void printed(struct line *line, uint32_t offset)
{
    if (line->end == 0)
        line->given = line->end = offset;
    else if ((int32_t)(offset - line->printed) <= 0)
        return;
    wire_require((int32_t)(line->given - offset) >= 0);
    line->printed = offset;
    pump(line);
    serve_drains(line);
}

/* Another board's driver has the line; it has nothing of what has not been printed. */
void taken_over(struct line *line, uint32_t offset)
{
    if (line->end == 0)
        line->end = offset;
    wire_require((int32_t)(offset - line->printed) >= 0 && (int32_t)(line->end - offset) >= 0);
    line->printed = line->given = offset;
    pump(line);
    serve_drains(line);
}

void flush_output(struct line *line)
{
    line->end = line->given;
    serve_drains(line);
}
