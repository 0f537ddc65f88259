/* What is known of files, and changing it. */
#include <string.h>
#include <sys/statvfs.h>

#include "serve.h"

static void fill(struct file_stat *s, const struct inode *ip)
{
    memset(s, 0, sizeof *s);
    s->device = 1;
    s->inode = ip->number;
    s->mode = ip->mode;
    s->nlink = ip->nlink;
    s->uid = ip->uid;
    s->gid = ip->gid;
    s->rdev = (ip->rdev >> 16) << 8 | (ip->rdev & 0xFF);
    s->size = ip->size;
    s->atime = ip->atime.seconds;
    s->atime_ns = ip->atime.ticks * 100;
    s->mtime = ip->mtime.seconds;
    s->mtime_ns = ip->mtime.ticks * 100;
    s->ctime = ip->ctime.seconds;
    s->ctime_ns = ip->ctime.ticks * 100;
    s->block_size = fs.shape.block_size;
    s->blocks = ip->blocks * fs.shape.block_sectors;
}

static int32_t answer_stat(struct request *r)
{
    r->out = answer_buffer();
    r->out_length = sizeof(struct file_stat);
    return 0;
}

static struct file_stat *answer_record(void)
{
    return (struct file_stat *)(void *)answer_buffer();
}

int32_t do_stat(struct request *r)
{
    struct path path;
    struct inode *ip;
    int error = path_of(r, 0, &path);

    if (error || (error = path_find(r, path, r->m.a[0] == 1 ? NOFOLLOW : 0, &ip)))
        return error;
    fill(answer_record(), ip);
    inode_put(ip);
    return answer_stat(r);
}

int32_t do_fstat(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);

    if (!f)
        return -EBADF;
    if (f->inode) {
        fill(answer_record(), f->inode);
    } else {
        struct file_stat *s = answer_record();
        memset(s, 0, sizeof *s);
        s->mode = S_IFIFO | 0600;
        s->nlink = 1;
        s->block_size = PIPE_BUF;
    }
    if (f->pipe)
        answer_record()->size = f->pipe->count;
    return answer_stat(r);
}

/* How a change of an inode is made, by path or by handle. */
typedef int change_function(struct request *r, struct inode *ip);

static int32_t change(struct request *r, struct inode *ip, change_function *f)
{
    if (fs.read_only)
        return -EROFS;
    int error = f(r, ip);
    if (error)
        return error;
    inode_stamp(ip, CTIME);
    return inode_update(ip);
}

static int32_t change_path(struct request *r, int flags, change_function *f)
{
    struct path path;
    struct inode *ip;
    int error = path_of(r, 0, &path);

    if (error || (error = path_find(r, path, flags, &ip)))
        return error;
    error = change(r, ip, f);
    inode_put(ip);
    return error;
}

static int32_t change_handle(struct request *r, change_function *f)
{
    struct file *file = file_of(r, r->m.a[0]);

    if (!file)
        return -EBADF;
    if (!file->inode)
        return -EINVAL;
    /* By handle the arguments stand one place further on. */
    memmove(r->m.a, r->m.a + 1, sizeof r->m.a - sizeof r->m.a[0]);
    return change(r, file->inode, f);
}

static int change_mode(struct request *r, struct inode *ip)
{
    uint32_t mode = r->m.a[0] & 07777;

    if (!is_owner(r, ip))
        return -EPERM;
    if (r->m.uid != 0 && r->m.gid != ip->gid && is_type(ip, S_IFREG))
        mode &= ~(uint32_t)S_ISGID;
    ip->mode = (uint16_t)((ip->mode & S_IFMT) | mode);
    return 0;
}

int32_t do_chmod(struct request *r)
{
    return change_path(r, 0, change_mode);
}

int32_t do_fchmod(struct request *r)
{
    return change_handle(r, change_mode);
}

/* Only root gives files away; an owner may choose his own group. */
static int change_owner(struct request *r, struct inode *ip)
{
    uint32_t uid = r->m.a[0], gid = r->m.a[1];
    uint32_t keep = 0xFFFFFFFFu;

    if (r->m.uid != 0) {
        if (r->m.uid != ip->uid || (uid != keep && uid != ip->uid) ||
            (gid != keep && gid != ip->gid && gid != r->m.gid))
            return -EPERM;
        if (ip->mode & 0111 && is_type(ip, S_IFREG))
            ip->mode &= (uint16_t)~(S_ISUID | S_ISGID);
    }
    if (uid != keep)
        ip->uid = uid;
    if (gid != keep)
        ip->gid = gid;
    return 0;
}

int32_t do_chown(struct request *r)
{
    return change_path(r, r->m.a[2] == 1 ? NOFOLLOW : 0, change_owner);
}

int32_t do_fchown(struct request *r)
{
    return change_handle(r, change_owner);
}

static int change_times(struct request *r, struct inode *ip)
{
    if (r->m.a[0] == 0) {
        int error = is_owner(r, ip) ? 0 : permitted(r, ip, 2);
        if (!error)
            inode_stamp(ip, ATIME | MTIME);
        return error;
    }
    if (!is_owner(r, ip))
        return -EPERM;
    ip->atime = (struct stamp){ r->m.a[1], 0 };
    ip->mtime = (struct stamp){ r->m.a[2], 0 };
    return 0;
}

int32_t do_utime(struct request *r)
{
    return change_path(r, 0, change_times);
}

int32_t do_access(struct request *r)
{
    struct path path;
    struct inode *ip;
    int error = path_of(r, 0, &path);

    if (error || (error = path_find(r, path, 0, &ip)))
        return error;
    error = r->m.a[0] & ~7u ? -EINVAL : permitted(r, ip, r->m.a[0]);
    if (!error && r->m.a[0] & 2 && fs.read_only && !is_type(ip, S_IFCHR))
        error = -EROFS;
    inode_put(ip);
    return error;
}

int32_t do_statvfs(struct request *r)
{
    struct file_statvfs *s = (struct file_statvfs *)(void *)answer_buffer();
    uint32_t reserve = get32(fs.root + ROOT_RESERVE), free = alloc_free_blocks();

    s->block_size = fs.shape.block_size;
    s->blocks = fs.shape.total;
    s->free = free;
    s->available = free > reserve ? free - reserve : 0;
    /* The inode file grows as long as there are blocks. */
    s->files_free = fs.inode_file.size / INODE_BYTES - 1 - fs.used_inodes +
                    (s->available << fs.shape.block_shift) / INODE_BYTES;
    s->files = fs.used_inodes + s->files_free;
    s->name_max = NAME_MAX;
    s->flags = fs.read_only ? ST_RDONLY : 0;
    r->out = answer_buffer();
    r->out_length = sizeof *s;
    return 0;
}
