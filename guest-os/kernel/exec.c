/*
 * exec: a new address space from a plan made by the loader page; text by (inode, generation), fetched once a board with
 * requests of the kernel's own, kept after the last user while memory lasts.
 */
#include "kernel.h"
#include <signal.h>

#define MAX_TEXTS      MAX_PROCESS  /* each process has one at the most: those in use never fill the table */
#define MAX_TEXT_PAGES 96
#define FETCH_WINDOW   4            /* pages asked for and not yet here */

/* Invariant: the first `have` pages are here; up to `asked` they are on their way; ready when have == count. */
struct text {
    uint32_t inode, generation;     /* inode 0: free */
    uint32_t offset;                /* of the first page in the file */
    uint16_t count, have, asked, references;
    uint32_t used;                  /* clock of last use, for eviction */
    uint16_t first, last;           /* of those here: page numbers; page_note of each is the next one's */
};

static struct text texts[MAX_TEXTS];
static uint32_t use_clock;

static void forget(struct text *t)
{
    for (uint32_t page = t->first, next; t->have; t->have--, page = next) {
        next = *page_note(page << PAGE_SHIFT);
        page_free(page << PAGE_SHIFT);
    }
    t->inode = 0;
}

/* Frees the unused text that was not needed for longest; 0: there is none. Pages that are on their way find nobody. */
int text_evict(void)
{
    struct text *oldest = 0;

    for (struct text *t = texts; t < texts + MAX_TEXTS; t++)
        if (t->inode && !t->references && (!oldest || t->used < oldest->used))
            oldest = t;
    if (oldest)
        forget(oldest);
    return oldest != 0;
}

void text_release(struct text *t)
{
    ASSERT(t->references);
    t->references--;
    t->used = ++use_clock;
}

void text_share(struct text *t)
{
    if (t)
        t->references++;
}

static void ask(struct text *t)
{
    while (t->asked < t->count && t->asked - t->have < FETCH_WINDOW && bus_room(8)) {
        struct msg m = { .op = FILE_TEXT,
            .a = { t->inode, t->generation, t->offset + ((uint32_t)t->asked << PAGE_SHIFT) } };

        t->asked++;
        kernel_send(CHANNEL(PID_KERNEL + my_slot, CH_FILE), &m, 0, 0, COOKIE_NONE);
    }
}

/* id: inode, generation, offset in the file, pages */
static struct text *text_find(const uint32_t id[4])
{
    uint32_t count = id[3];

    for (struct text *t = texts; t < texts + MAX_TEXTS; t++)
        if (t->inode == id[0] && t->generation == id[1] && t->count == count)
            return t;
    while (page_count() < count + 64 && text_evict())
        ;
    for (;;) {
        for (struct text *t = texts; t < texts + MAX_TEXTS; t++)
            if (!t->inode) {
                memset(t, 0, sizeof *t);
                t->inode = id[0];
                t->generation = id[1];
                t->offset = id[2];
                t->count = count;
                return t;
            }
        ASSERT(text_evict());
    }
}

void text_map(struct process *p, int on)
{
    map_chain(p, USER_TEXT, on ? p->text->first : 0, p->text->count, MAP_TEXT);
}

static void map_text(struct process *p)
{
    text_map(p, 1);
    p->state = READY;
    if (p != current)
        make_ready(p);
}

void text_name(const struct text *t, uint32_t id[4])
{
    id[0] = t->inode;
    id[1] = t->generation;
    id[2] = t->offset;
    id[3] = t->count;
}

struct text *text_want(const uint32_t id[4])
{
    struct text *t = text_find(id);

    text_share(t);
    ask(t);
    return t;
}

void text_run(struct process *p)
{
    p->state = LOADING;
    if (p->text->have == p->text->count)
        map_text(p);
    else
        ask(p->text);
}

/*
 * A FILE_TEXT answer: the page buffer itself becomes the text page. Answers come in the order of requests; among them
 * may be some to the kernel of a board that is gone, whose messages come here: they count if they are what comes next.
 */
void text_arrived(struct message *m)
{
    for (struct text *t = texts; t < texts + MAX_TEXTS; t++) {
        if (t->inode != m->msg.a[0] || t->generation != m->msg.a[1] || t->have == t->asked ||
            t->offset + ((uint32_t)t->have << PAGE_SHIFT) != m->msg.a[2])
            continue;
        ASSERT(m->msg.result < 0 || m->page);
        if (m->msg.result < 0) {    /* the file is gone: whoever waits for it ends */
            t->count = t->asked = t->have;
            for (struct process *p = processes; p < processes_end; p++)
                if (p->state == BACKUP && p->text == t) {
                    text_release(t);
                    p->text = 0;
                } else if (p->state == LOADING && p->text == t)
                    process_end(p, SIGKILL);
            return;
        }
        if (t->have++)
            *page_note((uint32_t)t->last << PAGE_SHIFT) = m->page >> PAGE_SHIFT;
        else
            t->first = m->page >> PAGE_SHIFT;
        t->last = m->page >> PAGE_SHIFT;
        m->page = 0;
        ask(t);
        if (t->have == t->count)
            for (struct process *p = processes; p < processes_end; p++)
                if (p->state == LOADING && p->text == t)
                    map_text(p);
        return;
    }
}

/* Texts whose next pages could not be asked for because the transmit queue was full. */
void text_continue(void)
{
    for (struct text *t = texts; t < texts + MAX_TEXTS; t++)
        if (t->inode && t->asked < t->count)
            ask(t);
}

static int sane(const struct exec_plan *plan)
{
    const uint32_t space = USER_STACK_TOP - USER_TEXT, mask = PAGE_SIZE - 1;

    return plan->text_address == USER_TEXT && plan->text_bytes && plan->text_bytes <= MAX_TEXT_PAGES << PAGE_SHIFT &&
        !(plan->text_offset & mask) && !(plan->data_address & mask) && plan->data_bytes <= plan->data_memory &&
        plan->data_address >= USER_TEXT + plan->text_bytes && plan->data_address <= USER_STACK_TOP &&
        plan->data_memory <= space && plan->stack_bytes <= space && plan->heap_bytes <= space &&
        plan->block_bytes >= 12 && plan->block_bytes <= ARG_MAX_BYTES && !(plan->block_bytes & 3) &&
        !(plan->entry & 1) && plan->entry - USER_TEXT < plan->text_bytes &&
        plan->data_address - USER_TEXT + plan->data_memory + plan->heap_bytes + plan->stack_bytes + ARG_MAX_BYTES +
        4 * PAGE_SIZE <= space;
}

static void reset_signals(struct process *p)
{
    for (int i = 0; i < 32; i++)
        if (p->action[i].handler > (uint32_t)SIG_IGN)
            memset(&p->action[i], 0, sizeof p->action[i]);
}

static uint32_t pages_of(uint32_t bytes) { return (bytes + PAGE_SIZE - 1) >> PAGE_SHIFT; }

int call_exec(struct process *p)
{
    struct exec_plan plan;
    uint32_t block[ARG_MAX_BYTES / PAGE_SIZE], blocks, need, top, at;

    if (copy_in(p, &plan, p->regs.a[0], sizeof plan))
        return -EFAULT;
    if (!sane(&plan))
        return -ENOEXEC;
    blocks = pages_of(plan.block_bytes);
    if (blocks + pages_of(plan.data_memory + plan.heap_bytes) + pages_of(plan.stack_bytes) + pages_of(plan.text_bytes) >
        p->offered)
        return -ENOMEM;
    need = blocks + pages_of(plan.data_memory) + pages_of(plan.stack_bytes) + 1;
    at = memory_pages(p);           /* which it gives back */
    if (!room_wait(need > at + blocks ? need - at : blocks))
        return CALL_WAITS;
    top = USER_STACK_TOP - plan.block_bytes;
    for (uint32_t i = 0, from = plan.block; i < blocks; i++) {  /* the last page of the stack first, as far as it is
                                                                   used */
        uint32_t low = i ? 0 : top & (PAGE_SIZE - 1);

        block[i] = page_alloc_zeroed();
        if (copy_in(p, (void *)(block[i] + low), from, PAGE_SIZE - low)) {
            do
                page_free(block[i]);
            while (i--);
            return -EFAULT;
        }
        from += PAGE_SIZE - low;
    }
    memory_release(p);
    p->granted = p->offered;
    quota_set(p, p->granted);
    p->data = plan.data_address;
    p->brk = plan.data_address;
    p->heap_limit = plan.data_address + plan.data_memory + plan.heap_bytes;
    at = top & ~(uint32_t)(PAGE_SIZE - 1);
    p->stack_low = at - (pages_of(plan.stack_bytes) << PAGE_SHIFT);
    p->full = 1;
    for (uint32_t i = 0; i < blocks; i++)
        map_set(p, at + (i << PAGE_SHIFT), block[i], MAP_DATA | MAP_DIRTY);
    ASSERT(!memory_grow(p, p->stack_low, at) &&     /* counted above */
        !memory_grow(p, p->data, p->data + (pages_of(plan.data_memory) << PAGE_SHIFT)));
    p->brk = p->data + plan.data_memory;
    memcpy(p->name, plan.name, sizeof p->name);
    reset_signals(p);
    memset(&p->regs, 0, sizeof p->regs);
    p->regs.d[1] = plan.handle;
    p->regs.d[2] = plan.data_offset;
    p->regs.d[3] = plan.data_bytes;
    p->regs.a[0] = plan.data_address;
    p->regs.a[1] = plan.entry;
    p->regs.usp = top;
    p->regs.pc = LOADER_START;
    memory_clear(p, kernel_listen);
    p->text = text_want((const uint32_t[]){ plan.inode, plan.generation, plan.text_offset, pages_of(plan.text_bytes) });
    text_run(p);
    return CALL_NO_ANSWER;
}
