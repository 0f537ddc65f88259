#include <bare.h>

/* QEMU's board "virt": a Goldfish terminal takes characters as longs, the controller switches the power off. It has
 * no cycle counter and no exit status: one line tells it. The argument text is what -append gives; it stands among the
 * records behind the program: tag, length of the record, contents. */
#define LONG_AT(address) (*(volatile uint32_t *)(address))
#define TERMINAL 0xff008000
#define CONTROLLER 0xff009004
#define POWER_OFF 2
#define LAST_RECORD 0
#define COMMAND_LINE 7

extern char _end[];

/* The board has 128 MiB by default; half of it is enough. */
#define HEAP_END 0x4000000

char *__bare_heap_end(void);

char *__bare_heap_end(void) {
    return (char *)HEAP_END;
}

void bare_putc(int c) {
    LONG_AT(TERMINAL) = (uint32_t)c;
}

const char *bare_argument(void) {
    const uint16_t *record = (const uint16_t *)(((uintptr_t)_end + 1) & ~(uintptr_t)1);
    for (; record[0] != LAST_RECORD && record[1] >= 4; record += record[1] / 2)
        if (record[0] == COMMAND_LINE) return (const char *)(record + 2);
    return "";
}

void bare_exit(int status) {
    static const char text[] = "exit ";
    if (status != 0) {
        for (const char *p = text; *p != 0; p++) bare_putc(*p);
        bare_putc('0' + status / 100 % 10);
        bare_putc('0' + status / 10 % 10);
        bare_putc('0' + status % 10);
        bare_putc('\n');
    }
    LONG_AT(CONTROLLER) = POWER_OFF;
    for (;;) {
    }
}

uint32_t bare_cycles(void) {
    return 0;
}
