/* The command test; the shell has the same code as a builtin. */
#include "sh/test.c"

int main(int argc, char **argv)
{
    int result = cmd_test(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("test");
        return 1;
    }
    return result;
}
