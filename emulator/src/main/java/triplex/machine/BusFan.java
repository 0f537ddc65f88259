package triplex.machine;

import java.util.ArrayList;
import java.util.List;
import triplex.hw.BusListener;

/** Passes what happens on the bus to many listeners, in the order in which they were added. */
public final class BusFan implements BusListener {
    private final List<BusListener> listeners = new ArrayList<>();

    /** One more that hears of everything. */
    public void add(BusListener listener) {
        listeners.add(listener);
    }

    @Override
    public void committed(long cycle, int commit, byte[] frame) {
        for (BusListener l : listeners) {
            l.committed(cycle, commit, frame);
        }
    }

    @Override
    public void failed(long cycle, int slot, int status, int refused, int absent) {
        for (BusListener l : listeners) {
            l.failed(cycle, slot, status, refused, absent);
        }
    }

    @Override
    public void view(long cycle, int number, int members, int excluded) {
        for (BusListener l : listeners) {
            l.view(cycle, number, members, excluded);
        }
    }

    @Override
    public void ready(long cycle, int slot, boolean up) {
        for (BusListener l : listeners) {
            l.ready(cycle, slot, up);
        }
    }

    @Override
    public void diagnostic(long cycle, int slot, int value) {
        for (BusListener l : listeners) {
            l.diagnostic(cycle, slot, value);
        }
    }

    @Override
    public void consumed(long cycle, int slot, boolean silent, int value) {
        for (BusListener l : listeners) {
            l.consumed(cycle, slot, silent, value);
        }
    }

    @Override
    public void off(long cycle, int slot) {
        for (BusListener l : listeners) {
            l.off(cycle, slot);
        }
    }

    @Override
    public void reset(long cycle, int slot, int cause) {
        for (BusListener l : listeners) {
            l.reset(cycle, slot, cause);
        }
    }
}
