#ifndef PWD_H
#define PWD_H

#include <sys/types.h>

struct passwd {
    char *pw_name;
    uid_t pw_uid;
    gid_t pw_gid;
    char *pw_gecos;
    char *pw_dir;
    char *pw_shell;
};

/* Read from /etc/passwd; the result is static and stands until the next call. */
struct passwd *getpwnam(const char *name);
struct passwd *getpwuid(uid_t uid);

#endif
