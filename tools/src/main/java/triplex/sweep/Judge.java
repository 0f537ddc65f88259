package triplex.sweep;

import java.util.List;
import java.util.function.Predicate;
import triplex.hw.Fault;
import triplex.hw.Fault.BoardFault;
import triplex.machine.SimulatedTime;
import triplex.script.Statement;

/** Lets a run come to its end and says what has become of it. */
final class Judge {
    /** What a run may take longer than its twin, cycles behind the last fault. */
    private static final long PATIENCE = 30 * SimulatedTime.SECOND;
    /** A board that was put in is a member by then. */
    private static final long BOOT = 60 * SimulatedTime.SECOND;
    /** Without lanes: so long it is watched that nothing happens, cycles. */
    private static final long DARKNESS = 2 * SimulatedTime.SECOND;
    /** A frame whose COMMIT was on its way when the last lane went. */
    private static final long UNDER_WAY = 256;

    private static final String STOPPED = "the machine has stopped";

    private final Workload workload;
    private final Twin twin;
    private final Blackout blackout;

    /** Images of disks after a loss of power are booted if {@code boots} says so. */
    Judge(Laboratory laboratory, Workload workload, Twin twin, Predicate<String> boots) {
        this.workload = workload;
        this.twin = twin;
        blackout = new Blackout(laboratory, twin, boots);
    }

    /**
     * Injects what is left of a plan and lets the run go on to its end.
     *
     * @param station stands where the first {@code done} faults have happened and the next one is due
     */
    Result run(Station station, FaultPlan plan, int done) {
        for (int k = done; k < plan.judged(); k++) {
            inject(station, plan.faults().get(k));
        }
        FaultPlan.Timed judged = plan.faults().get(plan.judged());
        station.run(judged.cycle(), false);
        int fileBoard = station.boardOf(DiskWatch.PID_FILE);
        station.forgetViews();
        station.watch().awaitLoss(fileBoard);
        boolean exposed = plan.judged() > 0 && exposed(station, judged.fault());
        if (isLoss(judged.fault())) {
            station.replay().lose(((Fault.OfBoard) judged.fault()).slot());
        }
        boolean early = station.finished();
        station.inject(judged.fault());
        if (judged.fault() instanceof Fault.PowerLoss) {
            String detail = station.trouble() != null ? station.trouble() : blackout.unsound(station, plan);
            return new Result("", workload.name(), plan, detail == null ? Result.Outcome.RECOVERED
                : Result.Outcome.WRONG, detail == null ? "" : detail, 0, Result.Times.NONE);
        }
        long limit = station.machine().now() + twin.length() + PATIENCE;
        for (FaultPlan.Timed timed : plan.faults().subList(plan.judged() + 1, plan.faults().size())) {
            inject(station, timed);
        }
        Verdict verdict = early ? afterwards(station, plan, exposed) : null;
        if (verdict == null) {
            station.run(plan.dark() ? station.machine().now() + DARKNESS : limit, true);
            verdict = verdict(station, plan, exposed);
        }
        long end = station.machine().now();
        long redundant = -1;
        if (verdict.outcome == Result.Outcome.RECOVERED && !plan.dark()) {
            redundant = redundancy(station);
            if (redundant < 0) {
                verdict = wrong(station.trouble() != null ? station.trouble() : "some process gets no backup");
            }
        }
        return new Result("", workload.name(), plan, verdict.outcome, verdict.detail, end - judged.cycle(),
            times(station, judged.cycle(), fileBoard, redundant));
    }

    private static void inject(Station station, FaultPlan.Timed timed) {
        station.run(timed.cycle(), false);
        if (station.machine().ending() == null && station.trouble() == null) {
            station.inject(timed.fault());
        }
    }

    private record Verdict(Result.Outcome outcome, String detail) {
    }

    private static Verdict wrong(String detail) {
        return new Verdict(Result.Outcome.WRONG, detail);
    }

    private Verdict verdict(Station station, FaultPlan plan, boolean exposed) {
        if (station.trouble() != null) {
            return wrong(station.trouble());
        }
        if (!station.finished()) {
            boolean ended = station.machine().ending() != null;
            if (plan.dark() && !ended) {
                long from = plan.faults().get(plan.judged()).cycle();
                return station.lastCommit() <= from + UNDER_WAY ? new Verdict(Result.Outcome.STOPPED, "")
                    : wrong("without any lane a frame was committed at cycle " + station.lastCommit());
            }
            return exposed && confined(station) ? new Verdict(Result.Outcome.STOPPED, "")
                : ended ? wrong(STOPPED)
                : new Verdict(Result.Outcome.HANG, station.waitingFor() + " did not come");
        }
        long end = station.machine().now();
        Fault judged = plan.faults().get(plan.judged()).fault();
        String detail = returned(station, plan);
        detail = detail == null ? station.watch().otherRootThanNamed() : detail;
        detail = detail == null ? compare(station, plan) : detail;
        if (detail != null) {
            return exposed && saysLost(station) ? new Verdict(Result.Outcome.STOPPED, "") : wrong(detail);
        }
        if (plan.oneLane() && (station.views() > 0 || end != twin.end())) {
            return wrong("a lane's fault has changed views or times");
        }
        if (isLoss(judged)) {
            noticed(station);
        }
        return new Verdict(station.views() > 0 || end != twin.end() ? Result.Outcome.RECOVERED
            : Result.Outcome.NO_EFFECT, "");
    }

    /** A loss at the very end is seen a little later. */
    private static void noticed(Station station) {
        long limit = station.machine().now() + SimulatedTime.SECOND;
        while (station.views() == 0 && station.machine().now() < limit && station.trouble() == null) {
            station.run(station.machine().now() + SimulatedTime.SECOND / 100, false);
        }
    }

    /**
     * The workload was at its end before the fault: then all that it did must stand, and somebody at the terminal must
     * be able to go on. Null when the run is to be judged like all others.
     */
    private Verdict afterwards(Station station, FaultPlan plan, boolean exposed) {
        if (station.trouble() != null || compare(station, plan) != null) {
            return null;
        }
        boolean alive = alive(station);
        String detail = station.trouble() != null ? station.trouble() : alive ? returned(station, plan) : null;
        if (detail != null) {
            return wrong(detail);
        }
        if (station.machine().ending() != null) {
            return exposed && saysStop(station) ? new Verdict(Result.Outcome.STOPPED, "") : wrong(STOPPED);
        }
        return !alive ? new Verdict(Result.Outcome.HANG, "the shell does not answer")
            : new Verdict(exposed && saysLost(station) ? Result.Outcome.STOPPED : Result.Outcome.RECOVERED, "");
    }

    private static Result.Times times(Station station, long from, int fileBoard, long redundant) {
        long excluded = station.excludedAt();
        boolean fileLost = excluded >= 0 && fileBoard >= 0 && (station.excludedBoards() >>> fileBoard & 1) != 0;
        long rolled = excluded < 0 ? -1 : station.replay().lastReached();
        return new Result.Times(excluded < 0 ? -1 : excluded - from,
            fileLost && station.fileFrame() >= 0 ? station.fileFrame() - from : -1,
            rolled < 0 ? -1 : Math.max(0, rolled - excluded), redundant < 0 ? -1 : redundant - from);
    }

    /** Does the last fault take a board that runs something without a backup, an earlier one being not mended yet? */
    private static boolean exposed(Station station, Fault last) {
        return isLoss(last) && station.exposed(((Fault.OfBoard) last).slot());
    }

    private static boolean isLoss(Fault fault) {
        return fault instanceof Fault.OfBoard b
            && (b.kind() == BoardFault.PULL || b.kind() == BoardFault.HANG || b.kind() == BoardFault.BABBLE);
    }

    private static boolean saysStop(Station station) {
        return station.diagnostics().contains("the machine stops");
    }

    private static boolean saysLost(Station station) {
        return station.diagnostics().contains("is lost");
    }

    /**
     * Two losses may be more than the machine can stand. Then it says that it stops; or it says what is lost, and
     * somebody at the terminal can go on.
     */
    private static boolean confined(Station station) {
        if (station.machine().ending() != null) {
            return saysStop(station);
        }
        return alive(station) && saysLost(station);
    }

    /** Does the shell answer? */
    private static boolean alive(Station station) {
        station.play(List.of(Laboratory.send("\n\n"), new Statement.Wait(SimulatedTime.SECOND),
            Laboratory.send("echo al''ive\n"), Laboratory.expect("\r\nalive\r\n")));
        station.run(station.machine().now() + PATIENCE, true);
        return station.trouble() == null && station.finished();
    }

    /** A board that was put in must have come back; null when it has. */
    private static String returned(Station station, FaultPlan plan) {
        for (FaultPlan.Timed timed : plan.faults()) {
            if (timed.fault() instanceof Fault.OfBoard board && board.kind() == BoardFault.INSERT) {
                long limit = station.machine().now() + BOOT;
                while ((station.machine().hardware().bus().viewMembers() >>> board.slot() & 1) == 0
                        && station.machine().now() < limit && station.trouble() == null) {
                    station.run(station.machine().now() + SimulatedTime.SECOND / 10, false);
                }
                if (station.trouble() != null) {
                    return station.trouble();
                }
                if (station.machine().now() >= limit) {
                    return "board " + board.slot() + " has not come back";
                }
            }
        }
        return null;
    }

    /** Waits until every process has a backup; the cycle, or -1. */
    private static long redundancy(Station station) {
        long limit = station.machine().now() + BOOT;
        while (!station.redundant() && station.machine().now() < limit && station.trouble() == null) {
            station.run(station.machine().now() + SimulatedTime.SECOND / 100, false);
        }
        return station.redundant() ? station.machine().now() : -1;
    }

    /** Null when the run is right. */
    private String compare(Station station, FaultPlan plan) {
        String console = Twin.shown(station, twin.base());
        Tree tree = Tree.read(station.media(), Workload.FOLDER, plan.drive());
        if (tree.unsound() != null) {
            return tree.unsound();
        }
        if (workload.confluent()) {
            if (!console.equals(twin.console())) {
                return "the terminal shows " + differing(console, twin.console());
            }
            String difference = tree.difference(twin.tree());
            if (difference != null) {
                return difference;
            }
        }
        return workload.invariant().broken(console, tree.files());
    }

    private static String differing(String here, String there) {
        int k = 0;
        while (k < here.length() && k < there.length() && here.charAt(k) == there.charAt(k)) {
            k++;
        }
        return cut(here, k) + " where the twin's shows " + cut(there, k);
    }

    private static String cut(String text, int from) {
        byte[] bytes = text.substring(from, Math.min(text.length(), from + 40))
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return triplex.script.Escapes.encode(bytes);
    }
}
