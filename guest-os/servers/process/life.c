/* fork, exec, spawn and the end of a process. */
#include "process.h"
#include <errno.h>
#include <string.h>

/* File and terminal server hear of the child before anybody can name it, and so do the kernels: it is where its
 * parent is, or in slot elsewhere - 1. */
void announce(const struct process *child, uint32_t elsewhere)
{
    tell(CHANNEL(PID_PROC, CH_FILE), NOTE_FORK, child->parent, child->pid, elsewhere, 0, 0);
    tell(CHANNEL(PID_PROC, CH_TTY), NOTE_FORK, child->parent, child->pid, elsewhere, 0, 0);
}

static int make_child(struct process *p, unsigned slot, uint32_t pages, uint32_t elsewhere, struct process **child)
{
    uint32_t pid = free_pid();
    if (!pid)
        return -EAGAIN;
    int result = create(p, pid, slot, pages, child);
    if (result < 0)
        return result;
    announce(*child, elsewhere);
    return (int)pid;
}

int do_fork(struct process *p, const struct msg *m)
{
    struct process *child;
    if (server.shutdown)
        return -EAGAIN;
    return make_child(p, p->slot, m->a[0], 0, &child);
}

int do_exec(struct process *p, const struct msg *m, const char *name, uint32_t length)
{
    int result = recount(p, m->a[0]);
    if (result == 0)
        set_name(p, name, length);
    return result;
}

static void tell_kernel(const struct process *child, const void *data, uint32_t length)
{
    struct msg m = { .op = CTL_CREATE, .flags = MSG_ASYNC, .a = { child->pid, child->parent,
        (uint32_t)child->uid << 16 | child->gid, child->mode,
        (uint32_t)child->limit_reads << 16 | child->limit_slices } };
    wire_send(CHANNEL(PID_KERNEL + child->slot, CH_CONTROL), &m, data, length);
}

int do_spawn(struct process *p, const struct msg *m, const void *data, uint32_t length)
{
    const struct spawn_record *record = data;
    struct process *child;
    if (m->a[0] >= BOARDS || !server.boards[m->a[0]].member || length < sizeof *record)
        return -EINVAL;
    if (!memchr(record->path, 0, sizeof record->path) || record->block_bytes > length - sizeof *record)
        return -E2BIG;
    if (server.shutdown)
        return -EAGAIN;
    int pid = make_child(p, m->a[0], SPAWN_PAGES, m->a[0] + 1, &child);
    if (pid == -ENOMEM)
        return -EAGAIN;
    if (pid < 0)
        return pid;
    set_name(child, record->path, sizeof record->path);
    child->spawned = 1;
    tell_kernel(child, data, length);
    return pid;
}

static void adopt_children(const struct process *p)
{
    struct process *init = find(PID_INIT);
    int zombies = 0;
    wire_require(init != 0);
    for (struct process *child = each(0); child; child = each(child)) {
        if (child->parent == p->pid) {
            child->parent = PID_INIT;
            zombies |= child->state == ZOMBIE;
        }
    }
    if (zombies && init->state == ALIVE) {
        send_signal(init, SIGCHLD);
        settle_waits(init);
    }
}

/*
 * The process is a zombie from here on. A zombie of a parent that is not there (init's own end) is freed at once.
 * When init ends there is nothing left to do for anybody: the machine goes down in good order.
 */
void end_process(struct process *p, uint32_t status)
{
    struct board *board = &server.boards[p->slot];
    wire_require(p->state == ALIVE && board->used >= p->pages && board->processes > 0);
    board->used -= p->pages;
    board->processes--;
    p->pages = 0;
    p->state = ZOMBIE;
    p->status = status;
    p->ended = ++server.ends;
    p->alarm_set = 0;
    for (unsigned i = 0; i < PENDING; i++)
        p->pending[i].kind = NOTHING;
    tell(CHANNEL(PID_PROC, CH_FILE), NOTE_EXIT, p->pid, 0, 0, 0, 0);
    tell(CHANNEL(PID_PROC, CH_TTY), NOTE_EXIT, p->pid, 0, 0, 0, 0);
    if (p->pid == PID_INIT) {
        begin_shutdown(0, 0);
        return;
    }
    adopt_children(p);
    struct process *parent = find_alive(p->parent);
    if (parent) {
        send_signal(parent, SIGCHLD);
        settle_waits(parent);
    } else {
        p->state = FREE;
    }
}

/*
 * Init's argument block is that of `init` without an environment: argc, one argument, two NULLs, the text. Its
 * addresses are those that it has once it ends at USER_STACK_TOP.
 */
void start_init(unsigned slot)
{
    static const char path[] = "/bin/init";
    struct {
        struct spawn_record record;
        uint32_t count, argument, arguments_end, environment_end;
        char text[12];
    } start;
    struct process *init;
    const uint32_t block_bytes = sizeof start - sizeof start.record;
    memset(&start, 0, sizeof start);
    memcpy(start.record.path, path, sizeof path);
    start.record.block_bytes = block_bytes;
    start.count = 1;
    start.argument = USER_STACK_TOP - sizeof start.text;
    memcpy(start.text, path, sizeof path);
    int result = create(0, PID_INIT, slot, SPAWN_PAGES, &init);
    wire_require(result == 0);
    set_name(init, path, sizeof path);
    announce(init, slot + 1);
    tell_kernel(init, &start, sizeof start);
}
