package triplex.machine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import triplex.hw.BusListener;
import triplex.hw.Configuration;
import triplex.hw.Ending;
import triplex.hw.Hardware;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.DiskController;
import triplex.hw.controller.DiskListener;
import triplex.hw.controller.LineListener;
import triplex.hw.controller.Medium;
import triplex.hw.controller.TerminalController;

/**
 * A whole machine that is run, acted upon and recorded. A run is a pure function of the {@link MachineSpec}, the ROM,
 * the
 * contents of the disks and the journal; how {@link #run} is cut into pieces makes no difference.
 *
 * <p>One machine belongs to one thread. Listeners must not act on it.
 */
public final class Machine {
    private final MachineSpec spec;
    private final Hardware hardware;
    private final List<DiskController> disks = new ArrayList<>();
    private final List<TerminalController> terminals = new ArrayList<>();
    private final List<CowMedium> media;
    private final Journal journal;
    private final List<LineListener> lineListeners = new ArrayList<>();
    private final BusFan busFan = new BusFan();
    private final Hooks hooks;

    /**
     * Builds the machine and switches it on.
     *
     * @param rom the boot ROM, at most 64 KiB
     * @param media one a disk controller; null: an empty bay
     */
    public Machine(MachineSpec spec, byte[] rom, List<CowMedium> media) {
        this.spec = spec;
        this.media = Collections.unmodifiableList(new ArrayList<>(media));
        if (media.size() != MachineSpec.DISKS) {
            throw new IllegalArgumentException("media for " + media.size() + " bays");
        }
        Configuration configuration = spec.configuration();
        for (int k = 0; k < media.size(); k++) {
            disks.add(new DiskController(k, configuration.parameters(), media.get(k)));
        }
        for (int k = 0; k < spec.terminals(); k++) {
            TerminalController terminal = new TerminalController(k, TerminalController.BAUD);
            terminal.setListener(this::printed);
            terminals.add(terminal);
        }
        journal = new Journal(spec, digestOf(rom), this::diskDigests);
        hardware = new Hardware(configuration, rom, disks, terminals);
        hardware.listen(busFan);
        hooks = new Hooks(hardware, spec.boards());
    }

    // Looking ----------------------------------------------------------------------------------------------------

    /** What it is built of. */
    public MachineSpec spec() {
        return spec;
    }

    /** The boards and the bus: for looking, and for debuggers. Acting goes through {@link #act}. */
    public Hardware hardware() {
        return hardware;
    }

    /** The processors' hooks. */
    public Hooks hooks() {
        return hooks;
    }

    /** Disk controller {@code k}. */
    public DiskController disk(int k) {
        return disks.get(k);
    }

    /** The terminal controller that has a line, 0 and up. */
    public TerminalController terminal(int line) {
        return terminals.get(line / TerminalController.LINES);
    }

    /** What has happened to it from outside. */
    public Journal journal() {
        return journal;
    }

    /** The cycle to which it was run. */
    public long now() {
        return hardware.now();
    }

    /** Why it has stopped for good; null while it has not. */
    public Ending ending() {
        return hardware.ending();
    }

    /** Adds a terminal's screen. */
    public void listen(LineListener listener) {
        lineListeners.add(listener);
    }

    /** Who hears of sectors written, on all disks, from now on. */
    public void listen(DiskListener listener) {
        disks.forEach(disk -> disk.setListener(listener));
    }

    /** Adds a listener to the bus and to the boards' diagnostic lines. */
    public void listen(BusListener listener) {
        busFan.add(listener);
    }

    /** The digest of its whole state, disks included. */
    public long digest() {
        return hardware.digest();
    }

    // Running ----------------------------------------------------------------------------------------------------

    /**
     * Runs to a cycle, to the machine's end or to a debugger's hook, whichever is first.
     *
     * @return true when the cycle was reached
     */
    public boolean run(long until) {
        return hardware.run(until);
    }

    /**
     * Does something to the machine at the present cycle, and notes it in the journal.
     *
     * @throws IllegalArgumentException when the machine has no such line or part; nothing has happened then
     */
    public void act(Action action) {
        if (action instanceof Action.Keys keys) {
            checkLine(keys.line());
            for (byte b : keys.bytes()) {
                terminal(keys.line()).input(keys.line() % TerminalController.LINES, b & 0xFF);
            }
        } else if (action instanceof Action.Window window) {
            checkLine(window.line());
            terminal(window.line()).window(window.line() % TerminalController.LINES, window.rows(), window.columns());
        } else if (action instanceof Action.Carrier carrier) {
            checkLine(carrier.line());
            terminal(carrier.line()).carrier(carrier.line() % TerminalController.LINES, carrier.on());
        } else if (action instanceof Action.Inject inject) {
            hardware.inject(inject.fault());
        }
        journal.add(now(), action);
    }

    /** A line that the machine has; {@link IllegalArgumentException} otherwise. */
    private void checkLine(int line) {
        if (line < 0 || line >= spec.lines()) {
            throw new IllegalArgumentException("this machine has lines 0 to " + (spec.lines() - 1) + ", not " + line);
        }
    }

    /** Bytes that can be typed on a line now before one is lost. */
    public int inputRoom(int line) {
        return terminal(line).inputRoom(line % TerminalController.LINES);
    }

    private void printed(int line, int value, long cycle) {
        for (LineListener listener : lineListeners) {
            listener.printed(line, value, cycle);
        }
    }

    // A debugger's changes: the run is then no longer a function of the journal ---------------------------------------

    /** Writes RAM as the board's processor sees it now; false when some of it is not RAM. The journal is spoilt. */
    public boolean debugWrite(int slot, int address, byte[] bytes) {
        BoardView view = new BoardView(hardware, slot);
        boolean user = (hardware.board(slot).cpu().sr() & 0x2000) == 0;
        journal.spoil();
        for (int k = 0; k < bytes.length; k++) {
            int physical = user ? view.translate(address + k) : address + k & 0xFFFFFF;
            if (physical < 0 || !hardware.board(slot).store(physical, bytes, k, 1)) {
                return false;
            }
        }
        return true;
    }

    /** Lets a board go on at another, even address. The journal is spoilt. */
    public void debugPc(int slot, int address) {
        BoardView view = new BoardView(hardware, slot);
        journal.spoil();
        hardware.board(slot).cpu().setPrefetch(address & ~1, view.word(address & ~1), view.word((address & ~1) + 2));
    }

    // States -----------------------------------------------------------------------------------------------------

    /** Keeps the present state in memory. */
    public MachineState save() {
        StateBuffer buffer = new StateBuffer();
        hardware.state(buffer.saver());
        List<CowMedium.Saved> saved = new ArrayList<>();
        for (CowMedium medium : media) {
            saved.add(medium == null ? null : medium.save());
        }
        return new MachineState(now(), buffer, hardware.saveMemory(), saved, journal.entries());
    }

    /**
     * Goes back, or forward, to a state that this machine or one of the same parts has saved. The journal goes with it.
     * Of RAM only the pages are copied that differ from the state restored or saved last.
     */
    public void restore(MachineState state) {
        for (int k = 0; k < media.size(); k++) {
            if (media.get(k) != null) {
                media.get(k).restore(state.disks().get(k));
            }
        }
        hardware.restoreMemory(state.memory());
        hardware.state(state.listing().loader());
        hardware.loaded();
        journal.reset(state.journal());
    }

    // Digests of what goes in ------------------------------------------------------------------------------------

    private List<String> diskDigests() {
        List<String> digests = new ArrayList<>();
        for (CowMedium medium : media) {
            digests.add(medium == null ? "none" : digestOf(medium.beginning()));
        }
        return digests;
    }

    /** The first 16 hexadecimal digits of SHA-256. */
    public static String digestOf(byte[] bytes) {
        MessageDigest sha = sha256();
        sha.update(bytes);
        return hex(sha);
    }

    /** The same of a medium's present contents. */
    public static String digestOf(Medium medium) {
        MessageDigest sha = sha256();
        byte[] sector = new byte[Medium.SECTOR];
        for (int k = 0; k < medium.sectors(); k++) {
            medium.read(k, sector, 0);
            sha.update(sector);
        }
        return hex(sha);
    }

    private static String hex(MessageDigest sha) {
        StringBuilder s = new StringBuilder();
        for (byte b : Arrays.copyOf(sha.digest(), 8)) {
            s.append(String.format(Locale.ROOT, "%02x", b));
        }
        return s.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
