#ifndef ROM_H
#define ROM_H
/* The boot ROM's parts. All of it polls; interrupts stay masked. */
#include <stdint.h>
#include <triplex/boot.h>
#include <triplex/hw.h>

/* print.c: text on the diagnostic line */
void say(const char *text);
void say_number(uint32_t number);
void say_hex(uint32_t number);

/* disk.c: the bundle from a disk. Bytes of it, now at BUNDLE_ADDRESS; 0: there is none (the reason has been said), or
 * a frame has come meanwhile. */
uint32_t bundle_from_disk(void);

/* listen.c: the bundle by BOOT frames */
void listen_start(void);            /* interface on, without a view */
void listen_stop(void);
int somebody_speaks(void);          /* a frame has arrived that has not been taken */
/* Waits at most `cycles` for the first frame, then for the rest. Bytes of the bundle, or 0: nobody spoke. *sponsor:
 * slot. */
uint32_t bundle_from_bus(uint32_t cycles, uint32_t *sponsor);
uint32_t rom_cycles(void);          /* since reset, low word */

#endif
