/* Many files in a directory, deep directories, and reading a directory while it changes. */
#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <sys/wait.h>
#include <triplex/abi.h>
#include "contents.h"

TRIPLEX_MEMORY(16384, 98304);

#define MANY 1000
#define DEEP 120                /* directories, each with a name of NAME bytes: deeper than PATH_MAX reaches */
#define NAME 20
#define STAY 100                /* files that stay while others come and go */

static char name[64], path[PATH_MAX];
static unsigned char seen[MANY];

static void thousand(void)
{
    int good = 1, others = 0, i;
    struct dirent *d;
    struct stat s;
    DIR *dir;

    mkdir("many", 0755);
    chdir("many");
    for (i = 0; i < MANY; i++) {
        int fd;
        sprintf(name, "file-%d", i);
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0644);
        good &= fd >= 0;
        close(fd);
    }
    ok(good, "%d files in one directory", MANY);
    dir = opendir(".");
    while ((d = readdir(dir)))
        if (sscanf(d->d_name, "file-%d", &i) == 1 && i >= 0 && i < MANY)
            seen[i]++;
        else
            others++;
    closedir(dir);
    for (i = 0; i < MANY; i++)
        good &= seen[i] == 1;
    ok(good && others == 2, "readdir gives each exactly once");
    for (i = MANY - 1; i >= 0; i -= 111) {
        sprintf(name, "file-%d", i);
        good &= !stat(name, &s);
    }
    ok(good, "they are found");
    fails(stat("file-1000", &s), ENOENT, "and no other");
    fails(rmdir("../many"), ENOTEMPTY, "the directory is full");
    for (i = 0; i < MANY; i++) {
        sprintf(name, "file-%d", i);
        good &= !unlink(name);
    }
    ok(good, "all are removed");
    chdir("..");
    ok(!rmdir("many"), "then the directory");
}

/* While one process makes and removes files, another reads the directory: what stays is there exactly once. */
static void changing(void)
{
    int good = 1, rounds, i, status;
    pid_t child;
    DIR *dir;

    mkdir("changing", 0755);
    for (i = 0; i < STAY; i++) {
        sprintf(name, "changing/stay-%d", i);
        put(name, "");
    }
    child = fork();
    if (!child) {
        for (i = 0;; i++) {
            sprintf(name, "changing/come-%d", i % 40);
            if (unlink(name))
                put(name, "");
        }
    }
    for (rounds = 0; rounds < 5; rounds++) {
        struct dirent *d;
        memset(seen, 0, sizeof seen);
        dir = opendir("changing");
        while ((d = readdir(dir)))
            if (sscanf(d->d_name, "stay-%d", &i) == 1)
                seen[i]++;
            else if (sscanf(d->d_name, "come-%d", &i) == 1)
                good &= i >= 0 && i < 40;
        closedir(dir);
        for (i = 0; i < STAY; i++)
            good &= seen[i] == 1;
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    ok(good, "what stays is listed once, whatever comes and goes");
    for (i = 0; i < STAY; i++) {
        sprintf(name, "changing/stay-%d", i);
        unlink(name);
    }
    for (i = 0; i < 40; i++) {
        sprintf(name, "changing/come-%d", i);
        unlink(name);
    }
    ok(!rmdir("changing"), "and nothing else is left");
}

static void deep(void)
{
    struct stat s;
    int good = 1, i;

    memset(name, 'd', NAME);
    name[NAME] = 0;
    for (i = 0; i < DEEP && good; i++)
        good &= !mkdir(name, 0755) && !chdir(name);
    ok(good, "%d directories, one in the other", DEEP);
    ok(put("bottom", "deep") == 4 && !strcmp(get("bottom"), "deep"), "a file at the bottom");
    errno = 0;
    ok(!getcwd(path, sizeof path) && (errno == ERANGE || errno == ENAMETOOLONG), "getcwd: longer than PATH_MAX");
    ok(!stat("../../..", &s), "the way up is there");
    fails(rename("../../../../../..", "x"), EINVAL, "a directory on the way cannot come into the deepest");
    unlink("bottom");
    for (i = 0; i < DEEP && good; i++)
        good &= !chdir("..") && !rmdir(name);
    ok(good && getcwd(path, sizeof path) && !strcmp(path, "/tmp/many"), "removed from the bottom upwards");
}

int main(void)
{
    work_in("/tmp/many");
    thousand();
    changing();
    deep();
    leave_clean("/tmp/many");
    return tap_done();
}
