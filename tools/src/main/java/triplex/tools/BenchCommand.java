package triplex.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import triplex.disk.GuestArchive;
import triplex.m68k.jit.Engine;
import triplex.machine.GuestFiles;
import triplex.machine.UserError;

/** {@code triplex bench}: how fast the host runs bare kernels, beside QEMU if wanted; what the guest's calls cost. */
final class BenchCommand {
    private static final Usage USAGE = new Usage("bench [OPTION ...] [NAME ...]",
            "Measures how fast this host runs the shipped benchmark kernels on a bare board:\n"
            + "million instructions a second, and the MHz that a real board would need.\n"
            + "Times are processor time, medians of some runs after one that does not count.")
            .option("peer", "qemu", "the same kernels on qemu-system-m68k; the ratio")
            .option("engine", "jit", "how instructions are executed: interp jit check (jit)")
            .option("rounds", "3", "runs of each that count (3)")
            .option("cycles", "300", "million cycles that each run takes, about (300)")
            .flag("guest", "instead: exact cycles of the guest's calls")
            .flag("list", "only lists the names")
            .notes("Example: triplex bench --peer qemu sieve float\n"
            + "Exit: 0; 1 a kernel failed; 64 usage; 66 something is missing");

    private BenchCommand() {
    }

    static int run(String[] args, Command.Context context) throws Failure {
        CommandLine line = USAGE.parse(args, 0, Integer.MAX_VALUE, context.out());
        if (line == null) {
            return 0;
        }
        int rounds = Usage.number(line, "rounds", 3, 1, 1000);
        long cycles = Usage.number(line, "cycles", 300, 1, 100_000) * 1_000_000L;
        String peer = line.getOptionValue("peer");
        if (peer != null && !peer.equals("qemu")) {
            throw new Failure(Failure.USAGE, "the only peer is qemu, not '" + peer + "'");
        }
        try {
            GuestArchive archive = GuestFiles.archive();
            if (line.hasOption("guest")) {
                if (peer != null || !line.getArgList().isEmpty()) {
                    throw new Failure(Failure.USAGE, "--guest takes neither kernels nor a peer");
                }
                return GuestFigures.print(archive, context.out(), context.err());
            }
            List<String> names = names(archive, line.getArgList());
            if (line.hasOption("list")) {
                names.forEach(context.out()::println);
                return 0;
            }
            return table(archive, names, Usage.engine(line), rounds, cycles, peer != null, context.out());
        } catch (UserError e) {
            throw new Failure(e.exit(), e.getMessage());
        } catch (IOException e) {
            throw new Failure(Failure.MISSING, "cannot keep a program for a moment: " + e.getMessage());
        }
    }

    private static List<String> names(GuestArchive archive, List<String> wanted) throws Failure {
        List<String> all = archive.names().stream().filter(name -> name.startsWith(KernelBench.BARE))
                .map(name -> name.substring(KernelBench.BARE.length())).sorted().toList();
        for (String name : wanted) {
            if (!all.contains(name)) {
                throw new Failure(Failure.USAGE, "there is no kernel '" + name + "'; there are "
                        + String.join(" ", all));
            }
        }
        return wanted.isEmpty() ? all : wanted;
    }

    private static int table(GuestArchive archive, List<String> names, Engine engine, int rounds, long cycles,
            boolean peer, PrintStream out) throws IOException, Failure {
        out.println("kernel      Mcycles  seconds     MIPS      MHz" + (peer ? "   QEMU s   ratio" : ""));
        double rates = 0;
        double ratios = 0;
        Path folder = Files.createTempDirectory("triplex");
        try {
            for (String name : names) {
                KernelBench.Figures f = new KernelBench(archive, name, engine, folder).measure(rounds, cycles, peer);
                rates += Math.log(f.mhz());
                out.printf(Locale.ROOT, "%-10s %8.1f %8.3f %8.2f %8.1f", name, f.cycles() / 1e6, f.nanoseconds() / 1e9,
                        f.instructions() * 1e3 / f.nanoseconds(), f.mhz());
                if (peer) {
                    ratios += Math.log(f.ratio());
                    out.printf(Locale.ROOT, " %8.4f %7s", f.peerNanoseconds() / 1e9, ratio(f.ratio()));
                }
                out.println();
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
        out.printf(Locale.ROOT, "%-37s %8.1f", "geometric mean", Math.exp(rates / names.size()));
        out.println(peer ? String.format(Locale.ROOT, " %16s", ratio(Math.exp(ratios / names.size()))) : "");
        return 0;
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "1/%.1f", ratio);
    }
}
