#include "serve.h"

/* Does the directory `dir` lie in `top`, or is it that itself? Goes up to the root. 1, 0 or -EIO. */
static int lies_in(struct inode *dir, const struct inode *top)
{
    struct inode *here = inode_again(dir);
    int result = 0;

    for (;;) {
        struct inode *up;
        struct entry e;
        if (here == top)
            result = 1;
        if (here == top || here->number == ROOT_DIRECTORY)
            break;
        result = dir_find(here, "..", 2, &e) || inode_get(e.inode, &up) ? -EIO : 0;
        if (result)
            break;
        inode_put(here);
        here = up;
    }
    inode_put(here);
    return result;
}

static int may_rename(struct request *r, const struct place *from, const struct place *to)
{
    struct inode *ip = from->target, *old = to->target;
    int directory = is_type(ip, S_IFDIR);
    int error = may_remove(r, from->dir, ip);

    if (!error)
        error = old ? may_remove(r, to->dir, old) : permitted(r, to->dir, 3);
    if (error)
        return error;
    int inside = directory ? lies_in(to->dir, ip) : 0;
    if (inside)
        return inside < 0 ? inside : -EINVAL;
    if (old && is_type(old, S_IFDIR) && (inside = lies_in(from->dir, old)))
        return inside < 0 ? inside : -ENOTEMPTY;
    if (old && directory != is_type(old, S_IFDIR))
        return directory ? -ENOTDIR : -EISDIR;
    if (!directory)
        return to->slash ? -ENOTDIR : 0;
    int empty = old ? dir_is_empty(old) : 1;
    if (empty <= 0)
        return empty < 0 ? empty : -ENOTEMPTY;
    if (from->dir != to->dir) {
        if (!old && to->dir->nlink >= LINKS_MAX)
            return -EMLINK;
        return permitted(r, ip, 2);     /* its ".." changes */
    }
    return 0;
}

/* The name is taken from what it stood for. */
static int replaced(struct inode *old)
{
    if (is_type(old, S_IFDIR))
        return kill_directory(old);
    old->nlink--;
    inode_stamp(old, CTIME);
    return inode_update(old);
}

static int move(const struct place *from, const struct place *to)
{
    struct inode *ip = from->target, *old = to->target;
    uint32_t type = ip->mode >> 12;
    int directory = is_type(ip, S_IFDIR), error = 0;

    if (!old) {
        int32_t growth = dir_growth(to->dir, to->length);
        error = growth < 0 ? growth : alloc_growth((uint32_t)growth, 1);
        if (!error)
            error = dir_insert(to->dir, to->name, to->length, ip->number, type);
    } else {
        error = dir_replace(to->dir, to->name, to->length, ip->number, type);
    }
    if (error || (error = dir_remove(from->dir, from->name, from->length)))
        return error;
    if (directory) {
        to->dir->nlink = (uint16_t)(to->dir->nlink + !old);
        from->dir->nlink--;
        if (from->dir != to->dir)
            error = dir_replace(ip, "..", 2, to->dir->number, type);
    }
    if (!error && old)
        error = replaced(old);
    inode_stamp(from->dir, MTIME | CTIME);
    inode_stamp(to->dir, MTIME | CTIME);
    inode_stamp(ip, CTIME);
    if (!error)
        error = inode_update(from->dir);
    if (!error)
        error = inode_update(to->dir);
    return error ? error : inode_update(ip);
}

int32_t do_rename(struct request *r)
{
    struct path old_path, new_path;
    struct place from, to;
    int error = path_of(r, 0, &old_path);

    if (error || (error = path_of(r, 1, &new_path)) || (error = path_place(r, old_path, 0, &from)))
        return error;
    error = path_place(r, new_path, 0, &to);
    if (error) {
        place_put(&from);
        return error;
    }
    if (from.dots || to.dots)
        error = from.length && to.length ? -EINVAL : -EBUSY;
    else if (!from.target)
        error = -ENOENT;
    else if (to.target != from.target)
        error = fs.read_only ? -EROFS : may_rename(r, &from, &to);
    if (!error && to.target != from.target)
        error = move(&from, &to);
    place_put(&from);
    place_put(&to);
    return error;
}
