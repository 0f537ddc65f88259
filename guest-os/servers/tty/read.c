/* Readers: by lines, or in raw mode by VMIN and VTIME. */
#include "tty.h"
#include <errno.h>

static int is_canonical(const struct line *line)
{
    return (line->settings.c_lflag & ICANON) != 0;
}

/* Bytes that a read of any size would give now. */
uint32_t available(const struct line *line)
{
    uint32_t n = 0;
    for (uint32_t at = line->head; at != line->edit; at++) {
        unsigned mark = line->marks[at % INPUT];
        n += mark != FILE_END;
        if (mark != PLAIN && is_canonical(line))
            break;
    }
    return n;
}

/*
 * Answers a reader with up to its size of what can be read: one line at the most, or nothing at an end of file. An end
 * of file right behind the last byte that fits goes with it, or the next read would see an end that was none.
 */
static void deliver(struct line *line, struct waiter *w)
{
    static uint8_t data[INPUT];
    uint32_t n = 0;
    unsigned mark = PLAIN;
    while (line->head != line->edit && mark == PLAIN) {
        mark = is_canonical(line) ? line->marks[line->head % INPUT] : PLAIN;
        if (mark != FILE_END) {
            if (n == w->size)
                break;
            data[n++] = line->input[line->head % INPUT];
        }
        line->head++;
    }
    finish(w, (int32_t)n, data, n);
}

static void stop_timer(struct line *line)
{
    if (line->timer) {
        tell_process_server(OP_CANCEL, MSG_ASYNC, line->timer, 0);
        line->timer = 0;
    }
}

static void start_timer(struct line *line)
{
    uint32_t tenths = line->settings.c_cc[VTIME];
    if (line->timer)
        return;
    line->timer_tail = line->tail;
    line->timer = tell_process_server(PROC_SLEEP, 0, tenths / 10, tenths % 10 * 100000000);
}

/* Is the first reader to be answered now? If not, the timer runs where VTIME wants it. */
static int is_ready(struct line *line, const struct waiter *w)
{
    uint32_t there = line->edit - line->head;
    uint32_t least = line->settings.c_cc[VMIN];
    if (line->hung)
        return 1;
    if (is_canonical(line))
        return there > 0;
    if (least > w->size)
        least = w->size;
    if (there >= least && (there > 0 || !line->settings.c_cc[VTIME]))
        return 1;
    if (line->settings.c_cc[VTIME] && (there > 0 || least == 0))
        start_timer(line);
    return 0;
}

void serve_readers(struct line *line)
{
    unsigned served = 0;
    struct waiter *w;
    while ((w = next_waiter(0, READS, line_number(line))) != 0 && is_ready(line, w)) {
        stop_timer(line);
        deliver(line, w);
        wire_require(++served <= WAITERS);
    }
    if (!w)
        stop_timer(line);
}

/* Bytes that came since the timer began give the reader another interval, if it waits for more than the first. */
void timer_over(struct line *line)
{
    struct waiter *w = next_waiter(0, READS, line_number(line));
    line->timer = 0;
    if (w && line->tail == line->timer_tail)
        deliver(line, w);
    serve_readers(line);
}

void do_read(struct line *line, uint32_t channel, const struct msg *m)
{
    if (m->a[1] == 0) {
        answer(channel, m->op, m->re, 0, 0, 0);
        return;
    }
    struct waiter *w = add_waiter(READS, line_number(line), channel, m);
    if (!w)
        return;
    w->size = m->a[1] < WIRE_DATA ? m->a[1] : WIRE_DATA;
    serve_readers(line);
}
