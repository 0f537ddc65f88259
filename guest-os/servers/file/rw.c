#include <string.h>

#include "block.h"
#include "serve.h"

#define OFFSET_MAX 0x7FFFFFFFu

static void touch_atime(struct inode *ip)
{
    if (fs.read_only || (ip->atime.seconds == fs.seconds && ip->atime.ticks == fs.ticks))
        return;
    inode_stamp(ip, ATIME);
    inode_update(ip);
}

void read_ahead(const struct inode *ip, uint32_t end)
{
    struct pointer p;
    uint32_t k = ((end - 1) >> fs.shape.block_shift) + 1;

    if (ip->flags & FLAG_INLINE || end >= ip->size || k << fs.shape.block_shift >= ip->size)
        return;
    if (map_find(ip, k, &p) == 0)
        block_prefetch(&p);
}

/* Answers with bytes of a regular file, straight from the buffer if they lie in one block. */
static int32_t read_at(struct request *r, struct file *f, uint32_t offset, uint32_t n)
{
    struct inode *ip = f->inode;
    const uint8_t *from;

    if (is_type(ip, S_IFDIR))
        return -EISDIR;
    if (n > SERVER_DATA)
        n = SERVER_DATA;
    if (offset > OFFSET_MAX)
        return -EINVAL;
    int32_t got = n > 0 ? content_peek(ip, offset, n, &from) : 0;
    if (got > 0 && (uint32_t)got < n && offset + (uint32_t)got < ip->size) {
        got = content_read(ip, offset, n, answer_buffer());
        from = answer_buffer();
    }
    if (got <= 0)
        return got;
    r->out = from;
    r->out_length = (uint32_t)got;
    if (offset == f->read_end)
        read_ahead(ip, offset + (uint32_t)got);
    f->read_end = offset + (uint32_t)got;
    touch_atime(ip);
    return got;
}

int32_t do_read(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);

    if (!f || !f->reads)
        return -EBADF;
    if (f->pipe)
        return pipe_read(r, f, r->m.a[1]);
    int32_t n = read_at(r, f, f->offset, r->m.a[1]);
    if (n > 0)
        f->offset += (uint32_t)n;
    return n;
}

int32_t do_pread(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);

    if (!f || !f->reads)
        return -EBADF;
    if (f->pipe)
        return -ESPIPE;
    return read_at(r, f, r->m.a[2], r->m.a[1]);
}

static int32_t write_at(struct request *r, struct file *f, uint32_t offset)
{
    struct inode *ip = f->inode;

    if (r->length == 0)
        return 0;
    if (offset > OFFSET_MAX)
        return -EINVAL;
    int32_t n = content_write(ip, offset, r->in, r->length);
    if (n <= 0)
        return n;
    f->written = 1;
    if (r->m.uid != 0 && ip->mode & 0111)
        ip->mode &= (uint16_t)~(S_ISUID | S_ISGID);
    inode_stamp(ip, MTIME | CTIME);
    int error = inode_update(ip);
    return error ? error : n;
}

int32_t do_write(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);

    if (!f || !f->writes)
        return -EBADF;
    if (f->pipe)
        return pipe_write(r, f);
    if (f->flags & O_APPEND)
        f->offset = f->inode->size;
    int32_t n = write_at(r, f, f->offset);
    if (n > 0)
        f->offset += (uint32_t)n;
    return n;
}

int32_t do_pwrite(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);

    if (!f || !f->writes)
        return -EBADF;
    if (f->pipe)
        return -ESPIPE;
    return write_at(r, f, r->m.a[1]);
}

int set_size(struct inode *ip, uint32_t size)
{
    int error = content_resize(ip, size);

    if (error)
        return error;
    ip->generation++;                   /* the text of a program that a kernel keeps is another one now */
    inode_stamp(ip, MTIME | CTIME);
    return inode_update(ip);
}

int32_t do_truncate(struct request *r)
{
    struct path path;
    struct inode *ip;
    int error = path_of(r, 0, &path);

    if (error || (error = path_find(r, path, 0, &ip)))
        return error;
    error = is_type(ip, S_IFDIR) ? -EISDIR : permitted(r, ip, 2);
    if (!error && (!is_type(ip, S_IFREG) || r->m.a[0] > OFFSET_MAX))
        error = -EINVAL;
    if (!error)
        error = fs.read_only ? -EROFS : set_size(ip, r->m.a[0]);
    inode_put(ip);
    return error;
}

int32_t do_ftruncate(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);

    if (!f)
        return -EBADF;
    if (!f->writes || f->pipe || !is_type(f->inode, S_IFREG) || r->m.a[1] > OFFSET_MAX)
        return -EINVAL;
    return set_size(f->inode, r->m.a[1]);
}

int32_t do_readdir(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);
    uint32_t size = r->m.a[1] < SERVER_DATA ? r->m.a[1] : SERVER_DATA;

    if (!f)
        return -EBADF;
    if (!f->inode || !is_type(f->inode, S_IFDIR))
        return -ENOTDIR;
    int32_t n = dir_list(f->inode, &f->offset, answer_buffer(), size);
    if (n > 0) {
        r->out = answer_buffer();
        r->out_length = (uint32_t)n;
        touch_atime(f->inode);
    }
    return n;
}
