package triplex.tools;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import triplex.disk.GuestArchive;
import triplex.m68k.jit.CodeCache;
import triplex.m68k.jit.Engine;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * How much processor time of the host a whole machine takes: guest workloads with each engine, and machines of 1 to 32
 * boards, idle and with a busy program on each board. Compiling is in the figures: they are of the whole process.
 */
final class MachineBench implements AutoCloseable {
    /** By then all backups of a boot have been made. */
    private static final long SETTLING = 8 * SimulatedTime.SECOND;
    private static final long IDLE = 20 * SimulatedTime.SECOND;
    private static final long LOADED = 4 * SimulatedTime.SECOND;
    private static final int[] BOARDS = {1, 2, 4, 8, 16, 32};

    /** What is typed; the file of 5,000 lines is made before. */
    private enum Work {
        COMMANDS("60 short commands", "for i in 1 2 3 4 5 6 7 8 9 10; do for j in 1 2 3; do"
            + " cp /etc/rc /tmp/r; rm /tmp/r; done; done"),
        SORT("sort of 5,000 lines", "sort /tmp/lines >/tmp/sorted"),
        BANK("bank of 8", "mkdir /tmp/b; (cd /tmp/b; on 1 /usr/workloads/bank >/dev/null); rm -r /tmp/b");

        private final String words;
        private final String command;

        Work(String words, String command) {
            this.words = words;
            this.command = command;
        }
    }

    private static final String LINES = "seq 1 5000 >/tmp/lines";

    private final GuestShell shell;
    private final Machine machine;

    private MachineBench(GuestArchive archive, int boards, Engine engine, PrintStream err) throws UserError {
        shell = new GuestShell(archive, MachineSpec.of(boards), err);
        machine = shell.machine();
        machine.hardware().setEngine(engine, false);
    }

    @Override
    public void close() throws UserError {
        shell.close();
    }

    /** Measures and prints; 0. */
    static int print(GuestArchive archive, List<Engine> engines, int rounds, PrintStream out, PrintStream err)
            throws UserError, Failure {
        out.println("processor time of the host, seconds        simulated s     first  others: median (least-most)");
        for (Engine engine : engines) {
            try (MachineBench bench = new MachineBench(archive, MachineSpec.standard().boards(), engine, err)) {
                bench.workloads(engine, rounds, out);
            }
        }
        out.println();
        out.println("boards  engine  boot s   a simulated second, ms: idle     busy on each");
        for (int boards : BOARDS) {
            for (Engine engine : engines) {
                boards(archive, boards, engine, out, err);
            }
        }
        return 0;
    }

    /** A frame of its own, so that nothing holds the machine before while the next is made: two would fill the heap. */
    private static void boards(GuestArchive archive, int boards, Engine engine, PrintStream out, PrintStream err)
            throws UserError, Failure {
        try (MachineBench bench = new MachineBench(archive, boards, engine, err)) {
            bench.boards(engine, boards, out);
        }
    }

    private void workloads(Engine engine, int rounds, PrintStream out) throws Failure {
        double begin = now();
        boot();
        row(out, engine, "boot and backups", machine.now(), new double[] {now() - begin});
        shell.command(LINES);
        for (Work work : Work.values()) {
            double[] times = new double[rounds + 1];
            long simulated = machine.now();
            for (int k = 0; k <= rounds; k++) {
                begin = now();
                shell.command(work.command);
                times[k] = now() - begin;
            }
            row(out, engine, work.words, (machine.now() - simulated) / (rounds + 1), times);
        }
        out.printf(Locale.ROOT, "%-7s %d regions compiled so far%n", engine.text(), CodeCache.SHARED.size());
    }

    private static void row(PrintStream out, Engine engine, String what, long cycles, double[] times) {
        out.printf(Locale.ROOT, "%-7s %-32s %13.2f %9.2f", engine.text(), what, GuestShell.seconds(cycles), times[0]);
        if (times.length > 1) {
            KernelBench.Spread others = KernelBench.Spread.of(Arrays.copyOfRange(times, 1, times.length));
            out.printf(Locale.ROOT, "  %6.2f (%.2f-%.2f)", others.median(), others.least(), others.most());
        }
        out.println();
    }

    private void boards(Engine engine, int boards, PrintStream out) throws Failure {
        double begin = now();
        boot();
        double boot = now() - begin;
        begin = now();
        machine.run(machine.now() + IDLE);
        double idle = (now() - begin) / GuestShell.seconds(IDLE);
        for (int k = 0; k < boards; k++) {
            shell.command("on " + k + " sh -c 'while :; do :; done' </dev/null &");
        }
        begin = now();
        machine.run(machine.now() + LOADED);
        double loaded = (now() - begin) / GuestShell.seconds(LOADED);
        out.printf(Locale.ROOT, "%6d  %-6s %7.2f %29.1f %16.1f%n", boards, engine.text(), boot, 1e3 * idle,
                1e3 * loaded);
    }

    private void boot() throws Failure {
        shell.boot();
        machine.run(machine.now() + SETTLING);
    }

    private static double now() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }
}
