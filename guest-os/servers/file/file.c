#include <string.h>

#include "serve.h"

static struct file files[FILES_MAX];

int32_t file_new(struct process *who, struct inode *ip, struct pipe *pipe, uint32_t flags)
{
    for (uint32_t h = 0; h < FILES_MAX; h++) {
        struct file *f = &files[h];
        if (f->holders)
            continue;
        memset(f, 0, sizeof *f);
        f->holders = 1;
        f->flags = (uint16_t)(flags & (O_ACCMODE | O_APPEND | O_NONBLOCK));
        f->reads = (flags & O_ACCMODE) != O_WRONLY;
        f->writes = (flags & O_ACCMODE) != O_RDONLY;
        f->inode = ip;
        f->pipe = pipe;
        if (pipe)
            pipe_open_end(pipe, f->reads, f->writes);
        who->handles[h >> 3] |= (uint8_t)(1 << (h & 7));
        return (int32_t)h;
    }
    return -ENFILE;
}

struct file *file_of(const struct request *r, uint32_t handle)
{
    struct process *who;

    if (handle >= FILES_MAX || process_of(r->m.pid, &who) || !(who->handles[handle >> 3] >> (handle & 7) & 1))
        return 0;
    require(files[handle].holders > 0);
    return &files[handle];
}

int file_room(void)
{
    for (uint32_t h = 0; h < FILES_MAX; h++)
        if (!files[h].holders)
            return 0;
    return -ENFILE;
}

void file_hold(uint32_t handle)
{
    files[handle].holders++;
}

void file_release(uint32_t handle)
{
    struct file *f = &files[handle];

    require(f->holders > 0);
    if (--f->holders > 0)
        return;
    if (f->pipe)
        pipe_close_end(f->pipe, f->reads, f->writes);
    if (f->inode) {
        /* Kernels keep the text of a program by (inode, generation): changed content needs another name. */
        if (f->written && f->inode->nlink > 0) {
            f->inode->generation++;
            inode_update(f->inode);
        }
        inode_put(f->inode);
    }
}

int32_t do_close(struct request *r)
{
    struct process *who;
    uint32_t h = r->m.a[0];

    if (!file_of(r, h))
        return -EBADF;
    if (process_of(r->m.pid, &who))
        return -EIO;
    who->handles[h >> 3] &= (uint8_t)~(1 << (h & 7));
    file_release(h);
    return 0;
}

int32_t do_fcntl(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);

    if (!f)
        return -EBADF;
    switch (r->m.a[1]) {
    case F_GETFL:
        return f->flags;
    case F_SETFL:
        f->flags = (uint16_t)((f->flags & ~(O_APPEND | O_NONBLOCK)) | (r->m.a[2] & (O_APPEND | O_NONBLOCK)));
        return 0;
    default:
        return -EINVAL;
    }
}

int32_t do_seek(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);
    uint32_t base;

    if (!f)
        return -EBADF;
    if (f->pipe)
        return -ESPIPE;
    switch (r->m.a[2]) {
    case 0:
        base = 0;
        break;
    case 1:
        base = f->offset;
        break;
    case 2:
        base = f->inode->size;
        break;
    default:
        return -EINVAL;
    }
    int32_t by = (int32_t)r->m.a[1];
    if (by < 0 && -(uint32_t)by > base)
        return -EINVAL;
    uint32_t offset = base + (uint32_t)by;
    if (offset > 0x7FFFFFFFu)
        return -EOVERFLOW;
    f->offset = offset;
    r->a[0] = offset;
    return 0;
}

int32_t do_lseekdir(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);

    if (!f)
        return -EBADF;
    if (!f->inode || !is_type(f->inode, S_IFDIR))
        return -ENOTDIR;
    f->offset = r->m.a[1];
    return 0;
}
