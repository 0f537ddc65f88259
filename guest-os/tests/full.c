/* A full disk: what is not there is not given, nothing is half made, removing works, and then writing again. */
#include <dirent.h>
#include <sys/statvfs.h>
#include "contents.h"

static char block[4096];
static struct statvfs v;

static unsigned long available(void)
{
    statvfs("/", &v);
    return v.f_bavail;
}

/* Writes until there is no more; bytes written. */
static long fill(const char *name, int flags)
{
    int fd = open(name, O_WRONLY | O_CREAT | flags, 0644), n;
    long total = 0;

    while ((n = write(fd, block, sizeof block)) > 0)
        total += n;
    int error = errno;
    ok(n == -1 && error == ENOSPC, "%s: ENOSPC after %ld bytes", name, total);
    fails(write(fd, block, sizeof block), ENOSPC, "and again");
    close(fd);
    return total;
}

static void when_full(void)
{
    struct stat s;
    struct dirent *d;
    int made = 0, listed = 0, fd;
    char name[32];
    DIR *dir;

    /* Small files lie in their inodes; at last there is room for none. */
    do {
        sprintf(name, "small%d", made);
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0644);
        if (fd < 0)
            break;
        close(fd);
    } while (++made < 2000);
    int error = errno;
    ok(fd < 0 && error == ENOSPC, "no more files after %d: ENOSPC", made);
    fails(stat(name, &s), ENOENT, "the one that did not fit is not there at all");
    fails(mkdir("dir", 0755), ENOSPC, "nor a directory");
    fails(stat("dir", &s), ENOENT, "not half of it");
    dir = opendir(".");
    while ((d = readdir(dir)))
        listed += !strncmp(d->d_name, "small", 5);
    closedir(dir);
    ok(listed == made, "the directory lists those that were made");
    ok(!strcmp(get("kept"), "kept before"), "files from before are whole");
    ok(!truncate("big", 100000), "what is there can be cut");
    for (int i = 0; i < made; i++) {
        sprintf(name, "small%d", i);
        if (unlink(name))
            listed--;
    }
    ok(listed == made, "unlink works on a full disk");
}

int main(void)
{
    unsigned long before;
    long size;
    struct stat s;

    work_in("/tmp/full");
    put("kept", "kept before");
    sync();
    before = available();
    memset(block, 'f', sizeof block);
    size = fill("big", 0);
    ok(size > (long)(before - before / 16) * (long)v.f_frsize, "of %lu free blocks nearly all were given", before);
    ok(!stat("big", &s) && s.st_size == size, "the file is as long as was written");
    fill("more", O_APPEND);
    ok(available() < 64, "statvfs says so: %lu", v.f_bavail);
    when_full();
    ok(put("again", "written again") == 13 && !strcmp(get("again"), "written again"), "then there is room");
    ok(!unlink("big") && !unlink("more"), "the large ones are removed");
    sync();
    ok(available() + 64 > before, "and all blocks are back: %lu of %lu", v.f_bavail, before);
    unlink("again");
    unlink("kept");
    leave_clean("/tmp/full");
    return tap_done();
}
