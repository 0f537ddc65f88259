package triplex.tools;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import triplex.bare.BareOptions;
import triplex.bare.BareRunner;
import triplex.disk.GuestArchive;
import triplex.m68k.jit.CodeCache;
import triplex.m68k.jit.Engine;
import triplex.machine.SimulatedTime;

/**
 * What compiled code costs before it is fast, and beside: a kernel is run again and again for some seconds, each time
 * on a new board, beginning with nothing of it compiled.
 */
final class WarmBench {
    private static final long LONGEST = 4_000_000_000L;
    /** Cycles of one run, about; compiled it is so many times as long, so that making a board does not count. */
    private static final long CYCLES = 20_000_000;
    private static final int LONGER = 16;
    /** The speed of so many runs, the last, is the final one. */
    private static final int LAST = 9;
    private static final double NEARLY = 0.9;
    private static final double MEBI = 1 << 20;

    private final String name;
    private final Path program;

    private record Run(long cycles, long instructions, long nanoseconds, long allocated) {
    }

    private WarmBench(String name, Path program) {
        this.name = name;
        this.program = program;
    }

    /** Measures and prints; 0. */
    static int print(GuestArchive archive, List<String> names, PrintStream out) throws IOException, Failure {
        out.println("kernel      s to 90%  final MHz  regions  class KiB  native KiB  compile threads s"
                + "  bytes/instruction");
        Path program = Files.createTempFile("triplex", ".bare");
        try {
            for (String name : names) {
                Files.write(program, archive.member(KernelBench.BARE + name));
                new WarmBench(name, program).row(out);
            }
        } finally {
            Files.delete(program);
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        out.printf(Locale.ROOT, "heap after all: %.0f MiB%n", (runtime.totalMemory() - runtime.freeMemory()) / MEBI);
        return 0;
    }

    private void row(PrintStream out) throws Failure {
        int work = 1;
        Run run = run(Engine.INTERP, work);
        while (run.cycles < CYCLES / 2 && work < Integer.MAX_VALUE / (8 * LONGER)) {
            work = (int) Math.max(work + 1L, Math.min(8L * work, (long) work * CYCLES / run.cycles));
            run = run(Engine.INTERP, work);
        }
        work *= LONGER;
        final int regions = CodeCache.SHARED.size();
        final long bytes = CodeCache.SHARED.bytes();
        final long code = nativeCode();
        final long others = others();
        List<Double> speeds = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        long begin = own();
        while (own() - begin < LONGEST) {
            Run next = run(Engine.JIT, work);
            speeds.add(next.cycles * 1e3 / next.nanoseconds);
            times.add(own() - begin);
        }
        double[] last = speeds.subList(Math.max(0, speeds.size() - LAST), speeds.size()).stream()
                .mapToDouble(Double::doubleValue).sorted().toArray();
        double speed = last[last.length / 2];
        int fast = 0;
        while (speeds.get(fast) < NEARLY * speed) {
            fast++;
        }
        Run once = run(Engine.JIT, work);
        Run more = run(Engine.JIT, 4 * work);
        out.printf(Locale.ROOT, "%-10s %9.2f %10.0f %8d %10.0f %11.0f %18.2f %18.6f%n", name,
                fast == 0 ? 0 : times.get(fast - 1) / 1e9, speed, CodeCache.SHARED.size() - regions,
                (CodeCache.SHARED.bytes() - bytes) / 1024.0, (nativeCode() - code) / 1024.0, (others() - others) / 1e9,
                (double) (more.allocated - once.allocated) / (more.instructions - once.instructions));
    }

    private static long nativeCode() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(p -> p.getName().contains("nmethods"))
                .map(MemoryPoolMXBean::getUsage).mapToLong(u -> u.getUsed()).sum();
    }

    /** Processor time of this thread: on a quiet host what the clock shows. */
    private static long own() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Processor time of all threads but this one: those that compile, and hardly any other. */
    private static long others() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
                - own();
    }

    private Run run(Engine engine, int work) throws Failure {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        BareOptions options = new BareOptions(program, 8, 100_000 * SimulatedTime.SECOND, Integer.toString(work),
                Set.of(), engine);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long begin = threads.getCurrentThreadCpuTime();
        int status = BareRunner.run(options, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(log, true, StandardCharsets.UTF_8));
        long end = threads.getCurrentThreadCpuTime();
        allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        Matcher figures = KernelBench.FIGURES.matcher(log.toString(StandardCharsets.UTF_8));
        if (status != 0 || !figures.find()) {
            throw new Failure(1, name + " ended with status " + status);
        }
        return new Run(Long.parseLong(figures.group(1)), Long.parseLong(figures.group(2)), Math.max(1, end - begin),
                allocated);
    }
}
