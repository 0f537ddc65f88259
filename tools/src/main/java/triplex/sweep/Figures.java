package triplex.sweep;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import triplex.hw.BusListener;
import triplex.hw.Fault;
import triplex.hw.Fault.BoardFault;
import triplex.hw.Layout;
import triplex.hw.Parameters;
import triplex.hw.bus.Frame;
import triplex.machine.GuestTables;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.m68k.Cpu;
import triplex.m68k.Hook;

/**
 * What fault tolerance costs, in exact cycles. The overhead of backups is that of a workload all of whose processes run
 * on the servers' board: on a machine of three boards, where each has its backup, and on one of a single board, where
 * none has. In between: three boards with the limits of syncs at their greatest.
 */
final class Figures {
    private static final List<String> LOCAL = List.of("ed", "sort", "families", "orphans", "slow", "print", "append",
        "signals", "clocks");
    private static final String RARELY = "ft -s -r 500 -c 2000000000";
    private static final int STOP_OPCODE = 0x4E72;
    private static final int SUPERVISOR = 0x2000;
    private static final int OP = Layout.FRAME_HEADER_BYTES + 8;
    private static final int SYNC_OPEN = 200;
    private static final int SYNC_PAGE = 201;
    private static final int SYNC_END = 204;
    private static final int FREE = 0;
    private static final int BACKUP = 4;
    /** Moments of the workload at which boards are pulled for the longest stall. */
    private static final int MOMENTS = 8;

    private final Laboratory three;
    private final Laboratory one;
    private final PrintStream out;
    /** Cycles from the first word of a sync to the COMMIT of its last frame, by its pages. */
    private final Map<Integer, List<Long>> syncs = new TreeMap<>();
    private final Map<Integer, List<Long>> loads = new TreeMap<>();

    Figures(Laboratory three, Laboratory one, PrintStream out) {
        this.three = three;
        this.one = one;
        this.out = out;
    }

    /** All tables. */
    void print() throws UserError {
        out.printf(Locale.ROOT, "%-9s %12s %12s %12s %16s %17s %13s %9s %7s%n", "overhead", "unbacked", "rare syncs",
            "backed", "elapsed", "busy, boards", "frames", "of syncs", "bus");
        for (String name : LOCAL) {
            overhead(Workloads.find(name));
        }
        out.println();
        syncs();
        out.println();
        stall();
        out.println();
        memory();
    }

    // What a run takes -------------------------------------------------------------------------------------------

    /** Counts what the boards and the bus do. */
    private final class Meter implements BusListener {
        private final Station station;
        private final Parameters parameters;
        private final long[] idle;
        private final Map<Integer, long[]> open = new TreeMap<>();
        private long frames;
        private long copies;
        private long bus;

        Meter(Station station) {
            this.station = station;
            parameters = Parameters.standard();
            idle = new long[station.machine().spec().boards()];
            for (int slot = 0; slot < idle.length; slot++) {
                station.machine().hooks().trace(slot, idleness(slot));
            }
            station.machine().listen(this);
        }

        /** Time in STOP is idle; it ends at the next boundary. */
        private Hook idleness(int slot) {
            Cpu cpu = station.machine().hardware().board(slot).cpu();
            long[] stopped = {-1};
            return pc -> {
                if (stopped[0] >= 0) {
                    idle[slot] += cpu.cycles - stopped[0];
                }
                stopped[0] = cpu.prefetch(0) == STOP_OPCODE && (cpu.sr() & SUPERVISOR) != 0 ? cpu.cycles : -1;
                return false;
            };
        }

        long busy(long cycles) {
            return cycles * idle.length - Arrays.stream(idle).sum();
        }

        @Override
        public void committed(long cycle, int commit, byte[] frame) {
            long time = parameters.grant() + (long) parameters.busWord() * Frame.words(frame)
                + parameters.response() + parameters.commit();
            frames++;
            bus += time;
            if (Station.ofSync(frame)) {
                copies++;
                sync(cycle, time, frame);
            }
        }

        private void sync(long cycle, long time, byte[] frame) {
            int channel = number(frame, Layout.FRAME_CHANNEL, 4);
            int op = number(frame, OP, 2);
            long[] job = open.computeIfAbsent(channel, k -> new long[] {cycle - time, 0, 0});
            job[1] += op == SYNC_PAGE ? 1 : 0;
            job[2] += time;
            if (op == SYNC_OPEN) {
                job[0] = Long.MIN_VALUE;
            } else if (op == SYNC_END) {
                open.remove(channel);
                if (job[0] != Long.MIN_VALUE) {
                    syncs.computeIfAbsent((int) job[1], k -> new ArrayList<>()).add(cycle - job[0]);
                    loads.computeIfAbsent((int) job[1], k -> new ArrayList<>()).add(job[2]);
                }
            }
        }
    }

    private static int number(byte[] bytes, int at, int size) {
        int n = 0;
        for (int k = 0; k < size; k++) {
            n = n << 8 | bytes[at + k] & 0xFF;
        }
        return n;
    }

    /** Runs a workload without faults from its beginning to its end. */
    private Meter measure(Laboratory laboratory, Twin twin) {
        Station station = laboratory.station();
        station.restore(twin.base());
        Meter meter = new Meter(station);
        station.run(twin.end(), true);
        return meter;
    }

    private void overhead(Workload workload) throws UserError {
        List<String> prepare = new ArrayList<>(workload.prepare());
        prepare.add(RARELY);
        Workload rare = new Workload(workload.name() + "-rare", workload.confluent(), workload.purpose(), prepare,
            workload.start(), workload.script(), workload.invariant(), -1);
        long alone = one.twin(workload).length();
        long rarely = three.twin(rare).length();
        Twin twin = three.twin(workload);
        long backed = twin.length();
        Meter single = measure(one, one.twin(workload));
        Meter triple = measure(three, twin);
        long busyAlone = single.busy(alone);
        long busyBacked = triple.busy(backed);
        out.printf(Locale.ROOT, "%-9s %12d %12d %12d %+7.1f %+6.1f %% %5.2f -> %5.2f s %5d -> %4d %9d %5.1f %%%n",
            workload.name(), alone, rarely, backed, 100.0 * (rarely - alone) / alone,
            100.0 * (backed - alone) / alone, busyAlone / 1e7, busyBacked / 1e7, single.frames, triple.frames,
            triple.copies, 100.0 * triple.bus / backed);
        three.forget(rare);
    }

    private void syncs() {
        out.printf(Locale.ROOT, "%-14s %6s %22s %22s %18s%n", "sync of pages", "syncs", "cycles, median",
            "cycles, most", "bus cycles, median");
        syncs.forEach((pages, cycles) -> {
            long[] sorted = sorted(cycles);
            long[] bus = sorted(loads.get(pages));
            out.printf(Locale.ROOT, "%-14d %6d %22d %22d %18d%n", pages, sorted.length, sorted[sorted.length / 2],
                sorted[sorted.length - 1], bus[bus.length / 2]);
        });
    }

    private static long[] sorted(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    // The longest stall ------------------------------------------------------------------------------------------

    /** A process that only calculates, on the board that is not pulled: how long does it stand still at most? */
    private void stall() throws UserError {
        Workload ed = Workloads.find("ed");
        List<String> prepare = new ArrayList<>(ed.prepare());
        prepare.add("on 2 sh -c 'while :; do :; done' & true");
        Workload loaded = new Workload("ed-loaded", true, ed.purpose(), prepare, ed.start(), ed.script(),
            ed.invariant(), -1);
        Twin twin = three.twin(loaded);
        Station station = three.station();
        station.restore(twin.base());
        long undisturbed = longest(station, twin.end());
        out.printf(Locale.ROOT, "longest stall of a process that only calculates, no fault: %.2f ms%n",
            undisturbed / 1e4);
        for (int slot = 0; slot < 2; slot++) {
            List<Long> stalls = new ArrayList<>();
            for (int k = 1; k <= MOMENTS; k++) {
                station.restore(twin.base());
                station.run(twin.base().state().cycle() + twin.length() * k / (MOMENTS + 1), false);
                station.inject(new Fault.OfBoard(slot, BoardFault.PULL));
                stalls.add(longest(station, station.machine().now() + 3 * SimulatedTime.SECOND));
            }
            long[] sorted = sorted(stalls);
            out.printf(Locale.ROOT, "board %d is pulled (%d moments, 3 s): median %.2f ms, most %.2f ms%n", slot,
                sorted.length, sorted[sorted.length / 2] / 1e4, sorted[sorted.length - 1] / 1e4);
        }
    }

    /** The longest time between two instructions in user mode on board 2. */
    private static long longest(Station station, long until) {
        Cpu cpu = station.machine().hardware().board(2).cpu();
        long[] last = {cpu.cycles, 0};
        station.machine().hooks().trace(2, pc -> {
            if ((cpu.sr() & SUPERVISOR) == 0) {
                last[1] = Math.max(last[1], cpu.cycles - last[0]);
                last[0] = cpu.cycles;
            }
            return false;
        });
        station.run(until, false);
        station.machine().hooks().trace(2, null);
        return last[1];
    }

    // Memory -----------------------------------------------------------------------------------------------------

    /** Pages that each process of a fresh machine has at home and at its backup. */
    private void memory() throws UserError {
        Station station = three.station();
        station.restore(three.twin(Workloads.find("ed")).base());
        out.printf(Locale.ROOT, "%-10s %4s %18s %20s%n", "memory", "pid", "pages of its own", "pages at its backup");
        for (int slot = 0; slot < three.boards(); slot++) {
            for (GuestTables.Entry process : station.tables().entries(slot, "processes")) {
                int state = process.value("state");
                if (state != FREE && state != BACKUP && process.value("pid") != 0) {
                    out.printf(Locale.ROOT, "%-10s %4d %18d %20d%n", process.text("name"), process.value("pid"),
                        pages(station, slot, process), backup(station, process.value("pid")));
                }
            }
        }
    }

    private static int backup(Station station, int pid) {
        for (int slot = 0; slot < station.machine().spec().boards(); slot++) {
            for (GuestTables.Entry process : station.tables().entries(slot, "processes")) {
                if (process.value("state") == BACKUP && process.value("pid") == pid) {
                    return pages(station, slot, process);
                }
            }
        }
        return 0;
    }

    /** Pages in its map that can be written; text is shared. */
    private static int pages(Station station, int slot, GuestTables.Entry process) {
        int n = 0;
        for (int page = 0; page < Layout.MAP_ENTRIES; page++) {
            int entry = station.machine().hardware().board(slot).mapEntry(process.value("context"), page);
            n += (entry & Layout.MAP_VALID) != 0 && (entry & Layout.MAP_EXECUTE) == 0 ? 1 : 0;
        }
        return n;
    }
}
