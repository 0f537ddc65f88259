| Contracts: probes.h.
#include <triplex/hw.h>

        .text
        .globl  probe_reads, probe_writes, probe_stop, probe_wake, probe_wait, probe_serve, probe_present

| A look at the counter: the read of the upper half latches the lower one.
        .macro  look to
        tst.l   HW_CYCLES_HI
        move.l  HW_CYCLES_LO, \to
        .endm

probe_reads:
        move.l  4(%sp), %a0
        look    %d1
        .rept   16
        move.w  (%a0), %d0
        .endr
        look    %d0
        sub.l   %d1, %d0
        rts

probe_writes:
        move.l  4(%sp), %a0
        look    %d1
        .rept   16
        move.w  %d0, (%a0)
        .endr
        look    %d0
        sub.l   %d1, %d0
        rts

probe_stop:
        move.l  4(%sp), %a0
        move.l  8(%sp), %d0
        look    %d1
        move.w  %d0, (%a0)
        nop
        nop
        look    %d0
        sub.l   %d1, %d0
        rts

probe_wake:
        move.l  4(%sp), %a0
        move.l  8(%sp), %d0
        look    %d1
        move.w  %d0, (%a0)
        stop    #0x2000
        move.w  #0x2700, %sr
        move.l  served, %d0
        sub.l   %d1, %d0
        rts

probe_wait:
        stop    #0x2000
        move.w  #0x2700, %sr
        move.l  served, %d0
        rts

probe_serve:
        move.l  4(%sp), %d0
        lsl.l   #2, %d0
        move.l  %d0, %a0
        move.l  #serve, (%a0)
        rts

serve:  tst.l   HW_CYCLES_HI
        move.l  HW_CYCLES_LO, served
        clr.w   HW_ENABLE
        rte

| A jump into a row of NOPs; the extra step is 6 clocks of EXG and 8 of the second jump.
probe_present:
        move.l  4(%sp), %d0
        add.l   %d0, %d0
        lea     row_end(%pc), %a0
        sub.l   %d0, %a0
        move.l  %a0, %a1
        tst.l   8(%sp)
        beq.s   1f
        lea     2f(%pc), %a1
1:      move.w  #BUS_ON, HW_CONTROL
        jmp     (%a1)
2:      exg     %d1, %d1
        jmp     (%a0)
        .rept   255
        nop
        .endr
row_end:
        move.l  HW_PRESENT, %d0
        rts

        .bss
        .balign 4
served: .skip   4

        .section .note.GNU-stack, "", @progbits
