/*
 * Random trees, the same for the same seed: `tree make SEED OPERATIONS DIRECTORY` makes files, directories, links,
 * holes, renames and removals below a directory; `tree list DIRECTORY` prints what is there, one line an entry, sorted:
 *   TYPE MODE LINKS SIZE CRC PATH    (CRC-32 of contents or of a symbolic link's text; zeros where it says nothing)
 * Without arguments it is a test that compares the one with the other.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tap.h"

#define NODES    160
#define PATH     240
#define MAX_DEEP 4

enum kind { NONE, FILE_NODE, DIR_NODE, LINK_NODE };

/* What has been made and not been removed. Hard links are nodes of their own. Node 0 is the top directory. */
static struct node {
    enum kind kind;
    char path[PATH];
} nodes[NODES];

static uint32_t seed, names, table[256];
static char buffer[4096];

static uint32_t chance(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % below;
}

static uint32_t crc_of(uint32_t crc, const char *data, size_t length)
{
    if (!table[1])
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t c = i;
            for (int k = 0; k < 8; k++)
                c = c & 1 ? 0xEDB88320u ^ c >> 1 : c >> 1;
            table[i] = c;
        }
    while (length--)
        crc = table[(crc ^ *data++) & 255] ^ crc >> 8;
    return crc;
}

static int deep(const char *path)
{
    int n = 0;

    while (*path)
        n += *path++ == '/';
    return n;
}

/* A random node of a kind; 0 if there is none (the top directory for directories). */
static struct node *pick(enum kind kind)
{
    uint32_t from = chance(NODES);

    for (uint32_t i = 0; i < NODES; i++) {
        struct node *n = &nodes[(from + i) % NODES];
        if (n->kind == kind)
            return n;
    }
    return 0;
}

static struct node *unused(void)
{
    for (int i = 1; i < NODES; i++)
        if (!nodes[i].kind)
            return &nodes[i];
    return 0;
}

/* A new name in a random directory that is not too deep. */
static void new_path(char *path)
{
    struct node *directory;
    int base = deep(nodes[0].path);

    do
        directory = pick(DIR_NODE);
    while (deep(directory->path) - base >= MAX_DEEP);
    int length = sprintf(path, "%s/n%lu", directory->path, (unsigned long)names++);
    for (uint32_t more = chance(24); more; more--)
        path[length++] = 'a' + chance(26);
    path[length] = 0;
}

/* Writes random bytes somewhere, perhaps behind the end. */
static int scribble(int fd)
{
    size_t length = chance(4) ? chance(700) : chance(sizeof buffer);
    int times = 1 + chance(4);

    if (lseek(fd, chance(8) ? chance(3000) : chance(40000), SEEK_SET) < 0)
        return -1;
    for (; times; times--) {
        for (size_t i = 0; i < length; i += 4) {
            uint32_t word = chance(0xFFFFFFFF);
            memcpy(buffer + i, &word, 4);
        }
        if (write(fd, buffer, length) != (ssize_t)length)
            return -1;
    }
    return 0;
}

static int make_file(struct node *n)
{
    int fd, result;

    new_path(n->path);
    n->kind = FILE_NODE;
    fd = open(n->path, O_RDWR | O_CREAT | O_EXCL, chance(2) ? 0644 : 0600);
    if (fd < 0)
        return -1;
    result = chance(6) ? scribble(fd) : 0;
    return close(fd) ? -1 : result;
}

static int change_file(struct node *n)
{
    int fd = open(n->path, O_RDWR), result;

    if (fd < 0)
        return -1;
    result = chance(3) ? scribble(fd) : ftruncate(fd, chance(12000));
    return close(fd) ? -1 : result;
}

static int make_symlink(struct node *n)
{
    size_t length = 1 + chance(chance(4) ? 30 : 300);

    for (size_t i = 0; i < length; i++)
        buffer[i] = 'A' + chance(26);
    buffer[length] = 0;
    new_path(n->path);
    n->kind = LINK_NODE;
    return symlink(buffer, n->path);
}

/* A directory moves with all that is below it. */
static int move(struct node *n)
{
    char from[PATH], path[PATH];
    size_t length = strlen(n->path);
    int room = MAX_DEEP + deep(nodes[0].path);

    new_path(path);
    if (!strncmp(path, n->path, length) && path[length] == '/')
        return 0;
    for (int i = 1; i < NODES; i++)
        if (nodes[i].kind && !strncmp(nodes[i].path, n->path, length) && nodes[i].path[length] == '/'
            && deep(nodes[i].path) - deep(n->path) + deep(path) > room + 1)
            return 0;
    strcpy(from, n->path);
    for (int i = 1; i < NODES; i++) {
        struct node *moved = &nodes[i];
        char rest[PATH];
        if (!moved->kind || strncmp(moved->path, from, length) || (moved->path[length] && moved->path[length] != '/'))
            continue;
        strcpy(rest, moved->path + length);
        if (strlen(path) + strlen(rest) >= PATH)
            return -1;
        sprintf(moved->path, "%s%s", path, rest);
    }
    return rename(from, path);
}

static int remove_node(struct node *n)
{
    size_t length = strlen(n->path);
    int result;

    if (n->kind == DIR_NODE) {
        for (int i = 1; i < NODES; i++)
            if (nodes[i].kind && !strncmp(nodes[i].path, n->path, length) && nodes[i].path[length] == '/')
                return 0;
        result = rmdir(n->path);
    } else
        result = unlink(n->path);
    n->kind = NONE;
    return result;
}

/* One random change; -1 with errno when a call failed that had to succeed. */
static int step(void)
{
    struct node *fresh = unused(), *file = pick(FILE_NODE), *any = &nodes[1 + chance(NODES - 1)];
    uint32_t what = chance(100);

    if (!fresh || what >= 85)
        return any->kind ? remove_node(any) : 0;
    if (what < 30 || !file)
        return make_file(fresh);
    if (what < 40) {
        new_path(fresh->path);
        fresh->kind = DIR_NODE;
        return mkdir(fresh->path, 0755);
    }
    if (what < 48)
        return make_symlink(fresh);
    if (what < 55) {
        new_path(fresh->path);
        fresh->kind = FILE_NODE;
        return link(file->path, fresh->path);
    }
    if (what < 70)
        return any->kind ? move(any) : 0;
    return change_file(file);
}

static int make(const char *directory, uint32_t first, int operations)
{
    memset(nodes, 0, sizeof nodes);
    names = 0;
    seed = first * 2654435761u + 1;
    strcpy(nodes[0].path, directory);
    nodes[0].kind = DIR_NODE;
    if (mkdir(directory, 0755))
        return -1;
    for (int i = 0; i < operations; i++)
        if (step()) {
            int error = errno;
            printf("# operation %d of seed %lu: %s\n", i, (unsigned long)first, strerror(error));
            errno = error;
            return -1;
        }
    return 0;
}

static uint32_t file_crc(const char *path)
{
    uint32_t crc = 0xFFFFFFFF;
    int fd = open(path, O_RDONLY);
    ssize_t n;

    if (fd < 0)
        return 0;
    while ((n = read(fd, buffer, sizeof buffer)) > 0)
        crc = crc_of(crc, buffer, n);
    close(fd);
    return ~crc;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Prints (or removes) what is below a directory; the number of entries, or -1. */
static int walk(const char *path, const char *shown, int removing)
{
    DIR *directory = opendir(path);
    struct dirent *entry;
    char **list = 0;
    int count = 0, total = 0;

    if (!directory)
        return -1;
    while ((entry = readdir(directory))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        list = realloc(list, (count + 1) * sizeof *list);
        list[count++] = strdup(entry->d_name);
    }
    closedir(directory);
    qsort(list, count, sizeof *list, by_name);
    for (int i = 0; i < count && total >= 0; i++) {
        char full[PATH + 300], name[PATH + 300];
        struct stat s;
        uint32_t crc = 0;
        int below = 0;

        sprintf(full, "%s/%s", path, list[i]);
        sprintf(name, "%s%s%s", shown, *shown ? "/" : "", list[i]);
        if (lstat(full, &s))
            return -1;
        if (S_ISREG(s.st_mode))
            crc = file_crc(full);
        else if (S_ISLNK(s.st_mode)) {
            ssize_t n = readlink(full, buffer, sizeof buffer);
            crc = n < 0 ? 0 : ~crc_of(0xFFFFFFFF, buffer, n);
        }
        if (!removing)
            printf("%c %o %lu %lu %08lx %s\n", S_ISDIR(s.st_mode) ? 'd' : S_ISLNK(s.st_mode) ? 'l' : '-',
                   S_ISLNK(s.st_mode) ? 0 : (unsigned)s.st_mode & 07777, (unsigned long)s.st_nlink,
                   S_ISDIR(s.st_mode) ? 0 : (unsigned long)s.st_size, (unsigned long)crc, name);
        if (S_ISDIR(s.st_mode))
            below = walk(full, name, removing);
        if (removing && (S_ISDIR(s.st_mode) ? rmdir(full) : unlink(full)))
            return -1;
        total = below < 0 ? -1 : total + 1 + below;
        free(list[i]);
    }
    free(list);
    return total;
}

static int self_test(void)
{
    char top[40];
    int count = 0, good = 1;
    struct stat s;

    sprintf(top, "/tmp/tree%d", (int)getpid());
    ok(!make(top, 1, 200), "200 random operations");
    for (int i = 1; i < NODES; i++)
        if (nodes[i].kind) {
            enum kind kind = nodes[i].kind;
            count++;
            good &= !lstat(nodes[i].path, &s) && (kind == DIR_NODE ? S_ISDIR(s.st_mode)
                : kind == LINK_NODE ? S_ISLNK(s.st_mode) : S_ISREG(s.st_mode));
        }
    ok(good, "all %d that should be there are there", count);
    sync();
    ok(walk(top, "", 1) == count, "the walk finds and removes these and no others");
    ok(!rmdir(top), "nothing is left");
    fails(lstat(top, &s), ENOENT, "not even the top");
    return tap_done();
}

int main(int argc, char **argv)
{
    if (argc == 1)
        return self_test();
    if (argc == 5 && !strcmp(argv[1], "make"))
        return make(argv[4], strtoul(argv[2], 0, 10), atoi(argv[3])) ? 1 : 0;
    if (argc == 3 && !strcmp(argv[1], "list"))
        return walk(argv[2], "", 0) < 0;
    fprintf(stderr, "usage: tree [make seed operations directory | list directory]\n");
    return 2;
}
