/* ls: lists directories. */
#define COMMAND "ls"
#include <dirent.h>
#include <grp.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>

#include "cmd.h"

#define HALF_YEAR (182L * 24 * 3600)

/* One line of the list. st is filled when an option needs it. */
struct entry {
    char *name;
    struct stat st;
};
struct list {
    struct entry *v;
    size_t count, room;
};

static bool all, long_form, inodes, recursive, as_file, by_time, reverse, single, columns, classify;
static time_t now;
static size_t width = 80;

static int compare(const void *pa, const void *pb)
{
    const struct entry *a = pa, *b = pb;
    int order = 0;
    if (by_time)
        order = (a->st.st_mtime < b->st.st_mtime) - (a->st.st_mtime > b->st.st_mtime);
    if (order == 0)
        order = strcmp(a->name, b->name);
    return reverse ? -order : order;
}

static void add(struct list *l, const char *name, const struct stat *st)
{
    if (l->count == l->room) {
        l->room = l->room ? l->room * 2 : 16;
        l->v = need(realloc(l->v, l->room * sizeof *l->v));
    }
    struct entry *e = &l->v[l->count++];
    e->name = need(strdup(name));
    if (st)
        e->st = *st;
    else
        memset(&e->st, 0, sizeof e->st);
}

static void clear(struct list *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->v[i].name);
    free(l->v);
    memset(l, 0, sizeof *l);
}

static void mode_text(mode_t mode, char text[11])
{
    char type = '-';
    if (S_ISDIR(mode))
        type = 'd';
    else if (S_ISLNK(mode))
        type = 'l';
    else if (S_ISCHR(mode))
        type = 'c';
    else if (S_ISBLK(mode))
        type = 'b';
    else if (S_ISFIFO(mode))
        type = 'p';
    text[0] = type;
    for (int i = 0; i < 9; i++)
        text[i + 1] = mode >> (8 - i) & 1 ? "rwx"[i % 3] : '-';
    if (mode & S_ISUID)
        text[3] = mode & 0100 ? 's' : 'S';
    if (mode & S_ISGID)
        text[6] = mode & 0010 ? 's' : 'S';
    if (mode & S_ISVTX)
        text[9] = mode & 0001 ? 't' : 'T';
    text[10] = 0;
}

/* Names of owners: a directory mostly has one, so the last answer is kept. */
static const char *user_name(uid_t uid)
{
    static char name[16];
    static uid_t last;
    static bool have;
    if (!have || uid != last) {
        struct passwd *p = getpwuid(uid);
        if (p)
            snprintf(name, sizeof name, "%.15s", p->pw_name);
        else
            snprintf(name, sizeof name, "%lu", (unsigned long)uid);
        last = uid;
        have = true;
    }
    return name;
}

static const char *group_name(gid_t gid)
{
    static char name[16];
    static gid_t last;
    static bool have;
    if (!have || gid != last) {
        struct group *g = getgrgid(gid);
        if (g)
            snprintf(name, sizeof name, "%.15s", g->gr_name);
        else
            snprintf(name, sizeof name, "%lu", (unsigned long)gid);
        last = gid;
        have = true;
    }
    return name;
}

static char class_mark(mode_t mode)
{
    if (!classify)
        return 0;
    return S_ISDIR(mode) ? '/' : S_ISLNK(mode) ? '@' : S_ISFIFO(mode) ? '|' : mode & 0111 ? '*' : 0;
}

static void print_name(const struct entry *e)
{
    if (inodes)
        printf("%5lu ", (unsigned long)e->st.st_ino);
    fputs(e->name, stdout);
    if (class_mark(e->st.st_mode))
        putchar(class_mark(e->st.st_mode));
}

static void print_long(const struct entry *e, const char *dir)
{
    char mode[11], when[24], target[256];
    const struct stat *st = &e->st;
    mode_text(st->st_mode, mode);
    bool recent = st->st_mtime > now - HALF_YEAR && st->st_mtime <= now + 3600;
    strftime(when, sizeof when, recent ? "%b %e %H:%M" : "%b %e  %Y", localtime(&st->st_mtime));
    if (inodes)
        printf("%5lu ", (unsigned long)st->st_ino);
    printf("%s %3lu %-8s %-8s ", mode, (unsigned long)st->st_nlink, user_name(st->st_uid), group_name(st->st_gid));
    if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
        printf("%4lu,%4lu", (unsigned long)st->st_rdev >> 8, (unsigned long)st->st_rdev & 255);
    else
        printf("%9ld", (long)st->st_size);
    printf(" %s %s", when, e->name);
    if (class_mark(st->st_mode))
        putchar(class_mark(st->st_mode));
    if (S_ISLNK(st->st_mode)) {
        char *path = dir ? join_path(dir, e->name) : need(strdup(e->name));
        ssize_t n = readlink(path, target, sizeof target - 1);
        free(path);
        if (n >= 0)
            printf(" -> %.*s", (int)n, target);
    }
    putchar('\n');
}

static void print_columns(const struct list *l)
{
    size_t widest = 0;
    for (size_t i = 0; i < l->count; i++) {
        size_t n = strlen(l->v[i].name) + (inodes ? 6 : 0) + classify;
        widest = n > widest ? n : widest;
    }
    size_t across = width / (widest + 2);
    if (across == 0)
        across = 1;
    size_t down = (l->count + across - 1) / across;
    for (size_t row = 0; row < down; row++) {
        for (size_t i = row; i < l->count; i += down) {
            print_name(&l->v[i]);
            if (i + down >= l->count)
                break;
            size_t used = strlen(l->v[i].name) + (inodes ? 6 : 0) + (class_mark(l->v[i].st.st_mode) != 0);
            printf("%*s", (int)(widest + 2 - used), "");
        }
        putchar('\n');
    }
}

static void print_list(struct list *l, const char *dir)
{
    if (l->count == 0)
        return;
    qsort(l->v, l->count, sizeof *l->v, compare);
    if (columns && !long_form) {
        print_columns(l);
        return;
    }
    for (size_t i = 0; i < l->count; i++) {
        if (long_form) {
            print_long(&l->v[i], dir);
        } else {
            print_name(&l->v[i]);
            putchar('\n');
        }
    }
}

static int list_directory(const char *path, bool heading)
{
    struct list l = { NULL, 0, 0 };
    struct dirent *e;
    int result = 0;
    unsigned long blocks = 0;
    DIR *d = opendir(path);
    if (!d)
        return fail(path);
    if (heading)
        printf("%s:\n", path);
    bool need_stat = long_form || by_time || recursive || classify || inodes;
    while ((e = readdir(d))) {
        struct stat st;
        if (e->d_name[0] == '.' && !all)
            continue;
        if (need_stat) {
            char *inner = join_path(path, e->d_name);
            if (lstat(inner, &st) < 0) {
                result = fail(inner);
                free(inner);
                continue;
            }
            free(inner);
            blocks += (unsigned long)st.st_blocks;
        }
        add(&l, e->d_name, need_stat ? &st : NULL);
    }
    closedir(d);
    if (long_form)
        printf("total %lu\n", (blocks + 1) / 2);
    print_list(&l, path);
    for (size_t i = 0; recursive && i < l.count; i++) {
        if (!S_ISDIR(l.v[i].st.st_mode) || is_dot_or_dotdot(l.v[i].name))
            continue;
        char *inner = join_path(path, l.v[i].name);
        putchar('\n');
        result |= list_directory(inner, true);
        free(inner);
    }
    clear(&l);
    return result;
}

static void options(int argc, char **argv)
{
    int c;
    while ((c = getopt(argc, argv, "alidRtr1CF")) != -1) {
        switch (c) {
        case 'a':
            all = true;
            break;
        case 'l':
            long_form = true;
            break;
        case 'i':
            inodes = true;
            break;
        case 'd':
            as_file = true;
            break;
        case 'R':
            recursive = true;
            break;
        case 't':
            by_time = true;
            break;
        case 'r':
            reverse = true;
            break;
        case '1':
            single = true;
            break;
        case 'C':
            columns = true;
            break;
        case 'F':
            classify = true;
            break;
        default:
            usage("[-alidRtr1CF] [file ...]");
        }
    }
}

int main(int argc, char **argv)
{
    struct list files = { NULL, 0, 0 }, dirs = { NULL, 0, 0 };
    static char dot[] = ".";
    char *only_dot[] = { dot, NULL };
    int result = 0;
    options(argc, argv);
    if (!single && !columns && !long_form && isatty(1)) {
        struct winsize w;
        columns = true;
        if (ioctl(1, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
            width = w.ws_col;
    }
    if (single)
        columns = false;
    if (long_form)
        now = time(NULL);
    char **names = optind < argc ? argv + optind : only_dot;
    for (char **p = names; *p; p++) {
        struct stat st;
        /* A link to a directory is listed as the directory, but not in the long form. */
        if ((long_form || as_file || stat(*p, &st) < 0) && lstat(*p, &st) < 0) {
            result = fail(*p);
            continue;
        }
        add(S_ISDIR(st.st_mode) && !as_file ? &dirs : &files, *p, &st);
    }
    print_list(&files, NULL);
    if (dirs.count > 1)
        qsort(dirs.v, dirs.count, sizeof *dirs.v, compare);
    bool heading = recursive || (names[0] && names[1]);
    for (size_t i = 0; i < dirs.count; i++) {
        if (i > 0 || files.count > 0)
            putchar('\n');
        result |= list_directory(dirs.v[i].name, heading);
    }
    return finish(result);
}
