/* Paths. One loop over the components; symbolic links are put in front of what is left of the path. */
#include <string.h>

#include "serve.h"

#define WORK_BYTES 4096                 /* path with the links put in */

int path_of(const struct request *r, int n, struct path *path)
{
    const char *text = (const char *)r->in, *end = text + r->length;

    for (; n > 0; n--) {
        const char *nul = text < end ? memchr(text, 0, (size_t)(end - text)) : 0;
        if (!nul)
            return -ENOENT;
        text = nul + 1;
    }
    const char *nul = text < end ? memchr(text, 0, (size_t)(end - text)) : 0;
    path->text = text;
    path->length = text < end ? (uint32_t)((nul ? nul : end) - text) : 0;
    if (path->length == 0)
        return -ENOENT;
    return path->length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

int permitted(const struct request *r, const struct inode *ip, uint32_t mask)
{
    uint32_t mode = ip->mode;

    if (r->m.uid == 0)
        return !(mask & 1) || is_type(ip, S_IFDIR) || mode & 0111 ? 0 : -EACCES;
    if (r->m.uid == ip->uid)
        mode >>= 6;
    else if (r->m.gid == ip->gid)
        mode >>= 3;
    return (mode & mask) == mask ? 0 : -EACCES;
}

int is_owner(const struct request *r, const struct inode *ip)
{
    return r->m.uid == 0 || r->m.uid == ip->uid;
}

int may_remove(const struct request *r, const struct inode *dir, const struct inode *target)
{
    int error = permitted(r, dir, 3);

    if (error)
        return error;
    return !(dir->mode & S_ISVTX) || is_owner(r, target) || is_owner(r, dir) ? 0 : -EPERM;
}

/* A walk under way: the directory reached, and the text that is left in `work` from `at` on. */
struct walk {
    const struct request *r;
    struct process *who;
    struct inode *here;
    char work[WORK_BYTES];
    uint32_t at, end;
    int links;
};

static void go_to(struct walk *w, struct inode *ip)
{
    inode_put(w->here);
    w->here = ip;
}

/* Takes the next name; slashes behind it are skipped. 0: the path is at its end. */
static uint32_t next_name(struct walk *w, const char **name)
{
    while (w->at < w->end && w->work[w->at] == '/')
        w->at++;
    uint32_t start = w->at;
    while (w->at < w->end && w->work[w->at] != '/')
        w->at++;
    *name = w->work + start;
    return w->at - start;
}

static int only_slashes_left(const struct walk *w)
{
    for (uint32_t at = w->at; at < w->end; at++)
        if (w->work[at] != '/')
            return 0;
    return 1;
}

/* Puts the text of a link in front of what is left, and starts from the root if it is absolute. */
static int enter_link(struct walk *w, const struct inode *link)
{
    uint8_t text[SYMLINK_MAX + 1];
    uint32_t rest = w->end - w->at;

    if (++w->links > SYMLOOP_MAX)
        return -ELOOP;
    if (link->size == 0 || link->size > SYMLINK_MAX)
        return -EIO;
    int32_t n = content_read(link, 0, link->size, text);
    if (n != (int32_t)link->size)
        return -EIO;
    if ((uint32_t)n + rest > WORK_BYTES)
        return -ENAMETOOLONG;
    memmove(w->work + n, w->work + w->at, rest);
    memcpy(w->work, text, (uint32_t)n);
    w->at = 0;
    w->end = (uint32_t)n + rest;
    if (text[0] == '/')
        go_to(w, inode_again(w->who->root));
    return 0;
}

/* What a name in the directory `here` stands for: a reference. ".." of the process' root is the root. */
static int look_up(struct walk *w, const char *name, uint32_t length, struct inode **found)
{
    struct entry e;

    if (!is_type(w->here, S_IFDIR))
        return -ENOTDIR;
    int error = permitted(w->r, w->here, 1);
    if (error)
        return error;
    if (length > NAME_MAX)
        return -ENAMETOOLONG;
    if (w->here == w->who->root && length == 2 && name[0] == '.' && name[1] == '.')
        length = 1;
    error = dir_find(w->here, name, length, &e);
    return error ? error : inode_get(e.inode, found);
}

static int is_dots(const char *name, uint32_t length)
{
    return length <= 2 && name[0] == '.' && (length == 1 || name[1] == '.');
}

static int begin(struct walk *w, const struct request *r, struct path path)
{
    int error = process_of(r->m.pid, &w->who);

    if (error)
        return error;
    w->r = r;
    w->links = 0;
    w->at = 0;
    w->end = path.length;
    memcpy(w->work, path.text, path.length);
    w->here = inode_again(path.text[0] == '/' ? w->who->root : w->who->cwd);
    return 0;
}

/*
 * The last name was found in w->here. Without a trailing slash it is left as it is; a slash asks for a directory, and
 * so for what a link leads to. 1: the walk goes on through the link.
 */
static int last_name(struct walk *w, int follow, struct place *place, struct inode *target)
{
    if (is_type(target, S_IFLNK) && (follow || place->slash)) {
        int error = enter_link(w, target);
        inode_put(target);
        return error ? error : 1;
    }
    if (place->slash && !is_type(target, S_IFDIR)) {
        inode_put(target);
        return -ENOTDIR;
    }
    place->target = target;
    return 0;
}

static int walk_to_place(struct walk *w, int follow, struct place *place)
{
    for (;;) {
        const char *name;
        uint32_t length = next_name(w, &name);
        struct inode *next = 0;
        if (length == 0) {              /* "/", or a link that leads there */
            place->dots = 1;
            place->target = inode_again(w->here);
            return is_type(w->here, S_IFDIR) ? 0 : -ENOTDIR;
        }
        int last = only_slashes_left(w);
        int error = look_up(w, name, length, &next);
        if (last) {
            if (error && error != -ENOENT)
                return error;
            place->slash |= w->at < w->end;
            place->dots = (uint8_t)is_dots(name, length);
            place->length = length;
            memcpy(place->name, name, length);
            if (error)
                return w->here->dead ? -ENOENT : 0;
            error = last_name(w, follow, place, next);
            if (error <= 0)
                return error;
            continue;
        }
        if (error)
            return error;
        if (is_type(next, S_IFLNK)) {
            error = enter_link(w, next);
            inode_put(next);
            if (error)
                return error;
            continue;
        }
        go_to(w, next);
    }
}

int path_place(const struct request *r, struct path path, int follow, struct place *place)
{
    static struct walk w;
    int error = begin(&w, r, path);

    memset(place, 0, sizeof *place);
    if (error)
        return error;
    error = walk_to_place(&w, follow, place);
    place->dir = w.here;
    if (error)
        place_put(place);
    return error;
}

void place_put(struct place *place)
{
    if (place->dir)
        inode_put(place->dir);
    if (place->target)
        inode_put(place->target);
    place->dir = place->target = 0;
}

int path_find(const struct request *r, struct path path, int flags, struct inode **found)
{
    struct place place;
    int error = path_place(r, path, !(flags & NOFOLLOW), &place);

    if (error)
        return error;
    *found = place.target;
    place.target = 0;
    place_put(&place);
    return *found ? 0 : -ENOENT;
}
