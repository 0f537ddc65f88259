#ifndef GRP_H
#define GRP_H

#include <sys/types.h>

struct group {
    char *gr_name;
    gid_t gr_gid;
};

/* Read from /etc/group; the result is static and stands until the next call. */
struct group *getgrgid(gid_t gid);
struct group *getgrnam(const char *name);

#endif
