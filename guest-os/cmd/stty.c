/* stty: shows and changes the settings of the terminal on the standard input. */
#define COMMAND "stty"
#include <sys/ioctl.h>
#include <termios.h>

#include "cmd.h"

static const char operands[] = "[-a | size | sane | raw | cooked | [-]flag | char key | rows n | cols n ...]";

enum field { INPUT, OUTPUT, CONTROL, LOCAL };

struct flag {
    const char *name;
    enum field field;
    tcflag_t bit;
};

static const struct flag flags[] = {
    { "icrnl", INPUT, ICRNL }, { "inlcr", INPUT, INLCR }, { "igncr", INPUT, IGNCR }, { "istrip", INPUT, ISTRIP },
    { "ixon", INPUT, IXON }, { "ixoff", INPUT, IXOFF }, { "opost", OUTPUT, OPOST }, { "onlcr", OUTPUT, ONLCR },
    { "hupcl", CONTROL, HUPCL }, { "clocal", CONTROL, CLOCAL }, { "isig", LOCAL, ISIG },
    { "icanon", LOCAL, ICANON }, { "echo", LOCAL, ECHO }, { "echoe", LOCAL, ECHOE }, { "echok", LOCAL, ECHOK },
    { "echonl", LOCAL, ECHONL }, { "noflsh", LOCAL, NOFLSH }, { "tostop", LOCAL, TOSTOP }, { "iexten", LOCAL, IEXTEN },
};

struct key {
    const char *name;
    int index, usual;
};

static const struct key keys[] = {
    { "intr", VINTR, 3 }, { "quit", VQUIT, 28 }, { "erase", VERASE, 127 }, { "kill", VKILL, 21 },
    { "eof", VEOF, 4 }, { "susp", VSUSP, 26 }, { "start", VSTART, 17 }, { "stop", VSTOP, 19 },
};

static tcflag_t *field_of(struct termios *t, enum field f)
{
    return f == INPUT ? &t->c_iflag : f == OUTPUT ? &t->c_oflag : f == CONTROL ? &t->c_cflag : &t->c_lflag;
}

static void print_all(struct termios *t)
{
    struct winsize w;
    if (ioctl(0, TIOCGWINSZ, &w) == 0)
        printf("rows %u; columns %u;\n", w.ws_row, w.ws_col);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        int c = t->c_cc[keys[i].index];
        if (c == _POSIX_VDISABLE)
            printf("%s = undef; ", keys[i].name);
        else if (c < 32 || c == 127)
            printf("%s = ^%c; ", keys[i].name, c ^ 64);
        else
            printf("%s = %c; ", keys[i].name, c);
    }
    putchar('\n');
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        printf("%s%s ", *field_of(t, flags[i].field) & flags[i].bit ? "" : "-", flags[i].name);
    putchar('\n');
}

static void make_sane(struct termios *t)
{
    t->c_iflag = (t->c_iflag & ~(tcflag_t)(INLCR | IGNCR | ISTRIP | IXOFF)) | ICRNL | IXON;
    t->c_oflag |= OPOST | ONLCR;
    t->c_lflag = (t->c_lflag & ~(tcflag_t)(ECHONL | NOFLSH | TOSTOP)) | ISIG | ICANON | ECHO | ECHOE | ECHOK | IEXTEN;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        t->c_cc[keys[i].index] = (cc_t)keys[i].usual;
}

static void make_raw(struct termios *t, bool raw)
{
    if (raw) {
        t->c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP | IXON);
        t->c_oflag &= ~(tcflag_t)OPOST;
        t->c_lflag &= ~(tcflag_t)(ISIG | ICANON | IEXTEN);
        t->c_cc[VMIN] = 1;
        t->c_cc[VTIME] = 0;
    } else {
        t->c_iflag |= ICRNL | IXON;
        t->c_oflag |= OPOST;
        t->c_lflag |= ISIG | ICANON | IEXTEN;
        t->c_cc[VEOF] = 4;
    }
}

static cc_t parse_key(const char *s)
{
    if (s[0] == '^' && s[1] == '-')
        return _POSIX_VDISABLE;
    if (s[0] == '^' && s[1] && !s[2])
        return s[1] == '?' ? 127 : (cc_t)(s[1] & 31);
    if (s[0] && s[1])
        usage(operands);
    return (cc_t)s[0];
}

/* Handles one setting; how many operands it took, 0 when it is none. */
static int change(struct termios *t, char **v)
{
    const char *name = v[0];
    bool on = *name != '-';
    if (strcmp(name, "sane") == 0)
        make_sane(t);
    else if (strcmp(name, "raw") == 0 || strcmp(name, "-cooked") == 0)
        make_raw(t, true);
    else if (strcmp(name, "cooked") == 0 || strcmp(name, "-raw") == 0)
        make_raw(t, false);
    else
        goto flag;
    return 1;
flag:
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (strcmp(flags[i].name, name + !on) == 0) {
            tcflag_t *f = field_of(t, flags[i].field);
            *f = on ? *f | flags[i].bit : *f & ~flags[i].bit;
            return 1;
        }
    }
    for (size_t i = 0; v[1] && i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i].name, name) == 0) {
            t->c_cc[keys[i].index] = parse_key(v[1]);
            return 2;
        }
    }
    return 0;
}

static int change_size(char **v)
{
    struct winsize w;
    if (ioctl(0, TIOCGWINSZ, &w) < 0)
        return fail("size");
    long n = number_operand(v[1], operands);
    if (strcmp(v[0], "rows") == 0)
        w.ws_row = (unsigned short)n;
    else
        w.ws_col = (unsigned short)n;
    return ioctl(0, TIOCSWINSZ, &w) < 0 ? fail("size") : 0;
}

int main(int argc, char **argv)
{
    struct termios t;
    if (tcgetattr(0, &t) < 0)
        return fail("standard input");
    if (argc == 1 || strcmp(argv[1], "-a") == 0) {
        print_all(&t);
        return finish(0);
    }
    for (int i = 1; i < argc;) {
        if (strcmp(argv[i], "size") == 0) {
            struct winsize w;
            if (ioctl(0, TIOCGWINSZ, &w) < 0)
                return fail("size");
            printf("%u %u\n", w.ws_row, w.ws_col);
            i++;
            continue;
        }
        bool size = strcmp(argv[i], "rows") == 0 || strcmp(argv[i], "cols") == 0;
        if (size && argv[i + 1]) {
            if (change_size(argv + i))
                return 1;
            i += 2;
            continue;
        }
        int taken = change(&t, argv + i);
        if (taken == 0) {
            fail_text(argv[i], "unknown setting");
            usage(operands);
        }
        i += taken;
    }
    if (tcsetattr(0, TCSADRAIN, &t) < 0)
        return fail("set");
    return finish(0);
}
