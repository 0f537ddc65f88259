package triplex.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import triplex.bare.BareOptions;
import triplex.bare.BareRunner;
import triplex.disk.GuestArchive;
import triplex.machine.GuestFiles;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** {@code triplex bench}: how fast the host runs the benchmark kernels, bare 68000 programs on one board. */
final class BenchCommand {
    private static final String MEMBERS = "bare/";
    private static final Pattern FIGURES = Pattern.compile("(?m)^cycles (\\d+) instructions (\\d+) ");

    private static final Usage USAGE = new Usage("bench [OPTION ...] [NAME ...]",
            "Measures how fast this host runs the shipped benchmark kernels, each on a bare\n"
            + "board: million instructions a second; MHz that a real board would need.")
            .option("rounds", "3", "runs of each; the fastest counts (3)")
            .flag("list", "only lists the names")
            .notes("Example: triplex bench sieve float\n"
            + "QEMU's figures for the same kernels: see guest-os/bare/README.md");

    /** One measured run: cycles and instructions of the guest, nanoseconds of the host. */
    private record Run(long cycles, long instructions, long nanoseconds) {
    }

    private BenchCommand() {
    }

    static int run(String[] args, Command.Context context) throws Failure {
        CommandLine line = USAGE.parse(args, 0, Integer.MAX_VALUE, context.out());
        if (line == null) {
            return 0;
        }
        int rounds = Usage.number(line, "rounds", 3, 1, 1000);
        try {
            GuestArchive archive = GuestFiles.archive();
            List<String> all = archive.names().stream().filter(name -> name.startsWith(MEMBERS))
                    .map(name -> name.substring(MEMBERS.length())).sorted().toList();
            List<String> names = line.getArgList().isEmpty() ? all : line.getArgList();
            for (String name : names) {
                if (!all.contains(name)) {
                    throw new Failure(Failure.USAGE, "there is no kernel '" + name + "'; there are "
                            + String.join(" ", all));
                }
            }
            if (line.hasOption("list")) {
                names.forEach(context.out()::println);
                return 0;
            }
            return measure(archive, names, rounds, context.out());
        } catch (UserError e) {
            throw new Failure(e.exit(), e.getMessage());
        } catch (IOException e) {
            throw new Failure(Failure.MISSING, "cannot keep a program for a moment: " + e.getMessage());
        }
    }

    private static int measure(GuestArchive archive, List<String> names, int rounds, PrintStream out)
            throws IOException, Failure {
        out.println("kernel      Mcycles  seconds     MIPS      MHz");
        double logs = 0;
        for (String name : names) {
            Path file = Files.createTempFile("triplex", ".elf");
            Run best = null;
            try {
                Files.write(file, archive.member(MEMBERS + name));
                for (int i = 0; i < rounds; i++) {
                    Run run = once(name, file);
                    best = best == null || run.nanoseconds < best.nanoseconds ? run : best;
                }
            } finally {
                Files.delete(file);
            }
            double mhz = best.cycles * 1e3 / best.nanoseconds;
            logs += Math.log(mhz);
            out.printf(Locale.ROOT, "%-10s %8.1f %8.3f %8.2f %8.1f%n", name, best.cycles / 1e6, best.nanoseconds / 1e9,
                    best.instructions * 1e3 / best.nanoseconds, mhz);
        }
        out.printf(Locale.ROOT, "%-37s %8.1f%n", "geometric mean", Math.exp(logs / names.size()));
        return 0;
    }

    private static Run once(String name, Path file) throws Failure {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        BareOptions options = new BareOptions(file, 8, 1000 * SimulatedTime.SECOND, "", Set.of());
        long begin = System.nanoTime();
        int status = BareRunner.run(options, nowhere, new PrintStream(log, true, StandardCharsets.UTF_8));
        long end = System.nanoTime();
        Matcher figures = FIGURES.matcher(log.toString(StandardCharsets.UTF_8));
        if (status != 0 || !figures.find()) {
            throw new Failure(1, name + " ended with status " + status);
        }
        return new Run(Long.parseLong(figures.group(1)), Long.parseLong(figures.group(2)), end - begin);
    }
}
