/* Names: what makes and removes entries of directories. */
#include <string.h>

#include "serve.h"

/* After an error in the middle there is only EIO left to tell; each call was prepared so that nothing else can happen
 * there. */
static int update_dir(struct inode *dir)
{
    inode_stamp(dir, MTIME | CTIME);
    return inode_update(dir);
}

static int32_t node_growth(const struct place *place, uint32_t mode, uint32_t extra)
{
    int32_t entry = dir_growth(place->dir, place->length);

    return entry < 0 ? entry : entry + (int32_t)(inode_growth() + ((mode & S_IFMT) == S_IFDIR) + extra);
}

int make_node(struct request *r, struct place *place, uint32_t mode, uint32_t rdev, uint32_t extra, struct inode **made)
{
    struct inode *dir = place->dir, *ip;
    uint32_t type = mode & S_IFMT, gid = dir->mode & S_ISGID ? dir->gid : r->m.gid;

    if (fs.read_only)
        return -EROFS;
    int error = permitted(r, dir, 3);
    if (error)
        return error;
    if (type == S_IFDIR && dir->nlink >= LINKS_MAX)
        return -EMLINK;
    int32_t growth = node_growth(place, mode, extra);
    if (growth < 0 || (error = alloc_growth((uint32_t)growth, 0)))
        return growth < 0 ? growth : error;
    if (type == S_IFDIR && dir->mode & S_ISGID)
        mode |= S_ISGID;
    error = inode_new(mode, r->m.uid, gid, &ip);
    if (error)
        return error;
    ip->rdev = rdev;
    if (type == S_IFDIR)
        error = dir_make(ip, dir->number);
    if (!error)
        error = dir_insert(dir, place->name, place->length, ip->number, type >> 12);
    if (!error) {
        ip->nlink = type == S_IFDIR ? 2 : 1;
        dir->nlink = (uint16_t)(dir->nlink + (type == S_IFDIR));
        error = inode_update(ip);
    }
    if (!error)
        error = update_dir(dir);
    if (error) {
        inode_put(ip);
        return error;
    }
    *made = ip;
    return 0;
}

/* The place for a name that must not exist yet. slash: a trailing one is allowed. */
static int new_place(struct request *r, int n, int slash, struct place *place)
{
    struct path path;
    int error = path_of(r, n, &path);

    if (error || (error = path_place(r, path, 0, place)))
        return error;
    if (place->target)
        error = -EEXIST;
    else if (place->slash && !slash)
        error = -ENOENT;
    if (error)
        place_put(place);
    return error;
}

static int32_t node(struct request *r, int slash, uint32_t mode, uint32_t rdev)
{
    struct place place;
    struct process *who;
    struct inode *ip;
    int error = process_of(r->m.pid, &who);

    if (error || (error = new_place(r, 0, slash, &place)))
        return error;
    error = make_node(r, &place, mode & ~(uint32_t)who->umask, rdev, 0, &ip);
    if (!error)
        inode_put(ip);
    place_put(&place);
    return error;
}

int32_t do_mkdir(struct request *r)
{
    return node(r, 1, S_IFDIR | (r->m.a[0] & 01777), 0);
}

int32_t do_mknod(struct request *r)
{
    uint32_t mode = r->m.a[0], device = r->m.a[1], type = mode & S_IFMT;

    if (type == 0)
        mode |= type = S_IFREG;
    if (type != S_IFREG && type != S_IFIFO && type != S_IFCHR)
        return type == S_IFBLK || type == S_IFDIR ? -EPERM : -EINVAL;
    if (type == S_IFCHR && r->m.uid != 0)
        return -EPERM;
    return node(r, 0, mode & (S_IFMT | 07777), type == S_IFCHR ? (device >> 8) << 16 | (device & 0xFF) : 0);
}

int32_t do_symlink(struct request *r)
{
    struct place place;
    struct path text;
    struct inode *ip;
    int error = path_of(r, 0, &text);

    if (error || (error = new_place(r, 1, 0, &place)))
        return error;
    error = make_node(r, &place, S_IFLNK | 0777, 0, text.length > INLINE_MAX, &ip);
    if (!error) {
        int32_t n = content_write(ip, 0, (const uint8_t *)text.text, text.length);
        error = n < 0 ? n : inode_update(ip);
        require(n < 0 || n == (int32_t)text.length);
        inode_put(ip);
    }
    place_put(&place);
    return error;
}

int32_t do_readlink(struct request *r)
{
    struct path path;
    struct inode *ip;
    int error = path_of(r, 0, &path);

    if (error || (error = path_find(r, path, NOFOLLOW, &ip)))
        return error;
    int32_t n = is_type(ip, S_IFLNK) ? content_read(ip, 0, ip->size, answer_buffer()) : -EINVAL;
    inode_put(ip);
    if (n > 0) {
        r->out = answer_buffer();
        r->out_length = (uint32_t)n;
    }
    return n;
}

static int link_to(struct request *r, struct inode *ip, struct place *place)
{
    struct inode *dir = place->dir;
    int error = fs.read_only ? -EROFS : permitted(r, dir, 3);

    if (error)
        return error;
    if (is_type(ip, S_IFDIR) || ip->nlink >= LINKS_MAX)
        return is_type(ip, S_IFDIR) ? -EPERM : -EMLINK;
    int32_t growth = dir_growth(dir, place->length);
    if (growth < 0 || (error = alloc_growth((uint32_t)growth, 0)))
        return growth < 0 ? growth : error;
    error = dir_insert(dir, place->name, place->length, ip->number, ip->mode >> 12);
    if (error)
        return error;
    ip->nlink++;
    inode_stamp(ip, CTIME);
    error = inode_update(ip);
    return error ? error : update_dir(dir);
}

int32_t do_link(struct request *r)
{
    struct path path;
    struct place place;
    struct inode *ip;
    int error = path_of(r, 0, &path);

    if (error || (error = path_find(r, path, NOFOLLOW, &ip)))
        return error;
    error = new_place(r, 1, 0, &place);
    if (!error) {
        error = link_to(r, ip, &place);
        place_put(&place);
    }
    inode_put(ip);
    return error;
}

static int remove_file(struct request *r, struct place *place)
{
    struct inode *ip = place->target;
    int error = may_remove(r, place->dir, ip);

    if (error)
        return error;
    if (is_type(ip, S_IFDIR))
        return -EPERM;
    if (fs.read_only)
        return -EROFS;
    error = dir_remove(place->dir, place->name, place->length);
    if (error || (error = update_dir(place->dir)))
        return error;
    ip->nlink--;
    inode_stamp(ip, CTIME);
    return inode_update(ip);
}

int32_t do_unlink(struct request *r)
{
    struct path path;
    struct place place;
    int error = path_of(r, 0, &path);

    if (error || (error = path_place(r, path, 0, &place)))
        return error;
    error = place.target ? remove_file(r, &place) : -ENOENT;
    place_put(&place);
    return error;
}

int kill_directory(struct inode *ip)
{
    int error = map_cut(ip, 0);

    if (error)
        return error;
    ip->size = 0;
    ip->nlink = 0;
    ip->dead = 1;
    inode_stamp(ip, CTIME);
    return inode_update(ip);
}

static int remove_directory(struct request *r, struct place *place)
{
    struct inode *ip = place->target, *dir = place->dir;

    if (!is_type(ip, S_IFDIR))
        return -ENOTDIR;
    if (place->length == 0 || ip->number == ROOT_DIRECTORY)
        return -EBUSY;
    if (place->dots)
        return place->length == 1 ? -EINVAL : -ENOTEMPTY;
    int error = may_remove(r, dir, ip);
    if (error)
        return error;
    int empty = dir_is_empty(ip);
    if (empty <= 0)
        return empty < 0 ? empty : -ENOTEMPTY;
    if (fs.read_only)
        return -EROFS;
    error = dir_remove(dir, place->name, place->length);
    if (error)
        return error;
    dir->nlink--;
    error = update_dir(dir);
    return error ? error : kill_directory(ip);
}

int32_t do_rmdir(struct request *r)
{
    struct path path;
    struct place place;
    int error = path_of(r, 0, &path);

    if (error || (error = path_place(r, path, 0, &place)))
        return error;
    error = place.target ? remove_directory(r, &place) : -ENOENT;
    place_put(&place);
    return error;
}
