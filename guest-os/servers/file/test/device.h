#ifndef FILE_TEST_DEVICE_H
#define FILE_TEST_DEVICE_H
/*
 * Two disk controllers with drives in memory, for the file server on the host. What was written is seen by reads at
 * once, but lasts only from the next flush on; the power can be cut at any sector write. The lasting images are shared
 * with child processes.
 */
#include <stdint.h>

#define DEVICE_SECTORS_MAX (64 * 1024 * 2)

struct device {
    uint8_t *lasting;                   /* shared */
    uint8_t *seen;                      /* shared: with the writes since the last flush */
    uint32_t sectors;
    int present;
    uint32_t reads, writes, flushes;    /* sectors, sectors, commands */
};
extern struct device devices[2];

/* Cuts the power at the n-th sector write from now (both drives counted): a subset of the writes since the last flush
 * chosen by the seed lasts, one of them perhaps torn; the process exits with DEVICE_CUT. roots: only sectors at both
 * ends of a drive count, where the roots are. 0: never. */
#define DEVICE_CUT 42
void device_cut_after(uint32_t n, int roots, uint32_t seed);
/*
 * The board of the server is lost at the n-th sector write or flush from now, the drives go on; roots: of the writes
 * only those of roots count. From this call to then each sync message makes a backup: the process as it is in that
 * call. The newest one goes on from there when the board is lost, after a call of `then`; those dismissed end with
 * DEVICE_DISMISSED. The process ends as its backup does.
 */
#define DEVICE_DISMISSED 43
void device_die_after(uint32_t n, int roots, void (*then)(void));
/* Told before each write and after each flush and power-up; ends the program on a write that a power cut would not
 * forgive (watch.c). */
void watch_write(int drive, uint32_t sector, uint32_t count, const uint8_t *bytes);
void watch_flush(void);
void watch_takeover(void);              /* instead, by a server that goes on for one that may have written more */
uint32_t watched_writes(void);          /* sectors of the pool that were checked so far */
void device_create(uint32_t sectors);   /* both, zero */
void device_power_up(void);             /* what lasts is seen; nothing is under way */
uint32_t device_random(uint32_t *seed);

#endif
