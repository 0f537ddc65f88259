| Entry from the ROM, exception entry, way back to user mode, page copy and clear.

#include <triplex/hw.h>
        .equ    R_A0, 32                | struct registers
        .equ    R_A1, 36
        .equ    R_USP, 60
        .equ    R_PC, 64
        .equ    R_SR, 68

        .text
        .globl  _start
| From the ROM: d0 = BUNDLE_MAGIC, a0 = struct boot_info, interrupts masked.
_start: move.w  #0x2700,%sr
        lea     kernel_stack_top,%sp
        cmpi.w  #RESET_POWER_UP,HW_RESET_CAUSE
        beq.s   2f                      | RAM is zero at power-up, and the ROM has used none of ours
        lea     bss_start,%a1
        lea     bss_end,%a2
        moveq   #0,%d1
        moveq   #0,%d2
        moveq   #0,%d3
        moveq   #0,%d4
1:      movem.l %d1-%d4,(%a1)
        movem.l %d1-%d4,16(%a1)
        movem.l %d1-%d4,32(%a1)
        movem.l %d1-%d4,48(%a1)
        lea     64(%a1),%a1
        cmp.l   %a2,%a1
        bcs.s   1b
2:      move.l  %a0,-(%sp)
        move.l  %d0,-(%sp)
        jsr     kernel_main
0:      bra.s   0b

| Each vector has a bsr of its own; the return address tells which one was taken.
        .globl  vector_stubs
        .balign 4
vector_stubs:
        .rept   256
        bsr.w   exception
        .endr

| trap #0, by a way of its own: most entries are calls. It comes from user mode only; an interrupt before the mask is
| set goes back, see below.
        .globl  trap_entry
trap_entry:
        move.w  #0x2700,%sr
        move.l  %a0,-(%sp)
        move.l  save_area,%a0
        movem.l %d0-%d7,(%a0)
        movem.l %a1-%a6,R_A1(%a0)
        move.l  (%sp)+,R_A0(%a0)
        move.l  %usp,%a1
        move.l  %a1,R_USP(%a0)
        move.w  (%sp)+,R_SR(%a0)
        move.l  (%sp)+,R_PC(%a0)
        jsr     kernel_call
0:      bra.s   0b

| Stack: the stub's return address, then the 68000's frame. All user registers go to *save_area: the current
| process, or a scratch area while the board idles.
| An interrupt may come before the mask is set. In the idle loop that does no harm: what it cut off is still
| requested. On the way from user mode it goes back at once, with the mask set, and is taken on the way to user mode.
exception:
        move.w  #0x2700,%sr
        cmpi.l  #vector_stubs+4*24+4,(%sp)
        beq.s   1f
        cmpi.l  #vector_stubs+4*64+4,(%sp)
        bcs.s   2f
1:      btst    #5,4(%sp)
        beq.s   2f
        cmpi.l  #idle_registers,save_area
        beq.s   2f
        ori.w   #0x0700,4(%sp)
        addq.l  #4,%sp
        rte
2:      move.l  %a0,-(%sp)
        move.l  save_area,%a0
        movem.l %d0-%d7,(%a0)
        movem.l %a1-%a6,R_A1(%a0)
        move.l  (%sp)+,R_A0(%a0)
        move.l  %usp,%a1
        move.l  %a1,R_USP(%a0)
        move.l  (%sp)+,%d0
        sub.l   #vector_stubs+4,%d0
        lsr.l   #2,%d0
        move.l  %sp,-(%sp)
        move.l  %d0,-(%sp)
        jsr     kernel_entry
0:      bra.s   0b

| void enter_user(struct process *p): registers come first in the structure.
        .globl  enter_user
enter_user:
        move.l  4(%sp),%a0
        move.l  %a0,save_area
        lea     kernel_stack_top,%sp
        move.l  R_USP(%a0),%a1
        move.l  %a1,%usp
        move.l  R_PC(%a0),-(%sp)
        move.w  R_SR(%a0),-(%sp)
        movem.l (%a0),%d0-%d7
        movem.l R_A1(%a0),%a1-%a6
        move.l  R_A0(%a0),%a0
        rte

| void idle(void): waits for an interrupt with all levels open; the interrupt does not come back here.
        .globl  idle
idle:   move.l  #idle_registers,save_area
        lea     kernel_stack_top,%sp
1:      stop    #0x2000
        bra.s   1b

| void copy_page(uint32_t to, uint32_t from): 85 times 48 bytes, then 16.
        .globl  copy_page
copy_page:
        movem.l %d2-%d7/%a2-%a6,-(%sp)
        move.l  48(%sp),%a1
        move.l  52(%sp),%a0
        moveq   #84,%d7
1:      movem.l (%a0)+,%d0-%d6/%a2-%a6
        movem.l %d0-%d6/%a2-%a6,(%a1)
        lea     48(%a1),%a1
        dbra    %d7,1b
        move.l  (%a0)+,(%a1)+       /* A MOVEM reads a word too many, and behind the last page of RAM there is
                                       nothing. */
        move.l  (%a0)+,(%a1)+
        move.l  (%a0)+,(%a1)+
        move.l  (%a0)+,(%a1)+
        movem.l (%sp)+,%d2-%d7/%a2-%a6
        rts

| void zero(uint32_t from, uint32_t bytes): bytes a multiple of 64; from the end downwards.
        .globl  zero
zero:   move.l  8(%sp),%d1
        move.l  4(%sp),%a0
        adda.l  %d1,%a0
        lsr.l   #6,%d1
        subq.l  #1,%d1
        movem.l %d2-%d7,-(%sp)
        moveq   #0,%d0
        moveq   #0,%d2
        moveq   #0,%d3
        moveq   #0,%d4
        moveq   #0,%d5
        moveq   #0,%d6
        moveq   #0,%d7
        move.l  %d0,%a1
1:      movem.l %d0/%d2-%d7/%a1,-(%a0)
        movem.l %d0/%d2-%d7/%a1,-(%a0)
        dbra    %d1,1b
        movem.l (%sp)+,%d2-%d7
        rts

        .section .rodata
        .globl  loader_image, loader_image_end
        .balign 4096
loader_image:
        .incbin "out/loader.bin"
loader_image_end:
        .balign 4096

        .bss
        .globl  save_area
        .balign 4
save_area:
        .skip   4
idle_registers:
        .skip   72
        .skip   8192
kernel_stack_top:
