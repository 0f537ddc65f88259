#ifndef SYS_IOCTL_H
#define SYS_IOCTL_H

struct winsize {
    unsigned short ws_row;
    unsigned short ws_col;
    unsigned short ws_xpixel;
    unsigned short ws_ypixel;
};

/* Requests that the terminal server answers; the third argument is a pointer to the type in brackets. */
#define TIOCGWINSZ 0x5413 /* struct winsize */
#define TIOCSWINSZ 0x5414 /* struct winsize */
#define TIOCGPGRP 0x540f  /* pid_t */
#define TIOCSPGRP 0x5410  /* pid_t */

int ioctl(int fd, unsigned long request, ...);

#endif
