/* Signals, process groups, sessions, owners. */
#include "process.h"
#include <errno.h>

static int is_server(const struct process *p)
{
    return p->pid >= PID_PROC && p->pid <= PID_TTY;
}

void send_signal(const struct process *p, uint32_t number)
{
    if (p->state == ALIVE && !is_server(p))
        tell(CHANNEL(p->pid, CH_CONTROL), CTL_SIGNAL, number, 0, 0, 0, 0);
}

void signal_group(uint32_t group, uint32_t number)
{
    if (group == 0 || number == 0 || number >= NSIG)
        return;
    for (struct process *p = each(0); p; p = each(p)) {
        if (p->group == group)
            send_signal(p, number);
    }
}

static int may_signal(const struct process *p, const struct process *to, uint32_t number)
{
    if (is_server(to) || (to->pid == PID_INIT && (number == SIGKILL || number == SIGSTOP)))
        return 0;           /* The machine cannot do without them. */
    return p->uid == 0 || p->uid == to->uid;
}

/* Is `to` one of those that kill's first argument names? -1 means all but servers, init and the sender. */
static int is_meant(const struct process *p, const struct process *to, int32_t who)
{
    if (who > 0)
        return to->pid == who;
    if (who == -1)
        return to->pid != PID_INIT && !is_server(to) && to != p;
    return to->group == (who == 0 ? p->group : -who);
}

int do_kill(const struct process *p, const struct msg *m)
{
    int32_t who = (int32_t)m->a[0];
    uint32_t number = m->a[1];
    int meant = 0;
    int allowed = 0;
    if (number >= NSIG)
        return -EINVAL;
    for (const struct process *to = each(0); to; to = each(to)) {
        if (!is_meant(p, to, who))
            continue;
        meant = 1;
        if (!may_signal(p, to, number))
            continue;
        allowed = 1;
        if (number)
            send_signal(to, number);
    }
    if (!meant)
        return -ESRCH;
    return allowed ? 0 : -EPERM;
}

int do_setpgid(struct process *p, const struct msg *m)
{
    uint32_t pid = m->a[0] ? m->a[0] : p->pid;
    uint32_t group = m->a[1] ? m->a[1] : pid;
    if (pid > LAST_PID || group > LAST_PID)
        return -EINVAL;
    struct process *target = find_alive(pid);
    if (!target || (target != p && target->parent != p->pid))
        return -ESRCH;
    if (target->session != p->session || target->session == target->pid)
        return -EPERM;
    if (group != pid && !group_exists(group, p->session))
        return -EPERM;
    target->group = (uint16_t)group;
    struct process *parent = find_alive(target->parent);
    if (parent)
        settle_waits(parent);   /* Who waits for the old group may have nobody left in it. */
    return 0;
}

int do_setsid(struct process *p)
{
    for (const struct process *other = each(0); other; other = each(other)) {
        if (other->group == p->pid)
            return -EPERM;
    }
    p->session = p->group = p->pid;
    p->line = NOBODY;
    struct process *parent = find_alive(p->parent);
    if (parent)
        settle_waits(parent);
    return p->pid;
}

/* The answer's a[0] and a[1] are the ids from now on, for the kernel and the file server's later requests. */
int do_setuid(struct process *p, uint32_t a[5], const struct msg *m)
{
    uint32_t uid = m->a[0] == UINT32_MAX ? p->uid : m->a[0];
    uint32_t gid = m->a[1] == UINT32_MAX ? p->gid : m->a[1];
    if (uid > UINT16_MAX || gid > UINT16_MAX)
        return -EINVAL;
    if (p->uid != 0 && (uid != p->uid || gid != p->gid))
        return -EPERM;
    p->uid = (uint16_t)uid;
    p->gid = (uint16_t)gid;
    a[0] = uid;
    a[1] = gid;
    return 0;
}

int do_getids(const struct process *p, const struct msg *m, uint32_t a[5])
{
    const struct process *of = m->a[0] ? find(m->a[0]) : p;
    if (!of)
        return -ESRCH;
    a[0] = of->parent;
    a[1] = of->group;
    a[2] = of->session;
    a[3] = of->slot;
    a[4] = of->uid;
    return of->pid;
}
