package triplex.tools;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import triplex.disk.GuestArchive;
import triplex.elf.Symbols;
import triplex.m68k.jit.Engine;
import triplex.machine.DiskFiles;
import triplex.machine.ExitCode;
import triplex.machine.GuestFiles;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;
import triplex.monitor.Monitor;
import triplex.script.ScriptRunner;
import triplex.script.Statement;

/**
 * Runs guest test programs, {@code /usr/tests/NAME}, in the shell of a freshly booted machine: the shipped system on
 * disks in memory, 1983-11-01. What a program prints between two marks is its TAP.
 */
public final class GuestTests {
    private static final String MEMBERS = "tests/";
    /** Name of the report on what befell the machine itself. */
    static final String MACHINE = "(machine)";

    private static final String BEGIN = "##BEGIN ";
    private static final String END = "##END ";
    private static final long BOOT_LIMIT = 300 * triplex.machine.SimulatedTime.SECOND;

    private final GuestArchive archive;
    private final Engine engine;

    /** Takes the binaries to boot and how processors execute. */
    public GuestTests(GuestArchive archive, Engine engine) {
        this.archive = archive;
        this.engine = engine;
    }

    /** Names of all guest test programs, sorted. */
    public List<String> names() {
        return archive.names().stream().filter(name -> name.startsWith(MEMBERS) && !name.endsWith(".inc"))
                .map(name -> name.substring(MEMBERS.length())).sorted().toList();
    }

    /**
     * Boots a machine and runs the programs one after the other.
     *
     * @param limit simulated cycles that each may take
     * @param echo what the console shows goes there too; may be null
     * @return one report per name, in order; programs behind one that hung have none; one more, {@link #MACHINE}, if a
     *     kernel panicked or a processor halted meanwhile
     * @throws UserError if the machine cannot be built, or comes to no shell
     */
    public List<TapReport> run(List<String> names, long limit, PrintStream echo, PrintStream log) throws UserError {
        return run(names, limit, List.of(), echo, log);
    }

    /** The same, with statements that are acted out at the first prompt. */
    List<TapReport> run(List<String> names, long limit, List<Statement> first, PrintStream echo, PrintStream log)
            throws UserError {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(new Fork(console, echo), true, StandardCharsets.UTF_8);
        int status;
        List<String> casualties;
        try (DiskFiles disks = DiskFiles.inMemory(archive)) {
            Machine machine = new Machine(MachineSpec.standard(), GuestFiles.rom(archive), disks.media());
            machine.hardware().setEngine(engine, false);
            Monitor monitor = new Monitor(machine, Symbols.NONE);
            ScriptRunner runner = new ScriptRunner(machine, both, log, command -> monitor.execute(command, log));
            status = runner.run(script(names, limit, first));
            casualties = runner.casualties();
        }
        List<TapReport> reports = reports(names, console.toString(StandardCharsets.UTF_8), status);
        if (reports.isEmpty()) {
            throw new UserError(status == 0 ? ExitCode.CHECK_FAILED : status, "the machine came to no shell");
        }
        if (!casualties.isEmpty()) {
            reports.add(new TapReport(MACHINE, casualties.stream()
                    .map(text -> new TapReport.Case("no kernel panics", text, false)).toList()));
        }
        return reports;
    }

    /** The marks are typed in two parts, so that their echo is no mark. */
    private static List<Statement> script(List<String> names, long limit, List<Statement> first) {
        List<Statement> statements = new ArrayList<>();
        statements.add(new Statement.Timeout(BOOT_LIMIT));
        statements.add(new Statement.Expect(bytes("# ")));
        statements.addAll(first);
        statements.add(new Statement.Timeout(limit));
        for (String name : names) {
            statements.add(new Statement.Send(bytes("echo '##''BEGIN " + name + "'; /usr/tests/" + name
                    + "; echo '##''END '$?\n")));
            statements.add(new Statement.Expect(bytes(END)));
            statements.add(new Statement.Expect(bytes("# ")));
        }
        statements.add(new Statement.Quit());
        return statements;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Cuts the console's text at the marks. */
    static List<TapReport> reports(List<String> names, String console, int status) {
        List<TapReport> reports = new ArrayList<>();
        List<String> lines = console.lines().toList();
        int at = 0;
        for (String name : names) {
            while (at < lines.size() && !lines.get(at).equals(BEGIN + name)) {
                at++;
            }
            if (at == lines.size()) {
                break;
            }
            List<String> body = new ArrayList<>();
            for (at++; at < lines.size() && !lines.get(at).startsWith(END); at++) {
                body.add(lines.get(at));
            }
            String end = at < lines.size() ? lines.get(at).substring(END.length()).strip() : null;
            reports.add(TapReport.parse(name, body, end, status));
        }
        return reports;
    }

    /** Writes to two streams. */
    private static final class Fork extends java.io.OutputStream {
        private final ByteArrayOutputStream first;
        private final PrintStream second;

        Fork(ByteArrayOutputStream first, PrintStream second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void write(int b) {
            first.write(b);
            if (second != null) {
                second.write(b);
            }
        }

        @Override
        public void flush() {
            if (second != null) {
                second.flush();
            }
        }
    }
}
