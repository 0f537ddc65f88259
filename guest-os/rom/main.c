/* Power-up to kernel. */
#include <string.h>
#include <triplex/elf.h>
#include "rom.h"

#define LISTEN_CYCLES 500000        /* 50 ms: a running machine speaks to a new board at once */
#define SEE_CYCLES    5000          /* in which the READY lines of boards that came up with this one are seen */

static struct boot_info info;
void enter_kernel(uint32_t entry, const struct boot_info *info, uint32_t magic) __attribute__((noreturn));

/* registers: d0-d7, a0-a6, then the 68000's frame. */
void rom_exception(const uint32_t *registers)
{
    const uint16_t *frame = (const uint16_t *)(registers + 15);

    say("ROM: exception,");
    for (int i = 0; i < 7; i++) {
        say(" ");
        say_hex(frame[i]);
    }
    say("\n");
}

static void halt(const char *why)
{
    say(why);
    listen_stop();
    for (;;)
        __asm__ volatile("stop #0x2700");
}

/* Its bytes are what was written: each block has been checked against its pointer, each frame by the interface. */
static int bundle_good(uint32_t length)
{
    const struct bundle *b = (const struct bundle *)BUNDLE_ADDRESS;

    return length >= sizeof *b && b->magic == BUNDLE_MAGIC && b->length <= length;
}

static void start_kernel(void)
{
    const struct bundle *b = (const struct bundle *)BUNDLE_ADDRESS;
    const struct bundle_entry *e = b->entry;
    const struct elf_header *elf;
    const struct elf_segment *s;

    while (e < b->entry + b->count && strcmp(e->name, "kernel"))
        e++;
    if (e == b->entry + b->count)
        halt("ROM: the bundle has no kernel\n");
    elf = (const void *)(BUNDLE_ADDRESS + e->offset);
    s = (const void *)((const uint8_t *)elf + elf->phoff);
    for (int i = 0; i < elf->phnum; i++, s++)
        if (s->type == 1)
            memcpy((void *)s->paddr, (const uint8_t *)elf + s->offset, s->filesz);
    HW16(HW_ROM_OFF) = 1;           /* from here on the kernel is seen at its place */
    info.bundle = BUNDLE_ADDRESS;
    info.bundle_length = b->length;
    info.seconds = HW32(HW_SECONDS);
    enter_kernel(elf->entry, &info, BUNDLE_MAGIC);
}

/* Founds if it may: then it does not come back. */
static void found(void)
{
    uint32_t length;

    if (!(HW16(HW_PORTS) & 0xFF))
        return;
    say("ROM: booting from disk\n");
    length = bundle_from_disk();
    if (!length || somebody_speaks())
        return;
    if (!bundle_good(length)) {
        say("ROM: the boot file is damaged, or of another version\n");
        return;
    }
    listen_stop();
    info.founding = 1;
    start_kernel();
}

void rom_main(void)
{
    uint32_t slot = HW16(HW_SLOT), mask = ((uint32_t)1 << slot) - 1, length;
    int first = HW16(HW_RESET_CAUSE) == RESET_POWER_UP;

    say("Triplex ROM: board ");
    say_number(slot);
    say(", ");
    say_number(HW32(HW_RAM_SIZE) >> 10);
    say(" KiB\n");
    listen_start();
    for (uint32_t start = rom_cycles(); rom_cycles() - start < SEE_CYCLES;)
        ;
    if (first && !(HW32(HW_PRESENT) & mask))
        found();                    /* As a rule nobody runs; if somebody does, he speaks soon. */
    for (;; first = 0) {
        length = bundle_from_bus(first ? LISTEN_CYCLES : BOOT_PATIENCE, &info.sponsor);
        if (length && bundle_good(length)) {
            listen_stop();
            info.founding = 0;
            start_kernel();
        }
        if (!length && (!first || !(HW32(HW_PRESENT) & mask)))
            found();
    }
}
