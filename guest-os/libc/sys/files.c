#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names are tried in the order of the process id and a count: nothing random, so that a replay finds the same. */
int mkstemp(char *pattern) {
    static unsigned count;
    size_t size = strlen(pattern);
    if (size < 6 || strcmp(pattern + size - 6, "XXXXXX") != 0) {
        errno = EINVAL;
        return -1;
    }
    for (int tries = 0; tries < 1000; tries++) {
        unsigned long number = (unsigned long)getpid() * 1000 + count++ % 1000;
        for (size_t i = 0; i < 6; i++, number /= 36)
            pattern[size - 1 - i] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
        int fd = open(pattern, O_RDWR | O_CREAT | O_EXCL, 0600);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

/* Appends a component to a resolved path; false if it does not fit. */
static int append(char *path, const char *name, size_t size) {
    size_t length = strlen(path);
    if (size == 0 || (size == 1 && *name == '.')) return 1;
    if (size == 2 && name[0] == '.' && name[1] == '.') {
        char *slash = strrchr(path, '/');
        if (slash != path) *slash = 0;
        else path[1] = 0;
        return 1;
    }
    if (length + size + 2 > PATH_MAX) return 0;
    if (path[length - 1] != '/') path[length++] = '/';
    memcpy(path + length, name, size);
    path[length + size] = 0;
    return 1;
}

/* Replaces the last component, a link, by its text in front of what is still to be resolved. */
static int follow(char *path, char *rest, size_t last) {
    char text[PATH_MAX];
    ssize_t size = readlink(path, text, sizeof text);
    if (size < 0) return 0;
    if ((size_t)size + strlen(rest) + 2 > PATH_MAX) {
        errno = ENAMETOOLONG;
        return 0;
    }
    text[size] = '/';
    strcpy(text + size + 1, rest);
    strcpy(rest, text);
    path[text[0] == '/' ? 1 : last] = 0;
    return 1;
}

char *realpath(const char *restrict wanted, char *restrict resolved) {
    char path[PATH_MAX] = "/", rest[PATH_MAX];
    struct stat status;
    int links = 0, number = *wanted == 0 ? ENOENT : strlen(wanted) >= PATH_MAX ? ENAMETOOLONG : 0;
    if (number == 0 && *wanted != '/' && getcwd(path, sizeof path) == NULL) return NULL;
    if (number == 0) strcpy(rest, wanted);
    else rest[0] = 0;
    while (number == 0 && rest[0] != 0) {
        size_t size = strcspn(rest, "/"), last = strlen(path);
        char name[NAME_MAX + 1];
        if (size > NAME_MAX) number = ENAMETOOLONG;
        if (number != 0) break;
        memcpy(name, rest, size);
        size_t skipped = size + strspn(rest + size, "/");
        memmove(rest, rest + skipped, strlen(rest + skipped) + 1);
        if (!append(path, name, size)) number = ENAMETOOLONG;
        else if (lstat(path, &status) != 0) number = errno;
        else if (S_ISLNK(status.st_mode) && (++links > SYMLOOP_MAX || !follow(path, rest, last)))
            number = links > SYMLOOP_MAX ? ELOOP : errno;
    }
    if (number != 0) {
        errno = number;
        return NULL;
    }
    if (resolved == NULL) return strdup(path);
    return strcpy(resolved, path);
}
