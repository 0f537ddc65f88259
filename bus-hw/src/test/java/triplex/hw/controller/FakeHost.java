package triplex.hw.controller;

import java.util.ArrayList;
import java.util.List;

/** A machine of two boards that are always at an instruction boundary: events in order of cycles, DMA at once. */
final class FakeHost implements ControllerHost {
    interface Handler {
        void event(int code, int argument, long now);
    }

    private record Event(long cycle, int code, int argument) {
    }

    final byte[][] ram = {new byte[0x20000], new byte[0x20000]};
    final boolean[] request = new boolean[2];
    Handler handler;
    long now;
    private final List<Event> events = new ArrayList<>();

    @Override
    public void at(long cycle, int code, int argument) {
        assert cycle >= now;
        int k = events.size();
        while (k > 0 && events.get(k - 1).cycle() > cycle) {
            k--;
        }
        events.add(k, new Event(cycle, code, argument));
    }

    @Override
    public long dma(int port, boolean toRam, int address, byte[] bytes, int length, long at) {
        if (address < 0 || address > ram[port].length - length) {
            return -1;
        }
        if (toRam) {
            System.arraycopy(bytes, 0, ram[port], address, length);
        } else {
            System.arraycopy(ram[port], address, bytes, 0, length);
        }
        return at + 8 + 4 * (length / 2);
    }

    @Override
    public void request(int port, boolean on) {
        request[port] = on;
    }

    /** Handles all events up to a cycle. */
    void run(long until) {
        while (!events.isEmpty() && events.get(0).cycle() <= until) {
            Event e = events.remove(0);
            now = e.cycle();
            handler.event(e.code(), e.argument(), now);
        }
        now = Math.max(now, until);
    }

    /** Handles the next event; false when there is none. */
    boolean step() {
        if (events.isEmpty()) {
            return false;
        }
        run(events.get(0).cycle());
        return true;
    }
}
