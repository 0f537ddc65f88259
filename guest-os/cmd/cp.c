/* cp: copies files, and with -r whole trees. */
#define COMMAND "cp"
#include <fcntl.h>
#include <sys/stat.h>
#include <utime.h>

#include "cmd.h"
#include "into.h"
#include "names.h"

static bool recursive, keep;
static char block[IO_BYTES] __attribute__((aligned(4096)));

static int copy_path(const char *from, const char *to);

static int copy_bytes(int in, int out, const char *from, const char *to)
{
    ssize_t n;
    while ((n = read(in, block, sizeof block)) != 0) {
        if (n < 0) {
            if (errno == EINTR)
                continue;
            return fail(from);
        }
        for (ssize_t done = 0; done < n;) {
            ssize_t w = write(out, block + done, (size_t)(n - done));
            if (w < 0 && errno != EINTR)
                return fail(to);
            done += w > 0 ? w : 0;
        }
    }
    return 0;
}

/* Owner first: a change of owner may take away the set-user-id bit that the mode then gives. */
static int keep_attributes(const char *to, const struct stat *st)
{
    struct utimbuf times = { st->st_atime, st->st_mtime };
    int result = 0;
    if (chown(to, st->st_uid, st->st_gid) < 0 && errno != EPERM)
        result = fail(to);
    if (chmod(to, st->st_mode & 07777) < 0)
        result = fail(to);
    if (utime(to, &times) < 0)
        result = fail(to);
    return result;
}

static int copy_file(const char *from, const char *to, const struct stat *st)
{
    struct stat target;
    if (stat(to, &target) == 0 && target.st_dev == st->st_dev && target.st_ino == st->st_ino)
        return fail_text(to, "is the same file");
    int in = open(from, O_RDONLY);
    if (in < 0)
        return fail(from);
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st->st_mode & 0777);
    if (out < 0) {
        int result = fail(to);
        close(in);
        return result;
    }
    int result = copy_bytes(in, out, from, to);
    close(in);
    if (close(out) < 0)
        result = fail(to);
    return result;
}

static int copy_link(const char *from, const char *to)
{
    char target[1024];
    ssize_t n = readlink(from, target, sizeof target - 1);
    if (n < 0)
        return fail(from);
    target[n] = 0;
    if (symlink(target, to) < 0)
        return fail(to);
    return 0;
}

static int copy_tree(const char *from, const char *to, const struct stat *st)
{
    struct stat target;
    struct names names;
    if (mkdir(to, (st->st_mode & 0777) | 0700) < 0
        && (errno != EEXIST || stat(to, &target) < 0 || !S_ISDIR(target.st_mode)))
        return fail(to);
    int result = names_read(&names, from);
    for (const char *name = NULL; (name = names_next(&names, name));) {
        char *inner_from = join_path(from, name), *inner_to = join_path(to, name);
        result |= copy_path(inner_from, inner_to);
        free(inner_from);
        free(inner_to);
    }
    free(names.text);
    return result;
}

static int copy_path(const char *from, const char *to)
{
    struct stat st;
    int result;
    if ((recursive ? lstat(from, &st) : stat(from, &st)) < 0)
        return fail(from);
    if (S_ISLNK(st.st_mode))
        return copy_link(from, to);
    if (S_ISDIR(st.st_mode)) {
        if (!recursive)
            return fail_text(from, "is a directory");
        result = copy_tree(from, to, &st);
    } else if (recursive && !S_ISREG(st.st_mode)) {
        result = mknod(to, st.st_mode, st.st_rdev) < 0 ? fail(to) : 0;
    } else {
        result = copy_file(from, to, &st);
    }
    return keep && result == 0 ? keep_attributes(to, &st) : result;
}

/* A tree must not be copied into itself: it would never end. */
static bool is_below(const char *from, const char *to)
{
    size_t n = strlen(from);
    while (n > 1 && from[n - 1] == '/')
        n--;
    return strncmp(from, to, n) == 0 && (to[n] == '/' || to[n] == 0);
}

static int copy_operand(char *from, const char *to)
{
    if (recursive && is_below(from, to))
        return fail_text(to, "is inside what is copied");
    return copy_path(from, to);
}

int main(int argc, char **argv)
{
    static const char operands[] = "[-pr] from to | from ... directory";
    int c;
    while ((c = getopt(argc, argv, "prR")) != -1) {
        if (c == 'p')
            keep = true;
        else if (c == 'r' || c == 'R')
            recursive = true;
        else
            usage(operands);
    }
    if (argc - optind < 2)
        usage(operands);
    if (keep)
        umask(0);
    return each_operand(argv + optind, argc - optind, copy_operand);
}
