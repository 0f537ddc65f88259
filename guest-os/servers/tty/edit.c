/* The line being edited, and its echo. */
#include "tty.h"

#define TAB 8

static int has(const struct line *line, tcflag_t local_flag)
{
    return (line->settings.c_lflag & local_flag) != 0;
}

static int is_control(unsigned byte)
{
    return byte < ' ' || byte == 0x7F;
}

/* Control characters show as ^X where ECHOCTL says so, except those that move the cursor as they should. */
void echo(struct line *line, unsigned byte)
{
    if (is_control(byte) && byte != '\n' && byte != '\t' && has(line, ECHOCTL)) {
        put(line, '^');
        put(line, byte ^ 0x40);
    } else {
        put(line, byte);
    }
}

/* Stores a byte. One place is kept for the end of a line; a byte too many is lost with a bell. */
int insert(struct line *line, unsigned byte, enum mark mark)
{
    uint32_t room = INPUT - (line->tail - line->head);
    if (room == 0 || (room == 1 && mark == PLAIN && has(line, ICANON))) {
        put(line, '\a');
        return 0;
    }
    line->input[line->tail % INPUT] = (uint8_t)byte;
    line->marks[line->tail % INPUT] = (uint8_t)mark;
    line->tail++;
    if (mark != PLAIN || !has(line, ICANON))
        line->edit = line->tail;
    return 1;
}

/* Columns that a byte's echo takes at this column. */
static unsigned width(const struct line *line, unsigned byte, unsigned column)
{
    if (byte == '\t')
        return TAB - column % TAB;
    if (is_control(byte))
        return has(line, ECHOCTL) ? 2 : 0;
    return 1;
}

/* Takes the last byte back, on the screen too: what a tab covered follows from all that stands before it. */
static void erase_one(struct line *line)
{
    unsigned column = line->edit_column;
    uint32_t last = line->tail - 1;
    for (uint32_t at = line->edit; at != last; at++)
        column += width(line, line->input[at % INPUT], column);
    unsigned byte = line->input[last % INPUT];
    line->tail = last;
    if (!has(line, ECHO) || !has(line, ECHOE))
        return;
    for (unsigned n = width(line, byte, column); n > 0; n--) {
        put(line, '\b');
        if (byte != '\t') {
            put(line, ' ');
            put(line, '\b');
        }
    }
}

static void erase(struct line *line, unsigned byte)
{
    if (line->tail == line->edit)
        return;
    erase_one(line);
    if (has(line, ECHO) && !has(line, ECHOE))
        echo(line, byte);
}

static int is_blank(const struct line *line)
{
    unsigned last = line->input[(line->tail - 1) % INPUT];
    return last == ' ' || last == '\t';
}

static void erase_word(struct line *line)
{
    while (line->tail != line->edit && is_blank(line))
        erase_one(line);
    while (line->tail != line->edit && !is_blank(line))
        erase_one(line);
}

static void kill_line(struct line *line, unsigned byte)
{
    if (has(line, ECHOKE) && has(line, ECHOE)) {
        while (line->tail != line->edit)
            erase_one(line);
        return;
    }
    line->tail = line->edit;
    if (has(line, ECHO)) {
        echo(line, byte);
        if (has(line, ECHOK))
            put(line, '\n');
    }
}

static void reprint(struct line *line, unsigned byte)
{
    if (!has(line, ECHO))
        return;
    echo(line, byte);
    put(line, '\n');
    line->edit_column = 0;
    for (uint32_t at = line->edit; at != line->tail; at++)
        echo(line, line->input[at % INPUT]);
}

static int edit_extended(struct line *line, unsigned byte)
{
    if (!has(line, IEXTEN))
        return 0;
    if (is_character(line, VWERASE, byte)) {
        erase_word(line);
    } else if (is_character(line, VREPRINT, byte)) {
        reprint(line, byte);
    } else if (is_character(line, VLNEXT, byte)) {
        if (line->tail == line->edit)
            line->edit_column = line->column;
        line->literal = 1;
        if (has(line, ECHO) && has(line, ECHOCTL)) {
            put(line, '^');
            put(line, '\b');
        }
    } else {
        return 0;
    }
    return 1;
}

int edit_byte(struct line *line, unsigned byte)
{
    if (is_character(line, VERASE, byte)) {
        erase(line, byte);
    } else if (is_character(line, VKILL, byte)) {
        kill_line(line, byte);
    } else if (is_character(line, VEOF, byte)) {
        insert(line, 0, FILE_END);
    } else if (byte == '\n' || is_character(line, VEOL, byte)) {
        if (has(line, ECHO) || (byte == '\n' && has(line, ECHONL)))
            echo(line, byte);
        insert(line, byte, LINE_END);
    } else {
        return edit_extended(line, byte);
    }
    return 1;
}
