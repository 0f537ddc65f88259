package triplex.tests.determinism;

import java.util.Arrays;
import triplex.hw.BusListener;
import triplex.hw.controller.LineListener;
import triplex.machine.Machine;

/** All that is seen from outside of a machine, in order and each with its cycle, as one number. */
public final class Events implements LineListener, BusListener {
    private long sum;

    /** Begins to hear of a machine. */
    public void listenTo(Machine machine) {
        machine.listen((LineListener) this);
        machine.listen((BusListener) this);
    }

    /** The number so far. */
    public long sum() {
        return sum;
    }

    private void add(long cycle, int kind, int a, int b) {
        sum = (sum ^ cycle * 8 + kind) * 0x100000001B3L;
        sum = (sum ^ (long) a << 32 ^ b & 0xFFFFFFFFL) * 0x100000001B3L;
    }

    @Override
    public void printed(int line, int value, long cycle) {
        add(cycle, 1, line, value);
    }

    @Override
    public void diagnostic(long cycle, int slot, int value) {
        add(cycle, 2, slot, value);
    }

    @Override
    public void committed(long cycle, int commit, byte[] frame) {
        add(cycle, 3, commit, Arrays.hashCode(frame));
    }

    @Override
    public void view(long cycle, int number, int members, int excluded) {
        add(cycle, 4, number, members << 8 | excluded);
    }
}
