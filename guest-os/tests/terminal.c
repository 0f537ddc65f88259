/* The terminal by calls alone: settings, window size, groups. What keys do is tested from outside. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include "tap.h"

static volatile int resized;

static void count(int number)
{
    (void)number;
    resized++;
}

static void settings(int fd)
{
    struct termios old, t, now;

    ok(!tcgetattr(fd, &old), "tcgetattr");
    ok(old.c_lflag & ICANON && old.c_lflag & ECHO && old.c_lflag & ISIG && old.c_iflag & ICRNL && old.c_oflag & ONLCR,
       "lines, echo and signals at the beginning");
    ok(old.c_cc[VINTR] == 3 && old.c_cc[VEOF] == 4 && old.c_cc[VERASE] == 127 && old.c_cc[VKILL] == 21,
       "the usual keys");
    t = old;
    cfmakeraw(&t);
    t.c_cc[VMIN] = 5;
    t.c_cc[VTIME] = 7;
    ok(!tcsetattr(fd, TCSADRAIN, &t) && !tcgetattr(fd, &now) && !memcmp(&t, &now, sizeof t), "raw; read back as set");
    fails(tcsetattr(fd, 3, &t), EINVAL, "no way 3 to set");
    cfsetospeed(&t, B1200);
    ok(!tcsetattr(fd, TCSANOW, &t) && !tcgetattr(fd, &now) && cfgetospeed(&now) == B1200, "the speed is remembered");
    ok(!tcsetattr(fd, TCSAFLUSH, &old) && !tcgetattr(fd, &now) && !memcmp(&old, &now, sizeof old), "as before");
    ok(!tcdrain(fd), "tcdrain");
    ok(!tcflush(fd, TCIOFLUSH), "tcflush");
    fails(tcflush(fd, 9), EINVAL, "no queue 9");
    fails(tcgetattr(99, &t), EBADF, "tcgetattr of nothing");
    int null = open("/dev/null", O_RDWR);
    fails(tcgetattr(null, &t), ENOTTY, "tcgetattr of /dev/null");
    fails(tcsetpgrp(null, getpgrp()), ENOTTY, "tcsetpgrp");
    close(null);
}

static void size(int fd)
{
    struct winsize old = { 0 }, w, now;

    ok(!ioctl(fd, TIOCGWINSZ, &old) && old.ws_row > 0 && old.ws_col > 0, "%u rows, %u columns", old.ws_row, old.ws_col);
    signal(SIGWINCH, count);
    w = old;
    w.ws_row = 33;
    w.ws_col = 101;
    ok(!ioctl(fd, TIOCSWINSZ, &w) && !ioctl(fd, TIOCGWINSZ, &now) && now.ws_row == 33 && now.ws_col == 101,
       "another size");
    for (int i = 0; i < 50 && !resized; i++)
        usleep(20000);
    ok(resized == 1, "and SIGWINCH for it");
    ok(!ioctl(fd, TIOCSWINSZ, &w), "the same size again");
    usleep(200000);
    ok(resized == 1, "is none");
    ioctl(fd, TIOCSWINSZ, &old);
    signal(SIGWINCH, SIG_DFL);
    fails(ioctl(fd, 0x1234), EINVAL, "no request 1234");
}

static void groups(int fd)
{
    int status = -1;

    ok(tcgetpgrp(fd) == getpgrp(), "the foreground group is ours");
    fails(tcsetpgrp(fd, 0), EINVAL, "there is no group 0");
    fflush(stdout);
    if (!fork()) {
        /* A session of its own has no terminal, and no say over another's. */
        if (setsid() != getpid())
            _exit(1);
        if (tcsetpgrp(fd, getpid()) != -1 || errno != ENOTTY)
            _exit(2);
        if (open("/dev/tty", O_RDWR) != -1 || errno != ENXIO)
            _exit(3);
        _exit(0);
    }
    wait(&status);
    ok(status == 0, "another session: no tcsetpgrp, no /dev/tty (status %x)", status);
    ok(isatty(fd) && ttyname(fd) && !strncmp(ttyname(fd), "/dev/tty", 8), "isatty, ttyname");
    fails(lseek(fd, 0, SEEK_SET), ESPIPE, "a terminal has no offset");
    fails(open("/dev/tty3x", O_RDWR), ENOENT, "no line 3x");
}

int main(void)
{
    int fd = open("/dev/tty", O_RDWR);

    settings(fd);
    size(fd);
    groups(fd);
    close(fd);
    return tap_done();
}
