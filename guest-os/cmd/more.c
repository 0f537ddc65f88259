/* more: shows text a screen at a time. Space: a screen, Return: a line, q: enough. */
#define COMMAND "more"
#include <sys/ioctl.h>
#include <termios.h>

#include "cmd.h"

#define PROMPT "--More--"

static int rows = 24, columns = 80;
static struct termios cooked;

static int read_key(void)
{
    struct termios raw = cooked;
    unsigned char c = 'q';
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(2, TCSANOW, &raw);
    ssize_t n;
    while ((n = read(2, &c, 1)) < 0 && errno == EINTR)
        ;
    tcsetattr(2, TCSANOW, &cooked);
    return n == 1 ? c : 'q';
}

/* How many lines may follow; 0 to end. */
static int ask(void)
{
    fputs(PROMPT, stdout);
    fflush(stdout);
    int lines = -1;
    while (lines < 0) {
        switch (read_key()) {
        case ' ':
        case 'f':
            lines = rows - 1;
            break;
        case '\r':
        case '\n':
        case 'j':
            lines = 1;
            break;
        case 'd':
            lines = rows / 2;
            break;
        case 'q':
        case 'Q':
        case 3:
            lines = 0;
            break;
        }
    }
    printf("\r%*s\r", (int)strlen(PROMPT), "");
    return lines;
}

/* Shows one file; false when the reader has had enough. */
static bool show(FILE *f, bool paged, int *left)
{
    int c, column = 0;
    while ((c = getc(f)) != EOF) {
        if (paged && *left <= 0 && column == 0) {
            *left = ask();
            if (*left == 0)
                return false;
        }
        putchar(c);
        column = c == '\n' ? 0 : c == '\t' ? (column + 8) & ~7 : column + 1;
        if (column >= columns)
            column = 0;
        if (column == 0)
            --*left;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct winsize w;
    bool paged = isatty(1) && tcgetattr(2, &cooked) == 0;
    int result = 0;
    if (argc > 1 && argv[1][0] == '-' && argv[1][1])
        usage("[file ...]");
    if (paged && ioctl(1, TIOCGWINSZ, &w) == 0 && w.ws_row > 1 && w.ws_col > 0) {
        rows = w.ws_row;
        columns = w.ws_col;
    }
    int left = rows - 1;
    if (argc == 1) {
        show(stdin, paged, &left);
        result = close_input(stdin, "standard input");
    }
    for (int i = 1; i < argc; i++) {
        FILE *f = open_input(argv[i]);
        if (!f) {
            result = 1;
            continue;
        }
        bool go_on = show(f, paged, &left);
        result |= close_input(f, argv[i]);
        if (!go_on)
            break;
    }
    return finish(result);
}
