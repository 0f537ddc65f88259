/* mv: renames files, or copies them where a rename cannot reach. */
#define COMMAND "mv"
#include <sys/stat.h>
#include <sys/wait.h>

#include "cmd.h"
#include "into.h"

static bool ask;

static int run(char *const argv[])
{
    int status;
    pid_t pid = fork();
    if (pid < 0)
        return fail("fork");
    if (pid == 0) {
        execvp(argv[0], argv);
        fail(argv[0]);
        _exit(127);
    }
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return fail("wait");
    return status ? 1 : 0;
}

static int move(char *from, const char *to)
{
    struct stat st;
    if (ask && lstat(to, &st) == 0) {
        fprintf(stderr, "mv: overwrite %s? ", to);
        int answer = getchar(), c = answer;
        while (c != '\n' && c != EOF)
            c = getchar();
        if (answer != 'y' && answer != 'Y')
            return 0;
    }
    if (rename(from, to) == 0)
        return 0;
    if (errno != EXDEV)
        return fail(from);
    char *copy[] = { "cp", "-rp", "--", from, (char *)to, NULL };
    char *clean[] = { "rm", "-rf", "--", from, NULL };
    return run(copy) || run(clean) ? 1 : 0;
}

int main(int argc, char **argv)
{
    static const char operands[] = "[-fi] from to | from ... directory";
    int c;
    while ((c = getopt(argc, argv, "fi")) != -1) {
        if (c == 'f' || c == 'i')
            ask = c == 'i';
        else
            usage(operands);
    }
    if (argc - optind < 2)
        usage(operands);
    return each_operand(argv + optind, argc - optind, move);
}
