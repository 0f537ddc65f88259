package triplex.sweep;

import java.util.List;
import triplex.machine.SimulatedTime;

/**
 * What the disks go through in a run of a workload up to its end and beyond, until the file server has written some
 * more roots than there were at the last fault.
 *
 * @param events what reached the drives, in order of cycles
 * @param durables all roots that were flushed, from the one of the beginning on; a root that becomes the newest again
 *     because a newer one was erased stands there again
 * @param moved true: the file server runs on another board at the end than at the beginning
 */
record Course(List<DiskWatch.Event> events, List<DiskWatch.Durable> durables, boolean moved) {
    /** So many roots behind the last fault, if they come. */
    static final int ROOTS = 2;

    private static final long LIMIT = 300 * SimulatedTime.SECOND;
    private static final long PATIENCE = 60 * SimulatedTime.SECOND;

    /** What a station, whose watch keeps it, has seen; it keeps no more. */
    static Course seen(Station station, boolean moved) {
        Course course = new Course(station.watch().events(), station.watch().durables(), moved);
        station.watch().keep(false);
        return course;
    }

    /** Makes a run with these faults. */
    static Course run(Station station, Station.Saved base, FaultPlan faults) {
        station.restore(base);
        station.watch().keep(true);
        int board = station.boardOf(DiskWatch.PID_FILE);
        station.inject(faults);
        int roots = station.watch().durables().size() + ROOTS;
        station.run(station.machine().now() + LIMIT, true);
        long limit = station.machine().now() + PATIENCE;
        while (station.watch().durables().size() < roots && station.machine().now() < limit
                && station.machine().ending() == null && station.trouble() == null) {
            station.run(station.machine().now() + SimulatedTime.SECOND / 10, false);
        }
        return seen(station, station.boardOf(DiskWatch.PID_FILE) != board);
    }

    /** Have both halves been flushed from one cycle to before another? */
    boolean flushed(long from, long to) {
        return events.stream().filter(e -> e.kind() == DiskWatch.Kind.FLUSHED && e.cycle() >= from && e.cycle() < to)
            .mapToInt(DiskWatch.Event::disk).distinct().count() == 2;
    }

    /** What the disks may hold behind one of the roots; the last of that name counts, null when there is none. */
    DiskWatch.Durable next(DiskWatch.Mark root) {
        int at = last(root);
        return at >= 0 && at + 1 < durables.size() ? durables.get(at + 1) : null;
    }

    /** The root of this name; null when there is none. */
    DiskWatch.Durable of(DiskWatch.Mark root) {
        int at = last(root);
        return at < 0 ? null : durables.get(at);
    }

    private int last(DiskWatch.Mark root) {
        int at = durables.size() - 1;
        while (at >= 0 && !durables.get(at).root().equals(root)) {
            at--;
        }
        return at;
    }
}
