#include <triplex/abi.h>

| int32_t k_call(int number, uint32_t d1, d2, d3, d4, const void *a0, *a1, uint32_t *d1_out)
        .section .text.k_call, "ax", @progbits
        .globl  k_call
k_call:
        movem.l %d2-%d4, -(%sp)
        movem.l 16(%sp), %d0-%d4
        movem.l 36(%sp), %a0-%a1
        trap    #0
        move.l  44(%sp), %d2
        beq.s   1f
        movea.l %d2, %a0
        move.l  %d1, (%a0)
1:      movem.l (%sp)+, %d2-%d4
        rts

| Where the kernel enters a signal handler: d0 signal, a0 handler, a1 flags of its action, sp -> struct sigframe. The
| frame holds all registers of the interrupted code, so none needs to be kept.
        .section .text.signal_trampoline, "ax", @progbits
        .globl  __signal_trampoline
__signal_trampoline:
        move.l  %a1, %d7
        move.l  %d0, -(%sp)
        jsr     (%a0)
        move.l  %d7, (%sp)
        jsr     __after_handler         | cancels the call that was waiting, unless the action says SA_RESTART
        addq.l  #4, %sp
        movea.l %sp, %a0
        moveq   #K_SIGRETURN, %d0
        trap    #0
        illegal

| jmp_buf: d2-d7, a2-a7, return address, waiting call, flag and signal mask of sigsetjmp.
        .section .text.setjmp, "ax", @progbits
        .globl  setjmp, sigsetjmp, longjmp, siglongjmp
sigsetjmp:
        movea.l 4(%sp), %a0
        move.l  8(%sp), 56(%a0)
        beq.s   1f
        clr.l   -(%sp)
        jsr     __signal_mask           | __signal_mask(0) only asks
        addq.l  #4, %sp
        movea.l 4(%sp), %a0
        move.l  %d0, 60(%a0)
        bra.s   1f
setjmp:
        movea.l 4(%sp), %a0
        clr.l   56(%a0)
1:      movem.l %d2-%d7/%a2-%a7, (%a0)
        move.l  (%sp), 48(%a0)
        move.l  __waiting, 52(%a0)
        moveq   #0, %d0
        rts

siglongjmp:
longjmp:
        movea.l 4(%sp), %a2
        move.l  8(%sp), %d2
        bne.s   2f
        moveq   #1, %d2                 | longjmp never makes setjmp return 0
2:      move.l  52(%a2), -(%sp)
        jsr     __abandon_calls         | the calls that are left for good are cancelled and their answers taken
        addq.l  #4, %sp
        tst.l   56(%a2)
        beq.s   3f
        move.l  60(%a2), -(%sp)
        jsr     __restore_mask
        addq.l  #4, %sp
3:      move.l  %d2, %d0
        movea.l %a2, %a0
        movem.l (%a0), %d2-%d7/%a2-%a7
        move.l  48(%a0), (%sp)
        rts

        .section .note.GNU-stack, "", @progbits
