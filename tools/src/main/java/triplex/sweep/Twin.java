package triplex.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import triplex.machine.ExitCode;
import triplex.machine.UserError;
import triplex.script.Statement;

/**
 * A workload's run without faults, to which others are compared.
 *
 * @param base the state from which all runs begin
 * @param frames all commits from there to the end, in order
 * @param end cycle of the end
 * @param console what the terminal showed, lines ended by {@code \n}
 * @param tree what the disks held at the end
 * @param disks what its disks went through
 * @param courses the same of runs with faults, by their text, as they are asked for
 */
record Twin(Station.Saved base, List<Station.Commit> frames, long end, String console, Tree tree, Course disks,
        Map<String, Course> courses) {
    private static final long LIMIT = 300 * triplex.machine.SimulatedTime.SECOND;

    /** Makes it, on a station that stands at the workload's beginning. */
    static Twin run(Station station, Workload workload) throws UserError {
        station.play(script(workload));
        return again(station, workload);
    }

    /** Makes it, on a station that has been told what to type. */
    static Twin again(Station station, Workload workload) throws UserError {
        Station.Saved base = station.save();
        station.restore(base);
        station.keepCommits(true);
        station.watch().keep(true);
        station.run(station.machine().now() + LIMIT, true);
        List<Station.Commit> frames = station.commits();
        Course disks = Course.seen(station, false);
        station.keepCommits(false);
        if (!station.finished()) {
            throw new UserError(ExitCode.CHECK_FAILED, workload.name() + " fails without any fault: "
                + (station.trouble() == null ? station.waitingFor() + " did not come" : station.trouble()));
        }
        Twin twin = new Twin(base, frames, station.machine().now(), shown(station, base),
            Tree.read(station.media(), Workload.FOLDER), disks, new TreeMap<>());
        String broken = twin.tree.unsound() != null ? twin.tree.unsound()
            : workload.invariant().broken(twin.console, twin.tree.files());
        if (broken != null) {
            throw new UserError(ExitCode.CHECK_FAILED, workload.name() + " fails without any fault: " + broken);
        }
        return twin;
    }

    /** The workload's statements, and those that bring all of it to the disks. */
    private static List<Statement> script(Workload workload) {
        List<Statement> all = new ArrayList<>(workload.script());
        all.add(Laboratory.send("sync; echo closed=$?\n"));
        all.add(Laboratory.expect("closed=0\r\n"));
        all.add(Laboratory.expect(Workload.PROMPT));
        return all;
    }

    /** What a station's terminal has shown since the base. */
    static String shown(Station station, Station.Saved base) {
        return station.console().substring(base.console().length()).replace("\r\n", "\n");
    }

    /** The same from another beginning, at the same cycle. */
    Twin from(Station.Saved other) {
        return new Twin(other, frames, end, console, tree, disks, new TreeMap<>());
    }

    /** What the disks go through with these faults; a station makes the run when it is first asked for. */
    Course course(FaultPlan faults, Supplier<Station> stations) {
        if (faults.faults().isEmpty()) {
            return disks;
        }
        synchronized (courses) {
            return courses.computeIfAbsent(faults.toString(), text -> Course.run(stations.get(), base, faults));
        }
    }

    /** Cycles of all commits, rising. */
    long[] commits() {
        return frames.stream().mapToLong(Station.Commit::cycle).toArray();
    }

    /** Cycles from the beginning to the end. */
    long length() {
        return end - base.state().cycle();
    }
}
