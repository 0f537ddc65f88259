package triplex.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import triplex.bare.BareOptions;
import triplex.bare.BareRunner;
import triplex.disk.GuestArchive;
import triplex.m68k.jit.Engine;
import triplex.machine.SimulatedTime;

/**
 * One benchmark kernel, here and under QEMU. Its argument says how often it repeats its work, so runs of any length do
 * the same thing, and both sides must print the same checksum.
 */
final class KernelBench {
    /** Members of the guest archive. */
    static final String BARE = "bare/";
    private static final String VIRT = "virt/";
    /** In the last line of a run. */
    static final Pattern FIGURES = Pattern.compile("(?m)^cycles (\\d+) instructions (\\d+) ");
    /** Times of the shell's children, by its {@code times}: minutes and seconds, user and system. */
    private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s\\s+(\\d+)m([0-9.]+)s\\s*$");
    /** QEMU runs so often as long as we do; it starts in the time in which it does what takes us a second. */
    private static final int LONGER = 64;
    private static final int MOST_WORK = Integer.MAX_VALUE / LONGER;
    private static final int NOT_FOUND = 127;

    /** The JIT's runs are so many times as long as the interpreter's. */
    private static final int LONGER_JIT = 4;
    /** Java's compilers are done when so many runs in turn were hardly faster than the best before; or nearly so. */
    private static final int STEADY_RUNS = 5;
    private static final double HARDLY = 0.97;
    private static final int LEAST_WARM = 12;
    private static final int MOST_WARM = 60;

    /** Who does the same work for comparison. */
    enum Peer {
        /** As fast as it goes; knows no time. */
        QEMU("qemu", List.of()),
        /** Counts instructions: its deterministic mode. */
        ICOUNT("qemu-icount", List.of("-icount", "shift=0"));

        final String text;
        private final List<String> options;

        Peer(String text, List<String> options) {
            this.text = text;
            this.options = options;
        }
    }

    /** Least, median, and greatest of some values. */
    record Spread(double least, double median, double most) {
        static Spread of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return new Spread(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
        }
    }

    /**
     * What was measured: guest's cycles and instructions of some work, and host's nanoseconds for it, of each round, by
     * each engine and each peer.
     */
    record Figures(long cycles, long instructions, Map<Engine, double[]> ours, Map<Peer, double[]> theirs) {
        /** Guest's MHz. */
        Spread mhz(Engine engine) {
            return Spread.of(Arrays.stream(ours.get(engine)).map(t -> cycles * 1e3 / t).toArray());
        }

        /** Million instructions a second. */
        double mips(Engine engine) {
            return mhz(engine).median * instructions / cycles;
        }

        /** Speed as a multiple of a peer's, round by round. */
        Spread ratio(Engine engine, Peer peer) {
            double[] ratios = new double[ours.get(engine).length];
            for (int k = 0; k < ratios.length; k++) {
                ratios[k] = theirs.get(peer)[k] / ours.get(engine)[k];
            }
            return Spread.of(ratios);
        }
    }

    private record Run(long cycles, long instructions, long nanoseconds, String text) {
    }

    private final String name;
    private final Path bare;
    private final Path virt;
    private final Path text;

    /** Unpacks it into a folder. */
    KernelBench(GuestArchive archive, String name, Path folder) throws IOException {
        this.name = name;
        bare = folder.resolve(name + ".bare");
        virt = folder.resolve(name + ".virt");
        text = folder.resolve(name + ".text");
        Files.write(bare, archive.member(BARE + name));
        Files.write(virt, archive.member(VIRT + name));
    }

    /** Measures; {@code cycles} is about the length of one run of the interpreter. Every round runs each once. */
    Figures measure(List<Engine> engines, List<Peer> peers, int rounds, long cycles) throws IOException, Failure {
        int work = 1;
        Run one = run(engines.get(0), work);
        while (one.cycles < cycles - cycles / 4 && work < MOST_WORK) {
            // The first repetition may be shorter or longer than others, so the step is small.
            long next = (long) (work * Math.min(8, (double) cycles / one.cycles));
            work = (int) Math.min(MOST_WORK, Math.max(work + 1L, next));
            one = run(engines.get(0), work);
        }
        Figures figures = new Figures(one.cycles, one.instructions, new EnumMap<>(Engine.class),
                new EnumMap<>(Peer.class));
        for (Engine engine : engines) {
            Run same = run(engine, work);
            if (same.cycles != one.cycles || same.instructions != one.instructions || !same.text.equals(one.text)) {
                throw new Failure(1, name + " differs between " + engines.get(0).text() + " and " + engine.text());
            }
            warm(engine, work);
            figures.ours.put(engine, new double[rounds]);
        }
        for (Peer peer : peers) {
            figures.theirs.put(peer, new double[rounds]);
        }
        for (int round = 0; round < rounds; round++) {
            for (Engine engine : engines) {
                figures.ours.get(engine)[round] = nanoseconds(engine, work);
            }
            for (Peer peer : peers) {
                long shorter = qemu(peer, work, one.text);
                long more = qemu(peer, work * LONGER, null) - shorter;
                figures.theirs.get(peer)[round] = Math.max(1.0, more) / (LONGER - 1);
            }
        }
        return figures;
    }

    /** Nanoseconds for the work. */
    private double nanoseconds(Engine engine, int work) throws Failure {
        int times = engine == Engine.JIT ? LONGER_JIT : 1;
        return (double) run(engine, work * times).nanoseconds / times;
    }

    private void warm(Engine engine, int work) throws Failure {
        if (engine == Engine.INTERP) {
            nanoseconds(engine, work);
            nanoseconds(engine, work);
            return;
        }
        double best = nanoseconds(engine, work);
        int steady = 0;
        for (int k = 1; k < MOST_WARM && (k < LEAST_WARM || steady < STEADY_RUNS); k++) {
            double next = nanoseconds(engine, work);
            steady = next > best * HARDLY ? steady + 1 : 0;
            best = Math.min(best, next);
        }
    }

    private Run run(Engine engine, int work) throws Failure {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        BareOptions options = new BareOptions(bare, 8, 100_000 * SimulatedTime.SECOND, Integer.toString(work),
                Set.of(), engine);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        int status = BareRunner.run(options, new PrintStream(printed, true, StandardCharsets.UTF_8),
                new PrintStream(log, true, StandardCharsets.UTF_8));
        long end = threads.getCurrentThreadCpuTime();
        Matcher figures = FIGURES.matcher(log.toString(StandardCharsets.UTF_8));
        if (status != 0 || !figures.find()) {
            throw new Failure(1, name + " ended with status " + status);
        }
        return new Run(Long.parseLong(figures.group(1)), Long.parseLong(figures.group(2)), Math.max(1, end - begin),
                printed.toString(StandardCharsets.UTF_8).strip());
    }

    /** Nanoseconds of processor time; {@code expected} is what it must print, unless null. */
    private long qemu(Peer peer, int work, String expected) throws IOException, Failure {
        List<String> command = new ArrayList<>(List.of("sh", "-c",
                "\"$@\" </dev/null >\"$TEXT\" || exit $?; times", "sh", "qemu-system-m68k", "-M", "virt",
                "-cpu", "m68000", "-kernel", virt.toString(), "-append", Integer.toString(work), "-nographic"));
        command.addAll(peer.options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TEXT", text.toString());
        Process process = builder.start();
        String times = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        int status = status(process);
        if (status == NOT_FOUND) {
            throw new Failure(Failure.MISSING, "there is no qemu-system-m68k here; tools/setup installs it");
        }
        Matcher m = TIMES.matcher(times);
        if (status != 0 || !m.find()) {
            throw new Failure(1, name + " under QEMU ended with status " + status);
        }
        String printed = Files.readString(text).strip();
        if (expected != null && !printed.equals(expected)) {
            throw new Failure(1, name + " printed \"" + expected + "\", and under QEMU \"" + printed + "\"");
        }
        return nanoseconds(m.group(1), m.group(2)) + nanoseconds(m.group(3), m.group(4));
    }

    private static int status(Process process) throws Failure {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new Failure(1, "interrupted");
        }
    }

    private static long nanoseconds(String minutes, String seconds) {
        return Long.parseLong(minutes) * 60_000_000_000L + Math.round(Double.parseDouble(seconds) * 1e9);
    }
}
