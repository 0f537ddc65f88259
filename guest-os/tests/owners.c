/* Who may do what: modes, owners, umask, the calls made by a process of another user. */
#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>
#include "contents.h"

#define OTHER 200
#define GROUP 300

static struct stat s;

/* What only the child's exit tells: bit n is set when step n went wrong. */
static int wrong, step;

#define good(condition) (errno = 0, wrong |= !(condition) << step, step++)
#define refused(call, error) (errno = 0, wrong |= !((call) == -1 && errno == (error)) << step, step++)

/* Runs steps as another user, and tells what failed. */
static void as(uid_t uid, gid_t gid, void (*steps)(void), const char *what)
{
    int status = -1;

    fflush(stdout);
    if (!fork()) {
        if (setgid(gid) || setuid(uid) || getuid() != uid || getegid() != gid)
            _exit(99);
        steps();
        if (wrong)
            for (int i = 0; i < step; i++)
                if (wrong >> i & 1)
                    printf("# %s: step %d\n", what, i);
        fflush(stdout);
        _exit(wrong != 0);
    }
    wait(&status);
    ok(status == 0, "%s (status %x)", what, status);
}

static void stranger(void)
{
    refused(open("secret", O_RDONLY), EACCES);
    refused(open("public", O_WRONLY), EACCES);
    refused(open("public", O_RDONLY | O_TRUNC), EACCES);
    good(open("public", O_RDONLY) >= 0);
    refused(open("closed/in", O_RDONLY), EACCES);
    refused(stat("closed/in", &s), EACCES);
    refused(chdir("closed"), EACCES);
    good(opendir("closed") == 0 && errno == EACCES);
    refused(open("made", O_WRONLY | O_CREAT, 0644), EACCES);
    refused(mkdir("made", 0755), EACCES);
    refused(symlink("x", "made"), EACCES);
    refused(link("public", "made"), EACCES);
    refused(unlink("public"), EACCES);
    refused(rename("public", "made"), EACCES);
    refused(rmdir("closed"), EACCES);
    refused(chmod("public", 0777), EPERM);
    refused(chown("public", OTHER, GROUP), EPERM);
    refused(truncate("public", 0), EACCES);
    good(access("public", R_OK) == 0);
    refused(access("public", W_OK), EACCES);
    refused(access("secret", R_OK), EACCES);
    refused(access("public", X_OK), EACCES);
    refused(kill(1, SIGTERM), EPERM);
    refused(setuid(0), EPERM);
    good(stat("secret", &s) == 0);
    refused(mknod("/tmp/device", S_IFCHR | 0666, 0x0103), EPERM);
}

static void group_member(void)
{
    good(open("secret", O_RDONLY) >= 0);
    refused(open("secret", O_WRONLY), EACCES);
    refused(chmod("secret", 0666), EPERM);
}

static void owner(void)
{
    good(put("mine", "x") == 1);
    good(stat("mine", &s) == 0 && s.st_uid == OTHER);
    good(chmod("mine", 0) == 0);
    refused(open("mine", O_RDONLY), EACCES);
    good(chmod("mine", 0600) == 0);
    refused(chown("mine", 0, (gid_t)-1), EPERM);
    good(chown("mine", (uid_t)-1, GROUP) == 0);
    refused(unlink("roots"), EPERM);
    refused(rename("roots", "x"), EPERM);
    good(chmod("mine", 04755) == 0 && stat("mine", &s) == 0 && s.st_mode & S_ISUID);
    int fd = open("mine", O_WRONLY);
    good(fd >= 0 && write(fd, "y", 1) == 1 && stat("mine", &s) == 0 && !(s.st_mode & S_ISUID));
    good(unlink("mine") == 0);
}

static void masks(void)
{
    umask(0);
    mkdir("all", 0777);
    ok(!stat("all", &s) && (s.st_mode & 07777) == 0777, "umask 0 takes nothing");
    rmdir("all");
    umask(077);
    mkdir("few", 0777);
    put("few-file", "");
    ok(!stat("few", &s) && (s.st_mode & 07777) == 0700, "umask 077: a directory of mode 700");
    ok(!stat("few-file", &s) && (s.st_mode & 07777) == 0600, "a file of mode 600");
    mkfifo("few-fifo", 0666);
    ok(!stat("few-fifo", &s) && S_ISFIFO(s.st_mode) && (s.st_mode & 07777) == 0600, "a fifo of mode 600");
    unlink("few-fifo");
    unlink("few-file");
    rmdir("few");
    if (!fork())
        _exit(umask(0) != 077);
    int status = -1;
    wait(&status);
    ok(status == 0 && umask(022) == 077, "a child has the umask of its parent, and its own");
    chmod("secret", 01644);
    ok(!stat("secret", &s) && (s.st_mode & 07777) == 01644, "chmod takes all twelve bits, whatever the umask is");
    fails(chmod("none", 0644), ENOENT, "chmod of nothing");
    fails(chown("none", 0, 0), ENOENT, "chown of nothing");
    fails(access("secret", 8), EINVAL, "access asks for what there is");
    ok(!access("secret", R_OK | W_OK), "root may read and write all");
    fails(access("secret", X_OK), EACCES, "but not run what nobody may");
    ok(!chown("secret", (uid_t)-1, GROUP) && !stat("secret", &s) && s.st_uid == 0 && s.st_gid == GROUP,
       "chown of the group only");
    int fd = open("secret", O_RDONLY);
    ok(!fchmod(fd, 0640) && !fstat(fd, &s) && (s.st_mode & 07777) == 0640, "fchmod");
    ok(!fchown(fd, 0, GROUP) && !fstat(fd, &s) && s.st_gid == GROUP, "fchown");
    close(fd);
    fails(fchmod(fd, 0640), EBADF, "fchmod of nothing");
}

int main(void)
{
    work_in("/tmp/owners");
    put("secret", "secret");
    put("public", "public");
    mkdir("closed", 0700);
    put("closed/in", "in");
    masks();
    as(OTHER, OTHER, stranger, "a stranger is refused what he may not");
    as(OTHER, GROUP, group_member, "a member of the group has its rights");
    mkdir("sticky", 0777);
    chmod("sticky", 01777);
    chdir("sticky");
    put("roots", "");
    as(OTHER, GROUP, owner, "an owner does with his file what he likes, in a sticky directory");
    unlink("roots");
    chdir("..");
    rmdir("sticky");
    unlink("secret");
    unlink("public");
    unlink("closed/in");
    rmdir("closed");
    leave_clean("/tmp/owners");
    return tap_done();
}
