/* User address spaces: the map RAM itself is the only record of which page is where. */
#include "kernel.h"

static volatile uint32_t *entry_of(struct process *p, uint32_t address)
{
    REG16(HW_MAP_CONTEXT) = p->context;
    return (volatile uint32_t *)HW_MAP_WINDOW + ((address & 0xFFFFFF) >> PAGE_SHIFT);
}

void map_begin(struct process *p)
{
    static uint8_t begun[HW_MAP_CONTEXTS];

    if (begun[p->context] || REG16(HW_RESET_CAUSE) == RESET_POWER_UP)
        return;
    begun[p->context] = 1;
    REG16(HW_MAP_CONTEXT) = p->context;
    for (uint32_t i = 0; i < 4; i++)    /* 4096 longwords are four pages of the window */
        zero(HW_MAP_WINDOW + i * PAGE_SIZE, PAGE_SIZE);
    watchdog();
}

void map_set(struct process *p, uint32_t address, uint32_t page, uint32_t bits)
{
    *entry_of(p, address) = page | bits;
}

void map_chain(struct process *p, uint32_t address, uint32_t first, uint32_t count, uint32_t bits)
{
    volatile uint32_t *entry = entry_of(p, address);

    for (uint32_t page = first << PAGE_SHIFT; count; count--) {
        *entry++ = page ? page | bits : 0;
        if (page)
            page = (uint32_t)*page_note(page) << PAGE_SHIFT;
    }
}

uint32_t map_get(struct process *p, uint32_t address) { return *entry_of(p, address); }

uint32_t map_find(struct process *p, uint32_t from, uint32_t to, uint32_t bits)
{
    const volatile uint32_t *entry = entry_of(p, from), *end = entry + ((to - from) >> PAGE_SHIFT);

    for (; entry < end && !(*entry & bits); entry++)
        from += PAGE_SIZE;
    return from;
}

void map_mark(struct process *p, uint32_t from, uint32_t to, uint32_t bits)
{
    volatile uint32_t *entry = entry_of(p, from), *end = entry + ((to - from) >> PAGE_SHIFT);

    while (entry < end)
        *entry++ |= bits;
}

uint32_t map_clear(struct process *p, uint32_t address)
{
    volatile uint32_t *entry = entry_of(p, address);
    uint32_t old = *entry;

    *entry = 0;
    return old & MAP_VALID ? old & ~(uint32_t)(PAGE_SIZE - 1) : 0;
}

void *user_at(struct process *p, uint32_t address, uint32_t need)
{
    volatile uint32_t *entry;
    uint32_t bits;

    if (address & 0xFF000000)
        return 0;
    entry = entry_of(p, address);
    bits = *entry;
    if ((bits & need) != need)
        return 0;
    if (need & MAP_WRITE && !(bits & MAP_DIRTY))
        *entry = bits | MAP_DIRTY | MAP_REFERENCED;
    return (void *)((bits & ~(uint32_t)(PAGE_SIZE - 1)) + (address & (PAGE_SIZE - 1)));
}

/* Both copies go page by page: neighbours in user space need not be neighbours in RAM. */
static uint32_t piece(uint32_t address, uint32_t bytes)
{
    uint32_t rest = PAGE_SIZE - (address & (PAGE_SIZE - 1));

    return bytes < rest ? bytes : rest;
}

int copy_in(struct process *p, void *to, uint32_t from, uint32_t bytes)
{
    while (bytes) {
        uint32_t n = piece(from, bytes);
        void *at = user_at(p, from, MAP_VALID);

        if (!at)
            return -EFAULT;
        memcpy(to, at, n);
        to = (uint8_t *)to + n;
        from += n;
        bytes -= n;
    }
    return 0;
}

int copy_out(struct process *p, uint32_t to, const void *from, uint32_t bytes)
{
    while (bytes) {
        uint32_t n = piece(to, bytes);
        void *at = user_at(p, to, MAP_VALID | MAP_WRITE);

        if (!at)
            return -EFAULT;
        memcpy(at, from, n);
        from = (const uint8_t *)from + n;
        to += n;
        bytes -= n;
    }
    return 0;
}
