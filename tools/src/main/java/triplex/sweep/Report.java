package triplex.sweep;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import triplex.machine.ExitCode;
import triplex.machine.UserError;
import triplex.sweep.Result.Times;

/** Outcomes by class and distributions of a sweep's results. */
public final class Report {
    private Report() {
    }

    /** Prints both. */
    public static void print(List<Result> results, PrintStream out) {
        StringBuilder line = new StringBuilder(results.size() + " runs");
        for (Result.Outcome outcome : Result.Outcome.values()) {
            line.append(", ").append(outcome).append(' ').append(count(results, outcome));
        }
        out.println(line);
        distribution(out, "detection and handling", results, Times::detection);
        distribution(out, "roll-forward", results, Times::rollForward);
        distribution(out, "file server's first frame", results, Times::fileAnswer);
        distribution(out, "full redundancy", results, Times::redundancy);
    }

    /**
     * Prints what the ledgers of one sweep, or of its shards, hold: outcomes by campaign and by workload,
     * distributions, and the commands that do failed runs again.
     *
     * @return 0, or 1 when something hangs or is wrong
     * @throws UserError 65 or 66 when a file is no ledger, or not of the same guest as the first
     */
    public static int ledgers(List<Path> files, PrintStream out) throws UserError {
        Map<String, Result> all = new TreeMap<>();
        String guest = null;
        for (Path file : files) {
            Ledger.Content content = Ledger.read(file);
            if (guest != null && !guest.equals(content.guest())) {
                throw new UserError(ExitCode.BAD_DATA, file + " is about another guest than " + files.get(0));
            }
            guest = content.guest();
            content.results().forEach(result -> all.put(result.workload() + "\t" + result.plan(), result));
        }
        List<Result> results = new ArrayList<>(all.values());
        out.println("guest " + guest);
        tables(results, out);
        for (Map.Entry<String, List<Result>> entry : by(results, Result::campaign).entrySet()) {
            out.println(entry.getKey() + ":");
            print(entry.getValue(), out);
        }
        out.println("all:");
        print(results, out);
        results.stream().filter(Result::failed).forEach(result ->
            out.println(result.outcome() + ": " + result.detail() + "\n    " + result.rerun()));
        return results.stream().anyMatch(Result::failed) ? 1 : 0;
    }

    /** Outcomes by campaign, and by campaign and workload. */
    static void tables(List<Result> results, PrintStream out) {
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-26s %7s", "", "runs"));
        for (Result.Outcome outcome : Result.Outcome.values()) {
            head.append(String.format(Locale.ROOT, " %10s", outcome));
        }
        out.println(head);
        by(results, Result::campaign).forEach((campaign, some) -> {
            row(campaign, some, out);
            by(some, r -> r.workload().split(Workload.WITHOUT)[0]).forEach((workload, few) ->
                row("  " + workload, few, out));
        });
        row("all", results, out);
    }

    private static void row(String name, List<Result> results, PrintStream out) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-26s %7d", name, results.size()));
        for (Result.Outcome outcome : Result.Outcome.values()) {
            line.append(String.format(Locale.ROOT, " %10d", count(results, outcome)));
        }
        out.println(line);
    }

    private static Map<String, List<Result>> by(List<Result> results, Function<Result, String> name) {
        Map<String, List<Result>> groups = new TreeMap<>();
        results.forEach(result -> groups.computeIfAbsent(name.apply(result), k -> new ArrayList<>()).add(result));
        return groups;
    }

    private static long count(List<Result> results, Result.Outcome outcome) {
        return results.stream().filter(r -> r.outcome() == outcome).count();
    }

    private static void distribution(PrintStream out, String what, List<Result> results, ToLongFunction<Times> time) {
        long[] sorted = results.stream().map(Result::times).mapToLong(time).filter(c -> c >= 0).sorted().toArray();
        if (sorted.length > 0) {
            out.printf(Locale.ROOT, "%-28s ms: least %.1f, median %.1f, 99 %% below %.1f, most %.1f (%d runs)%n", what,
                sorted[0] / 1e4, sorted[sorted.length / 2] / 1e4, sorted[sorted.length * 99 / 100] / 1e4,
                sorted[sorted.length - 1] / 1e4, sorted.length);
        }
    }
}
