/* du: how much room trees take, in units of 1024 bytes. */
#define COMMAND "du"
#include <sys/stat.h>

#include "cmd.h"
#include "names.h"

static bool all, sums;
static int result;

static unsigned long walk(const char *path, bool top)
{
    struct stat st;
    if (lstat(path, &st) < 0) {
        result = fail(path);
        return 0;
    }
    unsigned long blocks = (unsigned long)st.st_blocks;
    bool is_dir = S_ISDIR(st.st_mode);
    if (is_dir) {
        struct names names;
        result |= names_read(&names, path);
        for (const char *name = NULL; (name = names_next(&names, name));) {
            char *inner = join_path(path, name);
            blocks += walk(inner, false);
            free(inner);
        }
        free(names.text);
    }
    if (top || (is_dir && !sums) || all)
        printf("%lu\t%s\n", (blocks + 1) / 2, path);
    return blocks;
}

int main(int argc, char **argv)
{
    int c;
    while ((c = getopt(argc, argv, "ask")) != -1) {
        if (c == 'a')
            all = true;
        else if (c == 's')
            sums = true;
        else if (c != 'k')
            usage("[-a | -s] [-k] [path ...]");
    }
    if (optind == argc)
        walk(".", true);
    for (int i = optind; i < argc; i++)
        walk(argv[i], true);
    return finish(result);
}
