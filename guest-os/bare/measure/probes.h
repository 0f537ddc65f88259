#ifndef PROBES_H
#define PROBES_H

#include <stdint.h>

/* Short stretches of code whose own times are known; all figures are cycles of 100 ns. Interrupts stay masked but where
 * it is said. */

/* The time of PROBE_REPEATS MOVE.W from `at` to a register, or to it, and of two looks at the counter. */
#define PROBE_REPEATS 16
uint32_t probe_reads(const volatile void *at);
uint32_t probe_writes(volatile void *at);

/* The time of one MOVE.W of `value` to the register `at`, of two NOPs, and of two looks at the counter. */
uint32_t probe_stop(volatile void *at, uint32_t value);

/* Writes `value` to the register `at` by MOVE.W, stops until an interrupt that HW_ENABLE lets through, whose vector
 * `probe_serve` must have been given. The time between a look at the counter right before the write and one in the
 * handler. */
uint32_t probe_wake(volatile void *at, uint32_t value);
/* Stops until the next interrupt; the counter as the handler sees it. */
uint32_t probe_wait(void);
/* Gives this interrupt vector a handler that notes the counter, then takes all enable bits back. */
void probe_serve(uint32_t vector);

/* Switches the bus interface on and reads PRESENT at the instruction that begins
 * PROBE_PRESENT_LEAST + 4 * nops + (extra ? PROBE_PRESENT_EXTRA : 0) cycles after the end of the write. */
#define PROBE_PRESENT_LEAST 12
#define PROBE_PRESENT_EXTRA 14
#define PROBE_PRESENT_NOPS 255
uint32_t probe_present(uint32_t nops, uint32_t extra);

#endif
