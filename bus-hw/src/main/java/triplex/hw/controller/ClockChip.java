package triplex.hw.controller;

import triplex.hw.Block;
import triplex.hw.BoardSide;
import triplex.hw.Device;
import triplex.hw.Register;
import triplex.m68k.State;

/**
 * A board's battery clock: seconds since 1970-01-01 UTC and milliseconds. Each board has its own; they may differ by a
 * stated offset, and software may set them. Reading SECONDS holds MILLISECONDS.
 */
public final class ClockChip implements Device {
    private static final long MILLISECOND = 10_000;

    private final BoardSide board;
    /** Milliseconds since 1970 at cycle 0, were it to run unset. The battery keeps it over a reset. */
    private long start;
    private int heldMilliseconds;

    /**
     * A clock on a board.
     *
     * @param startSeconds the machine's date at cycle 0; the board's own offset is added
     */
    public ClockChip(BoardSide board, long startSeconds) {
        this.board = board;
        start = startSeconds * 1000 + board.clockOffset();
        board.attach(Block.CLOCK_CHIP, 0, this);
    }

    @Override
    public int read(Register register) {
        if (register == Register.MILLISECONDS) {
            return heldMilliseconds;
        }
        long time = start + board.now() / MILLISECOND;
        heldMilliseconds = (int) Math.floorMod(time, 1000L);
        return (int) Math.floorDiv(time, 1000L);
    }

    @Override
    public void write(Register register, int value) {
        if (register == Register.SET_SECONDS) {
            start = (value & 0xFFFF_FFFFL) * 1000 - board.now() / MILLISECOND;
        }
    }

    @Override
    public void reset() {
        heldMilliseconds = 0;
    }

    @Override
    public void state(State s) {
        start = s.l("start", start);
        heldMilliseconds = s.i("heldMilliseconds", heldMilliseconds);
    }
}
