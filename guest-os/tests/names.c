/* What names stand for: paths, flags of open, links, renaming; with the errors that POSIX asks for. */
#include <limits.h>
#include "contents.h"

static char path[PATH_MAX + 100], name[NAME_MAX + 2];
static struct stat s, t;

static void paths(void)
{
    put("file", "text");
    mkdir("dir", 0755);
    fails(stat("", &s), ENOENT, "the empty path names nothing");
    fails(mkdir("", 0755), ENOENT, "and nothing can be made there");
    fails(rename("file", ""), ENOENT, "nor moved there");
    fails(stat(0, &s), EFAULT, "stat of no path");
    fails(unlink(0), EFAULT, "unlink of no path");
    fails(rename(0, "x"), EFAULT, "rename of no path");
    fails(readlink(0, path, 10), EFAULT, "readlink of no path");
    fails(stat("file/", &s), ENOTDIR, "a slash behind a file");
    fails(stat("file/.", &s), ENOTDIR, "a file has no .");
    fails(stat("file/..", &s), ENOTDIR, "nor ..");
    fails(stat("none/..", &s), ENOENT, ".. of nothing is nothing");
    ok(!stat("dir/", &s) && S_ISDIR(s.st_mode), "a slash behind a directory");
    ok(!stat("dir///.//", &t) && t.st_ino == s.st_ino, "many slashes are one");
    ok(!stat("dir/../dir/./../dir", &t) && t.st_ino == s.st_ino, ". and ..");
    ok(!stat("/..", &s) && !stat("/", &t) && s.st_ino == t.st_ino, "above the root is the root");
    ok(!stat("/../../..", &s) && s.st_ino == t.st_ino, "at any height");
    fails(open("new/", O_WRONLY | O_CREAT, 0644), EISDIR, "a file is not made with a slash behind its name");
    ok(!mkdir("new/", 0755) && !rmdir("new/"), "a directory is");
    memset(name, 'n', NAME_MAX);
    ok(put(name, "long") == 4 && !strcmp(get(name), "long"), "a name of 255 bytes");
    ok(!unlink(name), "is removed");
    name[NAME_MAX] = 'n';
    fails(mkdir(name, 0755), ENAMETOOLONG, "mkdir of a name of 256 bytes");
    fails(symlink("x", name), ENAMETOOLONG, "symlink");
    fails(link("file", name), ENAMETOOLONG, "link");
    fails(rename("file", name), ENAMETOOLONG, "rename");
    fails(unlink(name), ENAMETOOLONG, "unlink");
    for (int i = 0; i < PATH_MAX; i += 2)
        memcpy(path + i, "./", 2);
    strcpy(path + PATH_MAX - 6, "/file");
    ok(strlen(path) == PATH_MAX - 1 && !stat(path, &s), "a path of %d bytes", PATH_MAX - 1);
    strcpy(path + PATH_MAX - 6, "//file");
    fails(stat(path, &s), ENAMETOOLONG, "a path of one more");
    fails(open(path, O_RDONLY), ENAMETOOLONG, "open of it");
    fails(chdir(path), ENAMETOOLONG, "chdir to it");
    ok(put("odd\001\377 name", "x") == 1 && !unlink("odd\001\377 name"), "any byte but / and NUL is good for a name");
}

static void flags(void)
{
    int a;

    symlink("file", "to-file");
    symlink("dir", "to-dir");
    symlink("none", "to-none");
    fails(open("to-file", O_RDONLY | O_NOFOLLOW), ELOOP, "O_NOFOLLOW on a symlink");
    a = open("to-dir/../file", O_RDONLY | O_NOFOLLOW);
    ok(a >= 0 && !close(a), "only the last name matters");
    a = open("dir", O_RDONLY | O_DIRECTORY);
    ok(a >= 0 && !close(a), "O_DIRECTORY on a directory");
    fails(open("none", O_RDONLY | O_DIRECTORY), ENOENT, "on nothing");
    fails(open("to-none", O_WRONLY | O_CREAT | O_EXCL, 0644), EEXIST, "O_EXCL does not go through a symlink");
    fails(stat("none", &s), ENOENT, "nothing was made");
    ok(put("to-none", "made") == 4 && !strcmp(get("none"), "made"), "O_CREAT without it does");
    unlink("none");
    fails(open("dir", O_RDONLY | O_CREAT, 0644), EISDIR, "O_CREAT on a directory");
    fails(open("dir", O_RDWR), EISDIR, "a directory is not opened for writing");
    a = open("dir", O_RDONLY);
    fails(read(a, path, 10), EISDIR, "nor read as bytes");
    fails(ftruncate(a, 0), EINVAL, "nor cut");
    close(a);
    fails(truncate("dir", 0), EISDIR, "nor by name");
    fails(truncate("file", -1), EINVAL, "a negative length");
    fails(open("file", 3), EINVAL, "neither reading nor writing");
    unlink("to-file");
    unlink("to-dir");
    unlink("to-none");
}

static void symlinks(void)
{
    int n;

    put("end", "end of the chain");
    symlink("end", "link1");
    for (int i = 2; i <= SYMLOOP_MAX + 1; i++) {
        sprintf(name, "link%d", i);
        sprintf(path, "link%d", i - 1);
        symlink(path, name);
    }
    sprintf(name, "link%d", SYMLOOP_MAX);
    ok(!strcmp(get(name), "end of the chain"), "%d symlinks, one behind the other", SYMLOOP_MAX);
    sprintf(name, "link%d", SYMLOOP_MAX + 1);
    fails(open(name, O_RDONLY), ELOOP, "one more is too many");
    fails(stat(name, &s), ELOOP, "for stat");
    fails(chdir(name), ELOOP, "for chdir");
    ok(!lstat(name, &s) && S_ISLNK(s.st_mode), "lstat looks at the last itself");
    for (int i = 1; i <= SYMLOOP_MAX + 1; i++) {
        sprintf(name, "link%d", i);
        unlink(name);
    }
    symlink("self", "self");
    fails(stat("self", &s), ELOOP, "a symlink to itself");
    fails(stat("self/x", &s), ELOOP, "on the way");
    ok(!unlink("self"), "can be removed");
    mkdir("dir/sub", 0755);
    put("dir/near", "near");
    symlink("../near", "dir/sub/up");
    ok(!strcmp(get("dir/sub/up"), "near"), "a relative symlink starts where it lies");
    unlink("dir/sub/up");
    unlink("dir/near");
    rmdir("dir/sub");
    symlink("/etc/rc", "absolute");
    ok(!stat("absolute", &s) && !stat("/etc/rc", &t) && s.st_ino == t.st_ino, "an absolute one at the root");
    fails(symlink("x", "absolute"), EEXIST, "symlink over what exists");
    memset(path, '#', 40);
    n = readlink("absolute", path, 40);
    ok(n == 7 && !memcmp(path, "/etc/rc#", 8), "readlink writes no terminator");
    ok(readlink("absolute", path, 4) == 4 && !memcmp(path, "/etcrc", 4), "and no more than there is room for");
    fails(readlink("none", path, 4), ENOENT, "readlink of nothing");
    ok(!unlink("absolute") && !stat("/etc/rc", &s), "unlink takes the link");
    memset(path, 'x', 700);
    path[700] = 0;
    ok(!symlink(path, "much") && readlink("much", path + 1, 900) == 700, "a text of 700 bytes");
    unlink("much");
    unlink("end");
}

static void links(void)
{
    put("one", "1");
    fails(link("one", "dir"), EEXIST, "link over a directory");
    fails(link("dir", "dir2"), EPERM, "a directory has one name");
    fails(link("none", "two"), ENOENT, "link of nothing");
    fails(link("one", "none/two"), ENOENT, "link into nothing");
    fails(link("one", "file/two"), ENOTDIR, "link into a file");
    symlink("one", "soft");
    ok(!link("soft", "hard") && !lstat("hard", &s) && S_ISLNK(s.st_mode) && s.st_nlink == 2,
       "a symlink may have two names");
    unlink("soft");
    unlink("hard");
    unlink("one");
    fails(rmdir("."), EINVAL, "rmdir of .");
    fails(rmdir("dir/.."), ENOTEMPTY, "rmdir of ..");
    fails(rmdir("/"), EBUSY, "rmdir of the root");
    fails(rmdir("none"), ENOENT, "rmdir of nothing");
    fails(unlink("dir/"), EPERM, "unlink of a directory with a slash");
    fails(unlink("file/"), ENOTDIR, "unlink of a file with a slash");
}

static void renames(void)
{
    int a;

    mkdir("d1", 0755);
    mkdir("d2", 0755);
    mkdir("d1/in", 0755);
    put("f1", "f1");
    put("f2", "f2");
    fails(rename("f1", "d1"), EISDIR, "a file over a directory");
    fails(rename("d1", "f1"), ENOTDIR, "a directory over a file");
    fails(rename("d2", "d1"), ENOTEMPTY, "a directory over a full one");
    fails(rename("d1", "d1/in/deep"), EINVAL, "a directory into itself");
    fails(rename("d1", "d1/."), EINVAL, "a directory to its .");
    fails(rename("f1", "new/"), ENOTDIR, "a file to a name with a slash");
    fails(rename("f1/", "new"), ENOTDIR, "from one");
    fails(rename("f1", "none/new"), ENOENT, "into nothing");
    fails(rename("f1", "f2/new"), ENOTDIR, "into a file");
    ok(!strcmp(get("f1"), "f1") && !strcmp(get("f2"), "f2"), "failed calls have changed nothing");
    ok(!rename("d1", "d2") && !stat("d2/in", &s), "a directory over an empty one");
    fails(stat("d1", &s), ENOENT, "its old name is gone");
    stat(".", &t);
    ok(!rename("d2/in", "in") && !stat("in/..", &s) && s.st_ino == t.st_ino,
       "the .. of what was moved is its new place");
    ok(!stat(".", &s) && s.st_nlink == t.st_nlink + 1, "which has one link more");
    link("f1", "f1b");
    ok(!rename("f1", "f1b") && !stat("f1", &s) && !stat("f1b", &t) && s.st_ino == t.st_ino,
       "two names of one file: nothing happens");
    unlink("f1b");
    a = open("f2", O_RDONLY);
    ok(!rename("f1", "f2") && read(a, path, 10) == 2 && !memcmp(path, "f2", 2), "who has the old one open keeps it");
    close(a);
    ok(!strcmp(get("f2"), "f1"), "the name is the new one's");
    symlink("f2", "soft");
    ok(!rename("soft", "soft2") && !lstat("soft2", &s) && S_ISLNK(s.st_mode), "a symlink itself is moved");
    ok(!rename("f2", "soft2") && !lstat("soft2", &s) && S_ISREG(s.st_mode), "and replaced");
    unlink("soft2");
    rmdir("in");
    rmdir("d2");
}

int main(void)
{
    work_in("/tmp/names");
    paths();
    flags();
    symlinks();
    links();
    renames();
    unlink("file");
    rmdir("dir");
    leave_clean("/tmp/names");
    return tap_done();
}
