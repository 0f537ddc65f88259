#include "call.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* Calls of the terminal server. The descriptor's handle is the line. */
static int32_t line_request(int fd, int op, uint32_t a1, uint32_t a2) {
    int32_t line = __fd_line(fd);
    return line < 0 ? line : __request(CH_TTY, op, (uint32_t)line, a1, a2);
}

int isatty(int fd) {
    return __told(__fd_line(fd)) >= 0;
}

char *ttyname(int fd) {
    static char name[16];
    int32_t line = __fd_line(fd);
    if (line < 0) {
        __told(line);
        return NULL;
    }
    snprintf(name, sizeof name, "/dev/tty%d", (int)line);
    return name;
}

int tcgetattr(int fd, struct termios *settings) {
    struct msg m;
    int32_t line = __fd_line(fd);
    if (line < 0) return __told(line);
    memset(&m, 0, sizeof m);
    m.op = TTY_GETATTR;
    m.a[0] = (uint32_t)line;
    return __told(rpc(CH_TTY, &m, NULL, 0, settings, sizeof *settings, NULL));
}

int tcsetattr(int fd, int when, const struct termios *settings) {
    struct msg m;
    int32_t line = __fd_line(fd);
    if (line < 0) return __told(line);
    if (when < TCSANOW || when > TCSAFLUSH) return __told(-EINVAL);
    memset(&m, 0, sizeof m);
    m.op = TTY_SETATTR;
    m.a[0] = (uint32_t)line;
    m.a[1] = (uint32_t)when;
    return __told(rpc(CH_TTY, &m, settings, sizeof *settings, NULL, 0, NULL));
}

int tcdrain(int fd) {
    return __told(line_request(fd, TTY_DRAIN, 0, 0));
}

int tcflush(int fd, int queue) {
    if (queue < TCIFLUSH || queue > TCIOFLUSH) return __told(-EINVAL);
    return __told(line_request(fd, TTY_FLUSH, (uint32_t)queue, 0));
}

pid_t tcgetpgrp(int fd) {
    return __told(line_request(fd, TTY_GETPGRP, 0, 0));
}

int tcsetpgrp(int fd, pid_t group) {
    return __told(line_request(fd, TTY_SETPGRP, (uint32_t)group, 0));
}

static int get_size(int fd, struct winsize *size) {
    struct msg m;
    int32_t line = __fd_line(fd);
    if (line < 0) return __told(line);
    memset(&m, 0, sizeof m);
    m.op = TTY_GETSIZE;
    m.a[0] = (uint32_t)line;
    int32_t result = rpc(CH_TTY, &m, NULL, 0, NULL, 0, NULL);
    if (result < 0) return __told(result);
    memset(size, 0, sizeof *size);
    size->ws_row = (unsigned short)m.a[0];
    size->ws_col = (unsigned short)m.a[1];
    return 0;
}

int ioctl(int fd, unsigned long request, ...) {
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    const struct winsize *size = argument;
    switch (request) {
    case TIOCGWINSZ:
        return get_size(fd, argument);
    case TIOCSWINSZ:
        return __told(line_request(fd, TTY_SETSIZE, size->ws_row, size->ws_col));
    case TIOCGPGRP:
        *(pid_t *)argument = tcgetpgrp(fd);
        return *(pid_t *)argument < 0 ? -1 : 0;
    case TIOCSPGRP:
        return tcsetpgrp(fd, *(const pid_t *)argument);
    default: {
        int32_t line = __fd_line(fd);
        return __told(line < 0 ? line : -EINVAL);
    }
    }
}

speed_t cfgetispeed(const struct termios *settings) {
    return settings->c_ispeed;
}

speed_t cfgetospeed(const struct termios *settings) {
    return settings->c_ospeed;
}

int cfsetispeed(struct termios *settings, speed_t speed) {
    settings->c_ispeed = speed;
    return 0;
}

int cfsetospeed(struct termios *settings, speed_t speed) {
    settings->c_ospeed = speed;
    return 0;
}

void cfmakeraw(struct termios *settings) {
    settings->c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
    settings->c_oflag &= ~(tcflag_t)OPOST;
    settings->c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    settings->c_cflag = (settings->c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
    settings->c_cc[VMIN] = 1;
    settings->c_cc[VTIME] = 0;
}
