#ifndef TRIPLEX_BOOT_H
#define TRIPLEX_BOOT_H
/*
 * From reset to the kernel.
 *
 * The boot bundle is the regular file named by the root block: a header, then images, each at a multiple of 4096 bytes from the start of the
 * bundle: "kernel" (ELF, physical addresses), "process", "file", "tty" (ELF, user addresses).
 *
 * The ROM founds if its board is the lowest present slot with a port to a disk controller: it picks the root as the file server does at a
 * cold start (rejecting, not erasing), copies the bundle to BUNDLE_ADDRESS, checks it, loads the kernel's segments and enters it.
 * Any other board sets up its interface without a view and takes BOOT frames: each carries one page of the bundle. A board
 * with a disk port that hears none for BOOT_PATIENCE cycles founds (if the arbiter refuses that, its kernel resets the board).
 * All output of ROM and kernel goes to the DIAG register.
 */
#define BUNDLE_MAGIC     0x54584231   /* TXB1 */
#define BUNDLE_ADDRESS   0x080000     /* the kernel lies below it */
#define BUNDLE_MAX       0x080000     /* bytes */
#define BUNDLE_ENTRIES   8
#define ROM_SCRATCH_BYTES 0x20000     /* ROM's stack, bss, rings, buffers: the last of RAM; free once the kernel runs */
#define BOOT_PATIENCE    30000000     /* cycles: 3 s */

#ifndef __ASSEMBLER__
#include <stdint.h>

struct bundle_entry {
    char name[16];
    uint32_t offset;        /* from the start of the bundle, bytes */
    uint32_t length;        /* bytes */
};

struct bundle {
    uint32_t magic;
    uint32_t length;        /* whole bundle, bytes, multiple of 4 */
    uint32_t sum;           /* 32-bit sum of all longwords of the bundle with this one as 0 */
    uint32_t count;
    struct bundle_entry entry[BUNDLE_ENTRIES];
};

/* Given to the kernel: a0 points to it (it lies in the ROM's scratch), d0 = BUNDLE_MAGIC, interrupts masked, interface OFF. */
struct boot_info {
    uint32_t bundle, bundle_length;
    uint32_t founding;      /* 1: loaded from disk; 0: by BOOT frames */
    uint32_t sponsor;       /* slot that sent the BOOT frames */
    uint32_t seconds;       /* clock chip at reset */
};

/* Parameters of BOOT frames. */
#define BOOT_PAGE   1       /* member -> new board: one page */
#define BOOT_JOIN   2       /* new board's kernel -> its sponsor: let me in. offset: free pages, total: RAM bytes */
struct boot_params {
    uint16_t kind, pad;
    uint32_t offset;        /* of this page in the bundle */
    uint32_t total;         /* bytes of the bundle */
};
#endif
#endif
