/* Settings, opening, sessions and their groups. */
#include "tty.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define MINOR_TTY     0x00
#define MINOR_CONSOLE 0x01
#define MINOR_LINES   0x10

void line_reset(struct line *line)
{
    struct termios *t = &line->settings;
    memset(line, 0, sizeof *line);
    t->c_iflag = ICRNL | IXON;
    t->c_oflag = OPOST | ONLCR;
    t->c_cflag = CS8 | CREAD | HUPCL;
    t->c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
    t->c_cc[VINTR] = 'C' - '@';
    t->c_cc[VQUIT] = '\\' - '@';
    t->c_cc[VERASE] = 0x7F;
    t->c_cc[VKILL] = 'U' - '@';
    t->c_cc[VEOF] = 'D' - '@';
    t->c_cc[VMIN] = 1;
    t->c_cc[VSTART] = 'Q' - '@';
    t->c_cc[VSTOP] = 'S' - '@';
    t->c_cc[VSUSP] = 'Z' - '@';
    t->c_cc[VREPRINT] = 'R' - '@';
    t->c_cc[VWERASE] = 'W' - '@';
    t->c_cc[VLNEXT] = 'V' - '@';
    t->c_ispeed = t->c_ospeed = B38400;
    line->rows = 24;
    line->columns = 80;
}

void apply_settings(struct line *line, const struct termios *settings, uint32_t when)
{
    int was_canonical = (line->settings.c_lflag & ICANON) != 0;
    if (when == TCSAFLUSH)
        flush_input(line);
    line->settings = *settings;
    if (was_canonical && !(settings->c_lflag & ICANON))
        leave_canonical(line);
    if (!(settings->c_iflag & IXON))
        line->stopped = 0;
    serve_readers(line);
    pump(line);
}

void do_setattr(struct line *line, uint32_t channel, const struct msg *m, const void *data, uint32_t length)
{
    struct termios settings;
    if (length != sizeof settings || m->a[1] > TCSAFLUSH) {
        answer(channel, m->op, m->re, -EINVAL, 0, 0);
        return;
    }
    memcpy(&settings, data, sizeof settings);
    if (m->a[1] == TCSANOW || line->printed == line->end) {
        apply_settings(line, &settings, m->a[1]);
        answer(channel, m->op, m->re, 0, 0, 0);
        return;
    }
    struct waiter *w = add_waiter(SETS, line_number(line), channel, m);
    if (w) {
        w->settings = settings;
        w->argument = m->a[1];
        w->offset = line->end;
    }
}

static struct line *line_of_session(uint32_t session)
{
    for (unsigned i = 0; i < LINES; i++) {
        if (session && server.lines[i].session == session)
            return &server.lines[i];
    }
    return 0;
}

/* Whose session a process is in the process server knows; it is asked where that matters, and the opener waits. */
void do_open(uint32_t channel, const struct msg *m)
{
    uint32_t minor = m->a[0] & 0xFF;
    int wants_control = !(m->a[1] & O_NOCTTY);
    unsigned number = minor == MINOR_CONSOLE ? 0 : minor == MINOR_TTY ? NO_LINE : minor - MINOR_LINES;
    if (minor != MINOR_TTY && number >= LINES) {
        answer(channel, m->op, m->re, -ENXIO, 0, 0);
        return;
    }
    if (number < LINES) {
        server.lines[number].hung = 0;
        if (!wants_control || server.lines[number].session) {
            answer(channel, m->op, m->re, (int32_t)number, 0, 0);
            return;
        }
    }
    struct waiter *w = add_waiter(OPENS, number, channel, m);
    if (w)
        w->query = tell_process_server(PROC_GETIDS, 0, CHANNEL_CLIENT(channel), 0);
}

/*
 * A leader without a terminal takes the line for its session, if that controls none yet. Init's own session never gets
 * one, so that its console stays free for the session that init starts there.
 */
static void take_control(struct line *line, uint32_t pid, uint32_t group, uint32_t session)
{
    if (line->session || session != pid || pid == PID_INIT || line_of_session(session))
        return;
    line->session = (uint16_t)session;
    line->group = (uint16_t)group;
    tell_process_server(PROC_CONTROL_TTY, MSG_ASYNC, session, line_number(line));
}

void do_setpgrp(struct line *line, uint32_t channel, const struct msg *m)
{
    if (m->a[1] == 0 || m->a[1] > LAST_PID) {
        answer(channel, m->op, m->re, -EINVAL, 0, 0);
        return;
    }
    struct waiter *w = add_waiter(GROUPS, line_number(line), channel, m);
    if (w) {
        w->argument = m->a[1];
        w->query = tell_process_server(PROC_GETIDS, 0, CHANNEL_CLIENT(channel), 0);
    }
}

/* The process server's answer to the question of an opener or of one who sets the foreground group. */
void ids_known(const struct msg *m)
{
    struct waiter *w = asked_by(m->re);
    if (!w)
        return;             /* Cancelled, or gone. */
    uint32_t group = m->a[1];
    uint32_t session = m->a[2];
    struct line *line = w->line < LINES ? &server.lines[w->line] : line_of_session(session);
    int32_t result = -ENXIO;
    if (m->result >= 0 && w->kind == GROUPS) {
        result = session && line->session == session ? 0 : -ENOTTY;
        if (result == 0)
            line->group = (uint16_t)w->argument;
    } else if (m->result >= 0 && line) {
        take_control(line, CHANNEL_CLIENT(w->channel), group, session);
        result = (int32_t)line_number(line);
    }
    finish(w, result, 0, 0);
}

static void release_session(struct line *line)
{
    if (line->session)
        tell_process_server(PROC_CONTROL_TTY, MSG_ASYNC, line->session, NO_LINE);
    line->session = line->group = 0;
}

/* Readers see the end of file, writers EIO, the session's leader and its foreground group SIGHUP. */
void hang_up(struct line *line)
{
    struct waiter *w;
    line->hung = 1;
    line->stopped = 0;
    if (line->session && line->session != line->group)
        tell_process_server(PROC_SIGNAL_GROUP, MSG_ASYNC, line->session, SIGHUP);
    signal_foreground(line, SIGHUP);
    signal_foreground(line, SIGCONT);
    release_session(line);
    flush_input(line);
    flush_output(line);
    while ((w = next_waiter(0, WRITES, line_number(line))) != 0)
        finish(w, -EIO, 0, 0);
    serve_readers(line);
}

void leader_ended(uint32_t pid)
{
    struct line *line = line_of_session(pid);
    if (!line)
        return;
    signal_foreground(line, SIGHUP);
    release_session(line);
}
