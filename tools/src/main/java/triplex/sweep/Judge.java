package triplex.sweep;

import java.util.List;
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
    private static final int PID_FILE = 3;

    private final Workload workload;
    private final Twin twin;

    Judge(Workload workload, Twin twin) {
        this.workload = workload;
        this.twin = twin;
    }

    /**
     * Injects the last fault of a plan and lets the run go on to its end.
     *
     * @param station stands at the last fault's cycle; the earlier ones have happened
     */
    Result run(Station station, FaultPlan plan) {
        int fileBoard = station.boardOf(PID_FILE);
        station.forgetViews();
        boolean exposed = plan.faults().size() > 1 && exposed(station, plan);
        Fault last = plan.faults().get(plan.faults().size() - 1).fault();
        if (isLoss(last)) {
            station.replay().lose(((Fault.OfBoard) last).slot());
        }
        station.inject(last);
        long limit = station.machine().now() + twin.length() + PATIENCE;
        station.run(limit, true);
        Result.Outcome outcome = Result.Outcome.WRONG;
        String detail = station.trouble();
        long end = station.machine().now();
        if (detail == null && !station.finished()) {
            boolean ended = station.machine().ending() != null;
            outcome = exposed && confined(station) ? Result.Outcome.STOPPED
                : ended ? Result.Outcome.WRONG : Result.Outcome.HANG;
            detail = outcome == Result.Outcome.STOPPED ? "" : ended ? "the machine has stopped"
                : station.waitingFor() + " did not come";
        } else if (detail == null) {
            detail = returned(station, plan);
            detail = detail == null ? compare(station) : detail;
            if (detail != null && exposed && saysLost(station)) {
                detail = "";
                outcome = Result.Outcome.STOPPED;
            } else if (detail == null) {
                detail = "";
                outcome = station.views() > 0 || plan.faults().size() > 1 ? Result.Outcome.RECOVERED
                    : Result.Outcome.NO_EFFECT;
            }
        }
        long redundant = -1;
        if (outcome == Result.Outcome.RECOVERED && last instanceof Fault.OfBoard) {
            redundant = redundancy(station);
            if (redundant < 0) {
                outcome = Result.Outcome.WRONG;
                detail = station.trouble() != null ? station.trouble() : "some process gets no backup";
            }
        }
        long from = plan.faults().get(plan.faults().size() - 1).cycle();
        boolean fileLost = station.excludedAt() >= 0 && fileBoard >= 0
            && (station.excludedBoards() >>> fileBoard & 1) != 0;
        long rolled = station.excludedAt() < 0 ? -1 : station.replay().lastReached();
        return new Result(workload.name(), plan, outcome, detail, end - from,
            new Result.Times(station.excludedAt() < 0 ? -1 : station.excludedAt() - from,
                fileLost && station.fileFrame() >= 0 ? station.fileFrame() - from : -1,
                rolled < 0 ? -1 : Math.max(0, rolled - station.excludedAt()), redundant < 0 ? -1 : redundant - from));
    }

    /** Does the last fault take a board that runs something without a backup, an earlier one being not mended yet? */
    private static boolean exposed(Station station, FaultPlan plan) {
        Fault last = plan.faults().get(plan.faults().size() - 1).fault();
        return isLoss(last) && station.exposed(((Fault.OfBoard) last).slot());
    }

    private static boolean isLoss(Fault fault) {
        return fault instanceof Fault.OfBoard b
            && (b.kind() == BoardFault.PULL || b.kind() == BoardFault.HANG || b.kind() == BoardFault.BABBLE);
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
            return station.diagnostics().contains("the machine stops");
        }
        station.play(List.of(Laboratory.send("\n\n"), new Statement.Wait(SimulatedTime.SECOND),
            Laboratory.send("echo al''ive\n"), Laboratory.expect("\r\nalive\r\n")));
        station.run(station.machine().now() + PATIENCE, true);
        return saysLost(station) && station.finished();
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
    private String compare(Station station) {
        String console = Twin.shown(station, twin.base());
        Tree tree = Tree.read(station.media(), Workload.FOLDER);
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
