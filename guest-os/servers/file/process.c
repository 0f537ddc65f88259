#include <string.h>

#include "serve.h"

#define HASHES 64

static struct process table[PROCESSES_MAX];
static struct process *hashes[HASHES];

static struct process *known(uint32_t pid)
{
    struct process *p = hashes[pid % HASHES];

    while (p && p->pid != pid)
        p = p->chain;
    return p;
}

static struct process *enter(uint32_t pid)
{
    for (int i = 0; i < PROCESSES_MAX; i++) {
        struct process *p = &table[i];
        if (p->pid)
            continue;
        memset(p, 0, sizeof *p);
        p->pid = pid;
        p->umask = 022;
        p->chain = hashes[pid % HASHES];
        hashes[pid % HASHES] = p;
        return p;
    }
    return 0;
}

static void leave(struct process *p)
{
    struct process **at = &hashes[p->pid % HASHES];

    while (*at != p)
        at = &(*at)->chain;
    *at = p->chain;
    p->pid = 0;
}

int process_of(uint32_t pid, struct process **who)
{
    struct inode *root;

    *who = known(pid);
    if (*who)
        return 0;
    int error = inode_get(ROOT_DIRECTORY, &root);
    if (error)
        return error;
    struct process *p = enter(pid);
    if (!p) {
        inode_put(root);
        return -ENFILE;
    }
    p->root = root;
    p->cwd = inode_again(root);
    *who = p;
    return 0;
}

void process_set_directory(struct inode **place, struct inode *to)
{
    struct inode *old = *place;

    *place = inode_again(to);
    inode_put(old);
}

int32_t do_note_fork(struct request *r)
{
    struct process *parent, *child;

    if (r->m.pid != PID_PROC)
        return -EPERM;
    if (r->m.a[0] == 0)                 /* the first process has no parent */
        return process_of(r->m.a[1], &child);
    if (process_of(r->m.a[0], &parent) || known(r->m.a[1]))
        return -EINVAL;
    child = enter(r->m.a[1]);
    if (!child)
        return -ENFILE;
    child->root = inode_again(parent->root);
    child->cwd = inode_again(parent->cwd);
    child->umask = parent->umask;
    memcpy(child->handles, parent->handles, sizeof child->handles);
    for (uint32_t i = 0; i < FILES_MAX / 8; i++)
        for (uint32_t set = child->handles[i], h = 8 * i; set; set >>= 1, h++)
            if (set & 1)
                file_hold(h);
    return 0;
}

int32_t do_note_exit(struct request *r)
{
    if (r->m.pid != PID_PROC)
        return -EPERM;
    struct process *p = known(r->m.a[0]);
    pending_forget(r->m.a[0]);
    if (!p)
        return 0;
    for (uint32_t i = 0; i < FILES_MAX / 8; i++) {
        uint32_t set = p->handles[i];
        p->handles[i] = 0;
        for (uint32_t h = 8 * i; set; set >>= 1, h++)
            if (set & 1)
                file_release(h);
    }
    inode_put(p->cwd);
    inode_put(p->root);
    leave(p);
    return 0;
}

int32_t do_umask(struct request *r)
{
    struct process *who;
    int error = process_of(r->m.pid, &who);

    if (error)
        return error;
    int32_t old = who->umask;
    who->umask = r->m.a[0] & 0777;
    return old;
}
