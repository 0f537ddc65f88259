/* Where a process stands: working directory and root. */
#include <string.h>

#include "serve.h"

static int enter_directory(struct request *r, struct inode *ip, int root)
{
    struct process *who;
    int error = process_of(r->m.pid, &who);

    if (!error && !is_type(ip, S_IFDIR))
        error = -ENOTDIR;
    if (!error)
        error = permitted(r, ip, 1);
    if (!error)
        process_set_directory(root ? &who->root : &who->cwd, ip);
    return error;
}

static int32_t enter_path(struct request *r, int root)
{
    struct path path;
    struct inode *ip;
    int error = path_of(r, 0, &path);

    if (error || (error = path_find(r, path, 0, &ip)))
        return error;
    error = enter_directory(r, ip, root);
    inode_put(ip);
    return error;
}

int32_t do_chdir(struct request *r)
{
    return enter_path(r, 0);
}

int32_t do_chroot(struct request *r)
{
    return r->m.uid == 0 ? enter_path(r, 1) : -EPERM;
}

int32_t do_fchdir(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);

    if (!f)
        return -EBADF;
    return f->inode ? enter_directory(r, f->inode, 0) : -ENOTDIR;
}

/* Puts "/name" of `here` in its parent before *at; *up: the parent, a reference. */
static int name_in_parent(struct inode *here, uint8_t *buffer, uint32_t *at, struct inode **up)
{
    char name[NAME_MAX + 1];
    struct entry e;
    int error = dir_find(here, "..", 2, &e);

    if (error || (error = inode_get(e.inode, up)))
        return error;
    int32_t length = dir_name_of(*up, here->number, name);
    if (length > 0 && (uint32_t)length + 1 > *at)
        length = -ENAMETOOLONG;
    if (length < 0) {
        inode_put(*up);
        return length;
    }
    *at -= (uint32_t)length;
    memcpy(buffer + *at, name, (uint32_t)length);
    buffer[--*at] = '/';
    return 0;
}

int32_t do_getcwd(struct request *r)
{
    struct process *who;
    uint8_t *buffer = answer_buffer();
    uint32_t at = SERVER_DATA - 1;
    int error = process_of(r->m.pid, &who);

    if (error)
        return error;
    struct inode *here = inode_again(who->cwd);
    buffer[at] = 0;
    while (here != who->root && here->number != ROOT_DIRECTORY) {
        struct inode *up;
        error = name_in_parent(here, buffer, &at, &up);
        if (error)
            break;
        inode_put(here);
        here = up;
    }
    inode_put(here);
    if (error)
        return error;
    if (at == SERVER_DATA - 1)
        buffer[--at] = '/';
    r->out = buffer + at;
    r->out_length = SERVER_DATA - at;
    return (int32_t)r->out_length;
}
