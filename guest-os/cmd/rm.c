/* rm: removes files, and with -r whole trees. */
#define COMMAND "rm"
#include <sys/stat.h>

#include "cmd.h"
#include "names.h"

static bool force, ask, recursive;

static bool confirmed(const char *what, const char *path)
{
    int answer, c;
    fprintf(stderr, "rm: %s %s? ", what, path);
    answer = c = getchar();
    while (c != '\n' && c != EOF)
        c = getchar();
    return answer == 'y' || answer == 'Y';
}

static int remove_path(const char *path)
{
    struct stat st;
    if (lstat(path, &st) < 0)
        return force && errno == ENOENT ? 0 : fail(path);
    if (S_ISDIR(st.st_mode)) {
        if (!recursive)
            return fail_text(path, "is a directory");
        if (ask && !confirmed("look into", path))
            return 0;
        if (names_each(path, remove_path))
            return 1;
        if (ask && !confirmed("remove", path))
            return 0;
        return rmdir(path) < 0 ? fail(path) : 0;
    }
    if (ask && !confirmed("remove", path))
        return 0;
    return unlink(path) < 0 ? fail(path) : 0;
}

int main(int argc, char **argv)
{
    static const char operands[] = "[-fir] file ...";
    int c, result = 0;
    while ((c = getopt(argc, argv, "firR")) != -1) {
        switch (c) {
        case 'f':
            force = true;
            ask = false;
            break;
        case 'i':
            ask = true;
            force = false;
            break;
        case 'r':
        case 'R':
            recursive = true;
            break;
        default:
            usage(operands);
        }
    }
    if (optind == argc && !force)
        usage(operands);
    for (int i = optind; i < argc; i++) {
        const char *slash = strrchr(argv[i], '/');
        if (is_dot_or_dotdot(slash ? slash + 1 : argv[i]))
            result = fail_text(argv[i], "will not be removed");
        else
            result |= remove_path(argv[i]);
    }
    return result;
}
