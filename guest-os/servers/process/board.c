/*
 * Boards, lists for ps, and the end of it all.
 *
 * A process whose board is excluded goes on where its backup is; one that had none is lost: its parent's wait sees it
 * killed by SIGKILL. That this server still takes messages means that the servers have been taken over.
 */
#include "process.h"
#include <errno.h>
#include <string.h>

static void add_servers(unsigned slot)
{
    static const char names[][NAME_BYTES] = { "process", "file", "tty" };
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct process *made;
        int result = create(0, PID_PROC + i, slot, 0, &made);
        wire_require(result == 0);
        set_name(made, names[i], NAME_BYTES);
        made->group = made->session = 0;
    }
}

static void move(struct process *p, unsigned to)
{
    server.boards[p->slot].processes--;
    server.boards[p->slot].used -= p->pages;
    p->slot = (uint8_t)to;
    server.boards[to].processes++;
    server.boards[to].used += p->pages;
}

/* Which servers a board has, and what they take, as its kernel says, whether there is room or not. */
static void count_servers(unsigned slot, const uint16_t *pages, uint32_t count, uint32_t places)
{
    for (unsigned i = 0; i < SERVERS && i < count; i++) {
        struct process *p = find(PID_PROC + i);
        server.server_backup[i] = (uint8_t)(places >> 8 * (i + 1));
        if (!p || !pages[i])
            continue;
        if (p->slot != slot)
            move(p, slot);
        server.boards[slot].used += pages[i] - p->pages;
        p->pages = pages[i];
    }
}

void board_up(const struct msg *m, const uint16_t *server_pages, uint32_t count)
{
    uint32_t slot = m->a[0];
    wire_require(slot < BOARDS);
    struct board *board = &server.boards[slot];
    if (!board->member) {
        wire_require(board->processes == 0 && board->used == 0);
        board->member = 1;
        board->pages = m->a[1];
        board->ram = m->a[2];
        if (server.boards_seen <= slot)
            server.boards_seen = slot + 1;
        send_limits(slot);
    }
    board->view = m->a[3];
    uint8_t partner = (uint8_t)m->a[4];
    board->partner = partner < BOARDS && partner != slot ? partner : NOBODY;
    if (!server.started) {
        server.started = 1;
        add_servers(slot);
        count_servers(slot, server_pages, count, m->a[4]);
        start_init(slot);
        return;
    }
    count_servers(slot, server_pages, count, m->a[4]);
}

static int is_here(uint32_t pid, const uint16_t *here, uint32_t count)
{
    while (count > 0 && here[count - 1] != pid)
        count--;
    return count > 0;
}

/* Nobody has heard of it yet: its parent makes it when it forks again, or its record is on its way to whoever takes
 * over. The latter is asked about behind it, since the record may also have come, and been lost with the board. */
static int is_coming(const struct process *p, const uint16_t *here, uint32_t count)
{
    return !p->heard && (p->spawned || is_here(p->parent, here, count));
}

/* It had no backup that could go on: the kernel here notes that. Its parent, and the file and terminal server, hear of
 * an end by SIGKILL. */
static void lose_process(struct process *p)
{
    tell(CHANNEL(PID_KERNEL + find(PID_PROC)->slot, CH_CONTROL), CTL_LOST, p->pid, 0, 0, p->name, sizeof p->name);
    end_process(p, SIGKILL);
}

void find_failed(uint32_t pid)
{
    struct process *p = find_alive(pid);
    if (p)
        lose_process(p);
}

/*
 * What a board took with it: its processes are where the slot that has taken over says, or are still coming there. News
 * that is older than the board's present membership is not about this one.
 */
static void lose_board(unsigned slot, uint32_t view, unsigned to, const uint16_t *here, uint32_t count)
{
    struct board *board = &server.boards[slot];
    if (!board->member || (int32_t)(view - board->view) <= 0)
        return;
    board->member = 0;
    board->view = view;
    ask_lost(slot);
    for (struct process *p = each(0); p; p = each(p)) {
        if (p->state != ALIVE || p->slot != slot)
            continue;
        if (p->pid >= PID_PROC && p->pid <= PID_TTY) {
            unsigned heir = to < BOARDS ? to : board->partner;
            if (heir < BOARDS)
                move(p, heir);
        } else if (to < BOARDS && (is_here(p->pid, here, count) || is_coming(p, here, count))) {
            move(p, to);
            if (p->spawned && !p->heard)
                tell(CHANNEL(PID_KERNEL + to, CH_CONTROL), CTL_FIND, p->pid, 0, 0, 0, 0);
        } else {
            lose_process(p);
        }
    }
    board->partner = NOBODY;
}

void board_down(const struct msg *m, const uint16_t *here, uint32_t count)
{
    for (unsigned slot = 0; slot < BOARDS; slot++) {
        if (m->a[0] >> slot & 1)
            lose_board(slot, m->a[1], m->a[2], here, count);
    }
}

uint32_t list_boards(struct board_info *list)
{
    uint32_t count = 0;
    for (unsigned slot = 0; slot < server.boards_seen; slot++) {
        const struct board *board = &server.boards[slot];
        if (!board->ram)
            continue;
        uint32_t used = board->member ? taken(slot) : 0;
        if (used > board->pages)
            used = board->pages;
        list[count++] = (struct board_info){
            .slot = (uint16_t)slot, .state = board->member, .ram = board->ram, .pages = board->pages,
            .pages_used = used, .partner = board->partner, .processes = board->processes, .view = board->view,
        };
    }
    return count;
}

static unsigned backup_of(const struct process *p)
{
    return p->state == ALIVE ? server.boards[p->slot].partner : NOBODY;
}

static void describe(const struct process *p, struct proc_info *info)
{
    const struct process *leader = find(p->session);
    *info = (struct proc_info){
        .pid = p->pid, .ppid = p->parent, .pgrp = p->group, .session = p->session, .uid = p->uid, .slot = p->slot,
        .state = p->state == ALIVE ? 'R' : 'Z', .mode = p->mode, .backup = backup_of(p),
        .tty = leader ? leader->line : NOBODY,
        .start = p->start, .pages = p->pages,
    };
    memcpy(info->name, p->name, sizeof info->name);
}

/* Places in the table are not in order of pid: the pids are sorted by insertion as they are found. */
uint32_t list_processes(uint32_t from, struct proc_info *list, uint32_t most)
{
    uint16_t pids[PROCESSES];
    uint32_t count = 0;
    for (const struct process *p = each(0); p; p = each(p)) {
        if (p->pid < from)
            continue;
        uint32_t at = count++;
        for (; at > 0 && pids[at - 1] > p->pid; at--)
            pids[at] = pids[at - 1];
        pids[at] = p->pid;
    }
    if (count > most)
        count = most;
    for (uint32_t i = 0; i < count; i++)
        describe(find(pids[i]), &list[i]);
    return count;
}

/* request 0: nobody asked, init has ended. */
void begin_shutdown(uint32_t channel, const struct msg *request)
{
    if (server.shutdown) {
        if (request)
            answer(channel, request, -EBUSY);
        return;
    }
    struct msg m = { .op = FILE_SHUTDOWN };
    server.shutdown_channel = channel;
    if (request)
        server.shutdown_request = *request;
    server.shutdown = wire_send(CHANNEL(PID_PROC, CH_FILE), &m, 0, 0);
}

void end_shutdown(const struct msg *m)
{
    if (!server.shutdown || m->re != server.shutdown)
        return;
    server.shutdown = 0;
    if (m->result >= 0)
        k_call(K_POWER_OFF, 0, 0, 0, 0, 0, 0, 0);
    else if (server.shutdown_channel && find_alive(CHANNEL_CLIENT(server.shutdown_channel)))
        answer(server.shutdown_channel, &server.shutdown_request, m->result);
}
