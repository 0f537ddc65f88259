/* Messages: building frames, queues of processes, send, receive, which. */
#include "kernel.h"

#define WINDOW   32
#define INLINE   (128 - (uint32_t)sizeof(struct msg))

static struct message *free_messages;

struct message *message_new(void)
{
    struct message *m = free_messages;

    if (!m) {                       /* A page is cut up, and stays so. */
        uint32_t page;

        while (!(page = page_alloc()))
            if (!page_reclaim())
                return 0;
        m = (struct message *)page;
        for (uint32_t i = 0; i < PAGE_SIZE / sizeof *m; i++, m++) {
            m->next = free_messages;
            free_messages = m;
        }
        m = free_messages;
    }
    free_messages = m->next;
    return m;
}

void message_free(struct message *m)
{
    if (m->page)
        page_free(m->page);
    m->next = free_messages;
    free_messages = m;
    bus_unstall();
}

/* At most once in a time slice: it looks at all free messages. */
int message_reclaim(void)
{
    static uint32_t last;
    const uint32_t each = PAGE_SIZE / sizeof(struct message);
    struct message **at = &free_messages, *m;
    int any = 0;

    if (clock_slices() == last)
        return 0;
    last = clock_slices();
    for (m = free_messages; m; m = m->next)
        *page_note((uint32_t)m) = 0;
    for (m = free_messages; m; m = m->next)
        ++*page_note((uint32_t)m);
    while ((m = *at)) {
        watchdog();
        if (*page_note((uint32_t)m) < each) {
            at = &m->next;
            continue;
        }
        *at = m->next;
        if (++*page_note((uint32_t)m) < 2 * each)
            continue;
        page_free((uint32_t)m & ~(uint32_t)(PAGE_SIZE - 1));
        any = 1;
    }
    return any;
}

static uint32_t *sent_count(struct process *p, uint32_t from, uint32_t channel)
{
    static uint32_t kernel_sent[16];

    if (CHANNEL_CLIENT(channel) == from)
        return p ? &p->sent[CHANNEL_K(channel)] : &kernel_sent[CHANNEL_K(channel)];
    return &end_at(channel)->sent;
}

/* Who is at the other end of the channel, seen from `from`? */
static uint32_t peer(uint32_t from, uint32_t channel)
{
    uint32_t client = CHANNEL_CLIENT(channel), k = CHANNEL_K(channel);

    if (client != from)
        return client;
    return k == CH_KERNEL ? PID_KERNEL + my_slot : k;
}

static void put_destination(uint8_t *header, uint32_t slot, uint32_t role)
{
    uint8_t *at = header + FRAME_DESTINATION, *end = at + 2 * header[FRAME_DESTINATIONS];

    for (; at < end; at += 2)
        if (*at == slot) {
            at[1] |= role;
            return;
        }
    at[0] = slot;
    at[1] = role;
    spoken[slot] = 1;
    header[FRAME_DESTINATIONS]++;
}

/* A message between processes or kernels. 0: the receiver is not there (it is dropped by all alike). */
static inline int address(uint8_t *header, uint32_t to, uint32_t from, uint32_t k)
{
    uint32_t slot = slot_of(to), backup, mine = backup_slot(from);
    uint8_t *at = header + FRAME_DESTINATION;

    if (slot == NO_SLOT || !(view_members >> slot & 1))
        return 0;
    backup = k == CH_CONTROL && is_kernel(to) ? view_table.partner[slot] : backup_slot(to);
    at[0] = slot;
    at[1] = ROLE_RECEIVER;
    spoken[slot] = 1;
    if (backup == slot)
        at[1] |= ROLE_RECEIVER_BACKUP;
    else if (backup != NO_SLOT) {
        at += 2;
        at[0] = backup;
        at[1] = ROLE_RECEIVER_BACKUP;
        spoken[backup] = 1;
    }
    if (mine == *at)
        at[1] |= ROLE_SENDER_BACKUP;
    else if (mine == slot)
        header[FRAME_DESTINATION + 1] |= ROLE_SENDER_BACKUP;
    else if (mine != NO_SLOT) {
        at += 2;
        at[0] = mine;
        at[1] = ROLE_SENDER_BACKUP;
        spoken[mine] = 1;
    }
    header[FRAME_DESTINATIONS] = (at - header - FRAME_DESTINATION) / 2 + 1;
    return 1;
}

/* Fills in the destinations by the present view. 0: the receiver is not there (the message is dropped by all alike). */
int address_frame(uint8_t *header)
{
    uint32_t tag = *(uint32_t *)(header + FRAME_TAG), to = tag >> 16, from = tag & 0xFFFF;
    uint32_t k = CHANNEL_K(*(uint32_t *)(header + FRAME_CHANNEL)), slot;

    header[FRAME_DESTINATIONS] = 0;
    if (k == CH_SYNC) {
        slot = sync_address(to);
        if (slot != NO_SLOT)
            put_destination(header, slot, ROLE_RECEIVER_BACKUP);
        return slot != NO_SLOT;
    }
    if (k != CH_TICK)
        return address(header, to, from, k);
    for (uint32_t pid = PID_PROC; pid <= PID_FILE; pid++) {
        if (slot_of(pid) != NO_SLOT)
            put_destination(header, slot_of(pid), ROLE_RECEIVER);
        if (backup_slot(pid) != NO_SLOT)
            put_destination(header, backup_slot(pid), ROLE_RECEIVER_BACKUP);
    }
    return header[FRAME_DESTINATIONS];
}

/*
 * Has this message been sent before, by this process when it ran on a board that is lost? A request to that board's
 * kernel is sent again if no answer came: nobody else remembers it.
 */
static int is_known(struct process *p, uint32_t from, uint32_t channel, uint32_t sent)
{
    if (known_of(channel, from) < sent)
        return 0;
    if (CHANNEL_K(channel) != CH_KERNEL)
        return 1;
    for (const struct message *m = p->queue; m; m = m->next)
        if (m->channel == channel && m->msg.re == sent)
            return 1;
    return 0;
}

/* One that has taken over sends; known: it did before. */
static void catch_up(struct process *p, int known)
{
    if (known)
        p->left_out++;
    else if (p->server) {
        p->catching = 0;
        loss_note(LOSS_ANSWERED, p, p->left_out);
    }
}

/*
 * Sends the message that stands in the next transmit entry, with `length` bytes of data, in `page` or behind it; p:
 * the process that counts it, if it is one. known: it is only counted.
 */
static uint32_t post_built(uint8_t *header, uint8_t *parameters, struct process *p, uint32_t from, uint32_t channel,
                           uint32_t page, uint32_t length, uint32_t cookie, int known)
{
    const struct msg *m = (const struct msg *)parameters;
    uint32_t in_line = page ? 0 : length, number = ++*sent_count(p, from, channel), to = peer(from, channel);

    frame_header(header, channel, number, to, from, sizeof *m + in_line, page ? length : 0);
    if (in_line & 1)
        parameters[sizeof *m + in_line] = 0;
    if (p && p->catching)
        catch_up(p, known);
    if (known || !address(header, to, from, CHANNEL_K(channel))) {
        if (page)
            page_free(page);
        return number;
    }
    if (from == PID_PROC && m->op == NOTE_FORK)
        route_set(m->a[1], m->a[2] ? m->a[2] - 1 : route[m->a[0]]);
    bus_send(page, cookie);
    return number;
}

int post(uint32_t from, uint32_t channel, const struct msg *m, uint32_t page, const void *data, uint32_t length,
         uint32_t cookie)
{
    uint8_t *parameters, *header = bus_next(&parameters);
    struct process *p = process_find(from);
    int known = p && p->rolling && is_known(p, from, channel, *sent_count(p, from, channel) + 1);

    ASSERT(page || length <= INLINE);
    *(struct msg *)parameters = *m;
    if (!page && length)
        memcpy(parameters + sizeof *m, data, length);
    return post_built(header, parameters, p, from, channel, page, length, cookie, known);
}

uint32_t kernel_send(uint32_t channel, const struct msg *m, const void *data, uint32_t length, uint32_t cookie)
{
    uint32_t me = PID_KERNEL + my_slot, page = 0;
    struct msg stamped = *m;

    if (CHANNEL_CLIENT(channel) == me) {
        stamped.pid = me;
        stamped.re = *sent_count(0, me, channel) + 1;
    }
    if (length > INLINE) {
        while (!(page = page_alloc()))
            ASSERT(page_reclaim());
        memcpy((void *)page, data, length);
    }
    return post(me, channel, &stamped, page, data, length, cookie);
}

/* A struct msg from and to user space: all of it lies in one page, as a rule. */
static int msg_in(struct process *p, struct msg *m, uint32_t from)
{
    const struct msg *at;

    if (from & 1 || (from & (PAGE_SIZE - 1)) > PAGE_SIZE - sizeof *m)
        return copy_in(p, m, from, sizeof *m);
    at = user_at(p, from, MAP_VALID);
    if (!at)
        return -EFAULT;
    *m = *at;
    return 0;
}

static int msg_out(struct process *p, uint32_t to, const struct msg *m)
{
    struct msg *at;

    if (to & 1 || (to & (PAGE_SIZE - 1)) > PAGE_SIZE - sizeof *m)
        return copy_out(p, to, m, sizeof *m);
    at = user_at(p, to, MAP_VALID | MAP_WRITE);
    if (!at)
        return -EFAULT;
    *at = *m;
    return 0;
}

static int may_send(struct process *p, uint32_t channel)
{
    uint32_t client = CHANNEL_CLIENT(channel), k = CHANNEL_K(channel);

    if (client == p->pid)
        return k == CH_KERNEL || (k >= CH_PROC && k <= CH_TTY);
    return p->server && (k == p->pid || (k == CH_CONTROL && p->pid == PID_PROC));
}

/* The data of a message from user space: to a page of its own, or to where inline data stands. *page: 0 for that. */
static int data_in(struct process *p, uint8_t *in_line, uint32_t from, uint32_t length, uint32_t *page)
{
    const void *at;

    *page = 0;
    if (length <= INLINE)
        return copy_in(p, in_line, from, length);
    while (!(*page = page_alloc()))
        if (!page_reclaim())
            return CALL_WAITS;
    at = length == PAGE_SIZE && !(from & (PAGE_SIZE - 1)) ? user_at(p, from, MAP_VALID) : 0;
    if (at)
        copy_page(*page, (uint32_t)at);
    else if (copy_in(p, (void *)*page, from, length)) {
        page_free(*page);
        return -EFAULT;
    }
    return 0;
}

/*
 * The window of a channel. An answer tells that the server has read all up to its request; so messages without answers
 * may be WINDOW ahead of the last request answered, and WINDOW answers may be unread. Both follow from what the process
 * itself has done, so a roll-forward comes to the same.
 */
static int in_window(const struct process *p, uint32_t k, const struct msg *m)
{
    if (m->flags & MSG_ASYNC)
        return p->sent[k] - p->answered[k] < WINDOW;
    return p->asked[k] - p->read[k] < WINDOW;
}

int call_send(struct process *p)
{
    uint32_t channel = p->regs.d[1], length = p->regs.d[2], page = 0, k, number;
    uint8_t *parameters, *header;
    struct msg *m;
    int result, known;

    if (channel < 16)
        channel = CHANNEL(p->pid, channel);
    if (!may_send(p, channel))
        return -EPERM;
    if (length > PAGE_SIZE)
        return -EINVAL;
    if (!bus_room(p->server ? 16 : 24))
        return CALL_WAITS;
    header = bus_next(&parameters);
    m = (struct msg *)parameters;
    if (msg_in(p, m, p->regs.a[0]))
        return -EFAULT;
    k = CHANNEL_K(channel);
    if (!p->server && !in_window(p, k, m))
        return -EAGAIN;
    known = p->rolling && is_known(p, p->pid, channel, *sent_count(p, p->pid, channel) + 1);
    if (length && !known) {         /* Nobody needs the data of what is not sent again. */
        result = data_in(p, parameters + sizeof *m, p->regs.a[1], length, &page);
        if (result)
            return result;
    }
    if (CHANNEL_CLIENT(channel) == p->pid) {
        m->pid = p->pid;
        m->uid = p->euid;
        m->gid = p->egid;
        m->re = p->sent[k] + 1;
        p->asked[k] += !(m->flags & MSG_ASYNC);
        if (m->op == PROC_FORK && k == CH_PROC) {
            p->forking = 1;
            m->a[0] = p->granted;
        }
    }
    number = post_built(header, parameters, p, p->pid, channel, page, length, COOKIE_NONE, known);
    p->count_sent++;
    p->count_bytes += sizeof *m + length;
    return number & 0x7FFFFFFF;
}

/* ---- the receiving side ---- */

void deliver(struct process *p, struct message *m)
{
    m->next = 0;
    if (CHANNEL_K(m->channel) == CH_CONTROL && CHANNEL_CLIENT(m->channel) == p->pid)
        p->controls++;
    *p->queue_end = m;
    p->queue_end = &m->next;
    if (p->state == WAITING)
        wake_by(p, CHANNEL_K(m->channel));
    if (m->msg.op == PROC_EXEC)
        room_granted(p, m);
}

static void count_read(struct process *p, const struct message *m)
{
    if (CHANNEL_CLIENT(m->channel) == p->pid) {
        uint32_t k = CHANNEL_K(m->channel);

        p->read[k]++;
        if (k < CHANNELS && m->msg.re > p->answered[k])
            p->answered[k] = m->msg.re;
    } else
        end_at(m->channel)->read++;
    p->count_received++;
    if (++p->reads >= reads_limit(p))
        p->due = 1;
    p->count_bytes += sizeof m->msg + m->length;
}

/* The message that queue_find finds; it leaves the queue. 0: there is none. */
struct message *queue_take(struct process *p, uint32_t channel, uint32_t re)
{
    struct message **at = queue_find(p, channel, re), *m = *at;

    if (!m)
        return 0;
    *at = m->next;
    if (!m->next)
        p->queue_end = at;
    count_read(p, m);
    return m;
}

void queue_drop(struct process *p)
{
    while (p->queue) {
        struct message *m = p->queue;

        p->queue = m->next;
        message_free(m);
    }
    p->queue_end = &p->queue;
    p->controls = 0;
}

/* What an answer or notice tells the kernel itself: new ids, ended clients. */
static void look(struct process *p, const struct message *m)
{
    uint32_t offer;

    if (m->msg.op == PROC_SETUID && m->msg.result >= 0 && CHANNEL_CLIENT(m->channel) == p->pid) {
        p->uid = p->euid = m->msg.a[0];
        p->gid = p->egid = m->msg.a[1];
    } else if (m->msg.op == PROC_FT && m->msg.result >= 0 && CHANNEL_CLIENT(m->channel) == p->pid) {
        p->mode = m->msg.a[0];
        p->limit_reads = m->msg.a[1];
        p->limit_slices = m->msg.a[2];
    } else if ((offer = room_offer(p, m))) {
        p->offered = offer;
    } else if (p->server && m->msg.op == NOTE_EXIT) {
        end_drop(CHANNEL(m->msg.a[0], p->pid));
        known_forget_server(m->msg.a[0], p->pid);
    } else if (p->pid == PID_PROC && m->msg.op == PROC_EXIT) {
        end_drop(CHANNEL(m->msg.pid, CH_PROC));
        end_drop(CHANNEL(m->msg.pid, CH_CONTROL));
        known_forget_server(m->msg.pid, PID_PROC);
    }
}

/*
 * The data of a message to user space. A whole page that goes to a page of the process' own is not copied: the two
 * pages change places.
 */
static int data_out(struct process *p, uint32_t to, struct message *m, uint32_t size)
{
    if (m->page && size == PAGE_SIZE && !(to & (PAGE_SIZE - 1)) && user_at(p, to, MAP_VALID | MAP_WRITE)) {
        uint32_t old = map_clear(p, to);

        map_set(p, to, m->page, MAP_DATA | MAP_REFERENCED | MAP_DIRTY);
        m->page = old;
        return 0;
    }
    return copy_out(p, to, m->page ? (void *)m->page : m->data, size);
}

int call_receive(struct process *p)
{
    uint32_t channel = p->regs.d[1], size = p->regs.d[2];
    struct message *m;
    int result;

    if (channel == ANY_CHANNEL) {
        if (!p->server)
            return -EPERM;
        /* Between two requests is the place where the file server can be copied: its disks are at rest. */
        if (p->pid == PID_FILE && ((p->want & WANT_SELF) || (p->backing == OPENED && sync_settled()) ||
            (p->backing == BACKED && p->due))) {
            sync_hold(p, WANT_SELF);
            return CALL_WAITS;
        }
    } else if (channel < 16)
        channel = CHANNEL(p->pid, channel);
    m = queue_take(p, channel, p->regs.d[3]);
    if (!m)
        return CALL_WAITS;
    if (m->length < size)
        size = m->length;
    result = msg_out(p, p->regs.a[0], &m->msg);
    if (!result && size)
        result = data_out(p, p->regs.a[1], m, size);
    if (!result) {
        p->regs.d[1] = size;
        result = m->channel;
        look(p, m);
    }
    message_free(m);
    return result;
}

int call_which(struct process *p)
{
    for (struct message *m = p->queue; m; m = m->next)
        if (CHANNEL_CLIENT(m->channel) == p->pid && CHANNEL_K(m->channel) != CH_CONTROL &&
            p->regs.d[1] >> CHANNEL_K(m->channel) & 1)
            return CHANNEL_K(m->channel);
    return CALL_WAITS;
}
