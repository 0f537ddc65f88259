/* Processes: table, ready queues, memory, fork, creation, end. */
#include "kernel.h"
#include <signal.h>

struct process processes[MAX_PROCESS];
struct process *processes_end = processes;
uint8_t index_of[LAST_PID + 1];
struct process *process_at[MAX_PROCESS + 1];

/*
 * Who runs next. Servers go before users, since everybody waits for them. But what is asked of them from other boards
 * may be more than this one can do, and its users would never run: when PATIENCE slices have ended while a server ran
 * and a user waited, users go first in the next one, unless a server has still to catch up after a takeover. Users take
 * turns. One whom a terminal has answered goes first, with those it forks, until CREDIT slices have ended while it ran:
 * somebody looks at it. But such do not go twice while others wait. So whenever a slice ends, somebody gives up his
 * place, or users come nearer to theirs: nobody waits for ever.
 */
#define PATIENCE 2
#define CREDIT   5
static struct queue { struct process *first, **end; } queues[QUEUES];
static uint8_t waited, was_prompt;          /* slices that users have waited */

void make_ready(struct process *p)
{
    struct queue *q = &queues[p->rank];

    ASSERT(p->state == READY);
    if (!q->first)
        q->end = &q->first;
    p->next = 0;
    *q->end = p;
    q->end = &p->next;
}

static void make_first(struct process *p)
{
    struct queue *q = &queues[p->rank];

    if (!q->first)
        q->end = &p->next;
    p->next = q->first;
    q->first = p;
}

void step_aside(struct process *p, int slice_over)
{
    if (!slice_over && p->rank != SERVERS) {
        make_first(p);
        return;
    }
    if (p->rank == PROMPT && !--p->credit)
        p->rank = USERS;
    make_ready(p);
}

static int users_turn(void) { return waited == PATIENCE; }
static int users_wait(void) { return queues[PROMPT].first || queues[USERS].first; }

void next_slice(void)
{
    waited = !users_turn() && current && current->rank == SERVERS && users_wait() ? waited + 1 : 0;
}

void wake(struct process *p)
{
    if (p->state != WAITING)
        return;
    p->state = READY;
    if (p == current)
        return;
    if (p->rank != SERVERS) {
        make_ready(p);
        return;
    }
    if (p->pid == PID_TTY)
        make_first(p);              /* what it does is short, and somebody looks at it */
    else
        make_ready(p);
    if (!users_turn() || !current || current->rank == SERVERS)
        want_reschedule();
}

void wake_by(struct process *p, uint32_t k)
{
    if (k == CH_TTY && !p->server) {
        p->rank = PROMPT;
        p->credit = CREDIT;
    }
    wake(p);
}

void unready(struct process *p)
{
    struct queue *q = &queues[p->rank];

    for (struct process **at = &q->first; *at; at = &(*at)->next)
        if (*at == p) {
            *at = p->next;
            if (!p->next)
                q->end = at;
            return;
        }
}

/*
 * After a takeover everybody waits for the file server: it goes before other servers that catch up. Moves it to the
 * front.
 */
static void prefer_files(void)
{
    struct process *file = process_find(PID_FILE);

    if (!file || !file->catching || file->state != READY || queues[SERVERS].first == file)
        return;
    unready(file);
    make_first(file);
}

static struct process *take_first(struct queue *q)
{
    struct process *p = q->first;

    if (p)
        q->first = p->next;
    return p;
}

static struct process *pick_user(void)
{
    was_prompt = queues[PROMPT].first && !(was_prompt && queues[USERS].first);
    return take_first(&queues[was_prompt ? PROMPT : USERS]);
}

struct process *pick_next(void)
{
    struct process *p = queues[SERVERS].first;

    if (!p)
        return pick_user();
    if (p->catching)
        prefer_files();
    else if (users_turn() && (p = pick_user()))
        return p;
    return take_first(&queues[SERVERS]);
}

int someone_waits(void) { return queues[SERVERS].first || users_wait(); }

struct process *process_new(uint32_t pid)
{
    ASSERT(pid && pid <= LAST_PID && !process_find(pid));
    for (int i = 0; i < MAX_PROCESS; i++) {
        struct process *p = &processes[i];

        if (p->state != FREE)
            continue;
        memset(p, 0, sizeof *p);
        if (p >= processes_end)
            processes_end = p + 1;
        p->pid = pid;
        p->context = i + 1;
        map_begin(p);
        p->queue_end = &p->queue;
        p->state = WAITING;
        p->backup = p->home = p->lost = NO_SLOT;
        p->mode = pid == PID_FILE || pid == PID_TTY ? FT_HALF : FT_FULL;
        p->synced = clock_slices();
        p->full = 1;
        p->server = pid >= PID_PROC && pid <= PID_TTY;
        p->rank = p->server ? SERVERS : USERS;
        p->data = p->brk = USER_TEXT;
        p->stack_low = USER_STACK_TOP;
        index_of[pid] = i + 1;
        process_at[i + 1] = p;
        for (uint32_t at = 0; at < (uint32_t)(loader_image_end - loader_image); at += PAGE_SIZE)
            map_set(p, USER_LOADER + at, (uint32_t)loader_image + at, MAP_TEXT);
        return p;
    }
    return 0;
}

static uint32_t page_up(uint32_t address) { return (address + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1); }

static void unmap(struct process *p, uint32_t from, uint32_t to)
{
    for (; from < to; from += PAGE_SIZE) {
        uint32_t page = map_clear(p, from);

        if (page)
            page_free(page);
        watchdog();
    }
}

uint32_t memory_pages(const struct process *p)
{
    return (page_up(p->brk) - p->data + USER_STACK_TOP - p->stack_low) >> PAGE_SHIFT;
}

void memory_release(struct process *p)
{
    unmap(p, p->data, page_up(p->brk));
    unmap(p, p->stack_low, USER_STACK_TOP);
    if (p->text) {
        text_map(p, 0);
        text_release(p->text);
    }
    p->text = 0;
    p->data = p->brk = USER_TEXT;
    p->stack_low = USER_STACK_TOP;
}

int memory_give(struct process *p, uint32_t at)
{
    int clean;
    uint32_t page = page_alloc_clean(&clean);

    if (!page)
        return 0;
    map_set(p, at, page, clean ? MAP_DATA : MAP_DATA | MAP_STALE);
    p->stale |= !clean;
    return 1;
}

int memory_grow(struct process *p, uint32_t from, uint32_t to)
{
    while ((to - from) >> PAGE_SHIFT > page_count())
        if (!page_reclaim())
            return -ENOMEM;
    for (; from < to; from += PAGE_SIZE) {
        memory_give(p, from);
        watchdog();
    }
    return 0;
}

void kernel_listen(void)
{
    watchdog();
    membership_check();
    bus_poll();
}

static void clear_stale(struct process *p, uint32_t from, uint32_t to, void (*behind_each)(void))
{
    for (; (from = map_find(p, from, to, MAP_STALE)) < to; from += PAGE_SIZE) {
        uint32_t entry = map_get(p, from);

        zero(entry & MAP_ADDRESS, PAGE_SIZE);
        map_set(p, from, entry & ~MAP_STALE, 0);
        behind_each();
    }
}

void memory_clear(struct process *p, void (*behind_each)(void))
{
    if (!p->stale)
        return;
    clear_stale(p, p->data, page_up(p->brk), behind_each);
    clear_stale(p, p->stack_low, USER_STACK_TOP, behind_each);
    p->stale = 0;
}

void process_release(struct process *p)
{
    pair_release(p);
    quota_set(p, 0);
    known_forget(p->pid);
    if (p->state == READY && p != current)
        unready(p);
    memory_release(p);
    for (uint32_t at = 0; at < (uint32_t)(loader_image_end - loader_image); at += PAGE_SIZE)
        map_clear(p, USER_LOADER + at);
    queue_drop(p);
    index_of[p->pid] = 0;
    p->state = FREE;
    while (processes_end > processes && processes_end[-1].state == FREE)
        processes_end--;
    if (p == current)
        current = 0;
}

void process_end(struct process *p, uint32_t status)
{
    struct msg m = { .op = PROC_EXIT, .flags = MSG_ASYNC, .a = { status } };

    if (p->server) {
        print("board %u: server %u ended with status %x at %x\n", my_slot, p->pid, status, p->regs.pc);
        panic("a server ended", __FILE__, __LINE__);
    }
    m.pid = p->pid;
    m.uid = p->euid;
    m.gid = p->egid;
    m.re = p->sent[CH_PROC] + 1;
    post(p->pid, CHANNEL(p->pid, CH_PROC), &m, 0, 0, 0, COOKIE_NONE);
    pair_ended(p->pid);
    process_release(p);
}

int call_sbrk(struct process *p)
{
    uint32_t old = p->brk, new = old + (int32_t)p->regs.d[1];

    if (new < p->data || new > p->heap_limit)
        return -ENOMEM;
    if (new > old) {
        if (!room_wait((page_up(new) - page_up(old)) >> PAGE_SHIFT))
            return CALL_WAITS;
        memory_grow(p, page_up(old), page_up(new));
    } else
        unmap(p, page_up(new), page_up(old));
    p->brk = new;
    if (new > old)
        map_mark(p, page_up(old), page_up(new), MAP_DIRTY | MAP_REFERENCED);    /* The backup may have others there. */
    memory_clear(p, kernel_listen);
    return old;
}

int call_fds(struct process *p)
{
    uint32_t number = p->regs.d[0], fd = p->regs.d[1], value, n = 0;

    if (number == K_FD_GET)
        return fd >= NOFILE || !p->fds[fd] ? -EBADF : (int)p->fds[fd];
    value = p->regs.d[2];
    if (number == K_FD_ALLOC) {
        for (; fd < NOFILE; fd++)
            if (!p->fds[fd]) {
                p->fds[fd] = value;
                return fd;
            }
        return -EMFILE;
    }
    if (number == K_FD_COUNT) {
        for (fd = 0; fd < NOFILE; fd++)
            n += p->fds[fd] && FD_KIND(p->fds[fd]) == FD_KIND(value) && FD_HANDLE(p->fds[fd]) == FD_HANDLE(value);
        return n;
    }
    if (fd >= NOFILE)
        return -EBADF;
    p->fds[fd] = value;
    return 0;
}

/* Pages [from, to) for child, in which copies will stand. */
static void make_pages(struct process *child, uint32_t from, uint32_t to)
{
    for (; from < to; from += PAGE_SIZE) {
        uint32_t page = page_alloc();

        ASSERT(page);
        watchdog();
        map_set(child, from, page, MAP_DATA | MAP_DIRTY);
    }
}

static uint32_t page_at(struct process *p, uint32_t at) { return map_get(p, at) & ~(uint32_t)(PAGE_SIZE - 1); }

static void copy_pages(struct process *parent, struct process *child, uint32_t from, uint32_t to)
{
    for (; from < to; from += PAGE_SIZE) {
        copy_page(page_at(child, from), page_at(parent, from));
        kernel_listen();
    }
}

/* Does the answer that it waits for make a child? */
static int makes_child(struct process *p)
{
    const struct message *m = *queue_find(p, CHANNEL(p->pid, CH_PROC), p->regs.d[3]);

    return m && m->msg.result > 0 && !m->ended;
}

/* From where on its stack is in use: a page-aligned address. */
static uint32_t stack_used(const struct process *p)
{
    if (p->regs.usp < p->stack_low)
        return p->stack_low;
    return p->regs.usp < USER_STACK_TOP ? p->regs.usp & ~(uint32_t)(PAGE_SIZE - 1) : USER_STACK_TOP;
}

/* The child exists from the moment the process server has answered; its memory has been granted. */
int call_fork(struct process *p)
{
    struct message *m;
    struct process *child;
    int pid, ended;
    uint32_t live;

    if (makes_child(p) && !room_wait(memory_pages(p)))
        return CALL_WAITS;
    m = queue_take(p, CHANNEL(p->pid, CH_PROC), p->regs.d[3]);
    if (!m)
        return CALL_WAITS;
    p->forking = 0;
    pid = m->msg.result;
    ended = m->ended;
    message_free(m);
    if (pid <= 0)
        return pid;
    child = process_find(pid);
    if (ended || (child && child->state != BACKUP))
        return pid;                 /* It has been made before: it is over, or goes on from a state of its own. */
    if (child) {                    /* It lived on the lost board; its queue and what is known of its sends are here. */
        child->rolling = 1;
        child->home = NO_SLOT;
    } else
        child = process_new(pid);
    ASSERT(child);
    if (p->backing == BACKED || p->backing == DEPENDENT) {
        child->backing = DEPENDENT;
        child->born_of = p->pid;
        child->backup = p->backup;
    }
    memcpy(&child->regs, &p->regs, sizeof p->regs);
    child->regs.d[0] = 0;
    child->ppid = p->pid;
    child->uid = p->uid;
    child->gid = p->gid;
    child->euid = p->euid;
    child->egid = p->egid;
    memcpy(child->fds, p->fds, sizeof p->fds);
    memcpy(child->action, p->action, sizeof p->action);
    memcpy(child->name, p->name, sizeof p->name);
    child->granted = child->offered = p->granted;
    quota_set(child, p->granted);
    child->mode = p->mode;
    child->lost = p->lost;
    child->limit_reads = p->limit_reads;
    child->limit_slices = p->limit_slices;
    child->sig_mask = p->sig_mask;
    child->heap_limit = p->heap_limit;
    child->data = p->data;
    child->brk = p->data;
    route_set(pid, my_slot);
    text_share(p->text);
    child->text = p->text;
    if (child->text)
        text_map(child, 1);
    child->brk = p->brk;
    child->stack_low = p->stack_low;
    child->state = READY;
    child->credit = p->credit;
    child->rank = p->rank;
    make_ready(child);
    live = stack_used(p);
    make_pages(child, p->data, page_up(p->brk));
    make_pages(child, live, USER_STACK_TOP);
    ASSERT(!memory_grow(child, p->stack_low, live));    /* what is below the stack pointer is dead */
    copy_pages(p, child, p->data, page_up(p->brk));
    copy_pages(p, child, live, USER_STACK_TOP);
    room_fit();
    return pid;
}

/* The same on the board where it runs and on that of its backup. CTL_CREATE: a process that starts in the loader with
 * path and argument block on its stack. */
struct process *create_process(struct message *m)
{
    const struct spawn_record *record = (const void *)(m->page ? (const uint8_t *)m->page : m->data);
    struct process *p = process_new(m->msg.a[0]);
    uint32_t block = record->block_bytes, top, path;

    ASSERT(p && sizeof *record + block <= m->length);
    p->ppid = m->msg.a[1];
    p->uid = p->euid = m->msg.a[2] >> 16;
    p->gid = p->egid = m->msg.a[2] & 0xFFFF;
    p->granted = p->offered = SPAWN_PAGES;
    quota_set(p, SPAWN_PAGES);
    p->mode = m->msg.a[3];
    p->limit_reads = m->msg.a[4] >> 16;
    p->limit_slices = m->msg.a[4] & 0xFFFF;
    memcpy(p->fds, record->fds, sizeof p->fds);
    for (int i = 0; i < 32; i++)
        if (record->sigignore >> i & 1)
            p->action[i].handler = (uint32_t)SIG_IGN;
    top = USER_STACK_TOP - ((block + 3) & ~3u);
    path = top - sizeof record->path;
    p->stack_low = (path & ~(uint32_t)(PAGE_SIZE - 1)) - DEFAULT_STACK;
    if (memory_grow(p, p->stack_low, USER_STACK_TOP))
        panic("no memory for a new process", __FILE__, __LINE__);
    memory_clear(p, watchdog);
    ASSERT(!copy_out(p, top, record + 1, block) && !copy_out(p, path, record->path, sizeof record->path));
    p->regs.d[1] = block;
    p->regs.a[0] = path;
    p->regs.a[1] = top;
    p->regs.usp = path;
    p->regs.pc = LOADER_SPAWN;
    return p;
}
