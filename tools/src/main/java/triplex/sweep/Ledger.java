package triplex.sweep;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import triplex.machine.ExitCode;
import triplex.machine.UserError;

/**
 * The results of a sweep in a file, one line a run, so that a sweep that was broken off goes on where it stood. Its
 * first line names the guest whose runs they are; with another guest it begins anew, and the old file is kept as
 * {@code NAME.old}. One sweep at a time uses it.
 */
final class Ledger implements AutoCloseable {
    private static final String TITLE = "triplex sweep ledger 3, guest ";

    /** What a file holds: the guest's digest, its runs, and how many of its bytes are whole lines. */
    record Content(String guest, List<Result> results, long bytes) {
    }

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
     * @throws UserError 65 when the file is something else, 66 when it cannot be written or another sweep writes it
     */
    static Ledger open(Path file, String guest) throws UserError {
        try {
            Content old = Files.exists(file) ? read(file) : null;
            if (old != null && !old.guest.equals(guest)) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".old"),
                    StandardCopyOption.REPLACE_EXISTING);
                old = null;
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            channel.truncate(old == null ? 0 : old.bytes);
            channel.position(channel.size());
            Ledger ledger = new Ledger(new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8)));
            if (old == null) {
                ledger.out.println(TITLE + guest);
                ledger.out.flush();
            } else {
                old.results.forEach(result -> ledger.results.put(key(result.workload(), result.plan()), result));
            }
            return ledger;
        } catch (OverlappingFileLockException e) {
            throw new UserError(ExitCode.MISSING_FILE, "another sweep writes the ledger " + file);
        } catch (IOException e) {
            throw new UserError(ExitCode.MISSING_FILE, "cannot use the ledger " + file + ": " + e.getMessage());
        }
    }

    /**
     * Reads a file. Its last line may be torn: that run counts as not made.
     *
     * @throws UserError 65 when it is no ledger, 66 when it cannot be read
     */
    static Content read(Path file) throws UserError {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UserError(ExitCode.MISSING_FILE, "cannot read the ledger " + file + ": " + e.getMessage());
        }
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        String[] lines = whole.split("\n");
        if (!lines[0].startsWith(TITLE)) {
            throw new UserError(ExitCode.BAD_DATA, file + " is no ledger of a sweep");
        }
        List<Result> found = new ArrayList<>();
        for (int k = 1; k < lines.length; k++) {
            try {
                found.add(Result.parse(lines[k]));
            } catch (IllegalArgumentException e) {
                throw new UserError(ExitCode.BAD_DATA, file + ":" + (k + 1) + ": " + e.getMessage());
            }
        }
        return new Content(lines[0].substring(TITLE.length()), found, whole.getBytes(StandardCharsets.UTF_8).length);
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
