/* Terminal controller: input records to the terminal server, output bytes from it. */
#include "kernel.h"

#define LINES    4
#define BATCH    20                 /* records of one message */
#define PROGRESS 256                /* printed bytes that are worth a message */
#define TRIES    40                 /* looks for an answer of the controller, some thousand cycles */
#define UNREAD   8                  /* input messages that the server has not read; more wait in the controller */

/*
 * Of a line: records below `shown` are in messages; those below `acked` are committed. Output bytes [next, end) wait
 * in `out`, a ring by offset; the server knows that those below `told` are printed.
 */
static struct line {
    uint32_t shown, acked;
    uint8_t in_flight;              /* one input message at a time */
    uint32_t next, end, told;
    uint8_t out[TTY_QUEUE];
} lines[LINES];
static int wanted, taken;           /* the server is here; the controller is this board's */
static int starved;                 /* no room for a message, here or at the server: the clock looks again, no
                                       request does */

static uint32_t reg(uint32_t line, uint32_t address) { return address + line * HW_TTY_LINE_STRIDE; }
static uint32_t channel(void) { return CHANNEL(PID_KERNEL + my_slot, CH_TTY); }

static void enable(uint32_t n)
{
    struct line *l = &lines[n];
    uint16_t bits = l->in_flight || starved ? 0 : TTY_B_INPUT;

    if (l->next != l->end)
        bits |= TTY_B_ROOM;
    else if (l->told != l->end && !starved)
        bits |= TTY_B_PRINTED;
    REG16(reg(n, HW_TTY_ENABLE)) = bits;
}

/* Asks for the controller. 0: no answer within the time of a path there and back, some hundred cycles. */
static int ask(uint32_t epoch)
{
    REG32(HW_TTY_EPOCH) = epoch;
    REG16(HW_TTY_COMMAND) = TTY_TAKE;
    for (int i = 0; i < TRIES; i++)
        if (REG16(HW_TTY_ERROR) != DISK_E_UNDER_WAY)
            return 1;
    return 0;
}

int tty_answers(void)
{
    return ask(0);                  /* An epoch that is never greater changes nothing. */
}

static void take(void)
{
    if (taken || !ask(REG32(HW_TTY_EPOCH) + 1) || REG16(HW_TTY_ERROR))
        return;
    taken = 1;
    for (uint32_t n = 0; n < LINES; n++) {
        struct line *l = &lines[n];

        l->in_flight = 0;
        l->shown = l->acked = REG32(reg(n, HW_TTY_ACK));
        REG32(reg(n, HW_TTY_NUMBER)) = l->shown;
        l->next = l->end = l->told = REG32(reg(n, HW_TTY_NEXT));
        REG32(reg(n, HW_TTY_OFFSET)) = l->next;
        enable(n);
    }
}

int call_tty_take(struct process *p)
{
    if (p->pid != PID_TTY)
        return -EPERM;
    if (!(REG16(HW_PORTS) >> 8 & 1))
        return -ENXIO;
    wanted = 1;
    take();
    return 0;                       /* If there is no answer now: as soon as there is one. */
}

/* The terminal server comes from another board, or could not have the controller before. It hears what is printed, as
 * a message, and gives everything behind that again. */
void tty_take_over(void)
{
    wanted = 1;
    take();
    for (uint32_t n = 0; taken && n < LINES; n++) {
        struct msg m = { .op = TTY_TAKEN, .flags = MSG_ASYNC, .a = { n, lines[n].end } };

        kernel_send(channel(), &m, 0, 0, COOKIE_NONE);
    }
}

static int room(void)
{
    if (bus_room(12))
        return 1;
    starved = 1;
    return 0;
}

/* Has the server read what it was sent, all but a few messages? Else somebody who types fast, or a file that is fed
 * into the line, would fill the memory of two boards with its queue. */
static int is_read(void)
{
    const struct process *p = process_find(PID_TTY);
    uint32_t count = 0;

    for (const struct message *m = p ? p->queue : 0; m && count < UNREAD; m = m->next)
        count += m->channel == channel();
    if (count < UNREAD)
        return 1;
    starved = 1;
    return 0;
}

static void input(uint32_t n)
{
    struct line *l = &lines[n];
    struct tty_record records[BATCH];
    struct msg m = { .op = TTY_INPUT, .flags = MSG_ASYNC, .a = { n, l->shown } };
    uint32_t count = 0;

    if (l->in_flight || !REG16(reg(n, HW_TTY_KIND)) || !is_read() || !room())
        return;
    while (count < BATCH) {
        struct tty_record *r = &records[count];
        uint16_t kind = REG16(reg(n, HW_TTY_KIND)), data = REG16(reg(n, HW_TTY_DATA));

        if (!kind)
            break;
        r->kind = kind;
        r->data = data;
        r->rows = data;
        r->columns = REG16(reg(n, HW_TTY_DATA2));
        count++;
        REG32(reg(n, HW_TTY_NUMBER)) = ++l->shown;
    }
    if (!count)
        return;
    l->in_flight = 1;
    kernel_send(channel(), &m, records, count * sizeof records[0], COOKIE_TTY | n);
}

/* The message with the line's records has committed: only now may the controller forget them. */
void tty_committed(uint32_t n)
{
    lines[n].in_flight = 0;
    REG32(reg(n, HW_TTY_ACK)) = lines[n].acked = lines[n].shown;
    enable(n);
}

static void output(uint32_t n)
{
    struct line *l = &lines[n];

    while (l->next != l->end && REG16(reg(n, HW_TTY_STATUS)) & TTY_B_ROOM)
        for (int i = 0; i < 64 && l->next != l->end; i++)
            REG8(reg(n, HW_TTY_OUT)) = l->out[l->next++ % TTY_QUEUE];
}

static void tell(uint32_t n)
{
    struct line *l = &lines[n];
    uint32_t printed = REG32(reg(n, HW_TTY_PRINTED));
    struct msg m = { .op = TTY_PRINTED, .flags = MSG_ASYNC, .a = { n, printed } };

    if (printed == l->told || (printed != l->end && printed - l->told < PROGRESS) || !room())
        return;
    l->told = printed;
    kernel_send(channel(), &m, 0, 0, COOKIE_NONE);
}

void tty_interrupt(void)
{
    if (!taken)
        return;
    starved = 0;
    for (uint32_t n = 0; n < LINES; n++) {
        input(n);
        output(n);
        tell(n);
    }
    for (uint32_t n = 0; n < LINES; n++)
        enable(n);
}

void tty_tick(void)
{
    if (starved)
        tty_interrupt();
}

/* A cable that was cut for a moment has lost what was under way in it; the controller tells how far it has come. */
static void repeat(uint32_t n)
{
    struct line *l = &lines[n];
    uint32_t accepted = REG32(reg(n, HW_TTY_NEXT));

    if (REG32(reg(n, HW_TTY_ACK)) != l->acked)
        REG32(reg(n, HW_TTY_ACK)) = l->acked;
    if (accepted == l->next)
        return;
    REG32(reg(n, HW_TTY_OFFSET)) = l->next = accepted;
    output(n);
    enable(n);
}

void tty_mended(void)
{
    if (wanted && !taken)
        tty_take_over();
    for (uint32_t n = 0; taken && n < LINES; n++)
        repeat(n);
}

int call_tty_out(struct process *p)
{
    uint32_t n = p->regs.d[1], offset = p->regs.d[2], length = p->regs.d[3], from;
    struct line *l = &lines[n];
    uint8_t bytes[256];

    if (n >= LINES)
        return -ENXIO;
    if (!taken)
        return 0;
    if ((int32_t)(l->end - offset) < 0 || (int32_t)(l->end - (offset + length)) >= 0)
        return 0;                   /* A server that rolls forward; what lies behind a gap it will give again. */
    from = p->regs.a[0] + (l->end - offset);
    length -= l->end - offset;
    if (length > TTY_QUEUE || l->end + length - l->told > TTY_QUEUE)
        return -EAGAIN;
    for (uint32_t done = 0, piece; done < length; done += piece) {
        piece = length - done < sizeof bytes ? length - done : sizeof bytes;
        if (copy_in(p, bytes, from + done, piece))
            return -EFAULT;
        for (uint32_t i = 0; i < piece; i++)
            l->out[l->end++ % TTY_QUEUE] = bytes[i];
    }
    output(n);
    enable(n);
    return 0;
}
