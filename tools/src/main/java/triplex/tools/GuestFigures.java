package triplex.tools;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import triplex.disk.GuestArchive;
import triplex.hw.controller.LineListener;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;

/**
 * What calls cost in the guest, in exact cycles: {@code costs} on the servers' board and on another one, and
 * {@code ls -l} of 100 files by {@code msgstat}, on a freshly booted machine with the shipped system on disks in
 * memory. The machine is deterministic, so the figures are the same on every host.
 */
final class GuestFigures {
    private static final int ENTRIES = 100;
    private static final Pattern ROW = Pattern.compile("(\\S.*?) {2,}(\\d+)( cycles)?");

    private final GuestShell shell;

    private GuestFigures(GuestShell shell) {
        this.shell = shell;
    }

    /** Measures and prints; 0, or 1 with a line on {@code err}. */
    static int print(GuestArchive archive, PrintStream out, PrintStream err) throws UserError, Failure {
        try (GuestShell shell = new GuestShell(archive, MachineSpec.standard(), err)) {
            new GuestFigures(shell).print(out);
            return 0;
        }
    }

    private void print(PrintStream out) throws Failure {
        long[] firstByte = {-1};
        shell.machine().listen(
                (LineListener) (line, value, cycle) -> firstByte[0] = firstByte[0] < 0 ? cycle : firstByte[0]);
        shell.boot();
        out.printf(Locale.ROOT, "power-up to the first line of /etc/rc %7.2f s%n", GuestShell.seconds(firstByte[0]));
        out.printf(Locale.ROOT, "power-up to the shell's prompt        %7.2f s%n",
                GuestShell.seconds(shell.machine().now()));
        List<String> here = shell.command("on 0 costs");
        List<String> there = shell.command("on 2 costs");
        out.println();
        out.printf(Locale.ROOT, "cycles of                    on the servers' board    on another%n");
        for (int k = 1; k < here.size(); k++) {
            Matcher a = row(here.get(k));
            Matcher b = row(there.get(k));
            out.printf(Locale.ROOT, "%-30s %19s %13s%n", a.group(1), a.group(2), b.group(2));
        }
        shell.command("mkdir /tmp/none /tmp/many; for t in 0 1 2 3 4 5 6 7 8 9; do for u in 0 1 2 3 4 5 6 7 8 9; do "
                + ": >/tmp/many/file$t$u; done; done");
        shell.command("on 2 ls -l /tmp/many >/dev/null");
        List<String> none = shell.command("on 2 msgstat ls -l /tmp/none >/dev/null");
        List<String> many = shell.command("on 2 msgstat ls -l /tmp/many >/dev/null");
        long cycles = figure(many, "cycles");
        long more = cycles - figure(none, "cycles");
        double requests = (figure(many, "frames sent") - figure(none, "frames sent")) / (double) ENTRIES;
        double answers = (figure(many, "frames received") - figure(none, "frames received")) / (double) ENTRIES;
        out.println();
        out.printf(Locale.ROOT, "ls -l of %d files on another board: %d cycles, %.2f s%n", ENTRIES, cycles,
                GuestShell.seconds(cycles));
        out.printf(Locale.ROOT, "per entry: %d cycles, %.2f messages sent, %.2f received%n", more / ENTRIES, requests,
                answers);
    }

    private static Matcher row(String line) throws Failure {
        Matcher m = ROW.matcher(line);
        if (!m.matches()) {
            throw new Failure(1, "the guest printed no figure: \"" + line + "\"");
        }
        return m;
    }

    private static long figure(List<String> lines, String name) throws Failure {
        for (String line : lines) {
            Matcher m = ROW.matcher(line);
            if (m.matches() && m.group(1).equals(name)) {
                return Long.parseLong(m.group(2));
            }
        }
        throw new Failure(1, "the guest printed no figure \"" + name + "\" in " + lines);
    }
}
