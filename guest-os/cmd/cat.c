/* cat: copies files to the standard output. */
#define COMMAND "cat"
#include <fcntl.h>

#include "cmd.h"

static char block[IO_BYTES] __attribute__((aligned(4096)));

static int copy(int fd, const char *name)
{
    ssize_t n;
    while ((n = read(fd, block, sizeof block)) != 0) {
        if (n < 0) {
            if (errno == EINTR)
                continue;
            return fail(name);
        }
        for (ssize_t done = 0; done < n;) {
            ssize_t w = write(1, block + done, (size_t)(n - done));
            if (w < 0 && errno != EINTR) {
                fail("write");
                exit(1);
            }
            done += w > 0 ? w : 0;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    int result = 0, c;
    while ((c = getopt(argc, argv, "u")) != -1)
        if (c != 'u')
            usage("[-u] [file ...]");
    if (optind == argc)
        return copy(0, "standard input");
    for (int i = optind; i < argc; i++) {
        if (strcmp(argv[i], "-") == 0) {
            result |= copy(0, "standard input");
            continue;
        }
        int fd = open(argv[i], O_RDONLY);
        if (fd < 0) {
            result = fail(argv[i]);
            continue;
        }
        result |= copy(fd, argv[i]);
        close(fd);
    }
    return result;
}
