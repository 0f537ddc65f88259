/* uname: names the system. */
#define COMMAND "uname"
#include <sys/utsname.h>

#include "cmd.h"

int main(int argc, char **argv)
{
    static const char letters[] = "snrvm";
    struct utsname u;
    int want[5] = { 0 };
    int c;
    while ((c = getopt(argc, argv, "asnrvm")) != -1) {
        if (c == '?')
            usage("[-asnrvm]");
        for (int i = 0; i < 5; i++)
            if (c == 'a' || c == letters[i])
                want[i] = 1;
    }
    if (optind < argc)
        usage("[-asnrvm]");
    if (argc == 1)
        want[0] = 1;
    if (uname(&u) < 0)
        return fail("uname");
    const char *text[5] = { u.sysname, u.nodename, u.release, u.version, u.machine };
    const char *between = "";
    for (int i = 0; i < 5; i++) {
        if (want[i]) {
            printf("%s%s", between, text[i]);
            between = " ";
        }
    }
    putchar('\n');
    return finish(0);
}
