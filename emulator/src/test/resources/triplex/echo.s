| A guest of one board: takes terminal controller 0, prints "ready", echoes each key, says "[window]" when the window
| changes, switches the power off at 'q', leaves with status 5 at 'x'. Board 1 and up stop for ever.
        .long   0x10000
        .long   0xF00100
        .org    0x100
start:  move.w  %d0, 0xFF0002           | ROM_OFF
        tst.w   0xFF0000                | SLOT
        bne     idle
        lea     0xFF2000, %a5           | terminal controller 0, line 0
        move.w  #0x2700, %sr
        move.l  #1, 0x104(%a5)          | TTY_EPOCH
        move.w  #4, 0x100(%a5)          | TTY_TAKE
1:      cmp.w   #8, 0x102(%a5)          | under way
        beq     1b
        move.l  #vector, 0x118          | vector 46h
        lea     ready(%pc), %a0
        bsr     print
        moveq   #0, %d7                 | number of the next record
        move.w  #1, 0x20(%a5)           | request on input
        move.w  #0x40, 0xFF0202         | enable TTY
loop:   stop    #0x2000
        move.w  #0x2700, %sr
next:   move.l  %d7, 0x08(%a5)
        btst    #0, 0x01(%a5)
        beq     loop
        move.w  0x02(%a5), %d1
        move.w  0x04(%a5), %d2
        addq.l  #1, %d7
        move.l  %d7, 0x0C(%a5)
        move.l  %d7, 0x08(%a5)
        cmp.w   #2, %d1
        bne     key
        lea     window(%pc), %a0
        bsr     print
        bra     next
key:    cmp.w   #'q', %d2
        bne     2f
        move.w  #0x0FF1, 0xFF001A
2:      cmp.w   #'x', %d2
        bne     3f
        move.w  #5, 0xFF0008
3:      move.b  %d2, 0x1C(%a5)
        bra     next
vector: move.w  #0x2700, (%sp)          | back to the loop with interrupts masked
        rte
print:  move.b  (%a0)+, %d0
        beq     4f
        move.b  %d0, 0x1C(%a5)
        bra     print
4:      rts
idle:   stop    #0x2700
        bra     idle
ready:  .asciz  "ready\r\n"
window: .asciz  "[window]"
        .even
