package triplex.hw;

import java.util.ArrayList;
import java.util.List;

/** Two boards without processors, and the backplane: everything fires in order of cycles. For tests of controllers. */
public final class Rig {
    /** A board that is always at an instruction boundary. */
    public final class FakeBoard implements BoardSide {
        public final byte[] ram = new byte[0x20000];
        public final boolean[] requested = new boolean[Interrupt.values().length];
        private final EventQueue events = new EventQueue();
        private final Device[] devices = new Device[0x10000];
        private final Block[] blocks = new Block[0x10000];
        private final int slot;
        private long now;

        FakeBoard(int slot) {
            this.slot = slot;
        }

        /** Reads the register that begins at an address. */
        public int read(int address) {
            int at = address & 0xFFFF;
            int base = base(at);
            return devices[base].read(RegisterMap.at(blocks[base], at - base));
        }

        /** Writes the register that begins at an address. */
        public void write(int address, int value) {
            int at = address & 0xFFFF;
            int base = base(at);
            devices[base].write(RegisterMap.at(blocks[base], at - base), value);
        }

        private int base(int at) {
            int base = at;
            while (devices[base] == null) {
                base--;
            }
            return base;
        }

        /** As the board's reset does it. */
        public void reset() {
            for (Device device : devices) {
                if (device != null) {
                    device.reset();
                }
            }
            for (Port port : hub.ports(slot)) {
                port.restart();
            }
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public int slot() {
            return slot;
        }

        @Override
        public EventQueue events() {
            return events;
        }

        @Override
        public long clockOffset() {
            return 250;
        }

        @Override
        public int ramBytes() {
            return ram.length;
        }

        @Override
        public void attach(Block block, int offset, Device device) {
            int at = (block.base + offset) & 0xFFFF;
            devices[at] = device;
            blocks[at] = block;
        }

        @Override
        public void request(Interrupt source, int line, boolean on) {
            requested[source.ordinal()] = on;
        }

        @Override
        public void burst(int words) {
            now += 8 + 4L * words;
        }

        @Override
        public void answerDue(long cycle) {
        }

        /** Everything here fires in order of cycles; only a burst may have taken the board past what arrives. */
        @Override
        public void expect(long cycle) {
        }

        /** No test of a controller isolates a board. */
        public void isolateAt(long cycle) {
            throw new UnsupportedOperationException("cycle " + cycle);
        }

        @Override
        public boolean fetch(int address, byte[] to, int offset, int count) {
            if (address < 0 || address > ram.length - count) {
                return false;
            }
            System.arraycopy(ram, address, to, offset, count);
            return true;
        }

        @Override
        public boolean store(int address, byte[] from, int offset, int count) {
            if (address < 0 || address > ram.length - count) {
                return false;
            }
            System.arraycopy(from, offset, ram, address, count);
            return true;
        }
    }

    public final Backplane hub = new Backplane(Configuration.bare(2));
    public final List<FakeBoard> boards = new ArrayList<>();
    private long now;

    /** Two boards; connect controllers, then call {@link #powerUp}. */
    public Rig() {
        boards.add(new FakeBoard(0));
        boards.add(new FakeBoard(1));
    }

    /** Connects a controller to both boards. */
    public void connect(Controller controller) {
        controller.connect(0, boards.get(0), hub);
        controller.connect(1, boards.get(1), hub);
    }

    /** Resets the boards and lets their controllers answer. */
    public void powerUp() {
        boards.forEach(FakeBoard::reset);
        run(now + 1_000);
    }

    /** The present cycle of all. */
    public long now() {
        return now;
    }

    /** Fires all that is due up to a cycle. */
    public void run(long until) {
        while (next() <= until) {
            step();
        }
        settle(until);
    }

    /** Fires what is due next; false when nothing is. */
    public boolean step() {
        long due = next();
        if (due == EventQueue.NEVER) {
            return false;
        }
        settle(due);
        for (FakeBoard board : boards) {
            if (board.events.next() <= due) {
                board.events.fire();
                return true;
            }
        }
        hub.run(due + 1);
        return true;
    }

    private void settle(long cycle) {
        now = Math.max(now, cycle);
        for (FakeBoard board : boards) {
            board.now = Math.max(board.now, now);
        }
        if (hub.events().next() >= now) {
            hub.settle(now);
        }
    }

    private long next() {
        long due = hub.events().next();
        for (FakeBoard board : boards) {
            due = Math.min(due, board.events.next());
        }
        return due;
    }

    /** Cuts or mends the cable of a controller's port. */
    public static void sever(Controller controller, int port, boolean on) {
        controller.port(port).sever(on);
    }
}
