package triplex.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import triplex.machine.GuestFiles;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** {@code triplex test}: guest test programs on a machine of its own. */
final class TestCommand {
    private static final Usage USAGE = new Usage("test [OPTION ...] [NAME ...]",
            "Boots the shipped system on disks in memory and runs the guest's test programs,\n"
            + "/usr/tests/NAME; without NAME all of them.")
            .option("junit", "report.xml", "also writes a report in JUnit's form")
            .option("engine", "jit", "how instructions are executed: interp jit check (jit)")
            .option("timeout", "10m", "simulated time that each program may take (10m)")
            .flag("verbose", "shows the console")
            .flag("list", "only lists the names")
            .notes("Example: triplex test files pipes\n"
            + "Exit: 0 all passed; 1 a test failed; 64 usage; 124 no shell; 71 boards lost");

    private TestCommand() {
    }

    static int run(String[] args, Command.Context context) throws Failure {
        CommandLine line = USAGE.parse(args, 0, Integer.MAX_VALUE, context.out());
        if (line == null) {
            return 0;
        }
        try {
            return run(line, context);
        } catch (UserError e) {
            throw new Failure(e.exit(), e.getMessage());
        }
    }

    private static int run(CommandLine line, Command.Context context) throws Failure, UserError {
        GuestTests tests = new GuestTests(GuestFiles.archive(), Usage.engine(line));
        List<String> all = tests.names();
        List<String> names = line.getArgList().isEmpty() ? all : line.getArgList();
        for (String name : names) {
            if (!all.contains(name)) {
                throw new Failure(Failure.USAGE, "there is no guest test '" + name + "'; there are "
                        + String.join(" ", all));
            }
        }
        if (line.hasOption("list") || names.isEmpty()) {
            names.forEach(context.out()::println);
            return 0;
        }
        long limit = SimulatedTime.parse(line.getOptionValue("timeout", "10m"));
        PrintStream echo = line.hasOption("verbose") ? context.out() : null;
        List<TapReport> reports = tests.run(names, limit, echo, context.err());
        if (line.hasOption("junit")) {
            write(Path.of(line.getOptionValue("junit")), TapReport.junit(reports));
        }
        return summary(names, reports, context.out());
    }

    private static void write(Path file, String text) throws Failure {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new Failure(Failure.MISSING, "cannot write " + file);
        }
    }

    /** Prints what came of the programs that were asked for; the exit status. */
    static int summary(List<String> names, List<TapReport> reports, PrintStream out) {
        long points = 0;
        long failed = 0;
        for (TapReport report : reports) {
            points += report.cases().size();
            failed += report.failed();
            out.printf(Locale.ROOT, "%-12s %d points, %d failed%n", report.name(), report.cases().size(),
                    report.failed());
            for (TapReport.Case point : report.cases()) {
                if (point.failure() != null) {
                    out.println("    " + point.name() + ": " + point.failure());
                }
            }
        }
        long ran = reports.stream().filter(report -> !report.name().equals(GuestTests.MACHINE)).count();
        long left = names.size() - ran;
        out.printf(Locale.ROOT, "%d programs, %d points, %d failed%s%n", ran, points, failed,
                left == 0 ? "" : ", " + left + " programs not run");
        return failed == 0 && left == 0 ? 0 : 1;
    }
}
