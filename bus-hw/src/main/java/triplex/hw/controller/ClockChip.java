package triplex.hw.controller;

import triplex.m68k.State;

/**
 * A board's battery clock: seconds since 1970-01-01 UTC and milliseconds. Each board has its own; they may differ by a
 * stated offset, and software may set them. Reading the high word of SECONDS holds its low word and MILLISECONDS.
 */
public final class ClockChip {
    /** Cycles of a second. */
    public static final long SECOND = 10_000_000;

    private static final int SECONDS = 0x00;
    private static final int MILLISECONDS = 0x04;
    private static final int SET_SECONDS = 0x06;

    /** Milliseconds since 1970 at cycle 0, were it to run unset. */
    private long start;
    private int heldLow;
    private int heldMilliseconds;
    private int setHigh;

    /**
     * A clock that shows a given time at cycle 0.
     *
     * @param startMilliseconds since 1970-01-01 UTC; the machine's start date plus this chip's offset
     */
    public ClockChip(long startMilliseconds) {
        start = startMilliseconds;
    }

    /** Reads a register word; {@code offset} is even. */
    public int read(int offset, long now) {
        return switch (offset) {
            case SECONDS -> {
                long time = start + now / (SECOND / 1000);
                int seconds = (int) Math.floorDiv(time, 1000L);
                heldLow = seconds & 0xFFFF;
                heldMilliseconds = (int) Math.floorMod(time, 1000L);
                yield seconds >>> 16;
            }
            case SECONDS + 2 -> heldLow;
            case MILLISECONDS -> heldMilliseconds;
            default -> 0;
        };
    }

    /** Writes a register word; the low word of SET_SECONDS sets the clock, milliseconds 0. */
    public void write(int offset, int value, long now) {
        if (offset == SET_SECONDS) {
            setHigh = value & 0xFFFF;
        } else if (offset == SET_SECONDS + 2) {
            long seconds = (setHigh << 16 | value & 0xFFFF) & 0xFFFF_FFFFL;
            start = seconds * 1000 - now / (SECOND / 1000);
        }
    }

    /** The one list of its state. */
    public void state(State s) {
        start = s.l("start", start);
        heldLow = s.i("heldLow", heldLow);
        heldMilliseconds = s.i("heldMilliseconds", heldMilliseconds);
        setHigh = s.i("setHigh", setHigh);
    }
}
