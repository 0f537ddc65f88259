#ifndef PROGRAM_H
#define PROGRAM_H

/* Stands once in a program that needs another stack than 32 KiB or another data limit than 256 KiB; both in bytes.
 * The data limit holds initialised data, bss and heap; exec reserves both, so sbrk below the limit never fails. */
#define PROGRAM_LIMITS(stack_bytes, data_bytes)                                                                  \
    __asm__(".globl __stack_size\n__stack_size = " #stack_bytes "\n.globl __data_limit\n__data_limit = " #data_bytes)

#endif
