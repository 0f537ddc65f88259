package triplex.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * All that a run depends on: the machine, its images by their digests, and every action from outside with its cycle. As
 * text, one fact a line, it is what {@code --record} writes:
 *
 * <pre>
 * triplex-journal 1
 * machine 3 8 1 436492800       boards, MiB, terminal controllers, start date
 * rom 5e884898da280471          the first 16 digits of SHA-256
 * disk 0 2bd806c97f0e00af       likewise; "disk 1 none" for an empty bay
 * at 1200000 keys 0 "ls\n"
 * spoilt by a debugger          only if one has changed registers or memory
 * end 98000000 0123456789abcdef 0      cycle, digest of the machine's state, exit status
 * </pre>
 */
public final class Journal {
    private static final String MAGIC = "triplex-journal 1";

    /** An action and the cycle at which it happened. */
    public record Entry(long cycle, Action action) {
    }

    /** How the run ended. */
    public record End(long cycle, long digest, int status) {
    }

    private final MachineSpec spec;
    private final String rom;
    private final Supplier<List<String>> makeDisks;
    private List<String> disks;
    private final List<Entry> entries = new ArrayList<>();
    private End end;
    private boolean spoilt;

    /** A journal without entries; {@code disks} holds one digest a bay, "none" for an empty one. */
    public Journal(MachineSpec spec, String rom, List<String> disks) {
        this(spec, rom, () -> disks);
    }

    /** Like the other; the digests are made when somebody first asks for them, because that takes most of a second. */
    Journal(MachineSpec spec, String rom, Supplier<List<String>> disks) {
        this.spec = spec;
        this.rom = rom;
        this.makeDisks = disks;
    }

    /** What the machine is built of. */
    public MachineSpec spec() {
        return spec;
    }

    /** Digest of the boot ROM. */
    public String rom() {
        return rom;
    }

    /** Digests of the disks at cycle 0. */
    public List<String> disks() {
        if (disks == null) {
            disks = List.copyOf(makeDisks.get());
        }
        return disks;
    }

    /** The entries so far, in order of cycles. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How it ended; null while it goes on. */
    public End end() {
        return end;
    }

    /** A debugger has changed the machine: the journal no longer tells all, and cannot be replayed. */
    public void spoil() {
        spoilt = true;
    }

    /** True when it does not tell all. */
    public boolean spoilt() {
        return spoilt;
    }

    void add(long cycle, Action action) {
        entries.add(new Entry(cycle, action));
    }

    /** The machine has gone to another state: from now on these are the entries. */
    void reset(List<Entry> other) {
        entries.clear();
        entries.addAll(other);
        end = null;
    }

    /** Notes the end of the run. */
    public void finish(long cycle, long digest, int status) {
        end = new End(cycle, digest, status);
    }

    /** The whole journal as text. */
    public String text() {
        StringBuilder s = new StringBuilder(MAGIC + "\n");
        s.append(String.format(Locale.ROOT, "machine %d %d %d %d\n", spec.boards(), spec.ramMiB(), spec.terminals(),
            spec.startSeconds()));
        s.append("rom ").append(rom).append('\n');
        for (int k = 0; k < disks().size(); k++) {
            s.append("disk ").append(k).append(' ').append(disks().get(k)).append('\n');
        }
        for (Entry e : entries) {
            s.append("at ").append(e.cycle()).append(' ').append(e.action()).append('\n');
        }
        if (spoilt) {
            s.append("spoilt by a debugger\n");
        }
        if (end != null) {
            s.append(String.format(Locale.ROOT, "end %d %016x %d\n", end.cycle(), end.digest(), end.status()));
        }
        return s.toString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param name for messages
     * @throws UserError 65 naming the line
     */
    public static Journal parse(String name, String text) throws UserError {
        String[] lines = text.split("\n");
        if (lines.length < 3 || !lines[0].equals(MAGIC)) {
            throw new UserError(ExitCode.BAD_DATA, name + ": not a Triplex recording (its first line is not \""
                + MAGIC + "\")");
        }
        int at = 0;
        try {
            String[] machine = expect(lines[1], "machine", 5);
            MachineSpec spec = new MachineSpec(Integer.parseInt(machine[1]), Integer.parseInt(machine[2]),
                Integer.parseInt(machine[3]), Long.parseLong(machine[4]));
            String rom = expect(lines[2], "rom", 2)[1];
            List<String> disks = new ArrayList<>();
            for (at = 3; at < lines.length && lines[at].startsWith("disk "); at++) {
                disks.add(expect(lines[at], "disk", 3)[2]);
            }
            Journal journal = new Journal(spec, rom, disks);
            for (; at < lines.length; at++) {
                journal.readEntry(lines[at]);
            }
            return journal;
        } catch (IllegalArgumentException | UserError e) {
            throw new UserError(ExitCode.BAD_DATA, name + ":" + (at + 1) + ": " + e.getMessage());
        }
    }

    private void readEntry(String line) throws UserError {
        if (line.equals("spoilt by a debugger")) {
            spoil();
            return;
        }
        if (line.startsWith("end ")) {
            String[] words = expect(line, "end", 4);
            finish(Long.parseLong(words[1]), Long.parseUnsignedLong(words[2], 16), Integer.parseInt(words[3]));
            return;
        }
        String[] words = line.split(" ", 3);
        if (end != null || words.length < 3 || !words[0].equals("at")) {
            throw new UserError(ExitCode.BAD_DATA, "damaged line \"" + line + "\"");
        }
        long cycle = Long.parseLong(words[1]);
        if (!entries.isEmpty() && cycle < entries.get(entries.size() - 1).cycle()) {
            throw new UserError(ExitCode.BAD_DATA, "time goes backwards at cycle " + cycle);
        }
        add(cycle, Action.parse(words[2]));
    }

    private static String[] expect(String line, String word, int count) throws UserError {
        String[] words = line.split(" ");
        if (words.length != count || !words[0].equals(word)) {
            throw new UserError(ExitCode.BAD_DATA, "expected \"" + word + "\", got \"" + line + "\"");
        }
        return words;
    }
}
