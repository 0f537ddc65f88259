/* mkdir: makes directories; with -p those above them too. */
#define COMMAND "mkdir"
#include <sys/stat.h>

#include "cmd.h"

static int make_with_parents(char *path, mode_t mode)
{
    struct stat st;
    for (char *p = path + 1; *p; p++) {
        if (*p != '/' || p[1] == '/' || !p[1])
            continue;
        *p = 0;
        if (mkdir(path, 0777) < 0 && errno != EEXIST)
            return fail(path);
        *p = '/';
    }
    if (mkdir(path, mode) == 0)
        return 0;
    int error = errno;
    if (error == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return 0;
    errno = error;
    return fail(path);
}

int main(int argc, char **argv)
{
    static const char operands[] = "[-p] [-m mode] directory ...";
    bool parents = false;
    mode_t mode = 0777;
    char *end;
    int c, result = 0;
    while ((c = getopt(argc, argv, "pm:")) != -1) {
        if (c == 'p') {
            parents = true;
        } else if (c == 'm') {
            mode = (mode_t)strtoul(optarg, &end, 8);
            if (*end || mode > 07777)
                usage(operands);
            umask(0);
        } else {
            usage(operands);
        }
    }
    if (optind == argc)
        usage(operands);
    for (int i = optind; i < argc; i++) {
        if (parents)
            result |= make_with_parents(argv[i], mode);
        else if (mkdir(argv[i], mode) < 0)
            result = fail(argv[i]);
    }
    return result;
}
