package triplex.console;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import triplex.disk.GuestArchive;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.LineListener;
import triplex.machine.DiskFiles;
import triplex.machine.ExitCode;
import triplex.machine.Journal;
import triplex.machine.Machine;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** Runs a journal again and compares the end. */
public final class Replay {
    private Replay() {
    }

    /**
     * Finds images with the recorded contents, opened as overlays.
     *
     * @param named where the user says they are; null: tries the shipped system, then the working pair
     * @throws UserError 65 when none fits
     */
    static DiskFiles images(Journal journal, Path named, GuestArchive archive) throws UserError {
        List<DiskFiles> tried = new ArrayList<>();
        if (named != null) {
            tried.add(DiskFiles.open(named, true));
        } else {
            tried.add(DiskFiles.inMemory(archive));
            Path pair = DiskFiles.workingPair();
            if (Files.exists(Path.of(pair + ".0"))) {
                tried.add(DiskFiles.open(pair, true));
            }
        }
        DiskFiles found = null;
        for (DiskFiles files : tried) {
            if (found == null && digests(files).equals(journal.disks())) {
                found = files;
            } else {
                files.close();
            }
        }
        if (found == null) {
            throw new UserError(ExitCode.BAD_DATA, "the recording began with disks " + journal.disks() + ", which "
                + (named == null ? "are neither the shipped system nor the working pair (name them with --image)"
                    : named + " does not hold"));
        }
        return found;
    }

    private static List<String> digests(DiskFiles files) {
        List<String> digests = new ArrayList<>();
        for (CowMedium medium : files.media()) {
            digests.add(medium == null ? "none" : Machine.digestOf(medium));
        }
        return digests;
    }

    /** Runs it; line 1 goes to {@code out}, the verdict to {@code log}. */
    static int run(Journal journal, byte[] rom, DiskFiles files, PrintStream out, PrintStream log) {
        Machine machine = new Machine(journal.spec(), rom, files.media());
        machine.listen((LineListener) (line, value, cycle) -> {
            if (line == 0) {
                out.write(value);
            }
        });
        play(machine, journal);
        out.flush();
        Journal.End end = journal.end();
        long digest = machine.digest();
        if (digest == end.digest() && machine.now() == end.cycle()) {
            log.printf(Locale.ROOT, "triplex replay: same digest %016x at cycle %d (%s s)%n", digest, machine.now(),
                SimulatedTime.seconds(machine.now()));
            return ExitCode.OK;
        }
        log.printf(Locale.ROOT, "triplex replay: DIVERGED: recorded %016x at cycle %d, now %016x at cycle %d%n",
            end.digest(),
            end.cycle(), digest, machine.now());
        return ExitCode.CHECK_FAILED;
    }

    /** Acts out the whole journal on a machine that stands at cycle 0. */
    public static void play(Machine machine, Journal journal) {
        for (Journal.Entry entry : journal.entries()) {
            machine.run(entry.cycle());
            machine.act(entry.action());
        }
        machine.run(journal.end().cycle());
    }
}
