/* From the ROM to the first process. */
#include "kernel.h"
#include <triplex/elf.h>

const struct bundle *boot_bundle;
extern uint8_t vector_stubs[], trap_entry[], kernel_end[];

static const struct elf_header *server_image(uint32_t pid)
{
    static const char *const names[] = { "process", "file", "tty" };
    const struct bundle_entry *e = boot_bundle->entry;

    while (e < boot_bundle->entry + boot_bundle->count && strcmp(e->name, names[pid - PID_PROC]))
        e++;
    ASSERT(e < boot_bundle->entry + boot_bundle->count);
    return (const void *)((uint32_t)boot_bundle + e->offset);
}

/* Text of a server is used where it lies in the bundle, which each board has. */
void server_text(struct process *p)
{
    const struct elf_header *elf = server_image(p->pid);
    const struct elf_segment *segment = (const void *)((uint32_t)elf + elf->phoff);

    for (int i = 0; i < elf->phnum; i++, segment++)
        for (uint32_t at = 0; segment->type == 1 && segment->flags & 1 && at < segment->memsz; at += PAGE_SIZE)
            map_set(p, segment->vaddr + at, (uint32_t)elf + segment->offset + at, MAP_TEXT);
}

static void start_server(uint32_t pid, const char *name)
{
    const struct elf_header *elf = server_image(pid);
    const struct elf_segment *segment = (const void *)((uint32_t)elf + elf->phoff);
    uint32_t heap = DEFAULT_HEAP, stack = DEFAULT_STACK;
    struct process *p = process_new(pid);

    ASSERT(p);
    server_text(p);
    for (int i = 0; i < elf->phnum; i++, segment++) {
        if (segment->type == 4) {   /* the note: name size 8, length 8, type 1, "Triplex", stack, heap */
            const uint32_t *note = (const void *)((uint32_t)elf + segment->offset);
            stack = note[5];
            heap = note[6];
        }
        if (segment->type != 1 || !segment->memsz || segment->flags & 1)
            continue;
        p->data = segment->vaddr;
        p->brk = segment->vaddr + segment->memsz;
        ASSERT(!memory_grow(p, p->data, (p->brk + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1)));
        memory_clear(p, watchdog);
        ASSERT(!copy_out(p, p->data, (void *)((uint32_t)elf + segment->offset), segment->filesz));
    }
    p->heap_limit = p->brk + heap;
    p->stack_low = (USER_STACK_TOP - stack) & ~(uint32_t)(PAGE_SIZE - 1);
    ASSERT(!memory_grow(p, p->stack_low, USER_STACK_TOP));
    memory_clear(p, watchdog);
    p->regs.usp = USER_STACK_TOP - 16;  /* zeros there: argc 0, no arguments, no environment */
    p->regs.pc = elf->entry;
    quota_set(p, memory_pages(p));
    strcpy(p->name, name);
    p->state = READY;
    make_ready(p);
}

void start_servers(const struct bundle *bundle)
{
    ASSERT(bundle->magic == BUNDLE_MAGIC);
    start_server(PID_PROC, "process");
    start_server(PID_FILE, "file");
    start_server(PID_TTY, "tty");
}

static void vectors(void)
{
    volatile uint32_t *table = (volatile uint32_t *)0;

    __asm__("" : "+r"(table));
    for (uint32_t i = 2; i < 256; i++)
        table[i] = (uint32_t)vector_stubs + 4 * i;
    table[VECTOR_CALL] = (uint32_t)trap_entry;
}

void kernel_main(uint32_t magic, const struct boot_info *given)
{
    struct boot_info info = *given;
    uint32_t ram = REG32(HW_RAM_SIZE);

    my_slot = REG16(HW_SLOT);
    vectors();
    ASSERT(magic == BUNDLE_MAGIC);
    boot_bundle = (const struct bundle *)info.bundle;
    memset(route, NO_SLOT, sizeof route);
    memset(heir, NO_SLOT, sizeof heir);
    page_init(pair_init((info.bundle + info.bundle_length + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1), ram), ram,
              REG16(HW_RESET_CAUSE) == RESET_POWER_UP);
    page_init(ROM_SCRATCH, BUNDLE_ADDRESS, 0);
    print("Triplex/OS: board %u, %u KiB RAM, kernel to %x, %u pages free\n", my_slot, ram >> 10, (uint32_t)kernel_end,
          page_count());
    while (page_clear_some())       /* A backup of a server takes hundreds of pages at once. */
        ;
    bus_init();
    clock_init();
    if (info.founding)
        view_found();
    else
        view_wish(info.sponsor);
    idle();
}
