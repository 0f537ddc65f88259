/* id: who the caller is. */
#define COMMAND "id"
#include <grp.h>
#include <pwd.h>

#include "cmd.h"

static void print_user(const char *label, uid_t uid)
{
    struct passwd *p = getpwuid(uid);
    printf("%s=%lu", label, (unsigned long)uid);
    if (p)
        printf("(%s)", p->pw_name);
}

static void print_group(const char *label, gid_t gid)
{
    struct group *g = getgrgid(gid);
    printf("%s=%lu", label, (unsigned long)gid);
    if (g)
        printf("(%s)", g->gr_name);
}

int main(int argc, char **argv)
{
    static const char operands[] = "[-u | -g]";
    int c, only = 0;
    while ((c = getopt(argc, argv, "ug")) != -1) {
        if (c == '?')
            usage(operands);
        only = c;
    }
    if (optind < argc)
        usage(operands);
    if (only) {
        printf("%lu\n", (unsigned long)(only == 'u' ? geteuid() : getegid()));
        return finish(0);
    }
    print_user("uid", getuid());
    print_group(" gid", getgid());
    if (geteuid() != getuid())
        print_user(" euid", geteuid());
    if (getegid() != getgid())
        print_group(" egid", getegid());
    putchar('\n');
    return finish(0);
}
