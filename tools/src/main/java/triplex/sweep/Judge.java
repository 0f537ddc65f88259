package triplex.sweep;

import triplex.hw.Fault;
import triplex.hw.Fault.BoardFault;
import triplex.machine.SimulatedTime;

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
     * @param first cycles and file server's place as seen at the first fault
     */
    Result run(Station station, FaultPlan plan, First first) {
        Fault last = plan.faults().get(plan.faults().size() - 1).fault();
        station.inject(last);
        return toEnd(station, plan, first);
    }

    /** What is noted at the first fault. */
    record First(int fileBoard) {
        static First of(Station station) {
            return new First(station.boardOf(PID_FILE));
        }
    }

    private Result toEnd(Station station, FaultPlan plan, First first) {
        long limit = station.machine().now() + twin.length() + PATIENCE;
        station.run(limit, true);
        Result.Outcome outcome = Result.Outcome.WRONG;
        String detail = station.trouble();
        if (detail == null && !station.finished()) {
            boolean ended = station.machine().ending() != null;
            outcome = saidSo(station, plan) ? Result.Outcome.STOPPED
                : ended ? Result.Outcome.WRONG : Result.Outcome.HANG;
            detail = outcome == Result.Outcome.STOPPED ? "" : ended ? "the machine has stopped"
                : station.waitingFor() + " did not come";
        } else if (detail == null) {
            detail = returned(station, plan);
            detail = detail == null ? compare(station) : detail;
            if (detail == null) {
                detail = "";
                outcome = station.views() > 0 ? Result.Outcome.RECOVERED : Result.Outcome.NO_EFFECT;
            }
        }
        long from = plan.first();
        boolean fileLost = station.excludedAt() >= 0 && first.fileBoard() >= 0
            && (station.excludedBoards() >>> first.fileBoard() & 1) != 0;
        return new Result(workload.name(), plan, outcome, detail, station.machine().now() - from,
            station.excludedAt() < 0 ? -1 : station.excludedAt() - from,
            fileLost && station.fileFrame() >= 0 ? station.fileFrame() - from : -1);
    }

    /** Two losses may be more than the machine can stand; then it says what is lost, or that it stops. */
    private static boolean saidSo(Station station, FaultPlan plan) {
        long losses = plan.faults().stream().filter(f -> f.fault() instanceof Fault.OfBoard b
            && (b.kind() == BoardFault.PULL || b.kind() == BoardFault.HANG || b.kind() == BoardFault.BABBLE)).count();
        return losses > 1 && (station.diagnostics().contains("is lost")
            || station.diagnostics().contains("the machine stops"));
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
