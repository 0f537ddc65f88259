/*
 * Backups: processes of the table that do not run. What arrives for their primary is saved, what the primary sends is
 * counted (count.c), pages and state of a sync are staged until its closing frame. Takeover is: READY.
 */
#include "kernel.h"

static struct stage { uint16_t next, at; } *stage;  /* by page number: list of a record, page number in user space */

/* Its table takes the RAM from here on; where that ends. */
uint32_t pair_init(uint32_t first, uint32_t ram)
{
    stage = (struct stage *)first;
    return first + ((ram >> PAGE_SHIFT) * sizeof *stage + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
}

uint16_t *page_note(uint32_t page) { return &stage[page >> PAGE_SHIFT].at; }

/* The answer to a fork: from its frame on everything to and from the child counts. */
static void open_child(const struct process *p, const struct message *m)
{
    uint32_t pid = m->msg.result;
    struct process *child;

    if (m->msg.op != PROC_FORK || m->channel != CHANNEL(p->pid, CH_PROC) || m->msg.result <= 0 || m->ended ||
        process_find(pid))
        return;
    child = process_new(pid);
    ASSERT(child);
    child->state = BACKUP;
    child->home = slot_of(p->pid);
    quota_set(child, m->msg.a[0]);
    route_set(pid, child->home);
}

void pair_save(struct process *p, struct message *m)
{
    if (CHANNEL_K(m->channel) == CH_CONTROL && CHANNEL_CLIENT(m->channel) == p->pid)
        p->controls++;
    m->next = 0;
    *p->queue_end = m;
    p->queue_end = &m->next;
    if (m->msg.op != PROC_FORK && m->msg.op != PROC_EXEC)
        return;
    open_child(p, m);
    room_granted(p, m);
}

/* The process has ended: whoever rolls forward through its fork must not make it again. */
void pair_ended(uint32_t pid)
{
    struct process *p = process_find(pid);

    for (struct process *parent = processes; parent < processes_end; parent++)
        for (struct message *m = parent->state == FREE ? 0 : parent->queue; m; m = m->next)
            if (m->msg.op == PROC_FORK && m->msg.result == (int32_t)pid && m->channel == CHANNEL(parent->pid, CH_PROC))
                m->ended = 1;
    known_forget(pid);
    if (p && p->state == BACKUP)
        process_release(p);
}

static void drop_staged(struct process *p)
{
    while (p->staged) {
        uint32_t page = p->staged;

        p->staged = stage[page].next;
        page_free(page << PAGE_SHIFT);
    }
    while (p->staged_messages) {
        struct message *m = p->staged_messages;

        p->staged_messages = m->next;
        message_free(m);
    }
    for (int i = 0; i < BLOB_PAGES; i++) {
        if (p->blob[i])
            page_free(p->blob[i]);
        p->blob[i] = 0;
    }
}

uint32_t pair_pages(const struct process *p)
{
    uint32_t pages = memory_pages(p);

    for (uint32_t page = p->staged; page; page = stage[page].next)
        pages++;
    return pages;
}

void pair_release(struct process *p)
{
    drop_staged(p);
    sync_forget(p);
}

void pair_create(struct message *m)
{
    uint32_t pid = m->msg.a[0], home = slot_of(CHANNEL_CLIENT(m->channel));
    struct process *p;

    if (process_find(pid))
        return;
    route_set(pid, home);
    while (page_count() < SPAWN_PAGES)
        if (!page_reclaim()) {
            refuse(pid, home);
            return;
        }
    p = create_process(m);
    p->state = BACKUP;
    p->complete = 1;
    p->synced = clock_slices();
    p->home = home;
    room_open(pid, SPAWN_PAGES);
}

/* ---- a closing frame has come ---- */

static void merge(struct process *p)
{
    while (p->staged_messages) {
        struct message *m = p->staged_messages, **at = &p->queue;

        p->staged_messages = m->next;
        while (*at && (int32_t)((*at)->commit - m->commit) < 0)
            at = &(*at)->next;
        if (*at && (*at)->commit == m->commit) {
            (*at)->ended |= m->ended;
            message_free(m);
            continue;
        }
        m->next = *at;
        *at = m;
        open_child(p, m);
    }
}

/* The server has read that the client has ended, and sends it nothing any more. */
static void forget_client(const struct process *p, const struct message *m)
{
    if (!p->server)
        return;
    if (m->msg.op == NOTE_EXIT && CHANNEL_CLIENT(m->channel) == PID_PROC)
        known_forget_server(m->msg.a[0], p->pid);
    else if (m->msg.op == PROC_EXIT && p->pid == PID_PROC)
        known_forget_server(CHANNEL_CLIENT(m->channel), PID_PROC);
}

/* Drops what the primary had read: all up to the horizon but those listed, which are in order of commit. */
static void drop_read(struct process *p, uint32_t horizon, const uint32_t *unread, uint32_t n)
{
    struct message **at = &p->queue, *m;

    p->controls = 0;
    while ((m = *at)) {
        while (n && (int32_t)(*unread - m->commit) < 0) {
            unread++;
            n--;
        }
        if ((int32_t)(m->commit - horizon) <= 0 && !(n && *unread == m->commit)) {
            *at = m->next;
            forget_client(p, m);
            message_free(m);
            continue;
        }
        p->controls += m->channel == CHANNEL(p->pid, CH_CONTROL);
        at = &m->next;
    }
    p->queue_end = at;
}

static uint32_t page_up(uint32_t address) { return (address + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1); }

/*
 * Pages that the primary never touched are zero in both places; here when it runs, at the latest. Only what is new to
 * the record: a sync must not cost its pages again.
 */
static int fill(struct process *p, uint32_t from, uint32_t to)
{
    for (; from < to; from += PAGE_SIZE) {
        while (page_count() < PAGES_KEPT && text_evict())
            ;
        if (page_count() < PAGES_KEPT && !p->server)
            return 0;
        watchdog();
        if (!(map_get(p, from) & MAP_VALID) && !memory_give(p, from))
            return 0;
    }
    return 1;
}

static int take_memory(struct process *p, const struct sync_core *core)
{
    uint32_t old, low;

    if (core->full) {
        memory_release(p);
        p->data = p->brk = core->data;
    }
    old = page_up(p->brk);
    low = p->stack_low;
    for (uint32_t at = page_up(core->brk); at < old; at += PAGE_SIZE) {
        uint32_t page = map_clear(p, at);

        if (page)
            page_free(page);
    }
    while (p->staged) {
        uint32_t page = p->staged, at = (uint32_t)stage[page].at << PAGE_SHIFT, before = map_clear(p, at);

        p->staged = stage[page].next;
        if (before)
            page_free(before);
        map_set(p, at, page << PAGE_SHIFT, MAP_DATA | MAP_SENT);
        watchdog();
    }
    p->brk = core->brk;
    p->heap_limit = core->heap_limit;
    p->stack_low = core->stack_low;
    if (!fill(p, old, page_up(p->brk)) || !fill(p, p->stack_low, low))
        return 0;
    memcpy(p->text_id, core->text_id, sizeof p->text_id);
    if (!p->text && p->text_id[3])
        p->text = text_want(p->text_id);
    return 1;
}

static void take_core(struct process *p, const struct sync_core *core)
{
    p->regs = core->regs;
    p->ppid = core->ppid;
    p->uid = core->uid;
    p->gid = core->gid;
    p->euid = core->euid;
    p->egid = core->egid;
    memcpy(p->sent, core->sent, sizeof p->sent);
    memcpy(p->read, core->read, sizeof p->read);
    for (uint32_t k = 0; k < 16; k++)
        if (core->known[k] > known_of(CHANNEL(p->pid, k), p->pid))
            known_note(CHANNEL(p->pid, k), p->pid, core->known[k]);
    p->sig_pending = core->sig_pending;
    p->sig_mask = core->sig_mask;
    p->sig_sync = core->sig_sync;
    p->forking = core->forking;
    p->granted = core->granted;
    p->offered = core->offered;
    memcpy(p->name, core->name, sizeof p->name);
}

static void take_part(struct process *p, uint32_t type, const void *data, uint32_t bytes, uint32_t horizon)
{
    switch (type) {
    case T_FDS: memcpy(p->fds, data, sizeof p->fds); break;
    case T_MODE: {
        const struct sync_mode *mode = data;

        ASSERT(mode->version == SYNC_VERSION);
        p->mode = mode->mode;
        p->limit_reads = mode->limit_reads;
        p->limit_slices = mode->limit_slices;
        break;
    }
    case T_WINDOW:
        memcpy(p->asked, ((const struct sync_window *)data)->asked, sizeof p->asked);
        memcpy(p->answered, ((const struct sync_window *)data)->answered, sizeof p->answered);
        break;
    case T_ACTIONS: memcpy(p->action, data, sizeof p->action); break;
    case T_ENDS: ends_load(p->pid, data, bytes / sizeof(struct end_record)); break;
    case T_UNREAD:
        merge(p);
        drop_read(p, horizon, data, bytes / 4);
        break;
    case T_ROUTES:
        for (const uint16_t *r = data; bytes >= 4; r += 2, bytes -= 4)
            if (route[r[0]] == NO_SLOT)
                route_set(r[0], r[1]);
        break;
    }
}

/* The primary's, and what is still to be read may grant more. */
static void take_quota(struct process *p, uint32_t pages)
{
    for (const struct message *m = p->queue; m; m = m->next)
        if (room_offer(p, m) > pages)
            pages = room_offer(p, m);
    quota_set(p, pages);
}

static void apply(struct process *p, uint32_t bytes)
{
    static struct sync_core core;

    for (uint32_t i = 0, at = 0; at < bytes; i++, at += PAGE_SIZE) {
        ASSERT(i < BLOB_PAGES && p->blob[i]);
        memcpy(blob + at, (void *)p->blob[i], bytes - at < PAGE_SIZE ? bytes - at : PAGE_SIZE);
    }
    ASSERT(*(uint16_t *)blob == T_CORE && *(uint16_t *)(blob + 2) == sizeof core);
    memcpy(&core, blob + 4, sizeof core);
    take_core(p, &core);
    for (uint32_t at = 4 + sizeof core, n; at < bytes; at += 4 + ((n + 3) & ~3u)) {
        n = *(uint16_t *)(blob + at + 2);
        take_part(p, *(uint16_t *)(blob + at), blob + at + 4, n, core.horizon);
    }
    if (!take_memory(p, &core)) {
        pair_refuse(p);
        return;
    }
    drop_staged(p);
    p->complete = 1;
    p->synced = clock_slices();
    take_quota(p, core.quota);
    room_fit();
}

/* A frame of a sync; m is ours. */
void pair_frame(struct process *p, struct message *m, uint32_t pid)
{
    if (!p && m->msg.op == SYNC_OPEN) {
        p = process_new(pid);
        ASSERT(p);
        p->state = BACKUP;
        p->home = m->from;
    }
    if (!p && m->msg.op == SYNC_END)
        refuse(pid, m->from);       /* It was given up, or never made; the primary may not take it for backed. */
    if (p && p->state == BACKUP && m->msg.op == SYNC_OPEN && !room_open(pid, m->msg.a[0]))
        p = 0;
    if (p && p->state == BACKUP)
        switch (m->msg.op) {
        case SYNC_PAGE:
            stage[m->page >> PAGE_SHIFT].next = p->staged;
            stage[m->page >> PAGE_SHIFT].at = m->msg.a[0] >> PAGE_SHIFT;
            p->staged = m->page >> PAGE_SHIFT;
            m->page = 0;
            break;
        case SYNC_STATE:
            ASSERT(m->msg.a[0] < BLOB_PAGES && !p->blob[m->msg.a[0]]);
            p->blob[m->msg.a[0]] = m->page;
            m->page = 0;
            break;
        case SYNC_MESSAGE: {
            struct msg about = m->msg;

            m->commit = about.a[0];
            m->channel = about.a[1];
            m->length = about.a[2];
            m->from = about.a[3];
            m->ended = about.a[4];
            memcpy(&m->msg, m->data, sizeof m->msg);
            memmove(m->data, m->data + sizeof m->msg, sizeof m->data - sizeof m->msg);
            m->next = p->staged_messages;
            p->staged_messages = m;
            return;
        }
        case SYNC_END:
            apply(p, m->msg.a[0]);
            break;
        }
    message_free(m);
}

/* ---- takeover ---- */

/* The record of a child that this message, an answer to a fork, is to make; or 0. */
static struct process *to_be_made(const struct process *parent, const struct message *m)
{
    struct process *child;

    if (m->msg.op != PROC_FORK || m->msg.result <= 0 || m->channel != CHANNEL(parent->pid, CH_PROC))
        return 0;
    child = process_find(m->msg.result);
    return child && child->state == BACKUP ? child : 0;
}

/* Has this process still to fork a child whose record is here? Until then it cannot be copied: the record would have
 * to go along. */
int pair_awaited(const struct process *parent)
{
    for (const struct message *m = parent->queue; m; m = m->next)
        if (to_be_made(parent, m))
            return 1;
    return 0;
}

/* Who makes whom in roll-forward. */
void pair_find_parents(void)
{
    for (struct process *p = processes; p < processes_end; p++)
        if (p->state == BACKUP)
            p->born_of = 0;
    for (const struct process *parent = processes; parent < processes_end; parent++)
        for (const struct message *m = parent->state == FREE ? 0 : parent->queue; m; m = m->next) {
            struct process *child = to_be_made(parent, m);

            if (child)
                child->born_of = parent->pid;
        }
}

/* Will somebody who rolls forward make this process again? Its parent, or that one's parent makes the parent ... */
static int will_be_made(const struct process *p)
{
    const struct process *parent = process_find(p->born_of);

    return parent && (parent->state != BACKUP || parent->complete || will_be_made(parent));
}

static void start(struct process *p)
{
    print("board %u: takes over %s (%u)\n", my_slot, p->name, p->pid);
    p->complete = 0;
    p->rolling = 1;
    p->full = 1;
    p->backing = ALONE;
    p->backup = NO_SLOT;
    p->lost = p->home;
    p->catching = 1;
    p->left_out = 0;
    p->state = READY;
    if (p->pid == PID_FILE)
        disk_take_over();
    if (p->server)
        server_text(p);
    else if (p->text_id[3]) {
        if (!p->text)
            p->text = text_want(p->text_id);
        text_run(p);
        return;
    }
    make_ready(p);
}

/* What is known to be incomplete goes first, as long as it can be told who would make it again. */
void pair_takeover(uint32_t excluded)
{
    uint32_t n = 0;

    pair_find_parents();
    for (struct process *p = processes; p < processes_end; p++) {
        if (p->state != BACKUP || p->home >= MAX_SLOTS || !(excluded >> p->home & 1))
            continue;
        drop_staged(p);
        if (p->complete || will_be_made(p))
            continue;
        print("board %u: process %u is lost\n", my_slot, p->pid);
        process_release(p);
    }
    for (int servers = 1; servers >= 0; servers--)
        for (struct process *p = processes; p < processes_end; p++)
            if (p->state == BACKUP && p->complete && p->server == servers && p->home < MAX_SLOTS &&
                excluded >> p->home & 1) {
                start(p);
                n++;
            }
    loss_note(LOSS_HANDLED, 0, n);
    for (uint32_t pid = PID_PROC; pid <= PID_TTY; pid++) {
        const struct process *p = process_find(pid);

        if (view_table.server[pid] == my_slot && (!p || p->state == BACKUP))
            view_stop(pid);         /* The copy of it had not come to its end. */
    }
}

static int is_behind(const struct process *p, uint32_t k)
{
    return known_of(CHANNEL(p->pid, k), p->pid) > p->sent[k];
}

/* Has this process, which rolls forward, still to send what has been sent? */
int pair_behind(struct process *p)
{
    if (is_behind(p, p->behind))    /* most likely still the one that was found last */
        return 1;
    for (uint32_t k = CH_KERNEL; k <= CH_TTY; k++)
        if (is_behind(p, k)) {
            p->behind = k;
            return 1;
        }
    p->rolling = p->server;         /* A server has other channels, too. */
    if (p->catching && !p->server) {
        p->catching = 0;
        loss_note(LOSS_CAUGHT_UP, p, p->left_out);
    }
    return 0;
}
