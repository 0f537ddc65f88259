| Reset and exceptions of the boot ROM. It is seen at 0 until the kernel switches it off, so its first longwords are
| the vectors.
#include <triplex/hw.h>
        .section .text.start, "ax"
        .globl  _start
        .long   rom_stack_top
        .long   _start
        .rept   254
        .long   exception
        .endr

_start: move.w  #0x2700, %sr
        cmpi.w  #RESET_POWER_UP, HW_RESET_CAUSE
        beq.s   2f                      | RAM is zero
        lea     rom_bss, %a0
        lea     rom_bss_end, %a1
        moveq   #0, %d0
        moveq   #0, %d1
        moveq   #0, %d2
        moveq   #0, %d3
1:      movem.l %d0-%d3, (%a0)
        movem.l %d0-%d3, 16(%a0)
        movem.l %d0-%d3, 32(%a0)
        movem.l %d0-%d3, 48(%a0)
        lea     64(%a0), %a0
        cmp.l   %a1, %a0
        bcs.s   1b
2:      jsr     rom_main
        bra.s   .

| Whatever goes wrong in the ROM: tell where, and stop.
exception:
        movem.l %d0-%d7/%a0-%a6, -(%sp)
        move.l  %sp, -(%sp)
        jsr     rom_exception
2:      stop    #0x2700
        bra.s   2b

| void enter_kernel(uint32_t entry, const struct boot_info *info, uint32_t magic)
        .globl  enter_kernel
enter_kernel:
        move.l  4(%sp), %a1
        move.l  8(%sp), %a0
        move.l  12(%sp), %d0
        jmp     (%a1)
