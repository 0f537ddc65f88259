| Where a server begins: no arguments, no libc. What main returns is its exit code, though no server's main returns.
#include <triplex/abi.h>
        .section .text.start, "ax", @progbits
        .globl  _start
_start:
        suba.l  %fp, %fp                | the outermost frame, for debuggers
        jsr     main
        lsl.l   #8, %d0
        move.l  %d0, %d1
        moveq   #K_EXIT, %d0
        trap    #0
        illegal                         | K_EXIT does not return

| The memory needs (abi.h); a server states them with TRIPLEX_MEMORY.
        .section .note.triplex, "a", @note
        .long   8, 8, 1
        .asciz  "Triplex"
        .long   __stack_size
        .long   __heap_size
