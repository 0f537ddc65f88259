#include <string.h>

#include "serve.h"

static uint32_t device_of(const struct inode *ip)
{
    return (ip->rdev >> 16) << 8 | (ip->rdev & 0xFF);
}

static uint32_t wanted_access(uint32_t flags)
{
    uint32_t mode = flags & O_ACCMODE;

    return (mode != O_WRONLY ? 4u : 0) | (mode != O_RDONLY || flags & O_TRUNC ? 2u : 0);
}

/* May the sender open what is there in this way? */
static int may_open(const struct request *r, const struct inode *ip, uint32_t flags)
{
    uint32_t access = wanted_access(flags);

    if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
        return -EEXIST;
    if (is_type(ip, S_IFLNK))
        return -ELOOP;
    if (flags & O_DIRECTORY && !is_type(ip, S_IFDIR))
        return -ENOTDIR;
    if (is_type(ip, S_IFDIR) && (access & 2 || flags & O_CREAT))
        return -EISDIR;
    if (access & 2 && fs.read_only && is_type(ip, S_IFREG))
        return -EROFS;
    return permitted(r, ip, access);
}

/* Takes over the caller's reference to the inode. */
static int32_t open_inode(struct request *r, struct process *who, struct inode *ip, uint32_t flags)
{
    int32_t result = 0;

    r->a[0] = ip->mode & S_IFMT;
    if (is_type(ip, S_IFCHR)) {
        r->a[1] = device_of(ip);
        inode_put(ip);
        return FILE_REDIRECT;
    }
    if (is_type(ip, S_IFIFO))
        return open_fifo(r, who, ip, flags);
    if (flags & O_TRUNC && ip->size > 0)
        result = set_size(ip, 0);
    if (result == 0)
        result = file_new(who, ip, 0, flags);
    if (result < 0)
        inode_put(ip);
    return result;
}

int32_t do_open(struct request *r)
{
    struct process *who;
    struct place place;
    struct path path;
    struct inode *ip;
    uint32_t flags = r->m.a[0];
    int exclusive = (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
    int error = path_of(r, 0, &path);

    if (error || (error = process_of(r->m.pid, &who)) || (error = file_room()))
        return error;
    if ((flags & O_ACCMODE) == O_ACCMODE)
        return -EINVAL;
    error = path_place(r, path, !(flags & O_NOFOLLOW) && !exclusive, &place);
    if (error)
        return error;
    if (place.target) {
        error = may_open(r, place.target, flags);
        ip = place.target;
        if (!error)
            place.target = 0;
    } else if (!(flags & O_CREAT)) {
        error = -ENOENT;
    } else if (place.slash) {
        error = -EISDIR;
    } else {
        error = make_node(r, &place, S_IFREG | (r->m.a[1] & 07777 & ~(uint32_t)who->umask), 0, 0, &ip);
    }
    place_put(&place);
    return error ? error : open_inode(r, who, ip, flags);
}

int32_t do_exec_open(struct request *r)
{
    struct process *who;
    struct path path;
    struct inode *ip;
    int error = path_of(r, 0, &path);

    if (error || (error = process_of(r->m.pid, &who)) || (error = path_find(r, path, 0, &ip)))
        return error;
    int32_t result = is_type(ip, S_IFREG) ? permitted(r, ip, 1) : -EACCES;
    if (result == 0)
        result = content_read(ip, 0, 512, answer_buffer());
    if (result >= 0) {
        r->out = answer_buffer();
        r->out_length = (uint32_t)result;
        r->a[0] = ip->number;
        r->a[1] = ip->generation;
        r->a[2] = ip->size;
        result = file_new(who, ip, 0, O_RDONLY);
    }
    if (result < 0)
        inode_put(ip);
    return result;
}

int32_t do_text(struct request *r)
{
    struct inode *ip;

    if (r->m.pid < PID_KERNEL || r->m.pid >= FIRST_PID)
        return -EPERM;
    memcpy(r->a, r->m.a, sizeof r->a);
    int error = inode_get(r->m.a[0], &ip);
    if (error)
        return error;
    int32_t n = ip->generation == r->m.a[1] && is_type(ip, S_IFREG) ? 0 : -ESTALE;
    if (n == 0)
        n = content_peek(ip, r->m.a[2], PAGE_SIZE, &r->out);
    if (n >= 0 && n < PAGE_SIZE) {
        n = content_read(ip, r->m.a[2], PAGE_SIZE, answer_buffer());
        if (n >= 0)
            memset(answer_buffer() + n, 0, PAGE_SIZE - (uint32_t)n);
        r->out = answer_buffer();
    }
    if (n > 0)
        read_ahead(ip, r->m.a[2] + (uint32_t)n);
    inode_put(ip);
    if (n < 0)
        return n;
    r->out_length = PAGE_SIZE;
    return PAGE_SIZE;
}
