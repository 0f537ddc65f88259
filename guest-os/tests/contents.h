#ifndef TESTS_CONTENTS_H
#define TESTS_CONTENTS_H
/* Small files of text, written and read whole; and a directory of its own for each test. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tap.h"

/* Bytes written, or -1 with errno. */
static inline int put(const char *name, const char *text)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644), n;

    if (fd < 0)
        return -1;
    n = write(fd, text, strlen(text));
    return close(fd) < 0 ? -1 : n;
}

/* The text of a file of at most 255 bytes; "(none)" if it cannot be read. Valid until the next call. */
static inline const char *get(const char *name)
{
    static char text[256];
    int fd = open(name, O_RDONLY), n;

    if (fd < 0)
        return "(none)";
    n = read(fd, text, sizeof text - 1);
    close(fd);
    text[n < 0 ? 0 : n] = 0;
    return text;
}

/* Makes a directory and goes there. */
static inline void work_in(const char *directory)
{
    umask(022);
    if ((mkdir(directory, 0755) && errno != EEXIST) || chdir(directory)) {
        perror(directory);
        exit(1);
    }
}

/* The directory must be empty now; it is removed. */
static inline void leave_clean(const char *directory)
{
    ok(!chdir("/") && !rmdir(directory), "nothing is left behind");
}
#endif
