package triplex.sweep;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import triplex.machine.ExitCode;
import triplex.machine.UserError;

/**
 * The results of a sweep in a file, one line a run, so that a sweep that was broken off goes on where it stood. Its
 * first line names the guest whose runs they are; with another guest it begins anew.
 */
final class Ledger implements AutoCloseable {
    private static final String TITLE = "triplex sweep ledger 2, guest ";

    private final Map<String, Result> results = new TreeMap<>();
    private final PrintWriter out;

    private Ledger(PrintWriter out) {
        this.out = out;
    }

    /** One that is kept nowhere. */
    static Ledger none() {
        return new Ledger(null);
    }

    /**
     * Opens or makes the file.
     *
     * @throws UserError 65 when the file is something else, 66 when it cannot be written
     */
    static Ledger open(Path file, String guest) throws UserError {
        List<Result> old = new ArrayList<>();
        try {
            boolean same = false;
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (!lines.isEmpty() && !lines.get(0).startsWith(TITLE)) {
                    throw new UserError(ExitCode.BAD_DATA, file + " is no ledger of a sweep");
                }
                same = !lines.isEmpty() && lines.get(0).equals(TITLE + guest);
                for (int k = 1; same && k < lines.size(); k++) {
                    // The last line may be torn: its run is made again.
                    try {
                        old.add(Result.parse(lines.get(k)));
                    } catch (IllegalArgumentException e) {
                        if (k < lines.size() - 1) {
                            throw new UserError(ExitCode.BAD_DATA, file + ":" + (k + 1) + ": " + e.getMessage());
                        }
                    }
                }
            }
            Ledger ledger = new Ledger(new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8)));
            ledger.out.println(TITLE + guest);
            old.forEach(ledger::add);
            return ledger;
        } catch (IOException e) {
            throw new UserError(ExitCode.MISSING_FILE, "cannot use the ledger " + file + ": " + e.getMessage());
        }
    }

    private static String key(String workload, FaultPlan plan) {
        return workload + "\t" + plan;
    }

    /** The result of a run that has been made, or null. */
    synchronized Result find(String workload, FaultPlan plan) {
        return results.get(key(workload, plan));
    }

    synchronized void add(Result result) {
        results.put(key(result.workload(), result.plan()), result);
        if (out != null) {
            out.println(result.line());
            out.flush();
        }
    }

    @Override
    public synchronized void close() {
        if (out != null) {
            out.close();
        }
    }
}
