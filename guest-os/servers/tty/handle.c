/* Which message goes where, and how answers leave. */
#include "tty.h"
#include <errno.h>

struct terminal_server server;

void start(void)
{
    for (unsigned i = 0; i < LINES; i++)
        line_reset(&server.lines[i]);
    int32_t result = k_call(K_TTY_TAKE, 0, 0, 0, 0, 0, 0, 0);
    wire_require(result >= 0);
}

void answer(uint32_t channel, uint16_t op, uint32_t re, int32_t result, const void *data, uint32_t length)
{
    struct msg m = { .op = op, .re = re, .result = result };
    wire_send(channel, &m, data, length);
}

/* Only PROC_GETIDS and PROC_SLEEP are answered, into the main loop; the rest is asynchronous. */
uint32_t tell_process_server(uint16_t op, uint16_t flags, uint32_t a0, uint32_t a1)
{
    struct msg m = { .op = op, .flags = flags, .a = { a0, a1 } };
    return wire_send(CHANNEL(PID_TTY, CH_PROC), &m, 0, 0);
}

static void handle_driver(struct line *line, const struct msg *m, const struct tty_record *records, uint32_t count)
{
    if (m->op == TTY_PRINTED) {
        printed(line, m->a[1]);
        return;
    }
    if (m->op == TTY_TAKEN) {
        taken_over(line, m->a[1]);
        return;
    }
    if (m->op != TTY_INPUT)
        return;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = m->a[1] + i;
        if ((int32_t)(number - line->next_record) < 0)
            continue;       /* Taken before; the driver's board has changed since. */
        line->next_record = number + 1;
        input_record(line, &records[i]);
    }
    serve_readers(line);
    pump(line);
}

static void handle_process_server(const struct msg *m)
{
    switch (m->op) {
    case PROC_GETIDS:
        ids_known(m);
        break;
    case PROC_SLEEP:
        for (unsigned i = 0; i < LINES; i++) {
            if (server.lines[i].timer == m->re)
                timer_over(&server.lines[i]);
        }
        break;
    default:
        break;
    }
}

static void handle_size(const struct line *line, uint32_t channel, const struct msg *request)
{
    struct msg m = { .op = request->op, .re = request->re, .a = { line->rows, line->columns } };
    wire_send(channel, &m, 0, 0);
}

static int flush(struct line *line, uint32_t which)
{
    if (which > TCIOFLUSH)
        return -EINVAL;
    if (which != TCOFLUSH)
        flush_input(line);
    if (which != TCIFLUSH) {
        flush_output(line);
        pump(line);
    }
    return 0;
}

static int resize(struct line *line, uint32_t rows, uint32_t columns)
{
    if (rows > UINT16_MAX || columns > UINT16_MAX)
        return -EINVAL;
    set_size(line, rows, columns);
    return 0;
}

static void handle_line(struct line *line, uint32_t channel, const struct msg *m, const void *data, uint32_t length)
{
    int32_t result = 0;
    switch (m->op) {
    case TTY_READ:
        do_read(line, channel, m);
        return;
    case TTY_WRITE:
        do_write(line, channel, m, data, length);
        return;
    case TTY_DRAIN:
        do_drain(line, channel, m);
        return;
    case TTY_SETATTR:
        do_setattr(line, channel, m, data, length);
        return;
    case TTY_SETPGRP:
        do_setpgrp(line, channel, m);
        return;
    case TTY_GETSIZE:
        handle_size(line, channel, m);
        return;
    case TTY_GETATTR:
        answer(channel, m->op, m->re, 0, &line->settings, sizeof line->settings);
        return;
    case TTY_CLOSE:         /* Nothing is kept for an open line but what waits, and a closer waits for nothing. */
        if (m->flags & MSG_ASYNC)
            return;
        break;
    case TTY_SETSIZE:
        result = resize(line, m->a[1], m->a[2]);
        break;
    case TTY_GETPGRP:
        result = line->group;
        break;
    case TTY_FLUSH:
        result = flush(line, m->a[1]);
        break;
    case TTY_AVAILABLE:
        result = (int32_t)available(line);
        break;
    default:
        result = -ENOSYS;
        break;
    }
    answer(channel, m->op, m->re, result, 0, 0);
}

void handle(uint32_t channel, const struct msg *m, const void *data, uint32_t length)
{
    uint32_t client = CHANNEL_CLIENT(channel);
    struct line *line = m->a[0] < LINES ? &server.lines[m->a[0]] : 0;
    if (client == PID_TTY) {
        handle_process_server(m);
    } else if (client == PID_PROC) {
        if (m->op == NOTE_EXIT) {
            forget_process(m->a[0]);
            leader_ended(m->a[0]);
        }
    } else if (client >= PID_KERNEL && client < FIRST_PID) {
        wire_require(line != 0);
        handle_driver(line, m, data, length / sizeof(struct tty_record));
    } else if (m->op == OP_CANCEL) {
        cancel(channel, m->a[0]);
    } else if (m->op == TTY_OPEN) {
        do_open(channel, m);
    } else if (line) {
        handle_line(line, channel, m, data, length);
    } else {
        answer(channel, m->op, m->re, -EBADF, 0, 0);
    }
}
