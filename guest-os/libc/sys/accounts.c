#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 7 };

/* Searches a file of lines with fields between colons for a name (field 0) or, if name is NULL, a number (field 2).
 * The fields lie in line. */
static bool look_up(const char *path, char line[256], char *field[FIELDS], int least, const char *name,
    unsigned number) {
    FILE *file = fopen(path, "re");
    bool found = false;
    if (file == NULL) return false;
    while (!found && fgets(line, 256, file) != NULL) {
        char *rest = line;
        int count = 0;
        line[strcspn(line, "\n")] = 0;
        for (; count < FIELDS && rest != NULL; count++) field[count] = strsep(&rest, ":");
        if (count < least) continue;
        found = name != NULL ? strcmp(field[0], name) == 0 : strtoul(field[2], NULL, 10) == number;
    }
    fclose(file);
    return found;
}

static struct passwd *user(const char *name, uid_t uid) {
    static char line[256];
    static struct passwd result;
    char *field[FIELDS];
    if (!look_up("/etc/passwd", line, field, FIELDS, name, uid)) return NULL;
    result.pw_name = field[0];
    result.pw_uid = (uid_t)strtoul(field[2], NULL, 10);
    result.pw_gid = (gid_t)strtoul(field[3], NULL, 10);
    result.pw_gecos = field[4];
    result.pw_dir = field[5];
    result.pw_shell = field[6];
    return &result;
}

static struct group *group(const char *name, gid_t gid) {
    static char line[256];
    static struct group result;
    char *field[FIELDS];
    if (!look_up("/etc/group", line, field, 3, name, gid)) return NULL;
    result.gr_name = field[0];
    result.gr_gid = (gid_t)strtoul(field[2], NULL, 10);
    return &result;
}

struct passwd *getpwnam(const char *name) {
    return user(name, 0);
}

struct passwd *getpwuid(uid_t uid) {
    return user(NULL, uid);
}

struct group *getgrnam(const char *name) {
    return group(name, 0);
}

struct group *getgrgid(gid_t gid) {
    return group(NULL, gid);
}
