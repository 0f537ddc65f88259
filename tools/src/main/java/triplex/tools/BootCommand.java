package triplex.tools;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import triplex.console.Boot;
import triplex.console.BootOptions;
import triplex.machine.MachineSpec;
import triplex.machine.SimulatedTime;
import triplex.machine.Trace;
import triplex.machine.UserError;
import triplex.script.Escapes;
import triplex.script.Script;
import triplex.script.Statement;

/** {@code triplex boot}: the whole machine, interactive or scripted. */
final class BootCommand {
    static final Usage USAGE = new Usage("boot [OPTION ...]",
            "Boots a machine from its disks. In the console, Ctrl-] ? tells what it can do.")
            .option("image", "my/disk", "disks my/disk.0 and my/disk.1, or the one file my/disk")
            .flag("fresh", "make the disks anew from the shipped system")
            .flag("overlay", "leave the image files as they are; changes are lost")
            .option("boards", "5", "1 to 32 boards (3)")
            .option("ram", "14", "MiB of RAM on each board, 1 to 14 (8)")
            .option("terminals", "2", "terminal controllers of four lines, 1 or 2 (1)")
            .option("date", "1984-02-29", "clocks at power-up; a time may follow: T12:30:00")
            .option("script", "run.txt", "headless: expect, send, wait, timeout, pull ... lines")
            .option("expect", "'# '", "headless: waits for a text; these may be given often,")
            .option("send", "'ls\\n'", "  and work in the order in which they stand")
            .option("wait", "500ms", "  lets simulated time pass")
            .option("do", "'pull 2'", "  a command of the monitor")
            .option("timeout", "60s", "  simulated limit of each later --expect (60s)")
            .option("fail-text", "panic", "  fails when this text comes")
            .option("record", "run.jnl", "keeps what came from outside, for triplex replay")
            .option("trace", "bus,tty", "cpu, bus, retry, tty, reset, diag on stderr")
            .option("trace-file", "t.log", "trace to a file instead")
            .option("profile", "p.txt", "cycles by function, to that file at the end")
            .option("gdb", "1234", "TCP port for GDB, on this host only; 0: any")
            .option("escape", "A", "Ctrl-A instead of Ctrl-] leaves the guest's line")
            .option("rom", "my.bin", "another boot ROM")
            .option("engine", "jit", "interp, jit or check (jit)")
            .notes("Exit: 0-63 guest's; 64 usage; 65 image; 66 missing; 71 lost; 124 time; 126 check");

    private BootCommand() {
    }

    static int run(String[] args, Command.Context context) throws Failure {
        CommandLine line = USAGE.parse(args, 0, 0, context.out());
        if (line == null) {
            return 0;
        }
        BootOptions options;
        try {
            options = options(line);
        } catch (UserError e) {
            throw new Failure(e.exit(), e.getMessage());
        }
        return Boot.boot(options, context.in(), context.out(), context.err());
    }

    /** What the command line asks for. */
    static BootOptions options(CommandLine line) throws Failure, UserError {
        BootOptions options = new BootOptions();
        options.image = path(line, "image");
        options.fresh = line.hasOption("fresh");
        options.overlay = line.hasOption("overlay");
        MachineSpec usual = options.spec;
        options.spec = new MachineSpec(Usage.number(line, "boards", usual.boards(), 1, 32),
                Usage.number(line, "ram", usual.ramMiB(), 1, 14),
                Usage.number(line, "terminals", usual.terminals(), 1, 2), usual.startSeconds());
        if (line.hasOption("date")) {
            options.spec = options.spec.at(date(line.getOptionValue("date")));
            options.dateGiven = true;
        }
        options.script = script(line);
        options.record = path(line, "record");
        options.escape = escape(line.getOptionValue("escape"), options.escape);
        if (line.hasOption("trace")) {
            options.trace = Trace.channels(line.getOptionValue("trace"));
        }
        options.traceFile = path(line, "trace-file");
        options.profile = path(line, "profile");
        options.gdbPort = Usage.number(line, "gdb", options.gdbPort, 0, 65535);
        options.rom = path(line, "rom");
        options.engine = Usage.engine(line);
        return options;
    }

    private static Path path(CommandLine line, String option) throws Failure {
        String text = line.getOptionValue(option);
        if (text != null && text.isEmpty()) {
            throw new Failure(Failure.USAGE, "--" + option + " takes the name of a file");
        }
        return text == null ? null : Path.of(text);
    }

    /** Seconds since 1970; the clock chips show UTC and 32 bits. */
    private static long date(String text) throws Failure {
        try {
            long seconds = (text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay())
                    .toEpochSecond(ZoneOffset.UTC);
            if (seconds >= 0 && seconds < 1L << 32) {
                return seconds;
            }
        } catch (DateTimeException e) {
            throw new Failure(Failure.USAGE, "--date takes 1984-02-29 or 1984-02-29T12:30:00, not '" + text + "'");
        }
        throw new Failure(Failure.USAGE, "--date lies from 1970 to 2106, not in " + text);
    }

    private static int escape(String text, int otherwise) throws Failure {
        if (text == null) {
            return otherwise;
        }
        if (text.length() != 1 || text.charAt(0) < '@' || text.charAt(0) > 'z') {
            throw new Failure(Failure.USAGE, "--escape takes the character that goes with Ctrl, not '" + text + "'");
        }
        return text.charAt(0) & 0x1F;
    }

    /** The statements of all options of a headless run, in their order; null if there is none. */
    private static List<Statement> script(CommandLine line) throws Failure, UserError {
        List<Statement> statements = new ArrayList<>();
        boolean headless = false;
        for (Option option : line.getOptions()) {
            String value = option.getValue();
            switch (option.getLongOpt()) {
                case "expect" -> statements.add(new Statement.Expect(text(option)));
                case "send" -> statements.add(new Statement.Send(text(option)));
                case "fail-text" -> statements.add(new Statement.FailText(text(option)));
                case "wait" -> statements.add(new Statement.Wait(SimulatedTime.parse(value)));
                case "timeout" -> statements.add(new Statement.Timeout(SimulatedTime.parse(value)));
                case "do" -> statements.add(Script.statement(value));
                case "script" -> statements.addAll(Script.parse(value, read(value)));
                default -> {
                    continue;
                }
            }
            headless = true;
        }
        return headless ? statements : null;
    }

    private static byte[] text(Option option) throws Failure, UserError {
        if (option.getValue().isEmpty()) {
            throw new Failure(Failure.USAGE, "--" + option.getLongOpt() + " takes a text");
        }
        return Escapes.decode(option.getValue());
    }

    private static String read(String name) throws Failure {
        try {
            return Files.readString(Path.of(name));
        } catch (CharacterCodingException e) {
            throw new Failure(Failure.DATA, name + ": not a text in UTF-8");
        } catch (IOException e) {
            throw new Failure(Failure.MISSING, "cannot read " + name);
        }
    }
}
