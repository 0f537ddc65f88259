#include <bare.h>
#include <triplex/hw.h>

/* The board's devices as a bare program needs them. */
#define BYTE_AT(address) (*(volatile uint8_t *)(address))
#define WORD_AT(address) (*(volatile uint16_t *)(address))
#define LONG_AT(address) (*(volatile uint32_t *)(address))

/* Bytes at the top of RAM that the heap leaves to the stack. */
enum { STACK_BYTES = 65536 };

char *__bare_heap_end(void);

char *__bare_heap_end(void) {
    return (char *)(LONG_AT(HW_RAM_SIZE) - STACK_BYTES);
}

void bare_putc(int c) {
    BYTE_AT(HW_DIAG) = (uint8_t)c;
}

const char *bare_argument(void) {
    return (const char *)BARE_ARGUMENT;
}

void bare_exit(int status) {
    WORD_AT(HW_EXIT) = (uint16_t)status;
    /* The run has ended; on a board that goes on in spite of it, nothing more happens. */
    for (;;) __asm__ volatile("stop #0x2700");
}

uint32_t bare_cycles(void) {
    (void)LONG_AT(HW_CYCLES_HI);
    return LONG_AT(HW_CYCLES_LO);
}
