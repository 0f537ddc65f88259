package triplex.hw;

import java.util.ArrayList;
import java.util.List;
import triplex.hw.board.Board;
import triplex.hw.board.Operator;
import triplex.hw.board.RamImage;
import triplex.hw.bus.TriBus;
import triplex.hw.controller.ClockChip;
import triplex.hw.controller.DiskController;
import triplex.m68k.State;
import triplex.m68k.jit.Engine;

/**
 * The machine: all boards, the bus, the controllers, and the order in which they are run.
 *
 * <p>Every path between two boards takes at least L cycles up to the backplane and L down. So boards and backplane may
 * be run ahead of each other up to bounds that DESIGN.md derives ("How far each part may run"); a board that waits in
 * STOP holds nobody up and is not touched. The result does not depend on the order in which boards are run.
 *
 * <p>State at cycle N: everything before N has happened; each board stands at its first instruction boundary at or
 * after N. The methods that act on the machine do so at the cycle to which it was last run.
 */
public final class Hardware implements Operator {
    private final Configuration configuration;
    private final Backplane backplane;
    private final Board[] boards;
    private final TriBus bus;
    private final List<Controller> controllers;
    private BusListener listener = new BusListener() { };
    private boolean reversed;
    private long now;
    private Ending ending;
    private int stopped = -1;

    /**
     * Builds the machine and switches it on at cycle 0.
     *
     * @param rom boot ROM, at most 64 KiB
     * @param disks as many as the configuration has disk controllers
     * @param terminals as many as it has terminal controllers
     */
    public Hardware(Configuration configuration, byte[] rom, List<? extends Controller> disks,
            List<? extends Controller> terminals) {
        this.configuration = configuration;
        if (rom.length > Layout.ROM_BYTES) {
            throw new IllegalArgumentException("the boot ROM holds 65536 bytes, not " + rom.length);
        }
        if (disks.size() != configuration.disks().size() || terminals.size() != configuration.terminals().size()) {
            throw new IllegalArgumentException("controllers differ from the configuration");
        }
        byte[] image = java.util.Arrays.copyOf(rom, Layout.ROM_BYTES);
        backplane = new Backplane(configuration);
        boards = new Board[configuration.boards().size()];
        for (int slot = 0; slot < boards.length; slot++) {
            boards[slot] = new Board(slot, configuration, image, backplane, this);
            new ClockChip(boards[slot], configuration.startSeconds());
        }
        bus = new TriBus(configuration.parameters(), backplane, boards);
        controllers = new ArrayList<>(disks);
        controllers.addAll(terminals);
        connect(disks, configuration.disks());
        connect(terminals, configuration.terminals());
        for (int slot = 0; slot < boards.length; slot++) {
            if (configuration.boards().get(slot).present()) {
                boards[slot].powerUp();
                bus.inserted(slot);
            }
        }
    }

    private void connect(List<? extends Controller> list, List<Configuration.Ports> ports) {
        for (int k = 0; k < list.size(); k++) {
            list.get(k).connect(0, boards[ports.get(k).slotA()], backplane);
            if (ports.get(k).slotB() >= 0) {
                list.get(k).connect(1, boards[ports.get(k).slotB()], backplane);
            }
        }
    }

    // Running -------------------------------------------------------------------------------------------------------

    /**
     * Runs until cycle {@code until}, the end of the machine, or a debugger's hook.
     *
     * <p>A hook stops one board while other parts have got further; the next run then goes at least to where the
     * furthest of them stands, because only there is the machine at one cycle again.
     *
     * @return true if {@code until} was reached
     * @throws IllegalArgumentException if {@code until} has passed
     * @throws IllegalStateException an internal defect: a part was run past a message, or past the machine's end
     */
    public boolean run(long until) {
        if (until < now) {
            throw new IllegalArgumentException("cycle " + until + " has passed");
        }
        long goal = stopped < 0 ? until : Math.max(until, reached());
        stopped = -1;
        while (round(end(goal))) {
            if (stopped >= 0) {
                return false;
            }
        }
        long end = end(goal);
        if (reached() > end) {
            throw new IllegalStateException("cycle " + reached() + " was run, past " + end);
        }
        for (Board board : boards) {
            board.settle(end);
        }
        backplane.settle(end);
        now = end;
        return end >= until;
    }

    /** The cycle up to which at least one part has been run. */
    private long reached() {
        long reached = backplane.done();
        for (Board board : boards) {
            reached = Math.max(reached, board.reached());
        }
        return reached;
    }

    /** The machine ends two lookaheads after the backplane saw the end: no board or controller can have got further. */
    private long end(long until) {
        return ending == null ? until : Math.max(now, Math.min(until, ending.cycle() + 2L * backplane.lookahead()));
    }

    /** One turn of backplane and boards; false when all stand at {@code until} or at the end of the machine. */
    private boolean round(long until) {
        int lookahead = backplane.lookahead();
        long soonest = Long.MAX_VALUE;
        for (Board board : boards) {
            soonest = Math.min(soonest, board.earliest());
        }
        long bound = Math.min(later(soonest, lookahead), until);
        boolean busy = backplane.events().next() < bound;
        backplane.run(bound);
        // What the backplane has just sent may make a board act sooner: the others' limits must know of it.
        long first = Long.MAX_VALUE;
        long second = Long.MAX_VALUE;
        int slowest = -1;
        for (int slot = 0; slot < boards.length; slot++) {
            long time = boards[slot].earliest();
            if (time < first) {
                second = first;
                first = time;
                slowest = slot;
            } else if (time < second) {
                second = time;
            }
        }
        long byBackplane = Math.min(end(until), later(backplane.events().next(), lookahead));
        for (int k = 0; k < boards.length; k++) {
            int slot = reversed ? boards.length - 1 - k : k;
            long limit = Math.min(byBackplane, later(slot == slowest ? second : first, 2 * lookahead));
            if (boards[slot].earliest() < limit) {
                busy = true;
                if (!boards[slot].run(limit)) {
                    stopped = slot;
                    return true;
                }
            }
        }
        return busy;
    }

    private static long later(long cycle, int by) {
        return cycle > Long.MAX_VALUE - by ? Long.MAX_VALUE : cycle + by;
    }

    /** The cycle to which the machine was run. */
    public long now() {
        return now;
    }

    /** Why it ended, or null. */
    public Ending ending() {
        return ending;
    }

    /** The slot whose processor a debugger's hook stopped in the last {@link #run}, or -1. */
    public int stoppedSlot() {
        return stopped;
    }

    /** Runs boards in falling order of slots; only to prove that it makes no difference. */
    public void runReversed(boolean on) {
        reversed = on;
    }

    // Parts -----------------------------------------------------------------------------------------------------------

    /** What it is made of. */
    public Configuration configuration() {
        return configuration;
    }

    /**
     * Says how all processors execute from now on; the results are the same.
     *
     * @param alone a single program runs, not an operating system: it is worth more to compile it soon
     */
    public void setEngine(Engine engine, boolean alone) {
        for (Board board : boards) {
            board.setEngine(engine, alone);
        }
    }

    /** The board of a slot; it need not be present. */
    public Board board(int slot) {
        return boards[slot];
    }

    /** The tri-redundant bus. */
    public TriBus bus() {
        return bus;
    }

    /** The controllers: disks, then terminals. */
    public List<Controller> controllers() {
        return java.util.Collections.unmodifiableList(controllers);
    }

    /** Who hears of frames, views, resets and diagnostic text. */
    public void listen(BusListener to) {
        listener = to;
        bus.listen(to);
    }

    // Actions at the present cycle -----------------------------------------------------------------------------------

    /** Pulls the board out of a slot: nothing that it would do after this cycle happens. */
    public void pull(int slot) {
        if (boards[slot].present()) {
            boards[slot].pull();
            bus.pulled(slot);
        }
    }

    /** Puts a board into an empty slot. */
    public void insert(int slot) {
        if (!boards[slot].present()) {
            boards[slot].insert(now);
            bus.inserted(slot);
        }
    }

    /** The board's processor stops executing. */
    public void hang(int slot) {
        boards[slot].hang();
    }

    /** The operator's reset switch of a board. */
    public void reset(int slot) {
        if (boards[slot].present()) {
            boards[slot].reset(Layout.RESET_OPERATOR);
        }
    }

    /** The operator's NMI switch of a board. */
    public void nonMaskable(int slot) {
        boards[slot].nonMaskable();
    }

    /**
     * Makes a fault happen now.
     *
     * @throws IllegalArgumentException if the machine has no such part
     */
    public void inject(Fault fault) {
        if (fault instanceof Fault.OfBoard f) {
            ofBoard(part(f.slot(), boards.length, fault), f.kind());
        } else if (fault instanceof Fault.Parity f) {
            boards[part(f.slot(), boards.length, fault)].spoil(f.address());
        } else if (fault instanceof Fault.LaneDead f) {
            bus.laneDead(place(f.place(), fault), f.lane());
        } else if (fault instanceof Fault.LaneStuck f) {
            bus.laneStuck(place(f.place(), fault), f.lane(), f.bit(), f.value());
        } else if (fault instanceof Fault.LaneNoise f) {
            bus.laneNoise(place(f.place(), fault), f.lane(), f.rate(), f.seed());
        } else if (fault instanceof Fault.LaneMend f) {
            bus.laneMend(place(f.place(), fault), f.lane());
        } else if (fault instanceof Fault.OfDisk f) {
            DiskController disk = disk(f.controller(), fault);
            switch (f.kind()) {
                case PULL -> disk.pullDrive();
                case INSERT -> disk.insertDrive(null);
            }
        } else if (fault instanceof Fault.Unreadable f) {
            sector(f.controller(), f.sector(), fault).spoil(f.sector());
        } else if (fault instanceof Fault.Rot f) {
            sector(f.controller(), f.sector(), fault).rot(f.sector());
        } else if (fault instanceof Fault.BadWrite f) {
            sector(f.controller(), f.target(), fault).failNextWrite(f.kind(), f.target());
        } else if (fault instanceof Fault.OfPort f) {
            port(f, fault).sever(f.cut());
        } else if (fault instanceof Fault.PowerLoss) {
            powerLoss();
        }
    }

    private void ofBoard(int slot, Fault.BoardFault kind) {
        switch (kind) {
            case PULL -> pull(slot);
            case INSERT -> insert(slot);
            case HANG -> hang(slot);
            case RESET -> reset(slot);
            case NMI -> nonMaskable(slot);
            case BABBLE -> bus.babble(slot);
        }
    }

    private static int part(int number, int count, Fault fault) {
        if (number >= count) {
            throw new IllegalArgumentException("fault \"" + fault + "\": this machine has no such part");
        }
        return number;
    }

    private int place(int place, Fault fault) {
        return place < 0 ? place : part(place, boards.length, fault);
    }

    private DiskController disk(int number, Fault fault) {
        return (DiskController) controllers.get(part(number, configuration.disks().size(), fault));
    }

    private DiskController sector(int number, int sector, Fault fault) {
        DiskController disk = disk(number, fault);
        part(sector, disk.drive().capacity(), fault);
        return disk;
    }

    private Port port(Fault.OfPort f, Fault fault) {
        int disks = configuration.disks().size();
        int index = f.disk() ? part(f.controller(), disks, fault)
            : disks + part(f.controller(), configuration.terminals().size(), fault);
        Port port = controllers.get(index).port(f.port());
        part(0, port == null ? 0 : 1, fault);
        return port;
    }

    private void powerLoss() {
        for (Controller controller : controllers) {
            controller.powerLoss();
        }
        if (ending == null) {
            ending = new Ending(Ending.Kind.POWER_LOSS, -1, 0, now - 2L * backplane.lookahead());
        }
    }

    @Override
    public void exit(long cycle, int slot, int status) {
        if (ending == null) {
            ending = new Ending(Ending.Kind.EXIT, slot, status, cycle);
        }
    }

    @Override
    public void powerOff(long cycle, int slot) {
        if (ending == null) {
            ending = new Ending(Ending.Kind.POWER_OFF, slot, 0, cycle);
        }
    }

    @Override
    public void diagnostic(long cycle, int slot, int value) {
        listener.diagnostic(cycle, slot, value);
    }

    @Override
    public void reset(long cycle, int slot, int cause) {
        listener.reset(cycle, slot, cause);
    }

    // State -----------------------------------------------------------------------------------------------------------

    /** Everything but the RAM: small. */
    public void state(State s) {
        now = s.l("now", now);
        int kind = s.i("ending", ending == null ? -1 : ending.kind().ordinal());
        int slot = s.i("endingSlot", ending == null ? 0 : ending.slot());
        int status = s.i("endingStatus", ending == null ? 0 : ending.status());
        long cycle = s.l("endingCycle", ending == null ? 0 : ending.cycle());
        ending = kind < 0 ? null : new Ending(Ending.Kind.values()[kind], slot, status, cycle);
        backplane.state(s);
        bus.state(s);
        for (Controller controller : controllers) {
            controller.state(s);
        }
        for (Board board : boards) {
            board.state(s);
        }
    }

    /** The RAM of all boards, by pages written since power-up. */
    public void memoryState(State s) {
        for (Board board : boards) {
            board.memoryState(s);
        }
    }

    /**
     * Copies all RAM. A machine that goes back to the image it saved or restored last copies back only the pages
     * written
     * since, which costs microseconds; the image also fits any other machine of the same configuration.
     */
    public MemoryImage saveMemory() {
        List<RamImage> images = new ArrayList<>();
        for (Board board : boards) {
            images.add(board.saveMemory());
        }
        return new MemoryImage(images);
    }

    /** Makes all RAM what it was; {@link #state} with a loader and {@link #loaded} must go with it. */
    public void restoreMemory(MemoryImage image) {
        for (int slot = 0; slot < boards.length; slot++) {
            boards[slot].restoreMemory(image.boards.get(slot));
        }
    }

    /**
     * Loads what {@link #state} and {@link #memoryState}, in this order, have listed of a machine of the same
     * configuration.
     */
    public void load(State s) {
        state(s);
        memoryState(s);
        loaded();
    }

    /** Must follow every load. */
    public void loaded() {
        backplane.loaded();
        for (Board board : boards) {
            board.loaded();
        }
    }

    /** The 64-bit digest of the whole state. */
    public long digest() {
        StateDigest digest = new StateDigest();
        state(digest);
        memoryState(digest);
        return digest.value();
    }
}
