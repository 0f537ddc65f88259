| The loader page: entry points at fixed addresses (abi.h).
        .text
        .globl  _start
_start: bra.w   start                   | LOADER_START
        nop
        bra.w   spawn                   | LOADER_SPAWN
        nop
        bra.w   exec_entry              | LOADER_EXEC
        nop

| After K_EXEC: d1 handle, d2 offset in the file, d3 bytes, a0 address of the data, a1 entry, sp argument block.
start:  move.l  %a1,-(%sp)
        move.l  %d3,-(%sp)
        move.l  %d2,-(%sp)
        move.l  %a0,-(%sp)
        move.l  %d1,-(%sp)
        bsr.w   load_data
        lea     16(%sp),%sp
        move.l  (%sp)+,%a0
        jmp     (%a0)

| First code of a spawned process: a0 path, a1 argument block, d1 its length.
spawn:  move.l  %d1,-(%sp)
        move.l  %a1,-(%sp)
        move.l  %a0,-(%sp)
        bsr.w   exec_program
        move.l  #127*256,%d1
        moveq   #10,%d0                 | K_EXIT
        trap    #0

exec_entry:
        bra.w   exec_program

| int32_t trap_call(number, d1, d2, d3, a0, a1)
        .globl  trap_call
trap_call:
        movem.l %d2-%d3,-(%sp)
        move.l  12(%sp),%d0
        move.l  16(%sp),%d1
        move.l  20(%sp),%d2
        move.l  24(%sp),%d3
        move.l  28(%sp),%a0
        move.l  32(%sp),%a1
        trap    #0
        movem.l (%sp)+,%d2-%d3
        rts
