/*
 * Syncs: the pages that have changed and the state of a process go to its backup, staged, with one closing frame. The
 * process is held from the first page to the commit of the closing frame; nothing is copied by the processor.
 *
 * One job at a time. Those who wait for theirs are held (SYNCING) or, for a new backup, OPENED: their record is there
 * already and saves.
 */
#include "kernel.h"

#define PAGES_AT_ONCE  8            /* in the FIFO: other frames must not wait long behind them */
#define ROOM           32
#define MOST_ENDS      384          /* of a server: two for each process and kernel */
#define RETRY_SLICES   300          /* until a backup that found no room is tried again */

static struct {
    struct process *p;
    enum { OPENING, OPEN_DONE, PAGES, QUEUE, STATE, CLOSING, DONE } phase;
    uint32_t at, in_flight, number;
    struct message *message;        /* QUEUE: the next one */
    uint32_t id;                    /* tells completions of an earlier job from this one's */
    int full, queue;
} job;
/* After an exclusion servers answer before new copies are made; their roll-forward is much shorter than MOST_SLICES. */
#define SETTLE_SLICES  20
#define MOST_SLICES    200

static uint32_t settling;           /* slices left, at most */
int sync_wanted;                    /* there may be something to do; always so while there is a job */
uint8_t blob[BLOB_BYTES] __attribute__((aligned(4)));

static uint32_t page_up(uint32_t address) { return (address + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1); }

static int runs(const struct process *p) { return p->state != FREE && p->state != BACKUP; }

/* Only the frames of the job under way are worth sending; the job ends when its backup is somewhere else. */
int sync_address(uint32_t pid)
{
    return job.p && job.p->pid == pid ? job.p->backup : NO_SLOT;
}

static uint32_t cookie_of(uint32_t op) { return COOKIE_SYNC | (job.id & 0xFFFF) << 8 | op; }

static void frame(uint32_t op, const uint32_t *a, const void *more, uint32_t more_bytes, uint32_t page, uint32_t bytes,
                  uint32_t cookie)
{
    uint32_t pid = job.p->pid;
    uint8_t *parameters, *header = bus_next(&parameters);
    struct msg *m = (struct msg *)parameters;

    *m = (struct msg){ .op = op, .flags = MSG_ASYNC, .pid = pid };
    for (uint32_t i = 0; a && i < sizeof m->a / sizeof m->a[0]; i++)
        m->a[i] = a[i];
    if (more_bytes)
        memcpy(parameters + sizeof *m, more, more_bytes);
    frame_header(header, CHANNEL(pid, CH_SYNC), ++job.number, pid, PID_KERNEL + my_slot, sizeof *m + more_bytes,
                 page ? bytes : 0);
    if (address_frame(header))
        bus_send(page, cookie);
    else if (page && cookie == COOKIE_NONE)
        page_free(page);
}

/* The next page of the process to be sent, from job.at on; 0: there are no more. */
static int send_pages(void)
{
    struct process *p = job.p;
    uint32_t brk = page_up(p->brk), wanted = MAP_DIRTY | (job.full ? MAP_SENT : 0);

    for (;; job.at += PAGE_SIZE) {
        uint32_t entry, a[5] = { 0 };

        watchdog();
        if (job.at < brk)
            job.at = map_find(p, job.at, brk, wanted);
        if (job.at >= brk)
            job.at = map_find(p, job.at < p->stack_low ? p->stack_low : job.at, USER_STACK_TOP, wanted);
        if (job.at == USER_STACK_TOP)
            return 1;
        if (job.in_flight >= PAGES_AT_ONCE || !bus_room(ROOM))
            return 0;
        entry = map_get(p, job.at);
        map_set(p, job.at, entry & ~(uint32_t)(PAGE_SIZE - 1), (entry & (PAGE_SIZE - 1) & ~MAP_DIRTY) | MAP_SENT);
        job.in_flight++;
        a[0] = job.at;
        frame(SYNC_PAGE, a, 0, 0, entry & ~(uint32_t)(PAGE_SIZE - 1), PAGE_SIZE, cookie_of(SYNC_PAGE));
    }
}

/* A new backup gets the unread messages, too: it has saved only those that came since it was opened. Its primary is
 * held, so its queue grows at the end only. */
static int send_queue(void)
{
    for (struct message *m; (m = job.message); job.message = m->next) {
        uint32_t a[5] = { m->commit, m->channel, m->length, m->from, m->ended };
        uint32_t page = m->page;

        if (job.in_flight >= PAGES_AT_ONCE || !bus_room(ROOM))
            return 0;
        if (!page && m->length > 48)
            page = (uint32_t)m->data;               /* too long to go beside the message: from where it lies */
        job.in_flight++;
        frame(SYNC_MESSAGE, a, &m->msg, sizeof m->msg + (page ? 0 : m->length), page, m->length,
              cookie_of(SYNC_MESSAGE));
    }
    return 1;
}

/* Where the data of the part at `at` stand. */
static void *part(uint32_t at) { return blob + at + 4; }

/* A part whose data stand there already; answers where the next one begins. */
static uint32_t put_built(uint32_t at, uint32_t type, uint32_t bytes)
{
    ASSERT(at + 4 + bytes + 3 < BLOB_BYTES);
    *(uint16_t *)(blob + at) = type;
    *(uint16_t *)(blob + at + 2) = bytes;
    return at + 4 + ((bytes + 3) & ~3u);
}

static uint32_t put(uint32_t at, uint32_t type, const void *data, uint32_t bytes)
{
    memcpy(part(at), data, bytes);
    return put_built(at, type, bytes);
}

static uint32_t put_core(struct process *p)
{
    static struct sync_core core;

    memset(&core, 0, sizeof core);
    core.regs = p->regs;
    core.ppid = p->ppid;
    core.uid = p->uid;
    core.gid = p->gid;
    core.euid = p->euid;
    core.egid = p->egid;
    core.data = p->data;
    core.brk = p->brk;
    core.heap_limit = p->heap_limit;
    core.stack_low = p->stack_low;
    memcpy(core.sent, p->sent, sizeof core.sent);
    memcpy(core.read, p->read, sizeof core.read);
    for (uint32_t k = CH_KERNEL; k <= CH_TTY; k++)
        core.known[k] = known_of(CHANNEL(p->pid, k), p->pid);
    core.sig_pending = p->sig_pending;
    core.sig_mask = p->sig_mask;
    core.sig_sync = p->sig_sync;
    core.horizon = last_commit;
    if (p->text)
        text_name(p->text, core.text_id);
    core.full = job.full;
    core.forking = p->forking;
    core.quota = p->quota;
    core.granted = p->granted;
    core.offered = p->offered;
    memcpy(core.name, p->name, sizeof core.name);
    return put(0, T_CORE, &core, sizeof core);
}

static uint32_t build(struct process *p)
{
    struct sync_window window;
    struct sync_mode mode = { SYNC_VERSION, p->mode, 0, p->limit_reads, p->limit_slices };
    uint32_t n = 0, at = put_core(p), *commits;
    uint16_t *routes;

    at = put(at, T_FDS, p->fds, sizeof p->fds);
    at = put(at, T_ACTIONS, p->action, sizeof p->action);
    at = put(at, T_MODE, &mode, sizeof mode);
    memcpy(window.asked, p->asked, sizeof window.asked);
    memcpy(window.answered, p->answered, sizeof window.answered);
    at = put(at, T_WINDOW, &window, sizeof window);
    commits = part(at);
    for (const struct message *m = p->queue; m; m = m->next) {
        ASSERT(n < 1024);
        commits[n++] = m->commit;
    }
    at = put_built(at, T_UNREAD, n * sizeof commits[0]);
    if (!p->server)
        return at;
    n = ends_store(p->pid, part(at), MOST_ENDS);
    at = put_built(at, T_ENDS, n * sizeof(struct end_record));
    routes = part(at);
    n = 0;
    for (uint32_t pid = 0; job.queue && pid <= route_top && n < 1024; pid++) {
        if (!(pid % 256))
            watchdog();
        if (route[pid] != NO_SLOT) {
            routes[n++] = pid;
            routes[n++] = route[pid];
        }
    }
    return put_built(at, T_ROUTES, n * sizeof routes[0]);
}

static int send_state(void)
{
    uint32_t bytes, a[5] = { 0 };

    if (!bus_room(ROOM) || page_count() < 8)
        return 0;
    bytes = build(job.p);
    for (uint32_t at = 0; at < bytes; at += PAGE_SIZE, a[0]++) {
        uint32_t page = page_alloc(), n = bytes - at < PAGE_SIZE ? bytes - at : PAGE_SIZE;

        memcpy((void *)page, blob + at, n);
        frame(SYNC_STATE, a, 0, 0, page, n, COOKIE_NONE);
    }
    a[0] = bytes;
    frame(SYNC_END, a, 0, 0, 0, 0, cookie_of(SYNC_END));
    return 1;
}

/* Called before what arrived is taken; so nothing but a note is made here. */
void sync_committed(uint32_t cookie)
{
    uint32_t what = cookie & 0xFF;

    sync_wanted = 1;
    if (!job.p || (cookie >> 8 & 0xFFFF) != (job.id & 0xFFFF))
        return;
    if (what == SYNC_OPEN && job.phase == OPENING)
        job.phase = OPEN_DONE;
    else if (what == SYNC_PAGE || what == SYNC_MESSAGE)
        job.in_flight--;
    else if (what == SYNC_END && job.phase == CLOSING)
        job.phase = DONE;
}

static void let_go(struct process *p)
{
    p->want = 0;
    p->state = READY;
    if (p != current)
        make_ready(p);
}

void sync_hold(struct process *p, uint32_t want)
{
    if (p->state == READY && p != current)
        unready(p);
    p->state = SYNCING;
    p->want |= want;
    sync_wanted = 1;
}

uint32_t system_reads = USER_READS, system_slices = SLICES;

void sync_limits(uint32_t reads, uint32_t slices)
{
    system_reads = reads;
    system_slices = slices;
}

/* Whether its mode lets a process that has no backup have one, at the place where it would be. */
static int may_back(const struct process *p)
{
    if (backup_slot(p->pid) == NO_SLOT || (int32_t)(clock_slices() - p->retry) < 0)
        return 0;
    return p->mode == FT_FULL || p->lost == NO_SLOT || (p->mode == FT_HALF && view_members >> p->lost & 1);
}

/* Would nothing be lost with this board that has a place for a backup, and none of the servers? */
int sync_complete(void)
{
    for (const struct process *p = processes; p < processes_end; p++)
        if (runs(p) && (p->backing == OPENED || (p->backing == ALONE && (p->server || may_back(p)))))
            return 0;
    return 1;
}

int call_sync(struct process *p)
{
    p->regs.d[0] = 0;
    if (p->backing == BACKED)
        sync_hold(p, WANT_SELF);
    return CALL_NO_ANSWER;
}

static struct process *dependent_of(const struct process *p)
{
    for (struct process *c = processes; c < processes_end; c++)
        if (runs(c) && c->backing == DEPENDENT && c->born_of == p->pid)
            return c;
    return 0;
}

int sync_dependents(const struct process *p) { return dependent_of(p) != 0; }

static void begin(struct process *p)
{
    job.p = p;
    job.id++;
    job.phase = PAGES;
    job.at = p->data;
    job.in_flight = 0;
    job.queue = p->backing == OPENED;
    job.full = p->full || p->backing != BACKED;
    if (p->state != SYNCING)
        sync_hold(p, 0);
}

/* The next job. 1: somebody was let go instead. */
static int choose(void)
{
    for (struct process *p = processes; p < processes_end; p++) {
        struct process *c, *deepest = p;

        if (p->state != SYNCING)
            continue;
        while ((c = dependent_of(deepest)))
            deepest = c;
        if (deepest == p && (!(p->want & WANT_SELF) || p->backing == ALONE)) {
            let_go(p);
            return 1;
        }
        if (deepest->state == LOADING)
            continue;
        begin(deepest);
        return 0;
    }
    for (struct process *p = processes; p < processes_end; p++)
        if (runs(p) && p->backing == OPENED && p->state != LOADING && !settling && !pair_awaited(p)) {
            if (p->pid == PID_FILE) {
                wake(p);            /* It stops where it can be copied. */
                continue;
            }
            sync_hold(p, WANT_SELF);
            begin(p);
            return 0;
        }
    for (struct process *p = processes; p < processes_end; p++)
        if (runs(p) && p->backing == ALONE && may_back(p)) {
            if (!bus_room(ROOM))
                return 0;
            p->backup = backup_slot(p->pid);
            job.p = p;
            job.id++;
            job.phase = OPENING;
            job.in_flight = 0;
            frame(SYNC_OPEN, (const uint32_t[5]){ p->quota }, 0, 0, 0, 0, cookie_of(SYNC_OPEN));
            return 0;
        }
    sync_wanted = 0;
    return 0;
}

int sync_step(void)
{
    int ready = 0;

    pair_tell();
    while (view_number && sync_wanted) {
        if (!job.p) {
            ready |= choose();
            if (!job.p && (sync_wanted || ready))
                return ready;
            continue;
        }
        if (job.phase == OPEN_DONE) {
            job.p->backing = OPENED;
            job.p = 0;
            continue;
        }
        if (job.phase == PAGES && send_pages()) {
            job.phase = QUEUE;
            job.message = job.p->queue;
        }
        if (job.phase == QUEUE && (!job.queue || send_queue()))
            job.phase = STATE;
        if (job.phase == STATE && send_state())
            job.phase = CLOSING;
        if (job.phase != DONE)
            return ready;
        if (job.p->backing == OPENED && job.p->lost != NO_SLOT)
            loss_note(LOSS_BACKED, job.p, 0);
        job.p->backing = BACKED;
        job.p->lost = NO_SLOT;
        job.p->full = 0;
        job.p->reads = job.p->slices = job.p->due = 0;
        job.p->synced = clock_slices();
        let_go(job.p);
        job.p = 0;
        ready = 1;
    }
    return ready;
}

/* The places of backups may have changed. Called before the frames of the FIFO are addressed again. */
void sync_view(uint32_t excluded)
{
    sync_wanted = 1;
    if (excluded)
        settling = MOST_SLICES;
    for (struct process *p = processes; p < processes_end; p++) {
        if (!runs(p) || p->backup == NO_SLOT || p->backup == backup_slot(p->pid))
            continue;
        if (excluded >> p->backup & 1)
            p->lost = p->backup;
        p->backing = ALONE;
        p->backup = NO_SLOT;
        p->full = 1;
        if (job.p == p) {
            if (p->state == SYNCING)
                let_go(p);
            job.p = 0;
        }
    }
}

/* Whoever was to be made from its record has nothing there either. */
static void unback(struct process *p)
{
    p->backing = ALONE;
    p->backup = NO_SLOT;
    p->full = 1;
    p->retry = clock_slices() + RETRY_SLICES;
    if (job.p == p) {
        if (p->state == SYNCING)
            let_go(p);
        job.p = 0;
    }
    for (struct process *c; (c = dependent_of(p)); )
        unback(c);
}

/* The board that kept its backup has no room for it: it runs unbacked, and tries again later. */
void sync_refused(uint32_t pid, uint32_t from)
{
    struct process *p = process_find(pid);

    if (!p || !runs(p) || p->backup != from)
        return;
    loss_note(LOSS_NO_ROOM, p, 0);
    unback(p);
    sync_wanted = 1;
}

/* Does a server here repeat what it did on a board that is lost? */
static int servers_roll(void)
{
    for (uint32_t pid = PID_PROC; pid <= PID_TTY; pid++) {
        const struct process *p = process_find(pid);

        if (p && p->state != BACKUP && p->catching && (p->queue || p->state == READY))
            return 1;
    }
    return 0;
}

/* Now and then: somebody may have got his text. */
void sync_poke(void)
{
    static uint32_t slices;

    if (!(++slices & 3))
        sync_wanted = 1;
    if (settling && --settling <= MOST_SLICES - SETTLE_SLICES && !servers_roll())
        settling = 0;
}

/* The process is no more. */
void sync_forget(struct process *p)
{
    if (job.p == p)
        job.p = 0;
}

int sync_settled(void) { return !settling; }
