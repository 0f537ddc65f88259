/* The rules of POSIX and of the format, row by row. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <triplex/abi.h>

#include "expect.h"

static void paths(void)
{
    char longest[300];

    EXPECT(make_dir(&root, "/d"), 0);
    close_file(&root, create(&root, "/d/f"));
    EXPECT(open_file(&root, 0, ""), -ENOENT);
    EXPECT(open_file(&root, 0, "/d/f/"), -ENOTDIR);
    EXPECT(open_file(&root, 0, "/d/f/x"), -ENOTDIR);
    EXPECT(open_file(&root, 0, "/d/x/y"), -ENOENT);
    memset(longest, 'x', sizeof longest);
    longest[0] = '/';
    longest[257] = 0;
    EXPECT(create(&root, longest), -ENAMETOOLONG);
    longest[256] = 0;
    EXPECT(close_file(&root, create(&root, longest)), 0);
    EXPECT(remove_file(&root, longest), 0);
    char deep[1200];
    memset(deep, '/', sizeof deep);
    EXPECT(ask(&root, FILE_OPEN, 0, 0, 0, deep, 1024), -ENAMETOOLONG);
    EXPECT(ask(&root, FILE_STAT, 0, 0, 0, deep, 1023), 0);
    EXPECT(ask_paths(&root, FILE_SYMLINK, "loop", "/loop"), 0);
    EXPECT(open_file(&root, 0, "/loop"), -ELOOP);
    EXPECT(open_file(&root, O_CREAT | O_EXCL | O_RDWR, "/loop"), -EEXIST);
    EXPECT(ask_paths(&root, FILE_SYMLINK, "d/f", "/l0"), 0);
    for (int i = 1; i < 9; i++) {
        char from[20], to[20];
        snprintf(from, sizeof from, "l%d", i - 1);
        snprintf(to, sizeof to, "/l%d", i);
        EXPECT(ask_paths(&root, FILE_SYMLINK, from, to), 0);
    }
    EXPECT(ask_path(&root, FILE_STAT, 0, 0, "/l7"), 0);
    EXPECT(ask_path(&root, FILE_STAT, 0, 0, "/l8"), -ELOOP);
    EXPECT(open_file(&root, O_NOFOLLOW, "/l0"), -ELOOP);
    EXPECT(open_file(&root, O_DIRECTORY, "/d/f"), -ENOTDIR);
    EXPECT(open_file(&root, O_WRONLY, "/d"), -EISDIR);
    EXPECT(ask_path(&root, FILE_READLINK, 0, 0, "/l0"), 3);
    EXPECT(ask_path(&root, FILE_READLINK, 0, 0, "/d"), -EINVAL);
}

static void permissions(void)
{
    EXPECT(ask_path(&root, FILE_CHMOD, 0700, 0, "/d"), 0);
    EXPECT(open_file(&user, 0, "/d/f"), -EACCES);
    EXPECT(ask_path(&root, FILE_CHMOD, 0755, 0, "/d"), 0);
    EXPECT(open_file(&user, O_RDWR, "/d/f"), -EACCES);
    EXPECT(create(&user, "/d/g"), -EACCES);
    EXPECT(remove_file(&user, "/d/f"), -EACCES);
    EXPECT(ask_path(&user, FILE_CHMOD, 0777, 0, "/d/f"), -EPERM);
    EXPECT(ask(&user, FILE_CHOWN, 7, 7, 0, "/d/f", 4), -EPERM);
    EXPECT(ask_path(&user, FILE_ACCESS, 2, 0, "/d/f"), -EACCES);
    EXPECT(ask_path(&user, FILE_ACCESS, 4, 0, "/d/f"), 0);
    EXPECT(ask_path(&root, FILE_ACCESS, 1, 0, "/d/f"), -EACCES);
    EXPECT(ask_path(&user, FILE_CHROOT, 0, 0, "/"), -EPERM);
    EXPECT(ask_path(&user, FILE_MKNOD, S_IFCHR | 0666, 0x103, "/n"), -EPERM);
    EXPECT(ask(&user, FILE_UMASK, 077, 0, 0, 0, 0), 022);
    EXPECT(close_file(&user, create(&user, "/mine")), 0);
    EXPECT((int32_t)status_of(&root, "/mine")->mode, S_IFREG | 0600);
    EXPECT((int32_t)status_of(&root, "/mine")->uid, 7);
    EXPECT(remove_file(&other, "/mine"), -EPERM);
    EXPECT(ask_paths(&other, FILE_RENAME, "/mine", "/yours"), -EPERM);
    EXPECT(ask_path(&other, FILE_EXEC_OPEN, 0, 0, "/mine"), -EACCES);
    EXPECT(ask_path(&user, FILE_EXEC_OPEN, 0, 0, "/mine"), -EACCES);
    EXPECT(remove_file(&user, "/mine"), 0);
    EXPECT(ask_path(&root, FILE_MKNOD, S_IFCHR | 0666, DEV_NULL, "/null"), 0);
    EXPECT(open_file(&user, O_RDWR, "/null"), -EACCES);
    EXPECT(open_file(&user, O_RDONLY, "/null"), FILE_REDIRECT);
    EXPECT((int32_t)answer.a[1], DEV_NULL);
}

static void names(void)
{
    EXPECT(make_dir(&root, "/e"), 0);
    EXPECT(make_dir(&root, "/e/in"), 0);
    EXPECT(make_dir(&root, "/e"), -EEXIST);
    EXPECT(ask_path(&root, FILE_RMDIR, 0, 0, "/e"), -ENOTEMPTY);
    EXPECT(ask_path(&root, FILE_RMDIR, 0, 0, "/e/in/."), -EINVAL);
    EXPECT(ask_path(&root, FILE_RMDIR, 0, 0, "/"), -EBUSY);
    EXPECT(ask_path(&root, FILE_RMDIR, 0, 0, "/d/f"), -ENOTDIR);
    EXPECT(remove_file(&root, "/e"), -EPERM);
    EXPECT(ask_paths(&root, FILE_LINK, "/e", "/e2"), -EPERM);
    EXPECT(ask_paths(&root, FILE_LINK, "/d/f", "/e"), -EEXIST);
    EXPECT(ask_paths(&root, FILE_RENAME, "/e", "/e/in/x"), -EINVAL);
    EXPECT(ask_paths(&root, FILE_RENAME, "/e", "/d"), -ENOTEMPTY);
    EXPECT(ask_paths(&root, FILE_RENAME, "/e", "/d/f"), -ENOTDIR);
    EXPECT(ask_paths(&root, FILE_RENAME, "/d/f", "/e"), -EISDIR);
    EXPECT(ask_paths(&root, FILE_RENAME, "/e/in", "/d/in"), 0);
    EXPECT((int32_t)status_of(&root, "/e")->nlink, 2);
    EXPECT((int32_t)status_of(&root, "/d")->nlink, 3);
    EXPECT((int32_t)status_of(&root, "/d/in/..")->inode, (int32_t)status_of(&root, "/d")->inode);
    EXPECT(ask_path(&root, FILE_CHDIR, 0, 0, "/d/in"), 0);
    EXPECT(ask(&root, FILE_GETCWD, 0, 0, 0, 0, 0), 6);
    EXPECT(strcmp((char *)answer.data, "/d/in"), 0);
    EXPECT(ask_path(&root, FILE_RMDIR, 0, 0, "/d/in"), 0);
    EXPECT(ask(&root, FILE_GETCWD, 0, 0, 0, 0, 0), -ENOENT);
    EXPECT(create(&root, "x"), -ENOENT);
    EXPECT(sync_all(), 0);
    EXPECT(ask_path(&root, FILE_CHDIR, 0, 0, "/"), 0);
    EXPECT(ask_path(&root, FILE_CHROOT, 0, 0, "/d"), 0);
    EXPECT(ask_path(&root, FILE_STAT, 0, 0, "/../../f"), 0);
    EXPECT(ask_path(&root, FILE_STAT, 0, 0, "/null"), -ENOENT);
    note(NOTE_EXIT, root.pid, 0);
}

static void open_files(void)
{
    int32_t h = create(&root, "/o");

    EXPECT(write_text(&root, h, "hello"), 5);
    EXPECT(ask(&user, FILE_READ, (uint32_t)h, 5, 0, 0, 0), -EBADF);
    note(NOTE_FORK, root.pid, user.pid);            /* user is known already: must not get the set */
    EXPECT(read_bytes(&user, h, 5), -EBADF);
    note(NOTE_EXIT, user.pid, 0);
    note(NOTE_FORK, root.pid, user.pid);
    EXPECT(ask(&user, FILE_SEEK, (uint32_t)h, 1, 0, 0, 0), 0);
    EXPECT(read_bytes(&root, h, 3), 3);             /* the offset is shared */
    EXPECT(memcmp(answer.data, "ell", 3), 0);
    EXPECT(remove_file(&root, "/o"), 0);
    EXPECT(close_file(&root, h), 0);
    EXPECT(close_file(&root, h), -EBADF);
    EXPECT(sync_all(), 0);
    EXPECT(read_bytes(&user, h, 10), 1);            /* lives on */
    EXPECT(ask(&user, FILE_FSTAT, (uint32_t)h, 0, 0, 0, 0), 0);
    EXPECT((int32_t)((struct file_stat *)(void *)answer.data)->nlink, 0);
    uint32_t before = server_free_blocks();
    note(NOTE_EXIT, user.pid, 0);
    EXPECT((int32_t)(server_free_blocks() - before), 0);    /* it was inline */
    h = open_file(&root, O_WRONLY | O_CREAT | O_APPEND, "/a");
    EXPECT(write_text(&root, h, "one"), 3);
    EXPECT(ask(&root, FILE_SEEK, (uint32_t)h, 0, 0, 0, 0), 0);
    EXPECT(write_text(&root, h, "two"), 3);
    EXPECT((int32_t)status_of(&root, "/a")->size, 6);
    EXPECT(read_bytes(&root, h, 1), -EBADF);
    EXPECT(ask(&root, FILE_SEEK, (uint32_t)h, (uint32_t)-7, 2, 0, 0), -EINVAL);
    EXPECT(ask(&root, FILE_PWRITE, (uint32_t)h, 7499776, 0, "x", 1), -EFBIG);
    EXPECT(ask(&root, FILE_FTRUNCATE, (uint32_t)h, 7499777, 0, 0, 0), -EFBIG);
    EXPECT(ask(&root, FILE_FCNTL, (uint32_t)h, F_GETFL, 0, 0, 0), O_WRONLY | O_APPEND);
    EXPECT(close_file(&root, h), 0);
    EXPECT(ask(&root, FILE_READDIR, (uint32_t)open_file(&root, 0, "/a"), 100, 0, 0, 0), -ENOTDIR);
    int32_t handles = 0;
    while ((h = open_file(&root, 0, "/a")) >= 0)
        handles++;
    EXPECT(h, -ENFILE);
    EXPECT(create(&root, "/no-handle"), -ENFILE);
    EXPECT((int32_t)status_of(&root, "/no-handle")->inode, 0);
    note(NOTE_EXIT, root.pid, 0);
    EXPECT(handles > 400, 1);
}

/* What the waiting requests were answered. */
static struct { uint32_t channel, re; int32_t result; } late[8];
static int late_count;

static void keep_late(const struct answer *a)
{
    if (late_count < 8) {
        late[late_count].channel = a->channel;
        late[late_count].re = a->re;
        late[late_count++].result = a->result;
    }
}

static void expect_late(int line, struct client *c, int32_t result)
{
    expect(line, "answers", late_count, 1);
    expect(line, "late answer", late[0].result, result);
    expect(line, "late answer to", (int32_t)(late[0].channel >> 4), (int32_t)c->pid);
    late_count = 0;
}
#define LATE(client, result) expect_late(__LINE__, client, result)

static void pipes(void)
{
    static uint8_t page[4096];

    on_late_answer = keep_late;
    EXPECT(ask(&root, FILE_PIPE, 0, 0, 0, 0, 0), 0);
    int32_t in = (int32_t)answer.a[0], out = (int32_t)answer.a[1];
    note(NOTE_EXIT, user.pid, 0);
    note(NOTE_FORK, root.pid, user.pid);
    EXPECT(read_bytes(&user, in, 100), WAITS);
    EXPECT(write_text(&root, out, "pipe"), 4);
    LATE(&user, 4);
    EXPECT(ask(&root, FILE_WRITE, (uint32_t)out, 0, 0, page, 4000), 4000);
    EXPECT(ask(&root, FILE_WRITE, (uint32_t)out, 0, 0, page, 98), WAITS);
    EXPECT(read_bytes(&user, in, 1), 1);
    EXPECT(late_count, 0);
    EXPECT(read_bytes(&user, in, 1), 1);
    LATE(&root, 98);                    /* all of it or nothing */
    EXPECT(ask(&root, FILE_FCNTL, (uint32_t)out, F_SETFL, O_NONBLOCK, 0, 0), 0);
    EXPECT(ask(&root, FILE_WRITE, (uint32_t)out, 0, 0, page, 97), -EAGAIN);
    EXPECT(ask(&root, FILE_FCNTL, (uint32_t)out, F_SETFL, 0, 0, 0), 0);
    EXPECT(read_bytes(&user, in, 4096), 4096);
    EXPECT(read_bytes(&user, in, 10), WAITS);
    EXPECT(ask(&user, OP_CANCEL, user.next, 0, 0, 0, 0), WAITS);
    LATE(&user, -EINTR);
    EXPECT(ask(&user, OP_CANCEL, user.next - 1, 0, 0, 0, 0), WAITS);
    EXPECT(late_count, 0);
    EXPECT(read_bytes(&user, in, 10), WAITS);
    EXPECT(close_file(&root, out), 0);
    EXPECT(late_count, 0);              /* the child still holds the other end */
    EXPECT(close_file(&user, out), 0);
    LATE(&user, 0);
    note(NOTE_EXIT, user.pid, 0);
    EXPECT(ask(&root, FILE_PIPE, 0, 0, 0, 0, 0), 0);
    in = (int32_t)answer.a[0];
    out = (int32_t)answer.a[1];
    EXPECT(ask(&root, FILE_SEEK, (uint32_t)in, 0, 0, 0, 0), -ESPIPE);
    EXPECT(close_file(&root, in), 0);
    EXPECT(write_text(&root, out, "x"), -EPIPE);
    EXPECT(close_file(&root, out), 0);

    EXPECT(ask_path(&root, FILE_MKNOD, S_IFIFO | 0666, 0, "/fifo"), 0);
    EXPECT(ask_path(&root, FILE_CHMOD, 0666, 0, "/fifo"), 0);
    EXPECT(open_file(&root, O_WRONLY | O_NONBLOCK, "/fifo"), -ENXIO);
    EXPECT(open_file(&root, O_RDONLY, "/fifo"), WAITS);
    out = open_file(&user, O_WRONLY, "/fifo");
    EXPECT(out >= 0, 1);
    in = late[0].result;
    EXPECT(late_count == 1 && in >= 0, 1);
    late_count = 0;
    EXPECT(write_text(&user, out, "through"), 7);
    EXPECT(read_bytes(&root, in, 100), 7);
    note(NOTE_EXIT, user.pid, 0);
    EXPECT(read_bytes(&root, in, 100), 0);
    EXPECT(close_file(&root, in), 0);
    EXPECT(open_file(&root, O_WRONLY, "/fifo"), WAITS);
    EXPECT(ask(&root, OP_CANCEL, root.next, 0, 0, 0, 0), WAITS);
    LATE(&root, -EINTR);
    on_late_answer = 0;
}

static void time_and_text(void)
{
    static uint8_t page[4096];
    struct client kernel = { PID_KERNEL + 1, 0, 0, 0 };

    tick(5000, 700);
    int32_t h = create(&root, "/prog");
    EXPECT(ask(&root, FILE_WRITE, (uint32_t)h, 0, 0, page, 4000), 4000);
    EXPECT(close_file(&root, h), 0);
    EXPECT((int32_t)status_of(&root, "/prog")->mtime, 5000);
    EXPECT((int32_t)status_of(&root, "/prog")->mtime_ns, 700);
    tick(4000, 0);
    EXPECT(ask(&root, FILE_UTIME, 0, 0, 0, "/prog", 5), 0);
    EXPECT((int32_t)status_of(&root, "/prog")->mtime, 5000);
    note(NOTE_TIME, 3000, 0);
    EXPECT(ask(&root, FILE_UTIME, 0, 0, 0, "/prog", 5), 0);
    EXPECT((int32_t)status_of(&root, "/prog")->mtime, 3000);
    tick(5003, 0);
    EXPECT(ask(&root, FILE_UTIME, 0, 0, 0, "/prog", 5), 0);
    EXPECT((int32_t)status_of(&root, "/prog")->mtime, 3003);
    EXPECT(ask_path(&root, FILE_CHMOD, 0755, 0, "/prog"), 0);
    h = ask_path(&root, FILE_EXEC_OPEN, 0, 0, "/prog");
    EXPECT(h >= 0 && answer.length == 512 && answer.a[2] == 4000, 1);
    uint32_t inode = answer.a[0], generation = answer.a[1];
    EXPECT(ask(&root, FILE_TEXT, inode, generation, 0, 0, 0), -EPERM);
    EXPECT(ask(&kernel, FILE_TEXT, inode, generation, 0, 0, 0), 4096);
    EXPECT((int32_t)answer.length, 4096);
    EXPECT(close_file(&root, open_file(&root, O_WRONLY | O_TRUNC, "/prog")), 0);
    EXPECT(ask(&kernel, FILE_TEXT, inode, generation, 0, 0, 0), -ESTALE);
    EXPECT(close_file(&root, h), 0);
}

static void many(void)
{
    int32_t h = 0, n, seen = 0;
    char name[40];

    EXPECT(make_dir(&root, "/many"), 0);
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "/many/a-file-with-number-%d", i);
        EXPECT(close_file(&root, create(&root, name)), 0);
    }
    h = open_file(&root, 0, "/many");
    /* Each once, although others come and go meanwhile. */
    while ((n = ask(&root, FILE_READDIR, (uint32_t)h, 500, 0, 0, 0)) > 0) {
        for (int32_t at = 0; at < n; at += ((struct file_dirent *)(void *)(answer.data + at))->length)
            seen += strncmp(((struct file_dirent *)(void *)(answer.data + at))->name, "a-file", 6) == 0;
        snprintf(name, sizeof name, "/many/x%d", seen);
        close_file(&root, create(&root, name));
        if (seen % 2)
            remove_file(&root, name);
    }
    EXPECT(n, 0);
    EXPECT(seen, 1000);
    EXPECT(ask(&root, FILE_LSEEKDIR, (uint32_t)h, 0, 0, 0, 0), 0);
    EXPECT(ask(&root, FILE_READDIR, (uint32_t)h, 8, 0, 0, 0), -EINVAL);
    EXPECT(ask(&root, FILE_READDIR, (uint32_t)h, 20, 0, 0, 0) > 0, 1);
    EXPECT(close_file(&root, h), 0);
}

int run_rules(void)
{
    static void (*const parts[])(void) = { paths, permissions, names, open_files, pipes, time_and_text, orphans, many,
                                           full_disk, mirror, wide_bitmap };

    failures = 0;
    fresh();
    for (unsigned i = 0; i < sizeof parts / sizeof parts[0] && failures == 0; i++)
        parts[i]();
    struct client process_server = { PID_PROC, 0, 0, 0 };
    fresh();
    EXPECT(ask(&root, FILE_SHUTDOWN, 0, 0, 0, 0, 0), -EPERM);
    EXPECT(ask(&root, 999, 0, 0, 0, 0, 0), -ENOSYS);
    EXPECT(make_dir(&root, "/last"), 0);
    EXPECT(ask(&process_server, FILE_SHUTDOWN, 0, 0, 0, 0, 0), 0);
    EXPECT(make_dir(&root, "/later"), -EIO);
    end_clients();
    note(NOTE_EXIT, PID_PROC, 0);
    start_server();
    EXPECT((int32_t)status_of(&root, "/last")->nlink, 2);
    return failures > 0;
}
