package triplex.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import triplex.disk.DiskException;
import triplex.disk.GuestArchive;
import triplex.machine.ExitCode;
import triplex.machine.GuestFiles;
import triplex.machine.MachineSpec;
import triplex.machine.Trace;
import triplex.machine.UserError;
import triplex.m68k.jit.Engine;

/** What the command does: one run, or a sweep with its report. */
public final class Sweeps {
    private Sweeps() {
    }

    /**
     * Makes one run and says what became of it.
     *
     * @param faults text form of a {@link FaultPlan}
     * @param trace channels, from the first fault on; empty: none
     * @param console true: shows what the terminal showed
     * @return 0, or 1 when it hangs or is wrong
     */
    public static int one(Laboratory laboratory, Workload workload, String faults, String trace, boolean console,
            PrintStream out) throws UserError {
        FaultPlan plan = FaultPlan.parse(faults);
        Set<Trace.Channel> channels = Trace.channels(trace);
        Twin twin = laboratory.twin(workload);
        if (plan.faults().isEmpty() || plan.first() < twin.base().state().cycle()) {
            throw new UserError(ExitCode.USAGE, "the workload begins at cycle "
                + twin.base().state().cycle() + " and ends at " + twin.end());
        }
        Station station = laboratory.station();
        Result result = Sweep.one(laboratory, station, workload, twin, plan,
            () -> Trace.attach(station.machine(), channels, laboratory.kernel().symbols(), out));
        if (console) {
            out.println(Twin.shown(station, twin.base()));
        }
        out.println(describe(result));
        return result.failed() ? 1 : 0;
    }

    private static String describe(Result result) {
        return result.outcome() + (result.detail().isEmpty() ? "" : ": " + result.detail())
            + String.format(Locale.ROOT, " (%.1f ms%s)", result.cycles() / 1e4, result.times().detection() < 0 ? ""
                : String.format(Locale.ROOT, ", excluded after %.1f", result.times().detection() / 1e4));
    }

    /**
     * What is to be done.
     *
     * @param rows campaigns, workloads, points
     * @param jobs machines at work at the same time
     * @param ledger file, or null
     * @param first true: stops at the first failure
     * @param shard which part of the runs, from 1 on
     * @param shards parts
     */
    public record Order(List<Schedule.Row> rows, int jobs, Path ledger, boolean first, int shard, int shards) {
    }

    /** Sweeps and reports; 0, or 1 when something hangs or is wrong. */
    public static int many(Laboratory laboratory, Order order, PrintStream out) throws UserError {
        List<Result> all = new ArrayList<>();
        long begin = System.nanoTime();
        try (Ledger kept = order.ledger == null ? Ledger.none() : Ledger.open(order.ledger, laboratory.guest())) {
            for (Schedule.Row row : order.rows) {
                Sweep sweep = new Sweep(laboratory, kept, result -> tell(result, out));
                sweep.add(row.campaign(), row.workload(), row.points());
                int size = sweep.size();
                sweep.keep(order.shard, order.shards);
                out.printf(Locale.ROOT, "%s of %s (%s): %d frames, %s, %d runs%s%n", row.campaign().word(),
                    row.workload().name(), row.workload().confluent() ? "confluent" : "racing", sweep.frames(),
                    row.points() == 0 ? "all taken" : "up to " + row.points() + " points", size,
                    order.shards == 1 ? "" : ", " + sweep.size() + " of them here");
                List<Result> results = sweep.run(order.jobs, order.first);
                Report.print(results, out);
                all.addAll(results);
                row.campaign().variants(row.workload(), laboratory.boards()).stream()
                    .filter(variant -> variant.absent() >= 0).forEach(laboratory::forget);
                if (order.first && results.stream().anyMatch(Result::failed)) {
                    return 1;
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Report.tables(all, out);
        out.println("all:");
        Report.print(all, out);
        out.printf(Locale.ROOT, "%.2f runs a second and core%n", all.size() / seconds / order.jobs);
        return all.stream().anyMatch(Result::failed) ? 1 : 0;
    }

    /** Pulls and puts back all boards in turn; 0, or 1 when something goes wrong. */
    public static int rolling(Laboratory laboratory, int rounds, PrintStream out) throws UserError {
        String wrong = laboratory.roll(rounds, out);
        out.println(wrong == null ? rounds + " rounds, nothing lost" : "wrong: " + wrong);
        return wrong == null ? 0 : 1;
    }

    /** Prints what backups cost, with the guest of these archives. */
    public static int figures(Path guest, PrintStream out) throws UserError {
        new Figures(laboratory(guest, MachineSpec.standard(), Engine.INTERP),
                laboratory(guest, MachineSpec.of(1), Engine.INTERP), out).print();
        return 0;
    }

    private static void tell(Result result, PrintStream out) {
        if (result.failed()) {
            out.println(describe(result) + "\n    " + result.rerun());
        }
    }

    /**
     * A laboratory with three boards.
     *
     * @param guest an archive of guest binaries, or null: the shipped one
     * @throws UserError 65 or 66 when there is something wrong with it
     */
    public static Laboratory laboratory(Path guest, Engine engine) throws UserError {
        return laboratory(guest, MachineSpec.standard(), engine);
    }

    private static Laboratory laboratory(Path guest, MachineSpec spec, Engine engine) throws UserError {
        if (guest == null) {
            return new Laboratory(GuestFiles.archive(), spec, engine);
        }
        try (InputStream in = Files.newInputStream(guest)) {
            return new Laboratory(GuestArchive.read(in), spec, engine);
        } catch (DiskException e) {
            throw new UserError(ExitCode.BAD_DATA, guest + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UserError(ExitCode.MISSING_FILE, "cannot read " + guest);
        }
    }
}
