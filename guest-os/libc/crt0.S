| Where a program of Triplex/OS begins. exec leaves at the stack pointer: argc, the pointers of argv and a NULL, those
| of the environment and a NULL; all registers are zero.
        .section .text.start, "ax", @progbits
        .globl  _start
_start:
        move.l  (%sp), %d0              | argc
        lea     4(%sp), %a0             | argv
        move.l  %d0, %d1
        addq.l  #1, %d1
        add.l   %d1, %d1
        add.l   %d1, %d1
        lea     0(%a0,%d1.l), %a1       | the environment begins behind the NULL of argv
        suba.l  %fp, %fp                | the outermost frame, for debuggers
        move.l  %a1, -(%sp)
        move.l  %a0, -(%sp)
        move.l  %d0, -(%sp)
        jsr     __libc_start
        illegal                         | __libc_start does not return

| What exec reads before it makes room: bytes of stack and of heap.
        .section .note.triplex, "a", @note
        .long   8, 8, 1                 | bytes of name and of contents, type 1: memory
        .asciz  "Triplex"
        .long   __stack_size
        .long   __heap_size

        .section .note.GNU-stack, "", @progbits
