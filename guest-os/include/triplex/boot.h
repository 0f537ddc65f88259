#ifndef TRIPLEX_BOOT_H
#define TRIPLEX_BOOT_H
/*
 * From reset to the kernel.
 *
 * The boot bundle is the regular file named by the root block: a header, then images, each at a multiple of 4096
 * bytes from the start of the bundle: "kernel" (ELF, physical addresses), "process", "file", "tty" (ELF, user
 * addresses).
 *
 * The ROM sets up the interface without a view and listens for BOOT frames, each with one page of the bundle. A board
 * with a disk port founds if it has heard none - for 50 ms after power-up if it is the lowest present slot, else for
 * BOOT_PATIENCE cycles: it picks the root as the file server does at a cold start (rejecting, not erasing), copies
 * the bundle to BUNDLE_ADDRESS, checks it, loads the kernel's segments and enters it. (If the arbiter refuses the
 * founding view, the kernel resets its board.) All output of ROM and kernel goes to the DIAG register.
 */
#define BUNDLE_MAGIC     0x54584232   /* TXB2; another with each change of what ROM and bundle know of each other */
#define BUNDLE_ADDRESS   0x080000     /* the kernel lies below it */
#define BUNDLE_MAX       0x080000     /* bytes */
#define BUNDLE_ENTRIES   8
#define ROM_SCRATCH      0x068000     /* ROM's stack, bss, rings, buffers, up to BUNDLE_ADDRESS: free once the kernel
                                         runs */
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
    uint32_t length;        /* whole bundle, bytes, multiple of 32 */
    uint32_t count;
    struct bundle_entry entry[BUNDLE_ENTRIES];
};

/* Given to the kernel: a0 points to it (it lies in ROM_SCRATCH), d0 = BUNDLE_MAGIC, interrupts masked, interface
 * OFF. */
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
