package triplex.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    private static final Pattern FIGURES = Pattern.compile("(?m)^cycles (\\d+) instructions (\\d+) ");
    /** Times of the shell's children, by its {@code times}: minutes and seconds, user and system. */
    private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s\\s+(\\d+)m([0-9.]+)s\\s*$");
    /** QEMU runs so often as long as we do; it starts in the time in which it does what takes us a second. */
    private static final int LONGER = 16;
    private static final int MOST_WORK = Integer.MAX_VALUE / LONGER;
    private static final int NOT_FOUND = 127;

    /** One run of ours: guest's cycles and instructions, host's nanoseconds; and the peer's for the same work. */
    record Figures(long cycles, long instructions, long nanoseconds, long peerNanoseconds) {
        double mhz() {
            return cycles * 1e3 / nanoseconds;
        }

        double ratio() {
            return (double) nanoseconds / peerNanoseconds;
        }
    }

    private record Run(long cycles, long instructions, long nanoseconds, String text) {
    }

    private final String name;
    private final Engine engine;
    private final Path bare;
    private final Path virt;
    private final Path text;

    /** Unpacks it into a folder. */
    KernelBench(GuestArchive archive, String name, Engine engine, Path folder) throws IOException {
        this.name = name;
        this.engine = engine;
        bare = folder.resolve(name + ".bare");
        virt = folder.resolve(name + ".virt");
        text = folder.resolve(name + ".text");
        Files.write(bare, archive.member(BARE + name));
        Files.write(virt, archive.member(VIRT + name));
    }

    /** Measures; {@code cycles} is about the length of one run of ours. */
    Figures measure(int rounds, long cycles, boolean peer) throws IOException, Failure {
        int work = 1;
        Run warm = run(work);
        while (warm.cycles < cycles - cycles / 4 && work < MOST_WORK) {
            // The first repetition may be shorter or longer than others, so the step is small.
            long next = (long) (work * Math.min(8, (double) cycles / warm.cycles));
            work = (int) Math.min(MOST_WORK, Math.max(work + 1L, next));
            warm = run(work);
        }
        long[] ours = new long[rounds];
        long[] theirs = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            ours[round] = run(work).nanoseconds;
            if (peer) {
                long shorter = qemu(work, warm.text);
                theirs[round] = Math.max(1, (qemu(work * LONGER, null) - shorter) / (LONGER - 1));
            }
        }
        return new Figures(warm.cycles, warm.instructions, median(ours), median(theirs));
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private Run run(int work) throws Failure {
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
    private long qemu(int work, String expected) throws IOException, Failure {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "\"$@\" </dev/null >\"$TEXT\" || exit $?; times", "sh",
                "qemu-system-m68k", "-M", "virt", "-cpu", "m68000", "-kernel", virt.toString(), "-append",
                Integer.toString(work), "-nographic").redirectError(ProcessBuilder.Redirect.DISCARD);
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
