| Start on QEMU's board: its loader has cleared the bss.
        .section .text.start, "ax", @progbits
        .globl  _start
_start:
        move.w  #0x2700, %sr
        lea     __stack_top, %sp
        suba.l  %fp, %fp
        jsr     bare_start
        illegal                         | bare_start does not return

        .section .note.GNU-stack, "", @progbits
