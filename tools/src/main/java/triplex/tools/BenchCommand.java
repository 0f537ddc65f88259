package triplex.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
            + "Times are processor time, medians (least-most) of some runs after warm-up.\n"
            + "To a peer: our speed by its speed in the same round, so more than 1 is faster.")
            .option("peer", "qemu", "beside qemu-system-m68k: qemu qemu-icount, or both: a,b")
            .option("engine", "jit", "only this engine: interp jit check (interp and jit)")
            .option("rounds", "5", "runs of each that count (5)")
            .option("cycles", "300", "million cycles that each run takes, about (300)")
            .flag("guest", "instead: exact cycles of the guest's calls")
            .flag("warm", "instead: warm-up, size of compiled code, allocation")
            .flag("machine", "instead: whole machines, workloads and 1 to 32 boards")
            .flag("list", "only lists the names")
            .notes("Example: triplex bench --peer qemu,qemu-icount --rounds 3 --cycles 50 sieve\n"
            + "Exit: 0; 1 a kernel failed; 64 usage; 66 something is missing");

    private BenchCommand() {
    }

    static int run(String[] args, Command.Context context) throws Failure {
        CommandLine line = USAGE.parse(args, 0, Integer.MAX_VALUE, context.out());
        if (line == null) {
            return 0;
        }
        int rounds = Usage.number(line, "rounds", 5, 1, 1000);
        long cycles = Usage.number(line, "cycles", 300, 1, 100_000) * 1_000_000L;
        List<KernelBench.Peer> peers = peers(line.getOptionValue("peer"));
        List<Engine> engines = line.hasOption("engine") ? List.of(Usage.engine(line))
                : List.of(Engine.INTERP, Engine.JIT);
        try {
            GuestArchive archive = GuestFiles.archive();
            if (line.hasOption("guest")) {
                if (!peers.isEmpty() || !line.getArgList().isEmpty()) {
                    throw new Failure(Failure.USAGE, "--guest takes neither kernels nor a peer");
                }
                return GuestFigures.print(archive, context.out(), context.err());
            }
            if (line.hasOption("machine")) {
                if (!peers.isEmpty() || !line.getArgList().isEmpty()) {
                    throw new Failure(Failure.USAGE, "--machine takes neither kernels nor a peer");
                }
                return MachineBench.print(archive, engines, rounds, context.out(), context.err());
            }
            List<String> names = names(archive, line.getArgList());
            if (line.hasOption("list")) {
                names.forEach(context.out()::println);
                return 0;
            }
            if (line.hasOption("warm")) {
                return WarmBench.print(archive, names, context.out());
            }
            return table(archive, names, engines, peers, rounds, cycles, context.out());
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

    private static List<KernelBench.Peer> peers(String text) throws Failure {
        List<KernelBench.Peer> peers = new ArrayList<>();
        for (String wanted : text == null ? new String[0] : text.split(",", -1)) {
            KernelBench.Peer found = null;
            for (KernelBench.Peer peer : KernelBench.Peer.values()) {
                found = peer.text.equals(wanted) ? peer : found;
            }
            if (found == null) {
                throw new Failure(Failure.USAGE, "--peer takes qemu, qemu-icount or both, not '" + wanted + "'");
            }
            if (!peers.contains(found)) {
                peers.add(found);
            }
        }
        return peers;
    }

    private static int table(GuestArchive archive, List<String> names, List<Engine> engines,
            List<KernelBench.Peer> peers, int rounds, long cycles, PrintStream out) throws IOException, Failure {
        out.print("kernel     engine     MIPS      MHz     least-most");
        for (KernelBench.Peer peer : peers) {
            out.printf(Locale.ROOT, "  %-25s", "to " + peer.text + " (least-most)");
        }
        out.println();
        double[][] logarithms = new double[engines.size()][1 + peers.size()];
        Path folder = Files.createTempDirectory("triplex");
        try {
            for (String name : names) {
                KernelBench.Figures f = new KernelBench(archive, name, folder).measure(engines, peers, rounds, cycles);
                for (int k = 0; k < engines.size(); k++) {
                    row(name, f, engines.get(k), peers, logarithms[k], out);
                }
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
        for (int k = 0; k < engines.size(); k++) {
            double[] means = Arrays.stream(logarithms[k]).map(sum -> Math.exp(sum / names.size())).toArray();
            out.printf(Locale.ROOT, "%-10s %-6s %17.1f%15s", "geom. mean", engines.get(k).text(), means[0], "");
            for (int n = 1; n < means.length; n++) {
                out.printf(Locale.ROOT, "  %9.3f%16s", means[n], "");
            }
            out.println();
        }
        return 0;
    }

    /** One engine's figures; adds their logarithms. */
    private static void row(String name, KernelBench.Figures f, Engine engine, List<KernelBench.Peer> peers,
            double[] logarithms, PrintStream out) {
        KernelBench.Spread mhz = f.mhz(engine);
        logarithms[0] += Math.log(mhz.median());
        out.printf(Locale.ROOT, "%-10s %-6s %8.1f %8.1f %14s", name, engine.text(), f.mips(engine), mhz.median(),
                String.format(Locale.ROOT, "%.0f-%.0f", mhz.least(), mhz.most()));
        for (int n = 0; n < peers.size(); n++) {
            KernelBench.Spread ratio = f.ratio(engine, peers.get(n));
            logarithms[n + 1] += Math.log(ratio.median());
            out.printf(Locale.ROOT, "  %9.3f %-15s", ratio.median(),
                    String.format(Locale.ROOT, "(%.3f-%.3f)", ratio.least(), ratio.most()));
        }
        out.println();
    }
}
