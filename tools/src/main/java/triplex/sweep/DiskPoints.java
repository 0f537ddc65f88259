package triplex.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import triplex.hw.Fault;
import triplex.hw.controller.Drive.WriteFault;

/** Moments of the file server's writing at which a board or the power may go. */
final class DiskPoints {
    private static final int HALVES = 2;
    /** Half a sector under the head, about, cycles. */
    private static final int HALF_SECTOR = 2_600;

    private DiskPoints() {
    }

    /** The cycles behind all that reaches a cache or a medium, behind flushes, and behind the messages that follow. */
    static long[] behind(List<DiskWatch.Event> events) {
        return events.stream().mapToLong(event -> event.cycle() + 1).distinct().toArray();
    }

    /**
     * Cuts of the power: behind each sector on a medium, in its middle, when it is not all that is in the cache; behind
     * flushes and messages. And just before the end of each flush, when all is on the media but one sector: a drive may
     * write in any order what it has not been told to flush.
     */
    static List<Campaign.Point> cuts(List<DiskWatch.Event> events, FaultPlan cut) {
        List<Campaign.Point> points = new ArrayList<>();
        for (DiskWatch.Event event : events) {
            if (event.kind() == DiskWatch.Kind.WRITTEN) {
                points.add(new Campaign.Point(event.cycle() - HALF_SECTOR, List.of(cut)));
            }
            if (event.kind() != DiskWatch.Kind.ACCEPTED) {
                points.add(new Campaign.Point(event.cycle() + 1, List.of(cut)));
            }
        }
        List<DiskWatch.Event> interval = new ArrayList<>();
        int open = 0;
        for (DiskWatch.Event event : events) {
            if (event.kind() == DiskWatch.Kind.WRITTEN) {
                interval.add(event);
            } else if (event.kind() == DiskWatch.Kind.FLUSHED && (open & 1 << event.disk()) == 0) {
                if (open == 0) {
                    addLost(points, List.copyOf(interval), event.cycle(), cut);
                }
                open |= 1 << event.disk();
                interval.removeIf(write -> write.disk() == event.disk());
                open = open == (1 << HALVES) - 1 ? 0 : open;
            }
        }
        points.sort(Comparator.comparingLong(Campaign.Point::cycle));
        return points;
    }

    /** Each sector of an interval is the one that both drives have not written when the power goes. */
    private static void addLost(List<Campaign.Point> points, List<DiskWatch.Event> interval, long end, FaultPlan cut) {
        for (int k = 0; k < interval.size(); k++) {
            DiskWatch.Event first = interval.get(k);
            DiskWatch.Event second = null;
            boolean seen = false;
            for (int other = 0; other < interval.size(); other++) {
                DiskWatch.Event write = interval.get(other);
                if (write.disk() != first.disk() && write.sector() == first.sector()) {
                    seen |= other < k;
                    second = write;
                }
            }
            if (seen) {
                continue;
            }
            FaultPlan plan = FaultPlan.NONE.with(0, lost(first));
            plan = second == null ? plan : plan.with(second.cycle() - first.cycle(), lost(second));
            points.add(new Campaign.Point(first.cycle(), List.of(plan.then(end - first.cycle(), cut))));
        }
    }

    private static Fault lost(DiskWatch.Event write) {
        return Fault.parse("disk " + write.disk() + " " + WriteFault.LOST.name().toLowerCase(java.util.Locale.ROOT));
    }
}
