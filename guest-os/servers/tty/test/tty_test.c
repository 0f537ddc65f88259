/* The terminal server on the host: keys and requests in, answers and output out. */
#include "../tty.h"
#define TRIAL_CHANNEL CH_TTY
#include "../../lib/trial.h"
#include <errno.h>
#include <fcntl.h>

#define SHELL 70

static uint32_t records;
static struct line *line;

#define ANSWERED(pid, op, re, result) answered(__LINE__, pid, op, re, result)

static void answered_text(int at, uint32_t pid, uint32_t re, const char *text)
{
    struct sent *s = answered(at, pid, TTY_READ, re, (int32_t)strlen(text));
    if (s->length != strlen(text) || memcmp(s->data, text, s->length))
        fail_at(at, "other bytes were read");
}
#define READ_GAVE(re, text) answered_text(__LINE__, SHELL, re, text)
#define READ_GIVES(text) answered_text(__LINE__, SHELL, ask(SHELL, TTY_READ, 0, 1000), text)

static void from_kernel(unsigned op, uint32_t a1, const void *data, uint32_t length)
{
    struct msg m = { .pid = PID_KERNEL, .op = (uint16_t)op, .flags = MSG_ASYNC, .a = { 0, a1 } };
    handle(CHANNEL(PID_KERNEL, CH_TTY), &m, data, length);
}

static void record(unsigned kind, unsigned data, unsigned rows, unsigned columns)
{
    struct tty_record r = { (uint8_t)kind, (uint8_t)data, (uint8_t)rows, (uint8_t)columns };
    from_kernel(TTY_INPUT, records++, &r, sizeof r);
}

static void keys(const char *text)
{
    static struct tty_record r[WIRE_DATA / sizeof(struct tty_record)];
    uint32_t n = 0;
    for (; text[n]; n++)
        r[n] = (struct tty_record){ RECORD_BYTE, (uint8_t)text[n], 0, 0 };
    from_kernel(TTY_INPUT, records, r, n * sizeof r[0]);
    records += n;
}

/* What has gone to the driver since the last look, in one text; other messages stay. */
static void printed_text(int at, const char *text)
{
    static char all[65536];
    size_t n = 0;
    unsigned kept = sent_checked;
    for (unsigned i = sent_checked; i < sent_count; i++) {
        if (sent[i].call != K_TTY_OUT) {
            sent[kept++] = sent[i];
            continue;
        }
        memcpy(all + n, sent[i].data, sent[i].length);
        n += sent[i].length;
    }
    sent_count = kept;
    all[n] = 0;
    if (strcmp(all, text)) {
        printf("# output \"");
        for (size_t i = 0; i < n; i++)
            printf(all[i] < ' ' ? "\\%03o" : "%c", all[i]);
        printf("\"\n");
        fail_at(at, "other output");
    }
}
#define OUTPUT_IS(text) printed_text(__LINE__, text)

static void all_printed(void)
{
    from_kernel(TTY_PRINTED, line->given, 0, 0);
}

static void begin(const char *name)
{
    trial = name;
    memset(&server, 0, sizeof server);
    sent_count = sent_checked = 0;
    records = 0;
    line = &server.lines[0];
    start();
    CHECK(next_sent(__LINE__)->call == K_TTY_TAKE);
    NOTHING_MORE();
}

static void set(tcflag_t clear, tcflag_t local, unsigned min, unsigned time)
{
    struct termios t = line->settings;
    t.c_lflag = (t.c_lflag & ~clear) | local;
    t.c_cc[VMIN] = (cc_t)min;
    t.c_cc[VTIME] = (cc_t)time;
    ANSWERED(SHELL, TTY_SETATTR, ask_data(SHELL, TTY_SETATTR, 0, TCSANOW, &t, sizeof t), 0);
    NOTHING_MORE();
}

/* The shell leads session and group 70 on line 0. */
static void begin_session(const char *name)
{
    begin(name);
    uint32_t re = ask(SHELL, TTY_OPEN, 1, O_RDWR);
    struct sent *s = expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), PROC_GETIDS);
    CHECK(s->m.a[0] == SHELL);
    struct msg m = { .op = PROC_GETIDS, .re = send_number, .result = SHELL, .a = { 1, SHELL, SHELL, 0, 0 } };
    handle(CHANNEL(PID_TTY, CH_PROC), &m, 0, 0);
    s = expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), PROC_CONTROL_TTY);
    CHECK(s->m.a[0] == SHELL && s->m.a[1] == 0);
    ANSWERED(SHELL, TTY_OPEN, re, 0);
    NOTHING_MORE();
}

static void signal_sent(int at, uint32_t group, uint32_t signal)
{
    struct sent *s = expect_op(at, CHANNEL(PID_TTY, CH_PROC), PROC_SIGNAL_GROUP);
    if (s->m.a[0] != group || s->m.a[1] != signal || !(s->m.flags & MSG_ASYNC))
        fail_at(at, "another signal");
}
#define SIGNAL_SENT(group, signal) signal_sent(__LINE__, group, signal)

static void lines_are_edited(void)
{
    begin("canonical input");
    uint32_t re = ask(SHELL, TTY_READ, 0, 100);
    keys("lx\177s -l\r");
    OUTPUT_IS("lx\b \bs -l\r\n");
    READ_GAVE(re, "ls -l\n");
    NOTHING_MORE();
    all_printed();
    keys("one\rtwo\rthr");
    OUTPUT_IS("one\r\ntwo\r\nthr");
    CHECK(ask(SHELL, TTY_AVAILABLE, 0, 0));
    ANSWERED(SHELL, TTY_AVAILABLE, asked, 4);
    READ_GAVE(ask(SHELL, TTY_READ, 0, 2), "on");
    READ_GIVES("e\n");
    READ_GIVES("two\n");
    re = ask(SHELL, TTY_READ, 0, 100);
    NOTHING_MORE();
    keys("\025word and\027\026\003\r");
    OUTPUT_IS("\b \b\b \b\b \bword and\b \b\b \b\b \b^\b^C\r\n");
    READ_GAVE(re, "word \003\n");
    keys("\ta\001\t\177\177\177\177\177x\022\r");
    OUTPUT_IS("\ta^A\t\b\b\b\b\b\b \b\b \b\b \b\b\b\b\b\b\b\b\bx^R\r\nx\r\n");
    READ_GIVES("x\n");
    NOTHING_MORE();
}

static void ends_of_file(void)
{
    begin("end of file");
    uint32_t re = ask(SHELL, TTY_READ, 0, 100);
    keys("\004");
    READ_GAVE(re, "");
    keys("abc\004def\r\004");
    OUTPUT_IS("abcdef\r\n");
    READ_GAVE(ask(SHELL, TTY_READ, 0, 3), "abc");
    READ_GIVES("def\n");
    READ_GIVES("");
    re = ask(SHELL, TTY_READ, 0, 3);
    NOTHING_MORE();
    keys("x\004y\004");
    OUTPUT_IS("xy");
    READ_GAVE(re, "x");
    set(ICANON, 0, 2, 0);       /* No mark is left in raw mode. */
    re = ask(SHELL, TTY_READ, 0, 3);
    NOTHING_MORE();
    keys("z");
    OUTPUT_IS("z");
    READ_GAVE(re, "yz");
    NOTHING_MORE();
}

static void mapping(void)
{
    begin("mapping");
    struct termios t = line->settings;
    t.c_iflag = INLCR | ISTRIP;
    t.c_lflag = ICANON | ECHONL;
    t.c_cc[VEOL] = ';';
    ANSWERED(SHELL, TTY_SETATTR, ask_data(SHELL, TTY_SETATTR, 0, TCSANOW, &t, sizeof t), 0);
    keys("a\n\341;\r");
    READ_GIVES("a\ra;");
    OUTPUT_IS("");
    t.c_iflag = IGNCR;
    ANSWERED(SHELL, TTY_SETATTR, ask_data(SHELL, TTY_SETATTR, 0, TCSANOW, &t, sizeof t), 0);
    keys("b\r\n");
    OUTPUT_IS("\r\n");
    READ_GIVES("\rb\n");
    ANSWERED(SHELL, TTY_SETATTR, ask_data(SHELL, TTY_SETATTR, 0, 3, &t, sizeof t), -EINVAL);
    ANSWERED(SHELL, TTY_SETATTR, ask_data(SHELL, TTY_SETATTR, 0, 0, &t, sizeof t - 1), -EINVAL);
    struct sent *s = ANSWERED(SHELL, TTY_GETATTR, ask(SHELL, TTY_GETATTR, 0, 0), 0);
    CHECK(s->length == sizeof t && !memcmp(s->data, &t, sizeof t));
    ANSWERED(SHELL, TTY_GETATTR, ask(SHELL, TTY_GETATTR, 4, 0), -EBADF);
    NOTHING_MORE();
}

static void no_byte_twice(void)
{
    begin("numbered records");
    keys("abc");
    records = 1;
    keys("bcd\r");      /* b and c come again. */
    OUTPUT_IS("abcd\r\n");
    READ_GIVES("abcd\n");
    NOTHING_MORE();
}

static void input_is_bounded(void)
{
    begin("full input");
    static char text[INPUT + 100];
    memset(text, 'x', sizeof text - 1);
    keys(text);
    all_printed();
    keys("\r");
    sent_count = 0;
    uint32_t re = ask(SHELL, TTY_READ, 0, 4096);
    ANSWERED(SHELL, TTY_READ, re, INPUT);
    CHECK(sent[sent_count - 1].data[INPUT - 1] == '\n' && sent[sent_count - 1].data[INPUT - 2] == 'x');
    NOTHING_MORE();
}

static void signals(void)
{
    begin_session("signals");
    uint32_t re = ask(SHELL, TTY_READ, 0, 100);
    keys("abc\003");
    OUTPUT_IS("abc^C");
    SIGNAL_SENT(SHELL, SIGINT);
    keys("\034\032");
    OUTPUT_IS("^\\^Z");
    SIGNAL_SENT(SHELL, SIGQUIT);
    SIGNAL_SENT(SHELL, SIGTSTP);
    keys("d\r");
    OUTPUT_IS("d\r\n");
    READ_GAVE(re, "d\n");
    re = ask(SHELL, TTY_READ, 0, 100);
    ask(SHELL, OP_CANCEL, re + 1, 0);
    NOTHING_MORE();
    ask(SHELL, OP_CANCEL, re, 0);
    ANSWERED(SHELL, TTY_READ, re, -EINTR);
    ask(SHELL, OP_CANCEL, re, 0);
    record(RECORD_SIZE, 50, 50, 132);
    SIGNAL_SENT(SHELL, SIGWINCH);
    record(RECORD_SIZE, 50, 50, 132);
    struct sent *s = ANSWERED(SHELL, TTY_GETSIZE, ask(SHELL, TTY_GETSIZE, 0, 0), 0);
    CHECK(s->m.a[0] == 50 && s->m.a[1] == 132);
    NOTHING_MORE();
}

static void raw_reads(void)
{
    begin("raw reads");
    set(ICANON | ECHO | ISIG, 0, 3, 0);
    uint32_t re = ask(SHELL, TTY_READ, 0, 100);
    keys("a\003");
    NOTHING_MORE();
    keys("cd");
    READ_GAVE(re, "a\003cd");
    keys("e");
    READ_GAVE(ask(SHELL, TTY_READ, 0, 1), "e");
    set(0, 0, 0, 0);
    READ_GIVES("");
    keys("\r");
    READ_GIVES("\n");
    NOTHING_MORE();
}

static void time_over(int32_t result)
{
    struct msg m = { .op = PROC_SLEEP, .re = line->timer, .result = result };
    handle(CHANNEL(PID_TTY, CH_PROC), &m, 0, 0);
}

static void timed_reads(void)
{
    begin("timed reads");
    set(ICANON | ECHO, 0, 0, 12);
    uint32_t re = ask(SHELL, TTY_READ, 0, 100);
    struct sent *s = expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), PROC_SLEEP);
    CHECK(s->m.a[0] == 1 && s->m.a[1] == 200000000);
    time_over(0);
    READ_GAVE(re, "");
    re = ask(SHELL, TTY_READ, 0, 100);
    expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), PROC_SLEEP);
    uint32_t timer = line->timer;
    keys("a");
    s = expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), OP_CANCEL);
    CHECK(s->m.a[0] == timer);
    READ_GAVE(re, "a");
    NOTHING_MORE();
    set(0, 0, 5, 1);
    re = ask(SHELL, TTY_READ, 0, 100);
    NOTHING_MORE();
    keys("b");
    expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), PROC_SLEEP);
    keys("c");
    time_over(0);           /* c came within the interval: there is another. */
    expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), PROC_SLEEP);
    time_over(0);
    READ_GAVE(re, "bc");
    re = ask(SHELL, TTY_READ, 0, 100);
    keys("d");
    expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), PROC_SLEEP);
    ask(SHELL, OP_CANCEL, re, 0);
    ANSWERED(SHELL, TTY_READ, re, -EINTR);
    expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), OP_CANCEL);
    NOTHING_MORE();
}

static void writes(void)
{
    begin("writes");
    static char text[WIRE_DATA + 1];
    memset(text, 'w', WIRE_DATA);
    uint32_t re = ask_data(SHELL, TTY_WRITE, 0, 0, "a\nb", 3);
    CHECK(sent[0].call == K_TTY_OUT && sent[0].m.a[0] == 0);
    OUTPUT_IS("a\r\nb");
    ANSWERED(SHELL, TTY_WRITE, re, 3);
    NOTHING_MORE();
    uint32_t first = ask_data(SHELL, TTY_WRITE, 0, 0, text, WIRE_DATA);
    uint32_t second = ask_data(SHELL, TTY_WRITE, 0, 0, text, WIRE_DATA);
    uint32_t third = ask_data(SHELL, TTY_WRITE, 0, 0, "end", 3);
    CHECK(line->given == TTY_QUEUE);
    uint32_t drain = ask(SHELL, TTY_DRAIN, 0, 0);
    uint32_t base = line->end;
    for (unsigned i = 0; i < sent_count; i++) {
        if (sent[i].call == K_SEND)
            CHECK(sent[i].m.re == first && sent[i].m.result == WIRE_DATA);
    }
    sent_count = 0;
    all_printed();
    all_printed();
    CHECK(line->end > base);
    unsigned order = 0;
    for (unsigned round = 0; round < 10 && line->printed != line->end; round++)
        all_printed();
    for (unsigned i = 0; i < sent_count; i++) {
        uint32_t wanted[] = { second, third, drain };
        if (sent[i].call == K_SEND && sent[i].m.op == TTY_WRITE)
            CHECK(order < 2 && sent[i].m.re == wanted[order++]);
    }
    CHECK(order == 2 && line->end == 4 + 2 * WIRE_DATA + 3);
    sent_count = sent_checked = 0;
    ANSWERED(SHELL, TTY_DRAIN, ask(SHELL, TTY_DRAIN, 0, 0), 0);
    NOTHING_MORE();
    uint32_t offset = line->end;
    ask_data(SHELL, TTY_WRITE, 0, 0, text, WIRE_DATA);
    ask_data(SHELL, TTY_WRITE, 0, 0, text, WIRE_DATA);
    ask(SHELL, OP_CANCEL, asked, 0);
    CHECK(sent[sent_count - 1].m.op == TTY_WRITE && sent[sent_count - 1].m.result < WIRE_DATA);
    CHECK(sent[sent_count - 1].m.result > 0);
    ask(SHELL, TTY_FLUSH, 0, TCOFLUSH);
    CHECK(line->end == offset + TTY_QUEUE);
    sent_count = 0;
    from_kernel(TTY_PRINTED, offset - 1, 0, 0);
    CHECK(line->printed == offset);
    NOTHING_MORE();
}

static void flow_control(void)
{
    begin("flow control");
    keys("\023");
    ANSWERED(SHELL, TTY_WRITE, ask_data(SHELL, TTY_WRITE, 0, 0, "held", 4), 4);
    uint32_t drain = ask(SHELL, TTY_DRAIN, 0, 0);
    struct termios t = line->settings;
    t.c_lflag = 0;
    uint32_t attributes = ask_data(SHELL, TTY_SETATTR, 0, TCSADRAIN, &t, sizeof t);
    keys("x");
    NOTHING_MORE();
    keys("\021");
    OUTPUT_IS("heldx");
    NOTHING_MORE();
    from_kernel(TTY_PRINTED, 4, 0, 0);
    ANSWERED(SHELL, TTY_DRAIN, drain, 0);
    ANSWERED(SHELL, TTY_SETATTR, attributes, 0);
    CHECK(line->settings.c_lflag == 0);
    NOTHING_MORE();
}

static void ids(uint32_t pid, uint32_t group, uint32_t session)
{
    expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), PROC_GETIDS);
    struct msg m = { .op = PROC_GETIDS, .re = send_number, .result = (int32_t)pid, .a = { 1, group, session, 0, 0 } };
    handle(CHANNEL(PID_TTY, CH_PROC), &m, 0, 0);
}

static void sessions(void)
{
    begin_session("sessions");
    uint32_t re = ask(80, TTY_OPEN, 0, O_RDWR);
    ids(80, 80, SHELL);
    ANSWERED(80, TTY_OPEN, re, 0);
    re = ask(81, TTY_OPEN, 0, O_RDWR);
    ids(81, 81, 81);
    ANSWERED(81, TTY_OPEN, re, -ENXIO);
    ANSWERED(81, TTY_OPEN, ask(81, TTY_OPEN, 0x14, O_RDWR), -ENXIO);
    ANSWERED(81, TTY_OPEN, ask(81, TTY_OPEN, 0x13, O_RDWR | O_NOCTTY), 3);
    re = ask(PID_INIT, TTY_OPEN, 0x12, O_RDWR);
    ids(PID_INIT, PID_INIT, PID_INIT);
    ANSWERED(PID_INIT, TTY_OPEN, re, 2);
    CHECK(server.lines[2].session == 0);
    re = ask(SHELL, TTY_SETPGRP, 0, 80);
    ids(SHELL, SHELL, SHELL);
    ANSWERED(SHELL, TTY_SETPGRP, re, 0);
    ANSWERED(SHELL, TTY_GETPGRP, ask(SHELL, TTY_GETPGRP, 0, 0), 80);
    re = ask(81, TTY_SETPGRP, 0, 81);
    ids(81, 81, 81);
    ANSWERED(81, TTY_SETPGRP, re, -ENOTTY);
    NOTHING_MORE();
    struct msg m = { .op = NOTE_EXIT, .flags = MSG_ASYNC, .a = { SHELL } };
    handle(CHANNEL(PID_PROC, CH_TTY), &m, 0, 0);
    SIGNAL_SENT(80, SIGHUP);
    CHECK(expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), PROC_CONTROL_TTY)->m.a[1] == NO_LINE);
    CHECK(line->session == 0);
    NOTHING_MORE();
}

static void the_dead_get_no_answer(void)
{
    begin("ended reader");
    ask(90, TTY_READ, 0, 100);
    uint32_t re = ask(SHELL, TTY_READ, 0, 100);
    struct msg m = { .op = NOTE_EXIT, .flags = MSG_ASYNC, .a = { 90 } };
    handle(CHANNEL(PID_PROC, CH_TTY), &m, 0, 0);
    keys("for the shell\r");
    OUTPUT_IS("for the shell\r\n");
    READ_GAVE(re, "for the shell\n");
    NOTHING_MORE();
    for (unsigned i = 0; i < WAITERS; i++)
        ask(SHELL, TTY_READ, 0, 100);
    NOTHING_MORE();
    ANSWERED(SHELL, TTY_READ, ask(SHELL, TTY_READ, 0, 100), -EAGAIN);
}

static void hang_ups(void)
{
    begin_session("hang-up");
    line->group = 80;
    uint32_t re = ask(SHELL, TTY_READ, 0, 100);
    record(RECORD_HANGUP, 0, 0, 0);
    SIGNAL_SENT(SHELL, SIGHUP);
    SIGNAL_SENT(80, SIGHUP);
    SIGNAL_SENT(80, SIGCONT);
    expect_op(__LINE__, CHANNEL(PID_TTY, CH_PROC), PROC_CONTROL_TTY);
    READ_GAVE(re, "");
    READ_GIVES("");
    ANSWERED(SHELL, TTY_WRITE, ask_data(SHELL, TTY_WRITE, 0, 0, "x", 1), -EIO);
    record(RECORD_CARRIER, 0, 0, 0);
    re = ask_data(SHELL, TTY_WRITE, 0, 0, "x", 1);
    OUTPUT_IS("x");
    ANSWERED(SHELL, TTY_WRITE, re, 1);
    NOTHING_MORE();
}

int main(void)
{
    lines_are_edited();
    ends_of_file();
    mapping();
    no_byte_twice();
    input_is_bounded();
    signals();
    raw_reads();
    timed_reads();
    writes();
    flow_control();
    sessions();
    the_dead_get_no_answer();
    hang_ups();
    return trial_end();
}
