package triplex.tools;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import triplex.bare.BareOptions;
import triplex.bare.BareRunner;
import triplex.m68k.jit.CodeCache;
import triplex.m68k.jit.Engine;
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
            .option("dump-jit", "10000", "at the end, the code made for this hexadecimal address")
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
            return line.hasOption("dump-jit") ? dump(address(line), options, context)
                    : BareRunner.run(options, context.out(), context.err());
        } catch (UserError e) {
            throw new Failure(e.exit(), e.getMessage());
        }
    }

    private static int address(CommandLine line) throws Failure {
        String text = line.getOptionValue("dump-jit");
        int pc = text.matches("(0x)?[0-9A-Fa-f]{1,6}") ? Integer.parseInt(text.replace("0x", ""), 16) : 1;
        if ((pc & 1) != 0) {
            throw new Failure(Failure.USAGE, "--dump-jit takes an even hexadecimal address up to fffffe, not '" + text
                    + "'");
        }
        if (Usage.engine(line) == Engine.INTERP) {
            throw new Failure(Failure.USAGE, "--dump-jit needs an engine that compiles, not interp");
        }
        return pc;
    }

    private static int dump(int pc, BareOptions options, Command.Context context) {
        CodeCache.SHARED.list(pc);
        int status = BareRunner.run(options, context.out(), context.err());
        String listing = CodeCache.SHARED.listing();
        if (listing != null) {
            context.out().print(listing);
            context.out().flush();
        } else if (status < Failure.USAGE || status > Failure.MISSING) {
            context.err().printf(Locale.ROOT, "triplex run: nothing was compiled at %06x%n", pc);
        }
        return status;
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
