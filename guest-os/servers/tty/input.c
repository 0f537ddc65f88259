/* What comes from the line, before it is edited or read: flow, signals, mapping, window size, hang-up. */
#include "tty.h"

static int has(const struct line *line, tcflag_t local_flag)
{
    return (line->settings.c_lflag & local_flag) != 0;
}

void signal_foreground(const struct line *line, uint32_t number)
{
    if (line->group)
        tell_process_server(PROC_SIGNAL_GROUP, MSG_ASYNC, line->group, number);
}

void flush_input(struct line *line)
{
    line->head = line->edit = line->tail;
    line->literal = 0;
}

/* In raw mode there are no ends of file between the bytes, and the line being edited can be read. */
void leave_canonical(struct line *line)
{
    uint32_t to = line->head;
    for (uint32_t from = line->head; from != line->tail; from++) {
        if (line->marks[from % INPUT] == FILE_END)
            continue;
        line->input[to % INPUT] = line->input[from % INPUT];
        line->marks[to % INPUT] = PLAIN;
        to++;
    }
    line->edit = line->tail = to;
    line->literal = 0;
}

void set_size(struct line *line, unsigned rows, unsigned columns)
{
    if (line->rows == rows && line->columns == columns)
        return;
    line->rows = (uint16_t)rows;
    line->columns = (uint16_t)columns;
    signal_foreground(line, SIGWINCH);
}

/* 1: the byte starts or stops output and is no input. */
static int flow(struct line *line, unsigned byte)
{
    if (!(line->settings.c_iflag & IXON))
        return 0;
    if (is_character(line, VSTART, byte)) {
        line->stopped = 0;
        return 1;
    }
    if (is_character(line, VSTOP, byte)) {
        line->stopped = 1;
        return 1;
    }
    if (line->settings.c_iflag & IXANY)
        line->stopped = 0;
    return 0;
}

/* 1: the byte was a signal to the foreground group. */
static int raise_signal(struct line *line, unsigned byte)
{
    uint32_t number = is_character(line, VINTR, byte)   ? SIGINT
                      : is_character(line, VQUIT, byte) ? SIGQUIT
                      : is_character(line, VSUSP, byte) ? SIGTSTP
                                                        : 0;
    if (!number || !has(line, ISIG))
        return 0;
    if (!has(line, NOFLSH)) {
        flush_input(line);
        pump(line);         /* What was echoed so far still shows. */
        flush_output(line);
    }
    line->stopped = 0;
    if (has(line, ECHO))
        echo(line, byte);
    signal_foreground(line, number);
    return 1;
}

static void input_byte(struct line *line, unsigned byte)
{
    tcflag_t flags = line->settings.c_iflag;
    if (flags & ISTRIP)
        byte &= 0x7F;
    if (line->literal) {
        line->literal = 0;
        if (insert(line, byte, PLAIN) && has(line, ECHO))
            echo(line, byte);
        return;
    }
    if (flow(line, byte) || raise_signal(line, byte))
        return;
    if (byte == '\r') {
        if (flags & IGNCR)
            return;
        if (flags & ICRNL)
            byte = '\n';
    } else if (byte == '\n' && (flags & INLCR)) {
        byte = '\r';
    }
    if (has(line, ICANON) && edit_byte(line, byte))
        return;
    if (line->tail == line->edit)
        line->edit_column = line->column;
    if (insert(line, byte, PLAIN) && has(line, ECHO))
        echo(line, byte);
}

void input_record(struct line *line, const struct tty_record *record)
{
    switch (record->kind) {
    case RECORD_BYTE:
        line->hung = 0;
        input_byte(line, record->data);
        break;
    case RECORD_SIZE:
        set_size(line, record->rows, record->columns);
        break;
    case RECORD_HANGUP:
        hang_up(line);
        break;
    case RECORD_CARRIER:
        line->hung = 0;
        break;
    default:
        break;
    }
}
