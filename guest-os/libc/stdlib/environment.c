#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* environ points to the argument block until the first change, then to a list from malloc. Texts that setenv made are
 * not freed when they are replaced: someone may hold them from getenv. */
char **environ;
static char **own_list;
static size_t own_room;

static char **find(const char *name, size_t size) {
    if (environ == NULL) return NULL;
    for (char **p = environ; *p != NULL; p++)
        if (strncmp(*p, name, size) == 0 && (*p)[size] == '=') return p;
    return NULL;
}

char *getenv(const char *name) {
    size_t size = strlen(name);
    char **place = find(name, size);
    return place != NULL ? *place + size + 1 : NULL;
}

static int append(char *assignment) {
    size_t count = 0;
    if (environ != NULL)
        while (environ[count] != NULL) count++;
    if (environ != own_list || own_list == NULL || count + 2 > own_room) {
        size_t room = count + 16;
        char **list = malloc(room * sizeof *list);
        if (list == NULL) return -1;
        if (count != 0) memcpy(list, environ, count * sizeof *list);
        free(own_list);
        environ = own_list = list;
        own_room = room;
    }
    environ[count] = assignment;
    environ[count + 1] = NULL;
    return 0;
}

int putenv(char *assignment) {
    size_t size = strcspn(assignment, "=");
    if (assignment[size] == 0) return unsetenv(assignment);
    char **place = find(assignment, size);
    if (place == NULL) return append(assignment);
    *place = assignment;
    return 0;
}

static int bad_name(const char *name) {
    if (name != NULL && *name != 0 && strchr(name, '=') == NULL) return 0;
    errno = EINVAL;
    return -1;
}

int setenv(const char *name, const char *value, int overwrite) {
    if (bad_name(name) != 0) return -1;
    size_t size = strlen(name);
    if (!overwrite && find(name, size) != NULL) return 0;
    char *assignment = malloc(size + strlen(value) + 2);
    if (assignment == NULL) return -1;
    memcpy(assignment, name, size);
    assignment[size] = '=';
    strcpy(assignment + size + 1, value);
    return putenv(assignment);
}

int unsetenv(const char *name) {
    if (bad_name(name) != 0) return -1;
    size_t size = strlen(name);
    char **place;
    while ((place = find(name, size)) != NULL)
        do place[0] = place[1];
        while (*place++ != NULL);
    return 0;
}

int clearenv(void) {
    environ = NULL;
    return 0;
}
