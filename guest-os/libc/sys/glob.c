#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct search {
    glob_t *found;
    int flags;
    int (*error)(const char *path, int number);
    char path[PATH_MAX];
};

static int add(struct search *s, const char *path) {
    glob_t *g = s->found;
    size_t used = g->gl_offs + g->gl_pathc;
    char **list = realloc(g->gl_pathv, (used + 2) * sizeof *list);
    if (list == NULL) return GLOB_NOSPACE;
    g->gl_pathv = list;
    struct stat status;
    bool mark = s->flags & GLOB_MARK && stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    size_t size = strlen(path);
    char *copy = malloc(size + 2);
    if (copy == NULL) return GLOB_NOSPACE;
    memcpy(copy, path, size + 1);
    if (mark && (size == 0 || path[size - 1] != '/')) strcpy(copy + size, "/");
    list[used] = copy;
    list[used + 1] = NULL;
    g->gl_pathc++;
    return 0;
}

/* Takes the backslashes out of a component that has no other special character. */
static void unescape(char *to, const char *from, size_t size, int flags) {
    while (size-- != 0) {
        if (*from == '\\' && !(flags & GLOB_NOESCAPE) && size != 0) {
            from++;
            size--;
        }
        *to++ = *from++;
    }
    *to = 0;
}

static bool is_pattern(const char *text, size_t size, int flags) {
    bool bracket = false;
    for (; size != 0; size--, text++) {
        if (*text == '\\' && !(flags & GLOB_NOESCAPE) && size > 1) {
            text++;
            size--;
        } else if (*text == '*' || *text == '?' || (*text == ']' && bracket)) {
            return true;
        } else if (*text == '[') {
            bracket = true;
        }
    }
    return false;
}

static int search(struct search *s, size_t length, const char *pattern);

/* Goes on behind a component that stands in path up to length. */
static int descend(struct search *s, size_t length, const char *rest) {
    struct stat status;
    size_t slashes = strspn(rest, "/");
    if (length + slashes >= PATH_MAX) return 0;
    memcpy(s->path + length, rest, slashes);
    s->path[length + slashes] = 0;
    if (rest[slashes] != 0) return search(s, length + slashes, rest + slashes);
    if (lstat(s->path, &status) != 0) return 0;
    return add(s, s->path);
}

static int match_entries(struct search *s, size_t length, const char *component, const char *rest) {
    DIR *directory = opendir(length != 0 ? s->path : ".");
    struct dirent *entry;
    int result = 0;
    if (directory == NULL) {
        int stop = s->error != NULL && s->error(s->path, errno) != 0;
        return stop || s->flags & GLOB_ERR ? GLOB_ABORTED : 0;
    }
    int flags = FNM_PERIOD | (s->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0);
    while (result == 0 && (entry = readdir(directory)) != NULL) {
        size_t size = strlen(entry->d_name);
        if (length + size >= PATH_MAX || fnmatch(component, entry->d_name, flags) != 0) continue;
        bool leaf = entry->d_type != DT_DIR && entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN;
        if (*rest != 0 && leaf) continue;
        memcpy(s->path + length, entry->d_name, size + 1);
        result = *rest == 0 ? add(s, s->path) : descend(s, length + size, rest);
    }
    s->path[length] = 0;
    closedir(directory);
    return result;
}

static int search(struct search *s, size_t length, const char *pattern) {
    char component[NAME_MAX + 2];
    size_t size = strcspn(pattern, "/");
    if (size > NAME_MAX || length + size >= PATH_MAX) return 0;
    if (!is_pattern(pattern, size, s->flags)) {
        unescape(s->path + length, pattern, size, s->flags);
        return descend(s, length + strlen(s->path + length), pattern + size);
    }
    memcpy(component, pattern, size);
    component[size] = 0;
    return match_entries(s, length, component, pattern + size);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int glob(const char *restrict pattern, int flags, int (*error)(const char *path, int number), glob_t *restrict found) {
    if (!(flags & GLOB_DOOFFS)) found->gl_offs = 0;
    if (!(flags & GLOB_APPEND)) {
        found->gl_pathc = 0;
        found->gl_pathv = calloc(found->gl_offs + 1, sizeof *found->gl_pathv);
        if (found->gl_pathv == NULL) return GLOB_NOSPACE;
    }
    struct search *s = malloc(sizeof *s);
    if (s == NULL) return GLOB_NOSPACE;
    size_t before = found->gl_pathc;
    s->found = found;
    s->flags = flags;
    s->error = error;
    s->path[0] = 0;
    size_t slashes = strspn(pattern, "/");
    int result = slashes != 0 ? descend(s, 0, pattern) : *pattern != 0 ? search(s, 0, pattern) : 0;
    size_t count = found->gl_pathc - before;
    if (result == 0 && count == 0) result = flags & GLOB_NOCHECK ? add(s, pattern) : GLOB_NOMATCH;
    else if (!(flags & GLOB_NOSORT))
        qsort(found->gl_pathv + found->gl_offs + before, count, sizeof(char *), by_name);
    free(s);
    return result;
}

void globfree(glob_t *found) {
    for (size_t i = 0; i < found->gl_pathc; i++) free(found->gl_pathv[found->gl_offs + i]);
    free(found->gl_pathv);
    found->gl_pathv = NULL;
    found->gl_pathc = 0;
}
