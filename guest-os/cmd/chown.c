/* chown: changes the owner and the group of files. */
#define COMMAND "chown"
#include <ctype.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

#include "cmd.h"
#include "names.h"

static bool recursive;
static uid_t user = (uid_t)-1;
static gid_t group = (gid_t)-1;

static long parse_user(const char *s)
{
    struct passwd *p = getpwnam(s);
    char *end;
    if (p)
        return (long)p->pw_uid;
    long n = strtol(s, &end, 10);
    if (*end || end == s || n < 0) {
        fail_text(s, "unknown user");
        exit(1);
    }
    return n;
}

static long parse_group(const char *s)
{
    struct group *g = getgrnam(s);
    char *end;
    if (g)
        return (long)g->gr_gid;
    long n = strtol(s, &end, 10);
    if (*end || end == s || n < 0) {
        fail_text(s, "unknown group");
        exit(1);
    }
    return n;
}

static int change(const char *path)
{
    struct stat st;
    if (lstat(path, &st) < 0)
        return fail(path);
    uid_t new_user = user == (uid_t)-1 ? st.st_uid : user;
    gid_t new_group = group == (gid_t)-1 ? st.st_gid : group;
    if ((recursive ? lchown(path, new_user, new_group) : chown(path, new_user, new_group)) < 0)
        return fail(path);
    if (!recursive || !S_ISDIR(st.st_mode))
        return 0;
    return names_each(path, change);
}

int main(int argc, char **argv)
{
    static const char operands[] = "[-R] [user][:group] file ...";
    int c, result = 0;
    while ((c = getopt(argc, argv, "R")) != -1) {
        if (c != 'R')
            usage(operands);
        recursive = true;
    }
    if (argc - optind < 2)
        usage(operands);
    char *colon = strchr(argv[optind], ':');
    if (colon) {
        *colon = 0;
        if (colon[1])
            group = (gid_t)parse_group(colon + 1);
    }
    if (*argv[optind])
        user = (uid_t)parse_user(argv[optind]);
    for (int i = optind + 1; i < argc; i++)
        result |= change(argv[i]);
    return result;
}
