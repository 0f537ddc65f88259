package triplex.machine;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import triplex.elf.LayoutNote;
import triplex.elf.Symbols;
import triplex.hw.Hardware;
import triplex.hw.Layout;
import triplex.m68k.Cpu;
import triplex.m68k.Hook;

/**
 * Where the processors' cycles go: exact, by function of ROM, kernel and servers, and by name of other programs. It
 * only looks: a profiled run has the same digest.
 *
 * <p>The time between two instruction boundaries belongs to the instruction before it: exceptions, interrupts taken and
 * bursts of DMA too. Time in STOP is idle.
 */
public final class Profile {
    private static final int STOP_OPCODE = 0x4E72;
    private static final int PAGES = 1 << 12;
    private static final int WORDS = 1 << 11;
    private static final int STRETCHES = 25;
    /** Shorter times between two instructions are not looked at: no STOP that waits is so short. */
    private static final int SHORT = 64;

    /** Cycles and executions of one program, by address. */
    private static final class Area {
        private final long[][] cycles = new long[PAGES][];
        private final long[][] runs = new long[PAGES][];

        long[] cycles(int page) {
            if (cycles[page] == null) {
                cycles[page] = new long[WORDS];
                runs[page] = new long[WORDS];
            }
            return cycles[page];
        }
    }

    /** A stretch of idle time of a board. */
    private record Stretch(long from, long to) {
    }

    /** One line of the report. */
    private record Row(String area, String name, long cycles, long calls) {
    }

    /** What is counted of one board. */
    private final class Side implements Hook {
        private final Cpu cpu;
        private final BoardView view;
        private final int slot;
        private final Area system = new Area();
        private final Map<String, Area> programs = new TreeMap<>();
        private final List<Stretch> idle = new ArrayList<>();
        private Area area = system;
        private boolean user;
        private int last = -1;
        private long since;

        Side(Hardware hardware, int slot) {
            this.slot = slot;
            cpu = hardware.board(slot).cpu();
            view = new BoardView(hardware, slot);
        }

        void begin() {
            programs.clear();
            idle.clear();
            Arrays.fill(system.cycles, null);
            Arrays.fill(system.runs, null);
            last = -1;
        }

        @Override
        public boolean before(int pc) {
            count();
            boolean now = (cpu.sr() & 0x2000) == 0;
            if (now != user || last < 0) {
                user = now;
                area = user ? programs.computeIfAbsent(program(), name -> new Area()) : system;
            }
            last = pc & 0xFFFFFF;
            return false;
        }

        /** The time since the last boundary goes to its instruction. */
        private void count() {
            long now = cpu.cycles;
            if (last >= 0) {
                int page = last >>> 12;
                int word = last >>> 1 & WORDS - 1;
                if (now - since > SHORT && area == system
                        && (view.physical(last) << 8 | view.physical(last + 1)) == STOP_OPCODE) {
                    idle.add(new Stretch(since, now));
                } else {
                    area.cycles(page)[word] += now - since;
                }
                area.cycles(page);
                area.runs[page][word]++;
            }
            since = now;
        }

        private String program() {
            int context = hardware.board(slot).context();
            for (GuestTables.Entry p : tables.entries(slot, "processes")) {
                if (p.value("context") == context && p.value("pid") != 0) {
                    return p.text("name");
                }
            }
            return "?";
        }
    }

    private final Machine machine;
    private final Hardware hardware;
    private final GuestTables tables;
    private final Symbols kernel;
    private final Map<String, Symbols> servers;
    private final List<Side> sides = new ArrayList<>();

    /**
     * A profile that does not count yet.
     *
     * @param servers symbols of programs in user mode, by name of the process
     */
    public Profile(Machine machine, Symbols kernel, LayoutNote note, Map<String, Symbols> servers) {
        this.machine = machine;
        this.hardware = machine.hardware();
        this.tables = new GuestTables(machine, note, kernel);
        this.kernel = kernel;
        this.servers = new TreeMap<>(servers);
    }

    /** Counts from now on; what was counted before is forgotten. */
    public void begin() {
        if (sides.isEmpty()) {
            for (int slot = 0; slot < machine.spec().boards(); slot++) {
                sides.add(new Side(hardware, slot));
                machine.hooks().trace(slot, sides.get(slot));
            }
        }
        sides.forEach(Side::begin);
    }

    /** Prints what has been counted: a table for each board, and the longest stretches in which all were idle. */
    public void print(PrintStream out) {
        for (Side side : sides) {
            side.count();
            print(side, out);
        }
        common(out);
    }

    private void print(Side side, PrintStream out) {
        List<Row> rows = new ArrayList<>();
        rows(side.system, "kernel", kernel, rows);
        side.programs.forEach((name, area) -> rows(area, name, servers.getOrDefault(name, Symbols.NONE), rows));
        long idle = side.idle.stream().mapToLong(s -> s.to() - s.from()).sum();
        long busy = rows.stream().mapToLong(Row::cycles).sum();
        out.printf(Locale.ROOT, "board %d: %d cycles busy, %d idle%n", side.slot, busy, idle);
        rows.sort(Comparator.comparingLong((Row r) -> -r.cycles()).thenComparing(Row::area).thenComparing(Row::name));
        for (Row r : rows) {
            out.printf(Locale.ROOT, "%12d %5.1f%% %9d  %-8s %s%n", r.cycles(), 100.0 * r.cycles() / Math.max(busy, 1),
                r.calls(), r.area(), r.name());
        }
    }

    private static void rows(Area area, String name, Symbols symbols, List<Row> rows) {
        Map<String, long[]> sums = new TreeMap<>();
        for (int page = 0; page < PAGES; page++) {
            for (int word = 0; area.cycles[page] != null && word < WORDS; word++) {
                if (area.runs[page][word] != 0) {
                    String symbol = symbol(symbols, page << 12 | word << 1);
                    int plus = symbol.indexOf('+');
                    long[] sum = sums.computeIfAbsent(plus < 0 ? symbol : symbol.substring(0, plus), s -> new long[2]);
                    sum[0] += area.cycles[page][word];
                    sum[1] += plus < 0 ? area.runs[page][word] : 0;
                }
            }
        }
        sums.forEach((symbol, sum) -> rows.add(new Row(name, symbol, sum[0], sum[1])));
    }

    private static String symbol(Symbols symbols, int address) {
        if (address >= Layout.ROM_BASE && address < Layout.ROM_BASE + Layout.ROM_BYTES) {
            return String.format(Locale.ROOT, "ROM %06x+", address & ~0xFF);
        }
        String name = symbols.name(address);
        return name == null ? "-+" : name;
    }

    private void common(PrintStream out) {
        List<Stretch> all = null;
        for (Side side : sides) {
            if (side.last >= 0) {
                all = all == null ? side.idle : both(all, side.idle);
            }
        }
        List<Stretch> stretches = new ArrayList<>(all == null ? List.of() : all);
        long sum = stretches.stream().mapToLong(s -> s.to() - s.from()).sum();
        out.printf(Locale.ROOT, "all boards idle: %d cycles; the longest stretches:%n", sum);
        stretches.sort(Comparator.comparingLong((Stretch s) -> s.from() - s.to()).thenComparingLong(Stretch::from));
        for (Stretch s : stretches.subList(0, Math.min(STRETCHES, stretches.size()))) {
            out.printf(Locale.ROOT, "%12d from cycle %d%n", s.to() - s.from(), s.from());
        }
    }

    private static List<Stretch> both(List<Stretch> a, List<Stretch> b) {
        List<Stretch> common = new ArrayList<>();
        for (int i = 0, k = 0; i < a.size() && k < b.size();) {
            long from = Math.max(a.get(i).from(), b.get(k).from());
            long to = Math.min(a.get(i).to(), b.get(k).to());
            if (from < to) {
                common.add(new Stretch(from, to));
            }
            if (a.get(i).to() < b.get(k).to()) {
                i++;
            } else {
                k++;
            }
        }
        return common;
    }
}
