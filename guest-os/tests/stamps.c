/* Times of files: which call changes which. Each file is given old times first, so that any change shows. */
#include <dirent.h>
#include <time.h>
#include <utime.h>
#include "contents.h"

#define OLD 1000000

enum { A = 1, M = 2, C = 4 };           /* atime, mtime, ctime */

static struct stat before, now;
static char text[16];

/* Gives a file old atime and mtime and waits until the clock stands beyond its ctime. */
static void age(const char *name)
{
    struct utimbuf old = { OLD, OLD };

    utime(name, &old);
    lstat(name, &before);
    while (time(0) <= before.st_ctime)
        usleep(100000);
}

/* Which times are not those of before. */
static int changed(const char *name)
{
    lstat(name, &now);
    return (now.st_atime != OLD ? A : 0) | (now.st_mtime != OLD ? M : 0) | (now.st_ctime != before.st_ctime ? C : 0);
}

static void contents(void)
{
    int fd = open("f", O_RDWR);

    age("f");
    read(fd, text, 1);
    ok(changed("f") == A, "read: atime");
    age("f");
    write(fd, "x", 1);
    ok(changed("f") == (M | C), "write: mtime and ctime");
    age("f");
    lseek(fd, 0, SEEK_SET);
    fstat(fd, &now);
    access("f", R_OK);
    close(open("f", O_RDONLY));
    fsync(fd);
    ok(changed("f") == 0, "lseek, fstat, access, open and fsync: none");
    read(99, text, 1);
    write(fd, text, 0);
    ok(changed("f") == 0, "nor a write of nothing");
    ftruncate(fd, 3);
    ok(changed("f") == (M | C), "ftruncate: mtime and ctime");
    age("f");
    truncate("f", 10);
    ok(changed("f") == (M | C), "truncate: mtime and ctime");
    age("f");
    close(open("f", O_WRONLY | O_TRUNC));
    ok(changed("f") == (M | C), "O_TRUNC: mtime and ctime");
    close(fd);
}

static void attributes(void)
{
    age("f");
    chmod("f", 0600);
    ok(changed("f") == C, "chmod: ctime");
    age("f");
    chown("f", 1, 1);
    ok(changed("f") == C, "chown: ctime");
    age("f");
    link("f", "f2");
    ok(changed("f") == C, "link: ctime");
    age("f");
    unlink("f2");
    ok(changed("f") == C, "unlink of one of two names: ctime");
    age("f");
    rename("f", "g");
    ok((changed("g") & ~C) == 0, "rename: neither atime nor mtime of the file");
    rename("g", "f");
    age("f");
    ok(!utime("f", 0) && changed("f") == (A | M | C), "utime to now: all three");
    struct utimbuf times = { OLD, OLD + 5 };
    age("f");
    ok(!utime("f", &times) && !stat("f", &now) && now.st_atime == OLD && now.st_mtime == OLD + 5 &&
       now.st_ctime > before.st_ctime, "utime: the two that were asked for, ctime by the clock");
    fails(utime("none", 0), ENOENT, "utime of nothing");
}

static void directories(void)
{
    mkdir("d", 0755);
    age("d");
    put("d/x", "");
    ok(changed("d") == (M | C), "a file made: mtime and ctime of the directory");
    age("d");
    put("d/x", "more");
    ok(changed("d") == 0, "a file written: none");
    age("d");
    rename("d/x", "d/y");
    ok(changed("d") == (M | C), "a name changed: mtime and ctime");
    age("d");
    rename("d/none", "d/z");
    mkdir("d/y", 0755);
    unlink("d/none");
    symlink("x", "d/y");
    link("d/none", "d/z");
    close(open("d/y", O_WRONLY | O_CREAT | O_EXCL, 0644));
    ok(changed("d") == 0, "calls that fail: none");
    unlink("d/y");
    ok(changed("d") == (M | C), "a name removed: mtime and ctime");
    age("d");
    mkdir("d/e", 0755);
    ok(changed("d") == (M | C), "a directory made");
    age("d");
    rmdir("d/e");
    ok(changed("d") == (M | C), "a directory removed");
    age("d");
    DIR *dir = opendir("d");
    while (readdir(dir))
        ;
    closedir(dir);
    ok(changed("d") == A, "readdir: atime");
    stat("d", &before);
    put("d/new", "");
    ok(!stat("d/new", &now) && now.st_atime == now.st_mtime && now.st_mtime == now.st_ctime &&
       now.st_ctime >= before.st_ctime,
       "a new file has one time");
    unlink("d/new");
    rmdir("d");
}

/* Whoever sets the date sets it for files, too; the machine gets its own back. */
static void date(void)
{
    struct timespec real, set = { 500000000, 0 }, bad = { -1, 0 };
    struct stat now;

    clock_gettime(CLOCK_REALTIME, &real);
    ok(!clock_settime(CLOCK_REALTIME, &set) && time(0) - set.tv_sec <= 2, "the date is set, back");
    put("g", "");
    ok(!stat("g", &now) && now.st_mtime >= set.tv_sec && now.st_mtime - set.tv_sec <= 5, "a new file has it");
    set.tv_sec = real.tv_sec + 1000;
    ok(!clock_settime(CLOCK_REALTIME, &set), "and forth");
    put("g", "x");
    ok(!stat("g", &now) && now.st_mtime >= set.tv_sec && now.st_mtime - set.tv_sec <= 5, "what is written now has it");
    ok(!clock_settime(CLOCK_REALTIME, &real), "as it was");
    fails(clock_settime(CLOCK_REALTIME, &bad), EINVAL, "not before 1970");
    fails(clock_settime(CLOCK_MONOTONIC, &real), EINVAL, "not the time since boot");
    unlink("g");
}

int main(void)
{
    work_in("/tmp/stamps");
    put("f", "contents");
    contents();
    attributes();
    directories();
    date();
    unlink("f");
    leave_clean("/tmp/stamps");
    return tap_done();
}
