/* The table of processes and the accounts of the boards. */
#include "process.h"
#include <errno.h>
#include <string.h>

struct process *find(uint32_t pid)
{
    struct process *p = &server.table[pid % PROCESSES];
    return p->state != FREE && p->pid == pid ? p : 0;
}

struct process *find_alive(uint32_t pid)
{
    struct process *p = find(pid);
    return p && p->state == ALIVE ? p : 0;
}

struct process *each(const struct process *previous)
{
    struct process *p = previous ? (struct process *)previous + 1 : server.table;
    for (; p < server.table + PROCESSES; p++) {
        if (p->state != FREE)
            return p;
    }
    return 0;
}

static int names_group(uint32_t pid)
{
    for (struct process *p = each(0); p; p = each(p)) {
        if (p->group == pid || p->session == pid)
            return 1;
    }
    return 0;
}

uint32_t free_pid(void)
{
    for (unsigned tries = 0; tries < 2 * PROCESSES; tries++) {
        uint32_t pid = server.next_pid < FIRST_PID ? FIRST_PID : server.next_pid;
        server.next_pid = (uint16_t)(pid == LAST_PID ? FIRST_PID : pid + 1);
        if (pid == LAST_PID)
            server.wrapped = 1;
        if (server.table[pid % PROCESSES].state == FREE && !(server.wrapped && names_group(pid)))
            return pid;
    }
    return 0;
}

uint32_t taken(unsigned slot)
{
    uint32_t pages = server.boards[slot].used + BOARD_KEEPS;
    for (unsigned i = 0; i < SERVERS; i++) {
        const struct process *p = find(PID_PROC + i);
        if (p && server.server_backup[i] == slot && p->slot != slot)
            pages += p->pages;
    }
    return pages;
}

static int has_room(unsigned slot, uint32_t pages)
{
    uint32_t all = server.boards[slot].pages;
    uint32_t in_use = taken(slot);
    return in_use <= all && pages <= all - in_use;
}

static unsigned living(void)
{
    unsigned count = 0;
    for (unsigned slot = 0; slot < server.boards_seen; slot++)
        count += server.boards[slot].processes;
    return count;
}

int create(const struct process *parent, uint32_t pid, unsigned slot, uint32_t pages, struct process **made)
{
    struct board *board = &server.boards[slot];
    struct process *p = &server.table[pid % PROCESSES];
    wire_require(p->state == FREE && slot < BOARDS);
    if (living() >= LIVE_PROCESSES)
        return -EAGAIN;
    if (!has_room(slot, pages))
        return -ENOMEM;
    memset(p, 0, sizeof *p);
    if (parent) {
        p->parent = parent->pid;
        p->group = parent->group;
        p->session = parent->session;
        p->uid = parent->uid;
        p->gid = parent->gid;
        memcpy(p->name, parent->name, sizeof p->name);
        p->mode = parent->mode;
        p->limit_reads = parent->limit_reads;
        p->limit_slices = parent->limit_slices;
    } else {
        p->mode = pid == PID_FILE || pid == PID_TTY ? FT_HALF : FT_FULL;
        p->group = p->session = (uint16_t)pid;
    }
    p->state = ALIVE;
    p->pid = (uint16_t)pid;
    p->slot = (uint8_t)slot;
    p->line = NOBODY;
    p->pages = pages;
    p->start = date();
    board->used += pages;
    board->processes++;
    *made = p;
    return 0;
}

int recount(struct process *p, uint32_t pages)
{
    struct board *board = &server.boards[p->slot];
    wire_require(board->used >= p->pages);
    if (pages > p->pages && !has_room(p->slot, pages - p->pages))
        return -ENOMEM;
    board->used += pages - p->pages;
    p->pages = pages;
    return 0;
}

void set_name(struct process *p, const char *name, uint32_t length)
{
    uint32_t begin = 0;
    uint32_t end = 0;
    for (; end < length && name[end]; end++) {
        if (name[end] == '/')
            begin = end + 1;
    }
    uint32_t n = end - begin < NAME_BYTES - 1 ? end - begin : NAME_BYTES - 1;
    memset(p->name, 0, sizeof p->name);
    memcpy(p->name, name + begin, n);
}

int group_exists(uint32_t group, uint32_t session)
{
    for (struct process *p = each(0); p; p = each(p)) {
        if (p->group == group && p->session == session)
            return 1;
    }
    return 0;
}
