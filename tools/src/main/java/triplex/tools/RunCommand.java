package triplex.tools;

import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import triplex.bare.BareOptions;
import triplex.bare.BareRunner;
import triplex.machine.SimulatedTime;
import triplex.machine.Trace;
import triplex.machine.UserError;

/** {@code triplex run}: a program on one board, without an operating system. */
final class RunCommand {
    private static final Usage USAGE = new Usage("run [OPTION ...] PROGRAM",
            "Runs a 68000 program on one bare board: ELF, or a flat binary, loaded at 10000h.\n"
            + "Its text is on stdout, cycles and instructions on stderr.")
            .option("ram", "1", "MiB of RAM, 1 to 14 (8)")
            .option("limit", "5000000", "cycles after which it is stopped; also 500ms, 10s")
            .option("arg", "100", "text for the program")
            .option("engine", "jit", "how instructions are executed: interp jit check (jit)")
            .option("trace", "cpu,bus", "channels on stderr: cpu bus retry tty reset")
            .notes("Exit: the program's own up to 63; 64 usage; 65 bad program; 66 missing file;\n"
            + "70 our defect; 124 time limit");

    private RunCommand() {
    }

    static int run(String[] args, Command.Context context) throws Failure {
        CommandLine line = USAGE.parse(args, 1, 1, context.out());
        if (line == null) {
            return 0;
        }
        try {
            long limit = line.hasOption("limit") ? limit(line.getOptionValue("limit")) : 0;
            BareOptions options = new BareOptions(Path.of(line.getArgList().get(0)),
                    Usage.number(line, "ram", 8, 1, 14), limit, line.getOptionValue("arg", ""),
                    Trace.channels(line.getOptionValue("trace", "")), Usage.engine(line));
            return BareRunner.run(options, context.out(), context.err());
        } catch (UserError e) {
            throw new Failure(e.exit(), e.getMessage());
        }
    }

    /** A bare number is cycles, which count programs without an operating system; else a duration. */
    private static long limit(String text) throws UserError, Failure {
        long cycles = SimulatedTime.parse(text.matches("[0-9]{1,15}") ? text + "c" : text);
        if (cycles == 0) {
            throw new Failure(Failure.USAGE, "--limit takes at least one cycle");
        }
        return cycles;
    }
}
