/*
 * The names in a directory, read as a whole before anything is done with them: a tree may then be deeper than a
 * process may have directories open, and entries may come and go meanwhile. Included after cmd.h.
 */
#ifndef NAMES_H
#define NAMES_H

#include <dirent.h>

/* The names stand one behind the other in text, each with its NUL, without . and .. */
struct names {
    char *text;
    size_t used, room;
};

/* Reads a directory; 1 after a message when it could not be read. The text belongs to the caller. */
static inline int names_read(struct names *n, const char *path)
{
    DIR *d = opendir(path);
    struct dirent *e;
    memset(n, 0, sizeof *n);
    if (!d)
        return fail(path);
    errno = 0;
    while ((e = readdir(d))) {
        if (is_dot_or_dotdot(e->d_name))
            continue;
        size_t len = strlen(e->d_name) + 1;
        if (n->used + len > n->room) {
            n->room = (n->room + len) * 2;
            n->text = need(realloc(n->text, n->room));
        }
        memcpy(n->text + n->used, e->d_name, len);
        n->used += len;
    }
    int result = errno ? fail(path) : 0;
    closedir(d);
    return result;
}

/* The name behind this one, NULL behind the last; the first is behind NULL. */
static inline const char *names_next(const struct names *n, const char *name)
{
    const char *next = name ? name + strlen(name) + 1 : n->text;
    return next && next < n->text + n->used ? next : NULL;
}

/* The action with each path in a directory, in order; 0, or 1 after a message. */
static inline int names_each(const char *path, int act(const char *inner))
{
    struct names names;
    int result = names_read(&names, path);
    for (const char *name = NULL; (name = names_next(&names, name));) {
        char *inner = join_path(path, name);
        result |= act(inner);
        free(inner);
    }
    free(names.text);
    return result;
}

#endif
