/* echo, as a command and as a builtin of the shell: System V's escapes, and -n. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

int cmd_echo(int argc, char **argv);

/* Prints one argument with its escapes; false when \c ended the output. */
static bool put_escaped(const char *s)
{
    static const char letters[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
    for (; *s; s++) {
        if (*s != '\\' || !s[1]) {
            putchar(*s);
            continue;
        }
        const char *found = strchr(letters, s[1]);
        if (found) {
            putchar(values[found - letters]);
            s++;
        } else if (s[1] == 'c') {
            return false;
        } else if (s[1] == '0') {
            int value = 0, n = 0;
            for (s += 2; n < 3 && *s >= '0' && *s <= '7'; n++)
                value = value * 8 + *s++ - '0';
            putchar(value);
            s--;
        } else {
            putchar('\\');
        }
    }
    return true;
}

int cmd_echo(int argc, char **argv)
{
    int i = 1;
    bool newline = true;
    if (i < argc && strcmp(argv[i], "-n") == 0) {
        newline = false;
        i++;
    }
    for (; i < argc; i++) {
        if (!put_escaped(argv[i]))
            return 0;
        if (i + 1 < argc)
            putchar(' ');
    }
    if (newline)
        putchar('\n');
    return 0;
}
