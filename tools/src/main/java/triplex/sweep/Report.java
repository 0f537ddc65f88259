package triplex.sweep;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import triplex.sweep.Result.Times;

/** Outcomes by class and distributions of a sweep's results. */
public final class Report {
    private Report() {
    }

    /** Prints both. */
    public static void print(List<Result> results, PrintStream out) {
        StringBuilder line = new StringBuilder(results.size() + " runs");
        for (Result.Outcome outcome : Result.Outcome.values()) {
            line.append(", ").append(outcome).append(' ')
                .append(results.stream().filter(r -> r.outcome() == outcome).count());
        }
        out.println(line);
        distribution(out, "detection and handling", results, Times::detection);
        distribution(out, "roll-forward", results, Times::rollForward);
        distribution(out, "file server's first frame", results, Times::fileAnswer);
        distribution(out, "full redundancy", results, Times::redundancy);
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
