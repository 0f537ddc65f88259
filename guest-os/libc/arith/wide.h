#ifndef ARITH_WIDE_H
#define ARITH_WIDE_H

#include <stdint.h>

/* The pieces of which 64-bit arithmetic and soft float are made. None of them may be written with a 64-bit shift by a
 * variable, a 64-bit product or quotient: the compiler would call the functions that are built on these. */

static inline uint32_t high_half(uint64_t value) {
    return (uint32_t)(value >> 32);
}

static inline uint32_t low_half(uint64_t value) {
    return (uint32_t)value;
}

static inline uint64_t from_halves(uint32_t high, uint32_t low) {
    return (uint64_t)high << 32 | low;
}

/* The full product of two 32-bit numbers. */
uint64_t __mul32(uint32_t a, uint32_t b);

/* (high:low) / divisor for high < divisor and a divisor with bit 31 set; *remainder gets the rest. */
uint32_t __div64(uint32_t high, uint32_t low, uint32_t divisor, uint32_t *remainder);

/* Quotient of two 64-bit numbers; *remainder gets the rest. The divisor is not zero. */
uint64_t __udivmod64(uint64_t dividend, uint64_t divisor, uint64_t *remainder);

/* Zero bits above the highest one; 32 for zero. */
int __clz32(uint32_t value);

/* dividend / divisor where the quotient fits 16 bits; *remainder gets the rest. */
static inline uint16_t divide_step(uint32_t dividend, uint16_t divisor, uint16_t *remainder) {
#ifdef __m68k__
    __asm__("divu.w %1, %0" : "+d"(dividend) : "dm"(divisor) : "cc");
    *remainder = (uint16_t)(dividend >> 16);
    return (uint16_t)dividend;
#else
    *remainder = (uint16_t)(dividend % divisor);
    return (uint16_t)(dividend / divisor);
#endif
}

static inline uint32_t mul16(uint16_t a, uint16_t b) {
    return (uint32_t)a * b;
}

#endif
