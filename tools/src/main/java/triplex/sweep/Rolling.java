package triplex.sweep;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import triplex.hw.Fault;
import triplex.machine.SimulatedTime;
import triplex.script.Statement;

/**
 * Rolling failure: all boards in turn are pulled and put back, for ever, as soon as everything has a backup again. All
 * the while a program on each board writes numbered lines to a file of its own, and somebody types.
 */
final class Rolling {
    private static final long LIMIT = 60 * SimulatedTime.SECOND;
    /** So often it is looked whether everything has a backup. */
    private static final long LOOK = SimulatedTime.SECOND / 100;
    private static final List<String> WRITERS = List.of("x", "y", "z");

    private final Station station;
    private final int boards;
    private final List<Long> alone = new ArrayList<>();
    private final List<Long> returned = new ArrayList<>();
    private final List<Long> whole = new ArrayList<>();

    /** A station that stands at the beginning of the workload {@link #workload}. */
    Rolling(Station station, int boards) {
        this.station = station;
        this.boards = boards;
    }

    /** Writers on three boards, started; they go on until a file {@code stop} is there. */
    static Workload workload() {
        List<String> prepare = new ArrayList<>();
        prepare.add("echo 'i=0; while [ ! -f stop ]; do i=$((i+1)); echo $i >>log.$1; done' >writer");
        for (int k = 0; k < WRITERS.size(); k++) {
            prepare.add("on " + k + " sh writer " + WRITERS.get(k) + " & true");
        }
        return new Workload("rolling", false, "writers on all boards", prepare, "", List.of(),
            (console, files) -> null, -1);
    }

    /**
     * Goes round.
     *
     * @return null, or what went wrong, one line
     */
    String run(int rounds, PrintStream out) {
        for (int round = 0; round < rounds; round++) {
            String trouble = round(round);
            if (trouble != null) {
                return "round " + round + ", board " + round % boards + ": " + trouble + " (cycle "
                    + station.machine().now() + ")";
            }
            if ((round + 1) % 10 == 0) {
                out.printf(Locale.ROOT, "%d rounds, %.0f s of simulated time%n", round + 1,
                    station.machine().now() / 1e7);
            }
        }
        station.play(List.of(Laboratory.send("echo >stop; wait; sync; echo st''opped\n"),
            Laboratory.expect("stopped\r\n"), Laboratory.expect(Workload.PROMPT)));
        station.run(station.machine().now() + LIMIT, true);
        if (station.trouble() != null || !station.finished()) {
            return station.trouble() != null ? station.trouble() : "the writers do not end";
        }
        String wrong = logs();
        print(out, "everything backed after a pull", alone);
        print(out, "a member again after an insert", returned);
        print(out, "everything backed after an insert", whole);
        return wrong;
    }

    private String round(int round) {
        int slot = round % boards;
        station.inject(new Fault.OfBoard(slot, Fault.BoardFault.PULL));
        long pulled = station.machine().now();
        String wrong = until(() -> !member(slot), "it is not excluded");
        wrong = wrong != null ? wrong : until(station::redundant, "some process gets no backup while it is away");
        alone.add(station.machine().now() - pulled);
        wrong = wrong != null ? wrong : typed("echo ro''und " + round, "round " + round);
        if (wrong != null) {
            return wrong;
        }
        station.inject(new Fault.OfBoard(slot, Fault.BoardFault.INSERT));
        long inserted = station.machine().now();
        wrong = until(() -> member(slot), "it does not come back");
        returned.add(station.machine().now() - inserted);
        wrong = wrong != null ? wrong : until(station::redundant, "some process gets no backup after its return");
        whole.add(station.machine().now() - inserted);
        return wrong != null ? wrong : typed("ls | wc -l; echo ba''ck " + round, "back " + round);
    }

    private boolean member(int slot) {
        return (station.machine().hardware().bus().viewMembers() >>> slot & 1) != 0;
    }

    private String until(java.util.function.BooleanSupplier done, String otherwise) {
        long limit = station.machine().now() + LIMIT;
        while (!done.getAsBoolean()) {
            if (station.trouble() != null || station.machine().ending() != null || station.machine().now() > limit) {
                return station.trouble() != null ? station.trouble() : otherwise;
            }
            station.run(station.machine().now() + LOOK, false);
        }
        return null;
    }

    private String typed(String command, String answer) {
        List<Statement> statements = List.of(Laboratory.send(command + "\n"),
            Laboratory.expect("\r\n" + answer + "\r\n"), Laboratory.expect(Workload.PROMPT));
        station.play(statements);
        return until(station::finished, "\"" + answer + "\" does not come; the terminal ends with " + station.tail());
    }

    /** Each writer's lines are there once, in order. */
    private String logs() {
        Tree tree = Tree.read(station.media(), Workload.FOLDER);
        if (tree.unsound() != null) {
            return tree.unsound();
        }
        for (String writer : WRITERS) {
            String[] lines = tree.files().getOrDefault("log." + writer, "").split("\n");
            for (int k = 0; k < lines.length; k++) {
                if (!lines[k].equals(Integer.toString(k + 1))) {
                    return "line " + (k + 1) + " of writer " + writer + " is \"" + lines[k] + "\"";
                }
            }
        }
        return null;
    }

    private static void print(PrintStream out, String what, List<Long> cycles) {
        long[] sorted = cycles.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length > 0) {
            out.printf(Locale.ROOT, "%-34s ms: least %.0f, median %.0f, most %.0f%n", what, sorted[0] / 1e4,
                sorted[sorted.length / 2] / 1e4, sorted[sorted.length - 1] / 1e4);
        }
    }
}
