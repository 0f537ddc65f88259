/* Pipes and fifos: one page of bytes, atomic writes up to PIPE_BUF (a whole message), waiting requests served in order
 * of arrival. */
#include <string.h>

#include "serve.h"

static struct pipe pipes[PIPES_MAX];
static uint8_t copy[SERVER_DATA] __attribute__((aligned(4)));

struct pipe *pipe_new(struct inode *fifo)
{
    for (int i = 0; i < PIPES_MAX; i++) {
        struct pipe *pipe = &pipes[i];
        if (pipe->page)
            continue;
        memset(pipe, 0, sizeof *pipe);
        pipe->page = page_take();
        pipe->fifo = fifo;
        if (pipe->page && fifo)
            fifo->pipe = pipe;
        return pipe->page ? pipe : 0;
    }
    return 0;
}

static void take_bytes(struct pipe *pipe, uint8_t *to, uint32_t n)
{
    uint32_t first = PIPE_BUF - pipe->start;

    if (first > n)
        first = n;
    memcpy(to, pipe->page + pipe->start, first);
    memcpy(to + first, pipe->page, n - first);
    pipe->start = (pipe->start + n) & (PIPE_BUF - 1);
    pipe->count -= n;
}

static void add_bytes(struct pipe *pipe, const uint8_t *from, uint32_t n)
{
    uint32_t at = (pipe->start + pipe->count) & (PIPE_BUF - 1), first = PIPE_BUF - at;

    if (first > n)
        first = n;
    memcpy(pipe->page + at, from, first);
    memcpy(pipe->page, from + first, n - first);
    pipe->count += n;
}

/* Serves waiting readers and writers as far as possible. */
static void progress(struct pipe *pipe)
{
    struct pending *p;

    if (!pipe->waiting)
        return;
    for (;;) {
        if ((p = pending_next(pipe, WAIT_READ, 0)) && (pipe->count > 0 || pipe->writers == 0)) {
            uint32_t n = p->wanted < pipe->count ? p->wanted : pipe->count;
            take_bytes(pipe, copy, n);
            pending_end(p, (int32_t)n, copy, n);
        } else if ((p = pending_next(pipe, WAIT_WRITE, 0)) && pipe->readers == 0) {
            pending_end(p, -EPIPE, 0, 0);
        } else if (p && PIPE_BUF - pipe->count >= p->wanted) {
            add_bytes(pipe, p->page, p->wanted);
            pending_end(p, (int32_t)p->wanted, 0, 0);
        } else {
            break;
        }
    }
    for (uint32_t order = 0; (p = pending_next(pipe, WAIT_OPEN, order));) {
        struct request r = { .m.pid = p->pid };
        struct file *f = file_of(&r, p->handle);
        order = p->order;
        if (!f)
            pending_end(p, -EBADF, 0, 0);
        else if ((f->reads ? pipe->opened_write : pipe->opened_read) != p->wanted)
            pending_end(p, (int32_t)p->handle, 0, 0);
    }
}

void pipe_open_end(struct pipe *pipe, int reads, int writes)
{
    pipe->readers = (uint16_t)(pipe->readers + reads);
    pipe->writers = (uint16_t)(pipe->writers + writes);
    pipe->opened_read += (uint32_t)reads;
    pipe->opened_write += (uint32_t)writes;
}

void pipe_close_end(struct pipe *pipe, int reads, int writes)
{
    pipe->readers = (uint16_t)(pipe->readers - reads);
    pipe->writers = (uint16_t)(pipe->writers - writes);
    if (pipe->readers > 0 || pipe->writers > 0) {
        progress(pipe);
        return;
    }
    /* Only a client that closes a handle under its own waiting request gets here with some. */
    for (int kind = WAIT_READ; kind <= WAIT_OPEN; kind++)
        for (struct pending *p; (p = pending_next(pipe, kind, 0));)
            pending_end(p, -EBADF, 0, 0);
    if (pipe->fifo)
        pipe->fifo->pipe = 0;
    page_give(pipe->page);
    pipe->page = 0;
}

int32_t pipe_read(struct request *r, struct file *f, uint32_t n)
{
    struct pipe *pipe = f->pipe;

    if (n == 0 || (pipe->count == 0 && pipe->writers == 0))
        return 0;
    if (pipe->count == 0) {
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        struct pending *p = pending_add(r, WAIT_READ, pipe, r->m.a[0]);
        if (!p)
            return -EAGAIN;
        p->wanted = n;
        return NO_ANSWER;
    }
    if (n > pipe->count)
        n = pipe->count;
    uint8_t *out = answer_buffer();
    take_bytes(pipe, out, n);
    progress(pipe);
    r->out = out;
    r->out_length = n;
    return (int32_t)n;
}

int32_t pipe_write(struct request *r, struct file *f)
{
    struct pipe *pipe = f->pipe;

    if (r->length == 0)
        return 0;
    if (pipe->readers == 0)
        return -EPIPE;
    if (PIPE_BUF - pipe->count < r->length || pending_next(pipe, WAIT_WRITE, 0)) {
        if (f->flags & O_NONBLOCK || !pending_add(r, WAIT_WRITE, pipe, r->m.a[0]))
            return -EAGAIN;
        return NO_ANSWER;
    }
    add_bytes(pipe, r->in, r->length);
    progress(pipe);
    return (int32_t)r->length;
}

/* Takes over the caller's reference to the inode, also when it fails. */
int32_t open_fifo(struct request *r, struct process *who, struct inode *ip, uint32_t flags)
{
    struct pipe *pipe = ip->pipe;
    uint32_t mode = flags & O_ACCMODE;

    if (mode == O_WRONLY && flags & O_NONBLOCK && (!pipe || pipe->readers == 0)) {
        inode_put(ip);
        return -ENXIO;
    }
    if (!pipe)
        pipe = pipe_new(ip);
    int32_t handle = pipe ? file_new(who, ip, pipe, flags) : -ENFILE;
    if (handle < 0) {
        if (pipe && pipe->readers == 0 && pipe->writers == 0)
            pipe_close_end(pipe, 0, 0);
        inode_put(ip);
        return handle;
    }
    progress(pipe);
    int alone = mode == O_RDONLY ? pipe->writers == 0 : pipe->readers == 0;
    if (alone && !(flags & O_NONBLOCK)) {
        struct pending *p = pending_add(r, WAIT_OPEN, pipe, (uint32_t)handle);
        if (p) {
            p->wanted = mode == O_RDONLY ? pipe->opened_write : pipe->opened_read;
            return NO_ANSWER;
        }
        who->handles[handle >> 3] &= (uint8_t)~(1 << (handle & 7));
        file_release((uint32_t)handle);
        return -EAGAIN;
    }
    r->a[0] = S_IFIFO;
    return handle;
}

int32_t do_pipe(struct request *r)
{
    struct process *who;
    int error = process_of(r->m.pid, &who);

    if (error)
        return error;
    struct pipe *pipe = pipe_new(0);
    if (!pipe)
        return -ENFILE;
    int32_t in = file_new(who, 0, pipe, O_RDONLY), out = in < 0 ? in : file_new(who, 0, pipe, O_WRONLY);
    if (out < 0) {
        if (in >= 0) {
            who->handles[in >> 3] &= (uint8_t)~(1 << (in & 7));
            file_release((uint32_t)in);
        } else {
            pipe_close_end(pipe, 0, 0);
        }
        return -ENFILE;
    }
    r->a[0] = (uint32_t)in;
    r->a[1] = (uint32_t)out;
    return 0;
}
