package triplex.machine.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import triplex.elf.LayoutNote;
import triplex.elf.Symbols;
import triplex.hw.BusListener;
import triplex.hw.Layout;
import triplex.hw.Register;
import triplex.machine.BoardView;
import triplex.machine.GuestTables;
import triplex.machine.Machine;

/**
 * Compares the counts that the guest's kernels keep of each end of a channel with the frames that were committed. The
 * tables are found by the kernel's layout note: {@code processes} (sent) and {@code known_table} (of the sender's
 * partner).
 *
 * <p>It must hold: the number of sends of an end rises with each of its frames, so that nothing is sent twice; when a
 * partner has consumed a copy (it has written its consumer register), its table holds that frame's number; a sender has
 * counted every send that was committed.
 */
public final class CountChecker implements BusListener {
    private static final int MOST_REPORTS = 20;
    private static final int SLOTS = 32;
    private static final int FIRST_KERNEL = 16;
    /** The servers are processes 2 to 4; in a view's parameters their backups follow partners and servers. */
    private static final int SERVERS = 8;
    private static final int FIRST_SERVER = 2;
    private static final int LAST_SERVER = 4;
    private static final int BACKUPS_AT = SLOTS + SERVERS;
    /** State of a backup: it counts as far as its last sync. */
    private static final int BACKUP = 4;
    /** Of the guest's messages (msg.h): where the operation stands, and those that end a process. */
    private static final int OPERATION = 8;
    private static final int PROC_EXIT = 18;
    private static final int NOTE_EXIT = 73;
    private static final int ARGUMENT = 20;
    /** Own channels of a process. */
    private static final int CHANNELS = 16;

    /** The last committed frame of one end: its number, and the slot of the partner that got a copy, or -1. */
    private record Last(int sent, int partner) {
    }

    private final Machine machine;
    private final LayoutNote note;
    private final Symbols symbols;
    private final GuestTables tables;
    private final int[][] consumers;
    private final int[] partners = new int[SLOTS];
    /** Boards of the servers' backups by process number; -1: none. */
    private final int[] backups = new int[SERVERS];
    private TreeMap<Long, Last> ends = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private long compared;

    /** A state of this checker, which goes with a saved state of its machine. */
    public static final class Saved {
        private final TreeMap<Long, Last> ends;
        private final int[] consumers;
        private final int[] partners;
        private final int[] backups;

        private Saved(CountChecker c) {
            ends = new TreeMap<>(c.ends);
            consumers = java.util.Arrays.stream(c.consumers).mapToInt(row -> row[0]).toArray();
            partners = c.partners.clone();
            backups = c.backups.clone();
        }
    }

    /** Begins to check; the machine must not have run yet. */
    public CountChecker(Machine machine, LayoutNote note, Symbols symbols) {
        this.machine = machine;
        this.note = note;
        this.symbols = symbols;
        tables = new GuestTables(machine, note, symbols);
        consumers = new int[machine.spec().boards()][1];
        java.util.Arrays.fill(partners, -1);
        machine.listen(this);
    }

    /** What went wrong, one line each, the first 20; empty when nothing has. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** Copies at partners that were compared with their table. */
    public long compared() {
        return compared;
    }

    /** Keeps what has been seen, beside a saved state of the machine. */
    public Saved save() {
        return new Saved(this);
    }

    /** Goes back, when the machine has gone back to the state saved at that time; what was found is forgotten. */
    public void restore(Saved saved) {
        violations.clear();
        ends = new TreeMap<>(saved.ends);
        for (int slot = 0; slot < consumers.length; slot++) {
            consumers[slot][0] = saved.consumers[slot];
        }
        System.arraycopy(saved.partners, 0, partners, 0, SLOTS);
        System.arraycopy(saved.backups, 0, backups, 0, SERVERS);
    }

    private void report(String format, Object... arguments) {
        if (violations.size() < MOST_REPORTS) {
            violations.add(String.format(Locale.ROOT, format, arguments));
        }
    }

    private static long key(int channel, int sender) {
        return (channel & 0xFFFF_FFFFL) << 16 | sender;
    }

    @Override
    public void committed(long cycle, int commit, byte[] frame) {
        ByteBuffer f = ByteBuffer.wrap(frame);
        int kind = f.get(Layout.FRAME_KIND);
        if (kind == Layout.KIND_VIEW) {
            view(f);
        } else if (kind == Layout.KIND_DATA) {
            data(cycle, f);
        }
    }

    /** A board that comes in counts anew as a sender of its own. */
    private void view(ByteBuffer f) {
        int members = f.getInt(Layout.FRAME_CHANNEL);
        for (int server = FIRST_SERVER; server <= LAST_SERVER; server++) {
            int backup = f.get(Layout.FRAME_HEADER_BYTES + BACKUPS_AT + server) & 0xFF;
            backups[server] = backup >= SLOTS ? -1 : backup;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            int partner = f.get(Layout.FRAME_HEADER_BYTES + slot) & 0xFF;
            partners[slot] = partner >= SLOTS ? -1 : partner;
            if ((members >>> slot & 1) == 0) {
                int kernel = FIRST_KERNEL + slot;
                ends.keySet().removeIf(key -> (key & 0xFFFF) == kernel);
            }
        }
    }

    private void data(long cycle, ByteBuffer f) {
        int channel = f.getInt(Layout.FRAME_CHANNEL);
        int sender = f.getInt(Layout.FRAME_TAG) & 0xFFFF;
        int sent = f.getInt(Layout.FRAME_SENT);
        Last before = ends.get(key(channel, sender));
        if (before != null && sent <= before.sent()) {
            report("cycle %d: process %d sends number %d on channel %x after number %d", cycle, sender, sent, channel,
                before.sent());
        }
        int backup = -1;
        for (int k = 0; k < f.get(Layout.FRAME_DESTINATIONS); k++) {
            if ((f.get(Layout.FRAME_DESTINATION + 2 * k + 1) & Layout.ROLE_SENDER_BACKUP) != 0) {
                backup = f.get(Layout.FRAME_DESTINATION + 2 * k);
            }
        }
        int source = f.get(Layout.FRAME_SOURCE);
        boolean kernel = sender >= FIRST_KERNEL && sender < FIRST_KERNEL + SLOTS;
        int expected = sender >= FIRST_SERVER && sender <= LAST_SERVER ? backups[sender] : partners[source];
        if (!kernel && backup != expected) {
            report("cycle %d: a frame of process %d has its copy at board %d, the partner is %d", cycle, sender, backup,
                expected);
        }
        ends.put(key(channel, sender), new Last(sent, backup));
        int operation = f.getShort(Layout.FRAME_HEADER_BYTES + OPERATION);
        if (operation == PROC_EXIT) {
            forget(sender);
        } else if (operation == NOTE_EXIT) {
            forget(f.getInt(Layout.FRAME_HEADER_BYTES + ARGUMENT));
        }
    }

    /** A process has ended: its channels are nobody's, at both ends. */
    private void forget(int pid) {
        ends.keySet().removeIf(key -> (int) (key >>> 16) >>> 4 == pid);
    }

    @Override
    public void consumed(long cycle, int slot, boolean silent, int value) {
        if (!silent || symbols.find("known_table") == null) {
            return;
        }
        int size = machine.hardware().bus().peek(slot, Register.SX_SIZE);
        int base = machine.hardware().bus().peek(slot, Register.SX_BASE);
        int count = value - consumers[slot][0] & 0xFFFF;
        consumers[slot][0] = value;
        // Of several entries consumed at once an earlier one may have been overtaken by a later one's number.
        if (count != 1) {
            return;
        }
        BoardView view = new BoardView(machine.hardware(), slot);
        int at = base + (value - 1 & size - 1) * Layout.RX_BYTES;
        int operation = view.longAt(at + Layout.RX_PARAMETERS + OPERATION) >>> 16;
        boolean copy = (view.longAt(at + Layout.RX_ROLES) >>> 16 & Layout.ROLE_SENDER_BACKUP) != 0;
        if (!copy || operation == PROC_EXIT || operation == NOTE_EXIT) {
            return;
        }
        int channel = view.longAt(at + Layout.FRAME_CHANNEL);
        int sender = view.longAt(at + Layout.FRAME_TAG) & 0xFFFF;
        int sent = view.longAt(at + Layout.FRAME_SENT);
        int known = known(view, channel, sender);
        compared++;
        if (known != sent) {
            report("cycle %d: board %d knows of %d sends of process %d on channel %x, the frame it took is number %d",
                cycle, slot, known, sender, channel, sent);
        }
    }

    /** The number in a board's table; 0 when the end is not there. */
    private int known(BoardView view, int channel, int sender) {
        LayoutNote.Array array = note.array("known_table");
        int base = symbols.find("known_table").address();
        int atChannel = note.field(array.struct(), "channel").offset();
        int atSender = note.field(array.struct(), "sender").offset();
        int atSent = note.field(array.struct(), "sent").offset();
        for (int k = 0; k < array.count(); k++) {
            int entry = base + k * array.stride();
            if (view.longAt(entry + atChannel) == channel && view.longAt(entry + atSender) == sender) {
                return view.longAt(entry + atSent);
            }
        }
        return 0;
    }

    @Override
    public void off(long cycle, int slot) {
        consumers[slot][0] = 0;
    }

    @Override
    public void reset(long cycle, int slot, int cause) {
        consumers[slot][0] = 0;
    }

    /**
     * Compares all tables as they stand, at a moment when nothing is on its way: what senders have counted is what was
     * committed, and their partners know it.
     *
     * @return what differs, one line each
     */
    public List<String> standing() {
        List<String> found = new ArrayList<>();
        for (int slot = 0; slot < machine.spec().boards(); slot++) {
            for (GuestTables.Entry process : tables.entries(slot, "processes")) {
                int pid = process.value("pid");
                for (int k = 0; k < CHANNELS && process.value("state") != 0 && process.value("state") != BACKUP; k++) {
                    compare(found, "process " + pid, pid << 4 | k, pid, process.element("sent", k));
                }
            }
        }
        for (Map.Entry<Long, Last> end : ends.entrySet()) {
            int channel = (int) (end.getKey() >>> 16);
            int sender = (int) (end.getKey() & 0xFFFF);
            int partner = end.getValue().partner();
            if (partner >= 0 && machine.hardware().board(partner).present()) {
                int known = known(new BoardView(machine.hardware(), partner), channel, sender);
                if (known != end.getValue().sent()) {
                    found.add(String.format(Locale.ROOT,
                        "board %d knows of %d sends of process %d on channel %x, committed were %d",
                        partner, known, sender, channel, end.getValue().sent()));
                }
            }
        }
        return found;
    }

    private void compare(List<String> found, String who, int channel, int sender, int counted) {
        Last last = ends.get(key(channel, sender));
        if (last != null && counted != last.sent()) {
            found.add(String.format(Locale.ROOT, "%s has counted %d sends on channel %x, committed were %d", who,
                counted, channel,
                last.sent()));
        }
    }
}
