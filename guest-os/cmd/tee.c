/* tee: copies its input to the output and to files. */
#define COMMAND "tee"
#include <fcntl.h>
#include <signal.h>

#include "cmd.h"

#define MAX_FILES 20

struct target {
    int fd;
    const char *name;
};

static int put(struct target *t, const char *s, ssize_t n)
{
    while (n > 0) {
        ssize_t w = write(t->fd, s, (size_t)n);
        if (w < 0) {
            if (errno == EINTR)
                continue;
            t->fd = -1; /* The others go on. */
            return fail(t->name);
        }
        s += w;
        n -= w;
    }
    return 0;
}

int main(int argc, char **argv)
{
    static struct target targets[MAX_FILES + 1] = { { 1, "standard output" } };
    static char block[IO_BYTES];
    int c, count = 1, result = 0, mode = O_TRUNC;
    while ((c = getopt(argc, argv, "ai")) != -1) {
        if (c == 'a')
            mode = O_APPEND;
        else if (c == 'i')
            signal(SIGINT, SIG_IGN);
        else
            usage("[-ai] [file ...]");
    }
    if (argc - optind > MAX_FILES)
        return fail_text("files", "too many");
    for (int i = optind; i < argc; i++) {
        int fd = open(argv[i], O_WRONLY | O_CREAT | mode, 0666);
        if (fd < 0) {
            result = fail(argv[i]);
            continue;
        }
        targets[count].fd = fd;
        targets[count++].name = argv[i];
    }
    ssize_t n;
    while ((n = read(0, block, sizeof block)) != 0) {
        if (n < 0) {
            if (errno == EINTR)
                continue;
            return fail("standard input");
        }
        for (int i = 0; i < count; i++)
            if (targets[i].fd >= 0)
                result |= put(&targets[i], block, n);
    }
    return result;
}
