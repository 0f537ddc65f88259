package triplex.tools;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import triplex.machine.ExitCode;
import triplex.machine.UserError;
import triplex.m68k.jit.Engine;
import triplex.sweep.Campaign;
import triplex.sweep.Laboratory;
import triplex.sweep.Report;
import triplex.sweep.Schedule;
import triplex.sweep.Sweeps;
import triplex.sweep.Workload;
import triplex.sweep.Workloads;

/** {@code triplex sweep}: faults at every frame of workloads. */
final class SweepCommand {
    private static final Usage USAGE = new Usage("sweep [OPTION ...]",
            "Runs workloads and lets a fault happen behind each of their frames: what is\n"
            + "typed, printed and written must be what it is without the fault.")
            .option("workload", "ed,sort", "only these (all); --list names them")
            .option("campaign", "pull,hang", "these (pull); --list names them")
            .option("points", "20", "points of time of each (20); all: every frame")
            .flag("all", "the full table: every frame of some, points of others")
            .option("shard", "1/2", "one half of the runs, with a ledger of its own")
            .option("jobs", "2", "machines at work at the same time (one a core)")
            .option("ledger", "runs.txt", "keeps results; runs found there are not made again")
            .option("summary", "a.txt,b.txt", "instead: what these ledgers hold")
            .option("fault", "'95000000 board 1 pull'", "one run; several separated by ;")
            .option("trace", "bus,diag", "traces that one run from the first fault on")
            .flag("console", "shows that run's terminal")
            .option("rolling", "200", "instead: so many rounds of pull and insert")
            .option("engine", "interp", "interp, jit or check (interp)")
            .flag("figures", "instead: what backups cost, in exact cycles")
            .option("guest", "guest.tar.gz", "other guest binaries (guest-os/out)")
            .flag("first", "stops at the first failure")
            .flag("list", "lists workloads and campaigns")
            .notes("Exit: 0 nothing hangs or is wrong; 1 something does; 126 a workload fails itself");

    private SweepCommand() {
    }

    static int run(String[] args, Command.Context context) throws Failure {
        CommandLine line = USAGE.parse(args, 0, 0, context.out());
        if (line == null) {
            return 0;
        }
        PrintStream out = new PrintStream(context.out(), true, StandardCharsets.UTF_8);
        if (line.hasOption("list")) {
            for (Workload w : Workloads.all()) {
                out.printf(Locale.ROOT, "%-8s %-9s %s%n", w.name(), w.confluent() ? "confluent" : "racing",
                        w.purpose());
            }
            for (Campaign c : Campaign.values()) {
                out.printf(Locale.ROOT, "%-8s %-9s %s%n", c.word(), "campaign", c.purpose());
            }
            return 0;
        }
        try {
            if (line.hasOption("summary")) {
                return Report.ledgers(Stream.of(line.getOptionValue("summary").split(",")).map(Path::of).toList(), out);
            }
        } catch (UserError e) {
            throw new Failure(e.exit(), e.getMessage());
        }
        Path guest = line.hasOption("guest") ? Path.of(line.getOptionValue("guest")) : null;
        try {
            Laboratory laboratory = Sweeps.laboratory(guest,
                    line.hasOption("engine") ? Usage.engine(line) : Engine.INTERP);
            if (line.hasOption("figures")) {
                return Sweeps.figures(guest, out);
            }
            if (line.hasOption("rolling")) {
                return Sweeps.rolling(laboratory, Usage.number(line, "rolling", 1, 1, 1_000_000), out);
            }
            List<Workload> workloads = workloads(line.getOptionValue("workload"));
            if (line.hasOption("fault")) {
                if (workloads.size() != 1) {
                    throw new Failure(Failure.USAGE, "--fault needs one --workload");
                }
                return Sweeps.one(laboratory, workloads.get(0), line.getOptionValue("fault"),
                        line.getOptionValue("trace", ""), line.hasOption("console"), out);
            }
            return Sweeps.many(laboratory, order(line, workloads), out);
        } catch (UserError e) {
            throw new Failure(e.exit(), e.getMessage());
        }
    }

    private static Sweeps.Order order(CommandLine line, List<Workload> workloads) throws UserError, Failure {
        int jobs = Usage.number(line, "jobs", Runtime.getRuntime().availableProcessors(), 1, 256);
        Path ledger = line.hasOption("ledger") ? Path.of(line.getOptionValue("ledger")) : null;
        String[] shard = line.getOptionValue("shard", "1/1").split("/", -1);
        if (shard.length != 2 || !shard[0].matches("[1-9]\\d{0,3}") || !shard[1].matches("[1-9]\\d{0,3}")
                || Integer.parseInt(shard[0]) > Integer.parseInt(shard[1])) {
            throw new Failure(Failure.USAGE, "--shard needs a part and the number of parts, as in 1/2");
        }
        String points = line.getOptionValue("points", "20");
        List<Campaign> campaigns = campaigns(line.getOptionValue("campaign",
            line.hasOption("all") ? Stream.of(Campaign.values()).map(Campaign::word).collect(Collectors.joining(","))
                : "pull"));
        List<Schedule.Row> rows = line.hasOption("all") ? Schedule.full(campaigns, workloads)
            : Schedule.of(campaigns, workloads,
                points.equals("all") ? 0 : Usage.number(line, "points", 20, 1, 1_000_000));
        return new Sweeps.Order(rows, jobs, ledger, line.hasOption("first"), Integer.parseInt(shard[0]),
            Integer.parseInt(shard[1]));
    }

    private static List<Workload> workloads(String names) throws UserError {
        if (names == null) {
            return Workloads.all();
        }
        List<Workload> list = new ArrayList<>();
        for (String name : names.split(",")) {
            Workload workload = Workloads.find(name.strip());
            if (workload == null) {
                throw new UserError(ExitCode.USAGE, "there is no workload '" + name + "'; --list names them");
            }
            list.add(workload);
        }
        return list;
    }

    private static List<Campaign> campaigns(String words) throws UserError {
        List<Campaign> list = new ArrayList<>();
        for (String word : words.split(",")) {
            Campaign found = null;
            for (Campaign campaign : Campaign.values()) {
                found = campaign.word().equals(word.strip()) ? campaign : found;
            }
            if (found == null) {
                throw new UserError(ExitCode.USAGE, "there is no campaign '" + word + "'");
            }
            list.add(found);
        }
        return list;
    }
}
