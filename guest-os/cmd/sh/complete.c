/* Completion of file names, and of commands in the first word. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sh.h"

/* What matches so far: the longest common start of all candidates and how many there are. */
struct matches {
    char common[256];
    int count;
    bool list;
    size_t column;
};

static void consider(struct matches *m, const char *name)
{
    if (m->list) {
        if (m->column + 16 > 80) {
            fputs("\n", stderr);
            m->column = 0;
        }
        fprintf(stderr, "%-15s ", name);
        m->column += strlen(name) < 15 ? 16 : strlen(name) + 1;
        return;
    }
    if (m->count++ == 0) {
        snprintf(m->common, sizeof m->common, "%s", name);
        return;
    }
    size_t i = 0;
    while (m->common[i] && m->common[i] == name[i])
        i++;
    m->common[i] = 0;
}

static void scan_directory(struct matches *m, const char *dir, const char *start)
{
    DIR *d = opendir(*dir ? dir : ".");
    struct dirent *e;
    size_t n = strlen(start);
    if (!d)
        return;
    while ((e = readdir(d)))
        if (strncmp(e->d_name, start, n) == 0 && (n > 0 || e->d_name[0] != '.'))
            consider(m, e->d_name);
    closedir(d);
}

/* Splits the word before the cursor into directory and start of the name, and gathers what matches. */
static void gather(struct matches *m, const char *line, size_t cursor, char *dir, size_t room, size_t *start_len)
{
    size_t begin = cursor, name;
    while (begin > 0 && !strchr(" \t;|&<>()'\"=", line[begin - 1]))
        begin--;
    for (name = cursor; name > begin && line[name - 1] != '/';)
        name--;
    char start[128];
    snprintf(dir, room, "%.*s", (int)(name - begin), line + begin);
    snprintf(start, sizeof start, "%.*s", (int)(cursor - name), line + name);
    *start_len = strlen(start);
    size_t before = begin;
    while (before > 0 && line[before - 1] == ' ')
        before--;
    bool first = before == 0 || strchr(";|&(", line[before - 1]);
    if (!first || name > begin || *start_len == 0) {
        scan_directory(m, dir, start);
        return;
    }
    const char *path = var_get("PATH");
    while (path) {
        const char *end = strchr(path, ':');
        char place[128];
        snprintf(place, sizeof place, "%.*s", end ? (int)(end - path) : (int)strlen(path), path);
        scan_directory(m, place, start);
        path = end ? end + 1 : NULL;
    }
}

char *complete_word(const char *line, size_t cursor, bool *unique)
{
    struct matches m = { .count = 0 };
    char dir[160];
    size_t have;
    gather(&m, line, cursor, dir, sizeof dir, &have);
    *unique = m.count == 1;
    if (m.count == 0 || strlen(m.common) < have)
        return NULL;
    size_t n = strlen(m.common + have);
    char *tail = malloc(n + 2);
    if (!tail)
        return NULL;
    memcpy(tail, m.common + have, n + 1);
    if (m.count == 1) {
        char full[420];
        struct stat st;
        snprintf(full, sizeof full, "%s%s", dir, m.common);
        bool is_dir = stat(full, &st) == 0 && S_ISDIR(st.st_mode);
        tail[n] = is_dir ? '/' : ' ';
        tail[n + 1] = 0;
    }
    return tail;
}

void complete_list(const char *line, size_t cursor)
{
    struct matches m = { .list = true };
    char dir[160];
    size_t have;
    gather(&m, line, cursor, dir, sizeof dir, &have);
    fputs("\n", stderr);
}
