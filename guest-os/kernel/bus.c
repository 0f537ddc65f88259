/* The bus interface: one outgoing FIFO, two receive queues, page buffers. */
#include "kernel.h"

#define TX_SIZE   128
#define RX_SIZE   32
#define SX_SIZE   64
#define PAGES     64                /* entries of the page ring */
#define POSTED    24                /* page buffers kept there */
#define NOTICE    16                /* attempts after which the interface tells */
#define PATIENCE  20                /* slices in which the same frame was refused */

struct descriptor {                 /* of the hardware, 64 bytes */
    uint8_t header[32];
    uint32_t parameters, data;
    uint16_t status, attempts;
    uint32_t refused, absent, commit;
    uint32_t cookie, page;          /* ours: what to do at its completion; page to free */
};

struct entry {                      /* of the hardware, 192 bytes */
    uint8_t header[32];
    uint32_t commit, page;
    uint16_t roles, flags;
    uint8_t spare[20];
    uint8_t parameters[128];
};

static struct descriptor tx[TX_SIZE] __attribute__((aligned(4)));
static uint8_t tx_parameters[TX_SIZE][128] __attribute__((aligned(4)));
static struct entry rx[RX_SIZE] __attribute__((aligned(4))), sx[SX_SIZE] __attribute__((aligned(4)));
static uint32_t page_ring[PAGES];
static struct descriptor view_slot;
static uint8_t view_slot_parameters[128] __attribute__((aligned(4)));
static uint16_t view_frames;        /* how many were sent */
static uint16_t tx_producer, tx_done, rx_consumer, sx_consumer, page_producer;
static int stalled, requeueing, senders_wait;
uint32_t last_commit;
uint8_t spoken[MAX_SLOTS];
static int pages_taken;             /* the page ring may lack pages */
static uint32_t cookies;            /* entries in the ring whose completion somebody waits for */


static void put32(uint8_t *at, uint32_t value) { *(uint32_t *)at = value; }
static uint32_t get32(const uint8_t *at) { return *(const uint32_t *)at; }
static uint16_t get16(const uint8_t *at) { return *(const uint16_t *)at; }

void bus_init(void)
{
    REG16(HW_CONTROL) = 0;
    REG32(HW_TX_BASE) = (uint32_t)tx;
    REG16(HW_TX_SIZE) = TX_SIZE;
    REG32(HW_VIEW_BASE) = (uint32_t)&view_slot;
    REG32(HW_RX_BASE) = (uint32_t)rx;
    REG16(HW_RX_SIZE) = RX_SIZE;
    REG32(HW_SX_BASE) = (uint32_t)sx;
    REG16(HW_SX_SIZE) = SX_SIZE;
    REG32(HW_PAGE_BASE) = (uint32_t)page_ring;
    REG16(HW_PAGE_SIZE) = PAGES;
    for (int i = 0; i < TX_SIZE; i++)
        tx[i].parameters = (uint32_t)tx_parameters[i];
    bus_fill_pages();
    REG16(HW_CONTROL) = BUS_ON;
}

void bus_fill_pages(void)
{
    uint16_t taken = REG16(HW_PAGE_CONSUMER), before = page_producer;

    pages_taken = 0;
    while ((uint16_t)(page_producer - taken) < POSTED) {
        uint32_t page = page_alloc();

        if (!page) {
            pages_taken = 1;
            break;
        }
        page_ring[page_producer++ & (PAGES - 1)] = page;
    }
    if (page_producer != before)
        REG16(HW_PAGE_PRODUCER) = page_producer;
}

/* ---- sending ---- */

/*
 * A completion that nobody waits for makes no interrupt: its entry and page are taken back with the next frame that
 * arrives, when the ring is short of room, or at the next tick.
 */
static void want_completions(void)
{
    uint16_t enable = REG16(HW_ENABLE), bit = INT_BUS_TX;

    if (cookies || senders_wait || !view_number || (uint16_t)(tx_producer - tx_done) > TX_SIZE / 2) {
        if (!(enable & bit))
            REG16(HW_ENABLE) = enable | bit;
    } else if (enable & bit)
        REG16(HW_ENABLE) = enable & ~bit;
}

int bus_room(uint32_t wanted)
{
    if ((uint32_t)TX_SIZE - (uint16_t)(tx_producer - tx_done) >= wanted)
        return 1;
    senders_wait = 1;
    want_completions();
    return 0;
}

uint8_t *bus_next(uint8_t **parameters)
{
    uint32_t i = tx_producer & (TX_SIZE - 1);

    ASSERT((uint16_t)(tx_producer - tx_done) < TX_SIZE);
    *parameters = tx_parameters[i];
    return tx[i].header;
}

void bus_send(uint32_t page, uint32_t cookie)
{
    struct descriptor *d = &tx[tx_producer & (TX_SIZE - 1)];

    d->data = d->page = page;
    d->status = STATUS_QUEUED;
    d->cookie = cookie;
    REG16(HW_TX_PRODUCER) = ++tx_producer;
    cookies += cookie != COOKIE_NONE;
    if (cookie != COOKIE_NONE || (uint16_t)(tx_producer - tx_done) > TX_SIZE / 2)
        want_completions();
}

int bus_queue(const uint8_t *header, const void *parameters, uint32_t page, uint32_t cookie)
{
    uint8_t *place, *at = bus_next(&place);

    memcpy(at, header, 32);
    memcpy(place, parameters, get16(header + FRAME_PARAMETERS));
    bus_send(page, cookie);
    return 0;
}

/* Sends a view frame; one that is still tried is withdrawn first. -EBUSY: it is on the bus just now. */
int view_send(const uint8_t *header, const void *parameters)
{
    if (REG16(HW_STATUS) & BUS_VIEW_BUSY)
        REG16(HW_VIEW_GO) = 0;
    if (REG16(HW_STATUS) & BUS_VIEW_BUSY)
        return -EBUSY;
    memcpy(view_slot.header, header, 32);
    memcpy(view_slot_parameters, parameters, get16(header + FRAME_PARAMETERS));
    view_slot.parameters = (uint32_t)view_slot_parameters;
    view_slot.data = 0;
    view_slot.status = STATUS_QUEUED;
    REG16(HW_VIEW_GO) = 1;
    view_frames++;
    return 0;
}

/*
 * Each slice: who does not take what we send? The interface tries the frame at the head of the queue, or the view
 * frame, again and again, and says at every 16th attempt who was absent or refused.
 */
static uint32_t unwilling(const struct descriptor *d, uint32_t refusals)
{
    uint32_t refused = d->refused;

    if (d->header[FRAME_KIND] == KIND_VIEW)
        refused &= get32(d->header + FRAME_CHANNEL);    /* the others were refused for want of evidence */
    if (d->attempts <= NOTICE)
        return 0;
    return (d->status == STATUS_ABSENT ? d->absent : 0) |
        (d->status == STATUS_REFUSED && refusals >= PATIENCE ? refused : 0);
}

void bus_watch(void)
{
    static uint16_t head, view;     /* the frame that was looked at last */
    static uint32_t head_slices, view_slices;
    uint32_t suspects = 0;

    if (tx_done == head && tx_done != tx_producer)
        suspects = unwilling(&tx[tx_done & (TX_SIZE - 1)], ++head_slices);
    else
        head_slices = 0;
    head = tx_done;
    if (REG16(HW_STATUS) & BUS_VIEW_BUSY && view == view_frames)
        suspects |= unwilling(&view_slot, ++view_slices);
    else
        view_slices = 0;
    view = view_frames;
    if (suspects)
        view_suspect(suspects);
}

static void wake_senders(void)
{
    senders_wait = 0;
    for (struct process *p = processes; p < processes_end; p++)
        wake(p);
    text_continue();
}

static void sent(struct descriptor *d)
{
    uint32_t kind = d->header[FRAME_KIND];

    cookies -= d->cookie != COOKIE_NONE;
    if (kind == KIND_BOOT) {
        if (d->cookie == COOKIE_BOOT)
            boot_page_done(d->status);
        return;
    }
    if ((d->cookie & 0xF0000000) == COOKIE_SYNC) {
        if (d->status == STATUS_COMMITTED)
            sync_committed(d->cookie);
        return;
    }
    if (d->page)
        page_free(d->page);
    if (d->status == STATUS_COMMITTED && (d->cookie & 0xF0000000) == COOKIE_TTY)
        tty_committed(d->cookie & 0xFF);
}

static void take_completions(void)
{
    uint16_t consumer;
    int any = 0;

    REG16(HW_TX_ACK) = 1;
    REG16(HW_VIEW_ACK) = 1;
    if (!view_number && view_slot.status != STATUS_QUEUED && view_slot.status != STATUS_COMMITTED)
        founding_failed();
    consumer = REG16(HW_TX_CONSUMER);
    if (requeueing)
        return;
    while (tx_done != consumer) {
        struct descriptor *d = &tx[tx_done & (TX_SIZE - 1)];

        if (d->status == STATUS_STALE) {
            bus_requeue_stale();
            return;
        }
        tx_done++;
        any = 1;
        if (d->page | d->cookie)
            sent(d);
    }
    if (any && senders_wait)
        wake_senders();
    want_completions();
}

/*
 * A view came. Everything in the FIFO was queued under the old one and completes as STALE, in order: all of it is
 * taken back, re-addressed in place and queued again before anything else. Called when the view has been taken by the
 * kernel.
 */
void bus_requeue_stale(void)
{
    static struct descriptor old[TX_SIZE];
    static uint8_t parameters[TX_SIZE][128];
    uint32_t n = 0;

    if (get32(tx[tx_done & (TX_SIZE - 1)].header + FRAME_VIEW) == view_number && tx_done != tx_producer)
        return;                     /* the interface has a newer view than the kernel; it will come to us */
    requeueing = 1;
    while (REG16(HW_TX_CONSUMER) != tx_producer)
        ;                           /* all stale: they complete without the bus */
    for (; tx_done != tx_producer; tx_done++) {
        struct descriptor *d = &tx[tx_done & (TX_SIZE - 1)];

        if (d->status == STATUS_STALE && d->header[FRAME_KIND] == KIND_DATA) {
            memcpy(parameters[n], tx_parameters[tx_done & (TX_SIZE - 1)], 128);
            cookies -= d->cookie != COOKIE_NONE;
            old[n++] = *d;
        } else
            sent(d);
    }
    requeueing = 0;
    for (uint32_t i = 0; i < n; i++) {
        put32(old[i].header + FRAME_VIEW, view_number);
        if (address_frame(old[i].header))
            bus_queue(old[i].header, parameters[i], old[i].page, old[i].cookie);
        else if (old[i].page && (old[i].cookie & 0xF0000000) != COOKIE_SYNC)
            page_free(old[i].page);
    }
    if (senders_wait)
        wake_senders();
}

/* ---- receiving ---- */

static uint32_t data_length(const uint8_t *header)
{
    uint32_t length = get16(header + FRAME_DATA);

    if (!length)
        length = get16(header + FRAME_PARAMETERS) - sizeof(struct msg);
    return length - (header[FRAME_FLAGS] >> 1 & 1);
}

/* What an entry says, as a message; 0: no memory. */
static struct message *message_of(struct entry *e)
{
    struct message *m = message_new();
    uint32_t more;

    if (!m)
        return 0;
    m->commit = e->commit;
    m->channel = get32(e->header + FRAME_CHANNEL);
    m->page = e->page;
    m->length = data_length(e->header);
    m->from = e->header[FRAME_SOURCE];
    m->ended = 0;
    m->msg = *(const struct msg *)e->parameters;
    more = get16(e->header + FRAME_PARAMETERS);
    if (more > sizeof m->msg)
        memcpy(m->data, e->parameters + sizeof m->msg, more - sizeof m->msg);
    if (e->page)
        pages_taken = 1;
    return m;
}

/* A DATA frame for a process or the kernel of this board. 0: no message buffer, try again later. */
static inline int take_data(struct entry *e)
{
    uint32_t to = *(const uint16_t *)(e->header + FRAME_TAG);
    struct message *m = message_of(e);
    struct process *p = process_find(to);   /* after that: memory may have been had by giving up a backup */

    if (!m)
        return 0;
    route_learn(get32(e->header + FRAME_TAG) & 0xFFFF, e->header[FRAME_SOURCE], (const void *)e->parameters);
    if (is_kernel(to)) {
        kernel_message(m);
        message_free(m);
    } else if (p && p->state == BACKUP)
        pair_save(p, m);            /* It belongs here and waits for its parent to fork again. */
    else if (p)
        deliver(p, m);
    else
        message_free(m);
    return 1;
}

/* A tick goes to both servers that keep time, and is saved for their backups. 0: no message buffer. */
static int take_tick(struct entry *e, int silent)
{
    for (uint32_t pid = PID_PROC; pid <= PID_FILE; pid++) {
        struct process *p = process_find(pid);
        struct message *m;

        if (!p || (p->state == BACKUP) != silent)
            continue;
        m = message_of(e);
        if (!m)
            return pid != PID_PROC; /* the next tick tells the time too */
        if (!process_find(pid)) {   /* its backup has been given up for that memory */
            message_free(m);
            continue;
        }
        if (silent)
            pair_save(p, m);
        else
            deliver(p, m);
    }
    return 1;
}

static int take_normal(struct entry *e)
{
    spoken[e->header[FRAME_SOURCE]] = 1;
    switch (e->header[FRAME_KIND]) {
    case KIND_VIEW:
        view_taken(e->header, (const struct view_parameters *)e->parameters);
        return 1;
    case KIND_BOOT:
        boot_frame(e->header[FRAME_SOURCE], (const struct boot_params *)e->parameters);
        if (e->page)
            page_free(e->page);
        pages_taken = 1;
        return 1;
    default:
        return CHANNEL_K(get32(e->header + FRAME_CHANNEL)) == CH_TICK ? take_tick(e, 0) : take_data(e);
    }
}

/* A frame for the backup of its receiver. The page goes with the message. */
static void take_backup(struct entry *e)
{
    uint32_t to = get32(e->header + FRAME_TAG) >> 16, channel = get32(e->header + FRAME_CHANNEL);
    struct process *p = process_find(to);
    struct message *m;

    if (CHANNEL_K(channel) == CH_TICK) {
        take_tick(e, 1);
        return;
    }
    route_learn(get32(e->header + FRAME_TAG) & 0xFFFF, e->header[FRAME_SOURCE], (const void *)e->parameters);
    m = message_of(e);
    if (!m) {                       /* Even what was given up did not help. */
        if (p && p->state == BACKUP)
            panic("no memory for a saved message", __FILE__, __LINE__);
        if (e->page)
            page_free(e->page);
        return;
    }
    p = process_find(to);           /* It may have been given up for this message's memory. */
    if (CHANNEL_K(channel) == CH_SYNC)
        pair_frame(p, m, to);
    else if (is_kernel(to)) {
        if (m->msg.op == CTL_CREATE)
            pair_create(m);
        message_free(m);
    } else if (p && p->state == BACKUP)
        pair_save(p, m);
    else
        message_free(m);
}

static void take_silent(struct entry *e)
{
    uint32_t from = get32(e->header + FRAME_TAG) & 0xFFFF;
    const struct msg *m = (const struct msg *)e->parameters;

    spoken[e->header[FRAME_SOURCE]] = 1;
    if (e->roles & ROLE_SENDER_BACKUP) {
        route_learn(get32(e->header + FRAME_TAG) & 0xFFFF, e->header[FRAME_SOURCE], (const void *)e->parameters);
        known_note(get32(e->header + FRAME_CHANNEL), from, get32(e->header + FRAME_SENT));
        if (m->op == PROC_EXIT)
            pair_ended(from);
    }
    if (e->roles & ROLE_RECEIVER_BACKUP)
        take_backup(e);
    else if (e->page) {
        page_free(e->page);
        pages_taken = 1;
    }
}

/* Everything in the silent queue that committed up to and with that number. */
static void drain_silent(uint32_t commit)
{
    while (sx_consumer != REG16(HW_SX_PRODUCER)) {
        struct entry *e = &sx[sx_consumer & (SX_SIZE - 1)];

        if ((int32_t)(e->commit - commit) > 0)
            return;
        watchdog();
        take_silent(e);
        REG16(HW_SX_CONSUMER) = ++sx_consumer;
    }
}

void bus_poll(void)
{
    uint16_t silent;

    if (stalled)
        return;
    take_completions();
    silent = REG16(HW_SX_PRODUCER);
    while (rx_consumer != REG16(HW_RX_PRODUCER)) {
        struct entry *e = &rx[rx_consumer & (RX_SIZE - 1)];

        watchdog();
        if (e->header[FRAME_KIND] != KIND_BOOT)
            drain_silent(e->commit);
        if (!take_normal(e)) {
            stalled = 1;            /* no message buffers: frames stay outside until one is freed */
            REG16(HW_ENABLE) &= ~INT_BUS_RX;
            break;
        }
        if (e->header[FRAME_KIND] != KIND_BOOT)
            last_commit = e->commit;
        REG16(HW_RX_CONSUMER) = ++rx_consumer;
    }
    /* What stood there before the normal queue was found empty precedes every view that may come now. */
    while (!stalled && (int16_t)(silent - sx_consumer) > 0) {
        watchdog();
        take_silent(&sx[sx_consumer & (SX_SIZE - 1)]);
        REG16(HW_SX_CONSUMER) = ++sx_consumer;
    }
    while (page_count() < POSTED && page_reclaim())
        pages_taken = 1;            /* Without page buffers nobody could send anything here. */
    if (pages_taken)
        bus_fill_pages();
}

void bus_unstall(void)
{
    if (pages_taken)
        bus_fill_pages();
    if (!stalled)
        return;
    stalled = 0;
    REG16(HW_ENABLE) |= INT_BUS_RX;
}
