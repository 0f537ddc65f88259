package triplex.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import triplex.hw.Fault;
import triplex.machine.SimulatedTime;

/** Kinds of sweeps: which faults, and when. */
public enum Campaign {
    /** Each board is pulled behind every frame. */
    PULL("pull", "board # pull", ""),
    /** Each board's processor stops behind every frame. */
    HANG("hang", "board # hang", ""),
    /** Each board's interface sends without end from every frame on. */
    BABBLE("babble", "board # babble", ""),
    /** A lane fails behind every frame; nothing may change. */
    LANE("lane", "lane A dead,lane B noise 3000 seed 7,lane C stuck 3=1,lane B dead at board 1", ""),
    /** A board has been pulled; behind every frame from then on it is put back. */
    RETURN("return", "board # insert", "board # pull"),
    /** A board has been pulled; behind every frame from then on another one is pulled, too. */
    SECOND("second", "board * pull", "board # pull");

    /** Frames behind an earlier fault count for so long. */
    private static final long AFTERMATH = 6 * SimulatedTime.SECOND;

    /** Moments at which the earlier fault happens, spread over the workload. */
    private static final int MOMENTS = 3;

    private final String word;
    private final String faults;
    private final String before;

    Campaign(String word, String faults, String before) {
        this.word = word;
        this.faults = faults;
        this.before = before;
    }

    /** As the command takes it. */
    public String word() {
        return word;
    }

    /**
     * Runs that begin alike.
     *
     * @param prefix faults that all of them have
     * @param points cycles of the next fault, rising
     * @param faults those tried at each point
     */
    record Trunk(FaultPlan prefix, long[] points, List<Fault> faults) {
    }

    /**
     * All runs of a workload.
     *
     * @param most points of a trunk; those taken are spread evenly; 0: all
     * @param station is used to see what happens behind the first fault
     */
    List<Trunk> trunks(Twin twin, int boards, int most, Station station) {
        List<Trunk> trunks = new ArrayList<>();
        if (before.isEmpty()) {
            trunks.add(new Trunk(FaultPlan.NONE, spread(twin.commits(), most), faults(-1, boards)));
            return trunks;
        }
        for (int k = 0; k < MOMENTS * boards; k++) {
            int slot = k % boards;
            long middle = twin.commits()[(int) (twin.commits().length * (k / boards + 1L) / (MOMENTS + 1))] + 1;
            FaultPlan prefix = FaultPlan.NONE.with(middle, Fault.parse(before.replace("#", Integer.toString(slot))));
            station.restore(twin.base());
            station.run(middle, false);
            station.inject(prefix.faults().get(0).fault());
            station.keepCommits(true);
            station.run(middle + AFTERMATH, true);
            long[] commits = station.commits().stream().mapToLong(Long::longValue).toArray();
            station.keepCommits(false);
            int some = most <= 0 ? 0 : (most + MOMENTS - 1) / MOMENTS;
            trunks.add(new Trunk(prefix, spread(commits, some), faults(slot, boards)));
        }
        return trunks;
    }

    private List<Fault> faults(int gone, int boards) {
        List<Fault> list = new ArrayList<>();
        for (String text : faults.split(",")) {
            if (text.contains("*") || text.contains("#") && gone < 0) {
                for (int slot = 0; slot < boards; slot++) {
                    if (slot != gone) {
                        list.add(Fault.parse(text.replaceAll("[#*]", Integer.toString(slot))));
                    }
                }
            } else {
                list.add(Fault.parse(text.replace("#", Integer.toString(gone))));
            }
        }
        return list;
    }

    /** The cycle behind each commit, or {@code most} of them. */
    private static long[] spread(long[] commits, int most) {
        int n = most <= 0 ? commits.length : Math.min(most, commits.length);
        long[] points = new long[n];
        Arrays.setAll(points, k -> commits[(int) ((long) commits.length * k / n)] + 1);
        return Arrays.stream(points).distinct().toArray();
    }
}
