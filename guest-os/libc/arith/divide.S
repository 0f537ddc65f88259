| 32-bit multiplication, division and remainder for a processor that multiplies 16 x 16 and divides 32 / 16. The names
| and the calling convention are the compiler's: arguments on the stack, result in d0; d0, d1, a0, a1 may change.
        .section .text.__mulsi3, "ax", @progbits
        .globl  __mulsi3
__mulsi3:
        move.w  4(%sp), %d0
        mulu.w  10(%sp), %d0            | a high x b low
        move.w  6(%sp), %d1
        mulu.w  8(%sp), %d1             | a low x b high
        add.w   %d1, %d0
        swap    %d0
        clr.w   %d0
        move.w  6(%sp), %d1
        mulu.w  10(%sp), %d1
        add.l   %d1, %d0
        rts

        .section .text.divide, "ax", @progbits
        .globl  __udivsi3, __umodsi3, __divsi3, __modsi3
__udivsi3:
        move.l  4(%sp), %d0
        move.l  8(%sp), %d1
        bra.s   divide

__umodsi3:
        move.l  4(%sp), %d0
        move.l  8(%sp), %d1
        bsr.s   divide
        move.l  %d1, %d0
        rts

__divsi3:
        move.l  4(%sp), %d0
        bpl.s   1f
        neg.l   %d0
1:      move.l  8(%sp), %d1
        bpl.s   2f
        neg.l   %d1
2:      bsr.s   divide
        move.b  4(%sp), %d1
        eor.b   %d1, 8(%sp)             | different signs: a negative quotient
        bpl.s   3f
        neg.l   %d0
3:      rts

__modsi3:
        move.l  4(%sp), %d0
        bpl.s   1f
        neg.l   %d0
1:      move.l  8(%sp), %d1
        bpl.s   2f
        neg.l   %d1
2:      bsr.s   divide
        move.l  %d1, %d0
        tst.b   4(%sp)                  | the remainder has the dividend's sign
        bpl.s   3f
        neg.l   %d0
3:      rts

| d0 / d1 without sign: quotient in d0, remainder in d1. A divisor of zero takes the processor's exception.
divide:
        cmpi.l  #0xffff, %d1
        bhi.s   wide_divisor
        cmpi.l  #0xffff, %d0
        bhi.s   wide_dividend
        divu.w  %d1, %d0
        move.l  %d0, %d1
        clr.w   %d1
        swap    %d1
        swap    %d0
        clr.w   %d0
        swap    %d0
        rts
wide_dividend:
        movea.l %d2, %a0
        move.l  %d0, %d2
        clr.w   %d2
        swap    %d2
        divu.w  %d1, %d2                | high digit of the quotient; its remainder leads the low digit's dividend
        movea.w %d2, %a1
        move.w  %d0, %d2
        divu.w  %d1, %d2
        move.w  %a1, %d0
        swap    %d0
        move.w  %d2, %d0
        clr.w   %d2
        swap    %d2
        move.l  %d2, %d1
        move.l  %a0, %d2
        rts
| Both operands are shifted until the divisor has 16 bits, which loses a part e of its low half. The quotient q of those
| is the wanted one or one more. Since q x (divisor - e) <= dividend, q times the high half never exceeds the dividend;
| only taking away q times the low half can show that q is one too great.
wide_divisor:
        movea.l %d2, %a0
        movea.l %d3, %a1
        move.l  %d0, %d2
        move.l  %d1, %d3
1:      lsr.l   #1, %d0
        lsr.l   #1, %d1
        cmpi.l  #0xffff, %d1
        bhi.s   1b
        divu.w  %d1, %d0
        swap    %d0
        clr.w   %d0
        swap    %d0
        move.l  %d3, %d1
        swap    %d1
        mulu.w  %d0, %d1
        swap    %d1
        sub.l   %d1, %d2
        move.w  %d3, %d1
        mulu.w  %d0, %d1
        sub.l   %d1, %d2
        bcc.s   5f
        subq.l  #1, %d0
        add.l   %d3, %d2
5:      move.l  %d2, %d1
        move.l  %a0, %d2
        move.l  %a1, %d3
        rts

        .section .note.GNU-stack, "", @progbits
