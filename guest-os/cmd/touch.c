/* touch: sets the times of files, and makes those that are not there. */
#define COMMAND "touch"
#include <fcntl.h>
#include <sys/stat.h>
#include <utime.h>

#include "cmd.h"
#include "when.h"

static const char operands[] = "[-c] [-r file | -t [[CC]YY]MMDDhhmm[.ss]] file ...";

int main(int argc, char **argv)
{
    struct utimbuf times;
    struct stat st;
    bool create = true, given = false;
    int c, result = 0;
    while ((c = getopt(argc, argv, "acmr:t:")) != -1) {
        switch (c) {
        case 'a':
        case 'm':
            break; /* Both times are set in any case. */
        case 'c':
            create = false;
            break;
        case 'r':
            if (stat(optarg, &st) < 0)
                return fail(optarg);
            times.actime = st.st_atime;
            times.modtime = st.st_mtime;
            given = true;
            break;
        case 't':
            times.actime = times.modtime = time_operand(optarg, true, operands);
            given = true;
            break;
        default:
            usage(operands);
        }
    }
    if (optind == argc)
        usage(operands);
    for (int i = optind; i < argc; i++) {
        if (utime(argv[i], given ? &times : NULL) == 0)
            continue;
        if (errno != ENOENT) {
            result = fail(argv[i]);
            continue;
        }
        if (!create)
            continue;
        int fd = open(argv[i], O_WRONLY | O_CREAT, 0666);
        if (fd < 0)
            result = fail(argv[i]);
        else
            close(fd);
        if (fd >= 0 && given && utime(argv[i], &times) < 0)
            result = fail(argv[i]);
    }
    return result;
}
