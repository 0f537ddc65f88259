package triplex.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import triplex.hw.Fault;
import triplex.hw.controller.Drive.WriteFault;

/** Moments of the file server's writing at which a board or the power may go. */
final class DiskPoints {
    private static final int HALVES = 2;
    /** Steps of a sync at which the board is lost. */
    private static final int STEPS = 5;
    /** After a loss each half is flushed when the other root has been erased, and twice for each root. */
    private static final int TAKEOVER_FLUSHES = 1 + 2 * Course.ROOTS;
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

    /**
     * Where the file server's board is lost before the power goes: in each of its syncs behind the root's flush, with
     * the root in the caches, behind its first sector on a medium, behind the first of all sectors, behind the message.
     *
     * @param most so many, of different kinds and spread over the syncs; 0: all
     */
    static long[] losses(List<DiskWatch.Event> events, int most) {
        List<long[]> syncs = new ArrayList<>();
        int begin = 0;
        for (int k = 0; k < events.size(); k++) {
            if (events.get(k).kind() == DiskWatch.Kind.NAMED) {
                if (k > begin) {
                    syncs.add(steps(events.subList(begin, k + 1)));
                }
                begin = k + 1;
            }
        }
        if (most <= 0) {
            return syncs.stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray();
        }
        return IntStream.range(0, syncs.isEmpty() ? 0 : most)
            .mapToLong(k -> syncs.get(syncs.size() * k / most)[k % STEPS]).sorted().distinct().toArray();
    }

    /** The cycles of one sync, which ends with its message. */
    private static long[] steps(List<DiskWatch.Event> sync) {
        int flushed = last(sync, DiskWatch.Kind.FLUSHED, sync.size());
        int cached = last(sync, DiskWatch.Kind.ACCEPTED, flushed);
        int written = cached;
        while (sync.get(written).kind() != DiskWatch.Kind.WRITTEN) {
            written++;
        }
        int first = 0;
        while (sync.get(first).kind() != DiskWatch.Kind.WRITTEN) {
            first++;
        }
        return IntStream.of(flushed, cached, written, first, sync.size() - 1)
            .mapToLong(k -> sync.get(k).cycle() + 1).toArray();
    }

    private static int last(List<DiskWatch.Event> events, DiskWatch.Kind kind, int before) {
        int k = before - 1;
        while (events.get(k).kind() != kind) {
            k--;
        }
        return k;
    }

    /**
     * What a run's drives do behind a loss of the file server's board, until its backup has written its first roots.
     *
     * @param loss cycle
     */
    static List<DiskWatch.Event> takeover(List<DiskWatch.Event> events, long loss) {
        List<DiskWatch.Event> some = new ArrayList<>();
        int flushes = 0;
        for (DiskWatch.Event event : events) {
            if (event.cycle() > loss && flushes < TAKEOVER_FLUSHES * HALVES) {
                some.add(event);
                flushes += event.kind() == DiskWatch.Kind.FLUSHED ? 1 : 0;
            }
        }
        return some;
    }

    /** The cycle behind the first flush of both halves, where nothing of a lost board's root is left. */
    static long erased(List<DiskWatch.Event> takeover) {
        return takeover.stream().filter(event -> event.kind() == DiskWatch.Kind.FLUSHED).limit(HALVES)
            .mapToLong(DiskWatch.Event::cycle).max().orElse(-1) + 1;
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
