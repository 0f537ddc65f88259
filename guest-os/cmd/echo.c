/* The command echo; the shell has the same code as a builtin. */
#include "sh/echo.c"

int main(int argc, char **argv)
{
    int result = cmd_echo(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("echo");
        return 1;
    }
    return result;
}
