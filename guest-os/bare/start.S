| Where a bare program begins: the stack pointer stands at the top of RAM, interrupts are masked. The bss is cleared
| here because a flat binary does not say that it has one.
        .section .text.start, "ax", @progbits
        .globl  _start
_start:
        lea     __bss_start, %a0
        move.l  #_end, %d0
        sub.l   %a0, %d0
        lsr.l   #2, %d0
        bra.s   2f
1:      clr.l   (%a0)+
        subq.l  #1, %d0
2:      tst.l   %d0
        bne.s   1b
        suba.l  %fp, %fp
        jsr     bare_start
        illegal                         | bare_start does not return

        .section .note.GNU-stack, "", @progbits
