package triplex.tools;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import triplex.disk.DiskCommand;
import triplex.m68k.EngineDifference;

/**
 * The command {@code triplex}: a table of subcommands. Exit statuses of all of them: 0 success, 1 a test failed,
 * 64 usage, 65 bad data, 66 missing file, 70 our own defect; {@code boot} and {@code run} have more.
 */
public final class Triplex {
    private static final String VERSION = "0.1.0";

    private static final List<Command> COMMANDS = List.of(
            new Command("boot", "boot the machine from its disks: a shell, or a script", BootCommand::run),
            new Command("run", "run a bare 68000 program, without an operating system", RunCommand::run),
            new Command("test", "run the guest's test programs on a machine of their own", TestCommand::run),
            new Command("sweep", "let faults happen at every frame of workloads, and judge", SweepCommand::run),
            new Command("replay", "run a recorded session again, to the same end", ReplayCommand::run),
            new Command("bench", "measure how fast this host runs bare benchmark kernels", BenchCommand::run),
            new Command("vectors", "run published single-instruction tests against the CPU", VectorsCommand::run),
            new Command("disk", "make, check, read and write disk images",
                    (args, context) -> DiskCommand.run(args, context.in(), context.out(), context.err())),
            new Command("help", "this list, or the help of a subcommand: triplex help vectors", Triplex::help),
            new Command("version", "version of Triplex and of Java", Triplex::version));

    private Triplex() {
    }

    /** Runs one subcommand and ends the Java machine with its exit status. */
    public static void main(String[] args) {
        Path home = Path.of(System.getProperty("triplex.home", "."));
        int status = run(args, new Command.Context(home, System.in, System.out, System.err));
        System.out.flush();
        System.err.flush();
        System.exit(status);
    }

    /** Runs one subcommand; the exit status. Trouble is one line on the error stream. */
    static int run(String[] args, Command.Context context) {
        if (args.length == 0) {
            context.err().print(list());
            return Failure.USAGE;
        }
        String name = switch (args[0]) {
            case "--help", "-h" -> "help";
            case "--version" -> "version";
            default -> args[0];
        };
        Command command = find(name);
        if (command == null) {
            context.err().println("triplex: unknown subcommand '" + args[0] + "'; triplex help lists them");
            return Failure.USAGE;
        }
        try {
            return command.action().run(Arrays.copyOfRange(args, 1, args.length), context);
        } catch (Failure e) {
            context.err().println("triplex " + name + ": " + e.getMessage());
            return e.status();
        } catch (EngineDifference e) {
            context.err().println("triplex " + name + ": " + e.getMessage());
            return Failure.CHECK;
        } catch (RuntimeException | AssertionError e) {
            context.err().println("triplex " + name + ": a defect of Triplex itself: " + e);
            e.printStackTrace(context.err());
            return Failure.DEFECT;
        }
    }

    private static Command find(String name) {
        for (Command command : COMMANDS) {
            if (command.name().equals(name)) {
                return command;
            }
        }
        return null;
    }

    private static String list() {
        StringBuilder text = new StringBuilder("triplex SUBCOMMAND ... ; triplex SUBCOMMAND --help tells more\n");
        for (Command command : COMMANDS) {
            text.append(String.format(Locale.ROOT, "  %-9s %s%n", command.name(), command.summary()));
        }
        return text.toString();
    }

    private static int help(String[] args, Command.Context context) throws Failure {
        if (args.length == 0) {
            context.out().print(list());
            return 0;
        }
        Command command = find(args[0]);
        if (command == null || args.length > 1 || command.name().equals("help")) {
            throw new Failure(Failure.USAGE, "usage: triplex help [SUBCOMMAND]");
        }
        return command.action().run(new String[] {"--help"}, context);
    }

    private static int version(String[] args, Command.Context context) throws Failure {
        if (args.length > 0 && !args[0].equals("--help")) {
            throw new Failure(Failure.USAGE, "usage: triplex version");
        }
        context.out().println("triplex " + VERSION + ", Java " + System.getProperty("java.version"));
        return 0;
    }
}
