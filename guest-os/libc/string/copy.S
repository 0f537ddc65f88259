| memcpy, memmove, mempcpy and memset. Where both addresses are even or both odd the middle moves in long words, 32
| bytes per turn; a 68000 cannot read a word at an odd address, so else it is byte by byte.
        .section .text.memcpy, "ax", @progbits
        .globl  memcpy, memmove, mempcpy, bcopy
bcopy:
        move.l  4(%sp), %a0
        move.l  8(%sp), %a1
        bra.s   move
mempcpy:
        move.l  12(%sp), -(%sp)
        move.l  12(%sp), -(%sp)
        move.l  12(%sp), -(%sp)
        bsr.s   memcpy
        lea     12(%sp), %sp
        add.l   12(%sp), %d0
        movea.l %d0, %a0
        rts
memmove:
        move.l  4(%sp), %a1
        move.l  8(%sp), %a0
move:   move.l  12(%sp), %d1
        move.l  %a1, %d0
        sub.l   %a0, %d0
        cmp.l   %d1, %d0                | to - from, without sign, below size: it overlaps the wrong way
        bcs.w   backwards
        bra.s   forwards
memcpy:
        move.l  4(%sp), %a1
        move.l  8(%sp), %a0
        move.l  12(%sp), %d1
forwards:
        moveq   #15, %d0
        cmp.l   %d1, %d0
        bcc.s   bytes
        move.w  %a0, %d0
        add.w   %a1, %d0
        btst    #0, %d0
        bne.s   unlike
        move.w  %a0, %d0
        btst    #0, %d0
        beq.s   1f
        move.b  (%a0)+, (%a1)+
        subq.l  #1, %d1
1:      move.l  %d1, %d0
        lsr.l   #5, %d0
        bra.s   3f
2:      move.l  (%a0)+, (%a1)+
        move.l  (%a0)+, (%a1)+
        move.l  (%a0)+, (%a1)+
        move.l  (%a0)+, (%a1)+
        move.l  (%a0)+, (%a1)+
        move.l  (%a0)+, (%a1)+
        move.l  (%a0)+, (%a1)+
        move.l  (%a0)+, (%a1)+
3:      dbf     %d0, 2b
        clr.w   %d0
        subq.l  #1, %d0                 | sizes of 2 MiB and more take several rounds of 65536
        bcc.s   2b
        moveq   #28, %d0
        and.w   %d1, %d0
        lsr.w   #2, %d0
        bra.s   5f
4:      move.l  (%a0)+, (%a1)+
5:      dbf     %d0, 4b
        and.w   #3, %d1
        bra.s   7f
bytes:  bra.s   7f
6:      move.b  (%a0)+, (%a1)+
7:      dbf     %d1, 6b
        move.l  4(%sp), %d0
        movea.l %d0, %a0
        rts
unlike: move.l  %d1, %d0
        lsr.l   #3, %d0
        bra.s   9f
8:      move.b  (%a0)+, (%a1)+
        move.b  (%a0)+, (%a1)+
        move.b  (%a0)+, (%a1)+
        move.b  (%a0)+, (%a1)+
        move.b  (%a0)+, (%a1)+
        move.b  (%a0)+, (%a1)+
        move.b  (%a0)+, (%a1)+
        move.b  (%a0)+, (%a1)+
9:      dbf     %d0, 8b
        clr.w   %d0
        subq.l  #1, %d0
        bcc.s   8b
        and.w   #7, %d1
        bra.s   7b

backwards:
        adda.l  %d1, %a0
        adda.l  %d1, %a1
        move.w  %a0, %d0
        add.w   %a1, %d0
        btst    #0, %d0
        bne.s   14f
        tst.l   %d1
        beq.s   15f
        move.w  %a0, %d0
        btst    #0, %d0
        beq.s   10f
        move.b  -(%a0), -(%a1)
        subq.l  #1, %d1
10:     move.l  %d1, %d0
        lsr.l   #4, %d0
        bra.s   12f
11:     move.l  -(%a0), -(%a1)
        move.l  -(%a0), -(%a1)
        move.l  -(%a0), -(%a1)
        move.l  -(%a0), -(%a1)
12:     dbf     %d0, 11b
        clr.w   %d0
        subq.l  #1, %d0
        bcc.s   11b
        and.l   #15, %d1
        bra.s   14f
13:     move.b  -(%a0), -(%a1)
14:     dbf     %d1, 13b
        clr.w   %d1
        subq.l  #1, %d1
        bcc.s   13b
15:     move.l  4(%sp), %d0
        movea.l %d0, %a0
        rts

        .section .text.memset, "ax", @progbits
        .globl  memset, bzero
bzero:
        move.l  8(%sp), -(%sp)
        clr.l   -(%sp)
        move.l  12(%sp), -(%sp)
        bsr.s   memset
        lea     12(%sp), %sp
        rts
memset:
        move.l  4(%sp), %a0
        move.b  11(%sp), %d0
        move.l  12(%sp), %d1
        cmpi.l  #15, %d1
        bls.s   5f
        move.b  %d0, -(%sp)             | the byte in all four places of d0: a byte push lands in the high half
        move.w  (%sp)+, %d1
        move.b  %d0, %d1
        move.w  %d1, %d0
        swap    %d0
        move.w  %d1, %d0
        move.l  12(%sp), %d1
        move.w  %a0, -(%sp)
        btst    #0, 1(%sp)
        addq.l  #2, %sp
        beq.s   1f
        move.b  %d0, (%a0)+
        subq.l  #1, %d1
1:      movea.l %d1, %a1
        lsr.l   #5, %d1
        bra.s   3f
2:      move.l  %d0, (%a0)+
        move.l  %d0, (%a0)+
        move.l  %d0, (%a0)+
        move.l  %d0, (%a0)+
        move.l  %d0, (%a0)+
        move.l  %d0, (%a0)+
        move.l  %d0, (%a0)+
        move.l  %d0, (%a0)+
3:      dbf     %d1, 2b
        clr.w   %d1
        subq.l  #1, %d1
        bcc.s   2b
        moveq   #31, %d1
        exg     %d0, %a1
        and.w   %d0, %d1
        exg     %d0, %a1
        bra.s   5f
4:      move.b  %d0, (%a0)+
5:      dbf     %d1, 4b
        move.l  4(%sp), %d0
        movea.l %d0, %a0
        rts

        .section .note.GNU-stack, "", @progbits
