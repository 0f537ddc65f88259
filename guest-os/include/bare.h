#ifndef BARE_H
#define BARE_H

#include <stdint.h>

/* Programs without an operating system, for `triplex run PROG`: supervisor mode, physical addresses, loaded at
 * 0x10000, stack at the top of RAM. <stdio.h> gives printf, puts and putchar, <stdlib.h> malloc and what needs no
 * files, <string.h> everything. main gets the words of the argument text as argv[1] and so on; what it returns is the
 * exit status. */

/* Where the loader puts the argument text, with its NUL, at most BARE_ARGUMENT_BYTES with it; no text is a NUL. */
#define BARE_ARGUMENT 0xf000
#define BARE_ARGUMENT_BYTES 4096

/* One byte to the host's standard output. */
void bare_putc(int c);
/* The text that was given with --arg, "" without one. */
const char *bare_argument(void);
/* Ends the run; the low 8 bits become the exit status of `triplex run`. */
_Noreturn void bare_exit(int status);
/* Clock cycles (100 ns each) since power-up; wraps after 429 seconds. */
uint32_t bare_cycles(void);

#endif
