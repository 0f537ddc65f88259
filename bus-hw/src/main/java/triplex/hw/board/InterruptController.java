package triplex.hw.board;

import triplex.hw.Device;
import triplex.hw.Interrupt;
import triplex.hw.Register;
import triplex.m68k.State;

/** Collects the requesters' lines, gives the processor its level and answers the acknowledge cycle with a vector. */
final class InterruptController implements Device {
    private static final Interrupt[] SOURCES = Interrupt.values();

    private final int[] lines = new int[SOURCES.length];
    private int enable;
    private int level;

    void request(Interrupt source, int line, boolean on) {
        int n = source.ordinal();
        lines[n] = on ? lines[n] | 1 << line : lines[n] & ~(1 << line);
        update();
    }

    /** Level of the IPL pins. */
    int level() {
        return level;
    }

    private int pending() {
        int mask = 0;
        for (int n = 0; n < lines.length; n++) {
            if (lines[n] != 0) {
                mask |= 1 << n;
            }
        }
        return mask;
    }

    private int enabled() {
        return pending() & (enable | Interrupt.NMI.bit());
    }

    private void update() {
        level = 0;
        for (int mask = enabled(); mask != 0; mask &= mask - 1) {
            level = Math.max(level, SOURCES[Integer.numberOfTrailingZeros(mask)].level);
        }
    }

    /** The vector of the first pending enabled source of a level, or -1: spurious. Takes an NMI back. */
    int acknowledge(int wanted) {
        for (int mask = enabled(); mask != 0; mask &= mask - 1) {
            Interrupt source = SOURCES[Integer.numberOfTrailingZeros(mask)];
            if (source.level == wanted) {
                if (source == Interrupt.NMI) {
                    lines[source.ordinal()] = 0;
                    update();
                }
                return source.vector;
            }
        }
        return -1;
    }

    @Override
    public int read(Register register) {
        return register == Register.PENDING ? pending() : enable;
    }

    @Override
    public void write(Register register, int value) {
        enable = value & 0xFF;
        update();
    }

    @Override
    public void reset() {
        enable = 0;
        lines[Interrupt.NMI.ordinal()] = 0;
        update();
    }

    @Override
    public void state(State s) {
        s.ints("lines", lines);
        enable = s.i("enable", enable);
        update();
    }
}
