/* The command printf; the shell has the same code as a builtin. */
#include "sh/printf.c"

int main(int argc, char **argv)
{
    int result = cmd_printf(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("printf");
        return 1;
    }
    return result;
}
