package triplex.machine;

import triplex.hw.Hardware;
import triplex.hw.Layout;
import triplex.hw.board.Board;

/** A board's memory as a debugger sees it: no side effects, no registers of devices. */
public final class BoardView {
    private final Board board;

    /** Looks at the board of a slot. */
    public BoardView(Hardware hardware, int slot) {
        board = hardware.board(slot);
    }

    /**
     * One byte at an address as the processor's present mode sees it: physical in supervisor mode, through the present
     * map in user mode; 0 where there is nothing.
     */
    public int seen(int address) {
        boolean user = (board.cpu().sr() & 0x2000) == 0;
        return user ? user(address) : physical(address);
    }

    /** One byte of RAM or ROM; 0 elsewhere. */
    public int physical(int address) {
        int at = address & 0xFFFFFF;
        return at >= Layout.ROM_BASE && at < Layout.ROM_BASE + Layout.ROM_BYTES ? board.peekRom(at - Layout.ROM_BASE)
            : board.peek(at);
    }

    /** One byte at a user address through the present map; 0 where nothing is mapped. */
    public int user(int address) {
        int physical = translate(address);
        return physical < 0 ? 0 : physical(physical);
    }

    /** The physical address of a user address in the present context; -1 when it is not mapped. */
    public int translate(int address) {
        int at = address & 0xFFFFFF;
        int entry = board.mapEntry(board.context(), at / Layout.PAGE_BYTES);
        return (entry & Layout.MAP_VALID) == 0 ? -1 : entry & Layout.MAP_ADDRESS | at & Layout.PAGE_BYTES - 1;
    }

    /** A word at an even address, for the disassembler. */
    public int word(int address) {
        return seen(address) << 8 | seen(address + 1);
    }

    /** A longword of physical memory. */
    public int longAt(int address) {
        return physical(address) << 24 | physical(address + 1) << 16 | physical(address + 2) << 8
            | physical(address + 3);
    }
}
