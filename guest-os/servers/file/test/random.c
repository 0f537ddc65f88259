/* Random calls, made to the file server and to the host's own file system: results and trees must be the same. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parts.h"

#define OPEN_MAX_HERE 6

static struct client me = { 100, 0, 0, 0 };
static uint32_t seed, step_number;
static int failures, loose;
static struct { int host; int32_t guest; } opened[OPEN_MAX_HERE];

static uint32_t pick(uint32_t n)
{
    return device_random(&seed) % n;
}

static void path(char *to)
{
    static const char *const names[] = { "a", "b", "c", "dd", "a-longer-name-than-the-others", "f" };
    int depth = (int)pick(3) + 1;

    *to = 0;
    for (int i = 0; i < depth; i++) {
        if (i)
            strcat(to, "/");
        strcat(to, names[pick(6)]);
        if (pick(12) == 0) {
            char number[16];
            snprintf(number, sizeof number, "%u", pick(60));
            strcat(to, number);
        }
    }
    if (pick(25) == 0) {
        strcat(to, "/");
        loose = 1;
    }
    if (pick(40) == 0)
        strcat(to, "/.");
}

static void same(const char *what, const char *p, int32_t guest, long host)
{
    int32_t wanted = host < 0 ? -errno : (int32_t)host;

    /* Removing a directory by unlink is EPERM in POSIX, but not on every host. */
    if (wanted == -EISDIR && strcmp(what, "unlink") == 0)
        wanted = -EPERM;
    /* What is wrong with a name that ends in a slash, several answers tell. */
    if (guest < 0 && wanted < 0 && loose)
        return;
    if (guest == wanted || (guest > 0 && wanted > 0 && strcmp(what, "open") == 0))
        return;
    printf("step %u: %s %s: %d, the host says %d\n", step_number, what, p, guest, wanted);
    failures++;
}

static void do_open_close(void)
{
    char p[200];
    int i = (int)pick(OPEN_MAX_HERE);
    static const int sets[] = { O_RDWR | O_CREAT, O_RDWR | O_CREAT | O_EXCL, O_RDWR, O_RDWR | O_TRUNC, 
                                O_WRONLY | O_APPEND | O_CREAT, O_RDWR | O_CREAT | O_TRUNC, O_RDWR | O_NOFOLLOW };
    int flags = sets[pick(7)];

    if (opened[i].host >= 0) {
        same("close", "", ask(&me, FILE_CLOSE, (uint32_t)opened[i].guest, 0, 0, 0, 0), close(opened[i].host));
        opened[i].host = -1;
        return;
    }
    path(p);
    int host = open(p, flags, 0644);
    int32_t guest = ask_path(&me, FILE_OPEN, (uint32_t)flags, 0644, p);
    if (host >= 0 && guest >= 0) {
        opened[i].host = host;
        opened[i].guest = guest;
        return;
    }
    same("open", p, guest >= 0 ? 1 : guest, host >= 0 ? 1 : host);
    if (host >= 0)
        close(host);
}

static void do_io(void)
{
    static uint8_t bytes[4096];
    int i = (int)pick(OPEN_MAX_HERE);
    uint32_t n = pick(4) ? pick(4096) + 1 : pick(200) + 1;
    static const uint32_t ranges[] = { 150, 5000, 60000, 400000 };
    uint32_t offset = pick(ranges[pick(4)]);

    if (opened[i].host < 0)
        return;
    uint32_t h = (uint32_t)opened[i].guest;
    switch (pick(5)) {
    case 0:
    case 1:
        for (uint32_t k = 0; k < n; k++)
            bytes[k] = (uint8_t)(k * 7 + offset + step_number);
        same("write", "", ask(&me, FILE_WRITE, h, 0, 0, bytes, n), write(opened[i].host, bytes, n));
        break;
    case 2: {
        long host = read(opened[i].host, bytes, n);
        same("read", "", ask(&me, FILE_READ, h, n, 0, 0, 0), host);
        if (host > 0 && memcmp(bytes, answer.data, (size_t)host) != 0) {
            printf("step %u: read differs\n", step_number);
            failures++;
        }
        break;
    }
    case 3:
        same("seek", "", ask(&me, FILE_SEEK, h, offset, 0, 0, 0), lseek(opened[i].host, offset, 0) < 0 ? -1 : 0);
        break;
    default:
        if (pick(3) == 0)
            same("ftruncate", "", ask(&me, FILE_FTRUNCATE, h, offset, 0, 0, 0), ftruncate(opened[i].host, offset));
    }
}

static void do_names(void)
{
    char p[200], q[200];
    struct stat s;
    uint32_t mode;

    path(p);
    path(q);
    switch (pick(10)) {
    case 0:
    case 1:
        same("mkdir", p, ask_path(&me, FILE_MKDIR, 0755, 0, p), mkdir(p, 0755));
        break;
    case 2:
        same("rmdir", p, ask_path(&me, FILE_RMDIR, 0, 0, p), rmdir(p));
        break;
    case 3:
        same("unlink", p, ask_path(&me, FILE_UNLINK, 0, 0, p), unlink(p));
        break;
    case 4:
        same("link", p, ask_paths(&me, FILE_LINK, p, q), link(p, q));
        break;
    case 5:
        if (strlen(p) < 100 && p[strlen(p) - 1] != '.')
            same("symlink", q, ask_paths(&me, FILE_SYMLINK, p, q), symlink(p, q));
        break;
    case 6:
    case 7:
        /* The host's order of checks differs for names that end with "." or a slash. */
        if (strchr("./", p[strlen(p) - 1]) || strchr("./", q[strlen(q) - 1]))
            break;
        same("rename", p, ask_paths(&me, FILE_RENAME, p, q), rename(p, q));
        break;
    case 8:
        mode = 0750 + pick(2);
        same("chmod", p, ask_path(&me, FILE_CHMOD, mode, 0, p), chmod(p, mode));
        break;
    default:
        same("stat", p, ask_path(&me, FILE_STAT, 0, 0, p), stat(p, &s));
    }
}

/* Compares the trees below a path. */
static void compare(const char *p)
{
    struct stat s;
    struct file_stat f;

    if (lstat(p, &s) < 0 || ask_path(&me, FILE_STAT, 1, 0, p) < 0) {
        printf("%s: not on both sides\n", p);
        failures++;
        return;
    }
    memcpy(&f, answer.data, sizeof f);
    int directory = S_ISDIR(s.st_mode);
    if (f.mode != s.st_mode || (!directory && (f.size != s.st_size || f.nlink != s.st_nlink))) {
        printf("%s: mode %o %o size %u %ld links %u %lu\n", p, f.mode, s.st_mode, f.size, (long)s.st_size, f.nlink,
               (unsigned long)s.st_nlink);
        failures++;
        return;
    }
    if (S_ISREG(s.st_mode)) {
        int host = open(p, O_RDONLY);
        int32_t guest = ask_path(&me, FILE_OPEN, 0, 0, p), n = 0;
        static uint8_t bytes[4096];
        while (host >= 0 && guest >= 0 && (n = (int32_t)read(host, bytes, 4096)) > 0) {
            int32_t got = ask(&me, FILE_READ, (uint32_t)guest, 4096, 0, 0, 0);
            if (got != n || memcmp(bytes, answer.data, (size_t)n) != 0) {
                printf("%s: content differs (%d)\n", p, answer.result);
                failures++;
                break;
            }
        }
        close(host);
        ask(&me, FILE_CLOSE, (uint32_t)guest, 0, 0, 0, 0);
    }
    if (!directory)
        return;
    DIR *d = opendir(p);
    int count = 0, guest_count = 0;
    for (struct dirent *e; (e = readdir(d)); count++) {
        char below[1024];
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(below, sizeof below, "%s/%s", p, e->d_name);
        compare(below);
    }
    closedir(d);
    int32_t handle = ask_path(&me, FILE_OPEN, 0, 0, p), n;
    while ((n = ask(&me, FILE_READDIR, (uint32_t)handle, 300, 0, 0, 0)) > 0)
        for (int32_t at = 0; at < n; at += ((struct file_dirent *)(void *)(answer.data + at))->length)
            guest_count++;
    ask(&me, FILE_CLOSE, (uint32_t)handle, 0, 0, 0, 0);
    if (count != guest_count) {
        printf("%s: %d entries, the host has %d\n", p, guest_count, count);
        failures++;
    }
}

void save_images(const char *folder)
{
    for (int i = 0; folder && i < 2; i++) {
        char name[300];
        snprintf(name, sizeof name, "%s/disk.%d", folder, i);
        FILE *f = fopen(name, "wb");
        if (!f || fwrite(devices[i].lasting, 512, devices[i].sectors, f) != devices[i].sectors || fclose(f))
            abort();
    }
}

int run_random(uint32_t first, uint32_t steps, uint32_t block_size, const char *folder)
{
    char top[] = "/tmp/triplex-file-XXXXXX", command[100];

    printf("# trial random %u %u (blocks of %u)\n", first, steps, block_size);
    seed = first * 2654435761u + block_size;
    failures = 0;
    note(NOTE_EXIT, me.pid, 0);
    make_volume(block_size, 8192);
    start_server();
    umask(022);
    if (!mkdtemp(top) || chdir(top) || chmod(top, 0755))
        abort();
    for (int i = 0; i < OPEN_MAX_HERE; i++)
        opened[i].host = -1;
    for (step_number = 0; step_number < steps && failures < 10; step_number++) {
        uint32_t kind = pick(10);
        loose = 0;
        if (kind < 4)
            do_names();
        else if (kind < 6)
            do_open_close();
        else
            do_io();
        if (pick(200) == 0)
            tick(1000 + step_number, 0);
        if (pick(500) == 0)
            ask(&me, FILE_SYNC, 0, 0, 0, 0, 0);
        if (pick(1000) == 0)
            compare(".");
    }
    compare(".");
    for (int i = 0; i < OPEN_MAX_HERE; i++)
        if (opened[i].host >= 0)
            close(opened[i].host);
    /* Without closing: what is open and unlinked becomes an orphan, freed by the next start. */
    uint32_t before = tree_digest(&me);
    ask(&me, FILE_SYNC, 0, 0, 0, 0, 0);
    note(NOTE_EXIT, me.pid, 0);
    uint32_t free_before = server_free_blocks();
    start_server();
    if (!server_mounted() || tree_digest(&me) != before || server_free_blocks() != free_before) {
        printf("after a restart: another tree, or %u free blocks for %u\n", server_free_blocks(), free_before);
        failures++;
    }
    ask(&me, FILE_SYNC, 0, 0, 0, 0, 0);
    save_images(folder);
    if (chdir("/") == 0) {
        snprintf(command, sizeof command, "rm -rf %s", top);
        if (system(command))
            failures++;
    }
    return failures > 0;
}
