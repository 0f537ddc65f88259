/* Redirections, and the descriptors that were there before them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sh.h"

#define FIRST_HIGH 10
#define PIPE_ROOM 512 /* A pipe takes at least this much without a reader. */

/* copy: the descriptor that keeps what fd was, or -1 when it was closed. */
struct saved_fd {
    struct saved_fd *below;
    int fd, copy;
};

static struct saved_fd *saved;

int fd_move_high(int fd)
{
    int high = fcntl(fd, F_DUPFD, FIRST_HIGH);
    if (high < 0)
        return fd;
    close(fd);
    fcntl(high, F_SETFD, FD_CLOEXEC);
    return high;
}

static void save(int fd)
{
    struct saved_fd *s = xmalloc(sizeof *s);
    s->fd = fd;
    s->copy = fcntl(fd, F_DUPFD, FIRST_HIGH);
    if (s->copy >= 0)
        fcntl(s->copy, F_SETFD, FD_CLOEXEC);
    s->below = saved;
    saved = s;
}

struct saved_fd *redir_mark(void)
{
    return saved;
}

void redir_restore(struct saved_fd *mark)
{
    while (saved != mark) {
        struct saved_fd *s = saved;
        saved = s->below;
        if (s->copy >= 0) {
            dup2(s->copy, s->fd);
            close(s->copy);
        } else {
            close(s->fd);
        }
        free(s);
    }
}

/* In a child, or after exec: what was saved is not wanted back. */
void redir_forget(void)
{
    while (saved) {
        struct saved_fd *s = saved;
        saved = s->below;
        if (s->copy >= 0)
            close(s->copy);
        free(s);
    }
}

static bool write_all(int fd, const char *s, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, s, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w < 0)
            return false;
        s += w;
        n -= (size_t)w;
    }
    return true;
}

static int open_temporary(const char *body, size_t n)
{
    char name[32];
    static unsigned serial;
    snprintf(name, sizeof name, "/tmp/sh%ld.%u", (long)getpid(), serial++);
    int out = open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (out < 0) {
        sh_warn("%s: %s", name, strerror(errno));
        return -1;
    }
    bool ok = write_all(out, body, n) && lseek(out, 0, SEEK_SET) == 0;
    if (!ok) {
        sh_warn("%s: %s", name, strerror(errno));
        close(out);
    }
    unlink(name);
    return ok ? out : -1;
}

/* A short body fits into a pipe; a long one would block there, so it goes through a file. */
static int open_here(const char *body)
{
    size_t n = strlen(body);
    int ends[2];
    if (n > PIPE_ROOM)
        return open_temporary(body, n);
    if (pipe(ends) < 0) {
        sh_warn("pipe: %s", strerror(errno));
        return -1;
    }
    bool ok = write_all(ends[1], body, n);
    if (!ok)
        sh_warn("here-document: %s", strerror(errno));
    close(ends[1]);
    if (!ok)
        close(ends[0]);
    return ok ? ends[0] : -1;
}

static int open_target(struct redir *r, const char *name)
{
    int fd, mode = O_RDONLY;
    if (r->kind == RD_HERE)
        return open_here(name);
    if (r->kind == RD_OUT) {
        mode = O_WRONLY | O_CREAT | O_TRUNC;
        struct stat st;
        if (opt.noclobber && !r->literal && stat(name, &st) == 0 && S_ISREG(st.st_mode)) {
            sh_warn("%s: file exists", name);
            return -1;
        }
    } else if (r->kind == RD_APPEND) {
        mode = O_WRONLY | O_CREAT | O_APPEND;
    } else if (r->kind == RD_RDWR) {
        mode = O_RDWR | O_CREAT;
    }
    while ((fd = open(name, mode, 0666)) < 0 && errno == EINTR && !signals_pending)
        ;
    if (fd < 0)
        sh_warn("%s: %s", name, strerror(errno));
    return fd;
}

static bool apply_dup(struct redir *r, const char *target)
{
    if (strcmp(target, "-") == 0) {
        close(r->fd);
        return true;
    }
    char *end;
    long from = strtol(target, &end, 10);
    if (*end || end == target || from < 0) {
        sh_warn("%s: bad file descriptor", target);
        return false;
    }
    if (from != r->fd && dup2((int)from, r->fd) < 0) {
        sh_warn("%s: %s", target, strerror(errno));
        return false;
    }
    return true;
}

bool redir_apply(struct redir *r, bool keep)
{
    for (; r; r = r->next) {
        char *target = r->target ? expand_one(r->target) : mem_strdup("");
        if (r->kind == RD_DUP) {
            if (keep)
                save(r->fd);
            if (!apply_dup(r, target))
                return false;
            continue;
        }
        int fd = open_target(r, target);
        if (fd < 0)
            return false;
        if (fd == r->fd) {
            /* The descriptor was closed before, and the open took its number. */
            if (keep) {
                struct saved_fd *s = xmalloc(sizeof *s);
                s->fd = fd;
                s->copy = -1;
                s->below = saved;
                saved = s;
            }
            continue;
        }
        if (keep)
            save(r->fd);
        if (dup2(fd, r->fd) < 0) {
            sh_warn("%d: %s", r->fd, strerror(errno));
            close(fd);
            return false;
        }
        close(fd);
    }
    return true;
}
