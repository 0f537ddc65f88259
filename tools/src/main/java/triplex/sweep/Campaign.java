package triplex.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import triplex.hw.Fault;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** Kinds of sweeps: which faults, and when. */
public enum Campaign {
    /** Each board is pulled behind every frame. */
    PULL("pull", "each board is pulled", "", "0 board # pull"),
    /** Each board's processor stops behind every frame. */
    HANG("hang", "each board's processor stops", "", "0 board # hang"),
    /** Each board's interface sends without end from every frame on. */
    BABBLE("babble", "each board's interface sends without end", "", "0 board # babble"),
    /** Each board is pulled before, in and behind each frame by which a process is copied or brought up to date. */
    SYNC("sync", "each board is pulled before, in and behind frames of syncs", "", "0 board # pull"),
    /** A lane fails behind every frame, at the backplane or at a board, for ever or for 50 ms; nothing may change. */
    LANE("lane", "a lane fails, at the backplane or at a board; nothing may change", "",
        "0 lane A dead", "0 lane B noise 3000 seed 7", "0 lane C stuck 3=1", "0 lane B dead at board #",
        "0 lane C noise 9000 seed 5 at board #", "0 lane A stuck 5=0 at board #",
        "0 lane A noise 20000 seed 3;500000 lane A mend", "0 lane C dead at board #;500000 lane C mend at board #",
        "0 lane A dead;0 lane B dead", "0 lane A noise 9000 seed 3;0 lane B stuck 3=1"),
    /** No lane is left: of the backplane, for ever, 20 ms, 2 s; or of one board, and mended after 2 s. */
    DARK("dark", "no lane is left, of the backplane or of a board, for ever or for a while", "",
        "0 lane A dead;0 lane B dead;0 lane C dead",
        "0 lane A dead;0 lane B dead;0 lane C dead;200000 lane B mend",
        "0 lane A dead;0 lane B dead;0 lane C dead;20000000 lane A mend;20000000 lane B mend;20000000 lane C mend",
        "0 lane A dead at board #;0 lane B dead at board #;0 lane C dead at board #;20000000 lane A mend at board #;"
            + "20000000 lane B mend at board #;20000000 lane C mend at board #"),
    /** A board that has been away since before the workload is put in behind every frame. */
    INSERT("insert", "a board that was away is put in", "", "0 board # insert"),
    /** A board has been pulled; behind every frame from then on it is put back. */
    RETURN("return", "a board is pulled, then put back", "0 board # pull", "0 board # insert"),
    /** A board has been pulled; behind every frame from then on another one is pulled, too. */
    SECOND("second", "a board is pulled, then another", "0 board # pull", "0 board * pull"),
    /** A board has been pulled; as soon as all has backups again, another one is pulled. Points: of the first. */
    COPIED("copied", "a board is pulled, then another when all has backups again", "0 board # pull", "0 board * pull"),
    /** A board has been pulled and put back; behind every frame from then on another one is pulled. */
    AGAIN("again", "a board is pulled and put back, then another is pulled",
        "0 board # pull;40000000 board # insert", "0 board * pull"),
    /** The file server's board is pulled behind each sector that it writes, each flush, each of its sync messages. */
    SECTOR("sector", "the file server's board is pulled behind each sector that it writes", "", "0 board @ pull"),
    /** The power fails behind and in the middle of each sector written, and where a sector was kept in the cache. */
    POWER("power", "the power fails behind each sector written; sectors in a cache are lost, or one of them", "",
        "0 power loss"),
    /** The file server's board is pulled in one of its syncs; while its backup takes over, the power fails. */
    BLACKOUT("blackout", "the file server's board is pulled, then the power fails while its backup takes over",
        "0 board @ pull", "0 power loss"),
    /** A drive is pulled, for ever or for 2 s, where it writes a sector, or does not write it, or spoils it. */
    DRIVE("drive", "a drive is pulled, or does not write a sector, or spoils it; the other half stands for it", "",
        "0 disk % pull", "0 disk % pull;20000000 disk % insert", "0 disk % lost", "0 disk % torn",
        "0 disk % misdirected 4000", "1 disk % rot $", "1 disk % unreadable $",
        "1 disk % rot $;1000000 board @ pull", "1 disk % unreadable $;1000000 board @ pull"),
    /** A cable between a controller and the board that owns it is cut behind every frame, for ever or for a while. */
    PORT("port", "a cable between a board and a device controller is cut, for ever or for a while", "",
        "0 terminal 0 port @ cut", "0 terminal 0 port @ cut;1000000 terminal 0 port @ mend",
        "0 terminal 0 port @ cut;3000000 terminal 0 port @ mend",
        "0 terminal 0 port @ cut;40000000 terminal 0 port @ mend", "0 disk 0 port @ cut", "0 disk 1 port @ cut",
        "0 disk 1 port @ cut;1000000 disk 1 port @ mend");

    /** Frames behind an earlier fault count for so long, where not all are taken. */
    private static final long AFTERMATH = 6 * SimulatedTime.SECOND;
    /** By then everything has a backup again. */
    private static final long LONGEST = 60 * SimulatedTime.SECOND;

    /** Moments at which the earlier fault happens, spread over the workload, where not all frames are taken. */
    private static final int MOMENTS = 3;
    /** The same of losses of the file server's board before the power goes. */
    private static final int LOSSES = 4;
    /** Cycles from a commit until the boards know of it and have begun to act. */
    private static final long[] BEHIND = {0, 128, 256, 1_000};

    /** The longest frame, about. */
    private static final long FRAME = 5_000;

    private final String word;
    private final String purpose;
    private final String before;
    private final List<String> attempts;

    Campaign(String word, String purpose, String before, String... attempts) {
        this.word = word;
        this.purpose = purpose;
        this.before = before;
        this.attempts = List.of(attempts);
    }

    /** As the command takes it. */
    public String word() {
        return word;
    }

    /** Half a line for the list. */
    public String purpose() {
        return purpose;
    }

    /**
     * A moment, and what is tried there.
     *
     * @param cycle at which the faults begin
     * @param attempts each one run; cycles counted from there
     */
    record Point(long cycle, List<FaultPlan> attempts) {
    }

    /**
     * Runs that begin alike.
     *
     * @param prefix faults that all of them have
     * @param points where the next begin, rising
     */
    record Trunk(FaultPlan prefix, List<Point> points) {
        /** Runs of the points from one to before another. */
        int runs(int from, int to) {
            return points.subList(from, to).stream().mapToInt(point -> point.attempts.size()).sum();
        }
    }

    /** The workloads that it takes in the place of one: others begin without a board. */
    List<Workload> variants(Workload workload, int boards) {
        return this != INSERT || workload.absent() >= 0 ? List.of(workload)
            : IntStream.range(0, boards).mapToObj(workload::without).toList();
    }

    /**
     * All runs of a workload.
     *
     * @param most points of a trunk; those taken are spread evenly. 0: all; behind an earlier fault, which then happens
     *     once, in the middle of the workload, all until everything has a backup again
     * @param station is used to see what happens behind the first fault
     */
    List<Trunk> trunks(Twin twin, Workload workload, int boards, int most, Station station) {
        if (this == POWER) {
            List<Point> cuts = DiskPoints.cuts(twin.disks().events(), plan(attempts.get(0)));
            return List.of(new Trunk(FaultPlan.NONE, spread(cuts, most)));
        }
        if (this == DRIVE) {
            String board = fileBoard(twin, station);
            return List.of(new Trunk(FaultPlan.NONE, spread(writes(twin.disks().events(), board), most)));
        }
        if (this == BLACKOUT) {
            return blackouts(twin, most, station);
        }
        if (before.isEmpty()) {
            long[] all = this == SYNC ? steps(twin) : this == SECTOR ? DiskPoints.behind(twin.disks().events())
                : Arrays.stream(twin.commits()).map(c -> c + 1).toArray();
            List<FaultPlan> tried = this == SECTOR || this == PORT
                ? attempts.stream().map(text -> ofFileServer(text, twin, station)).toList()
                : attempts(workload.absent(), boards);
            return List.of(new Trunk(FaultPlan.NONE, spread(points(all, tried), most)));
        }
        List<Trunk> trunks = new ArrayList<>();
        int moments = this == COPIED ? most <= 0 ? twin.frames().size() - 1 : most : most <= 0 ? 1 : MOMENTS;
        for (int k = 0; k < moments * boards; k++) {
            int slot = k % boards;
            long middle = twin.commits()[(int) (twin.frames().size() * (k / boards + 1L) / (moments + 1))] + 1;
            FaultPlan prefix = FaultPlan.NONE.then(middle, plan(before.replace("#", Integer.toString(slot))));
            int some = most <= 0 ? 0 : (most + moments - 1) / moments;
            long[] all = aftermath(twin, prefix, most <= 0 || this == AGAIN || this == COPIED, station);
            long[] points = this == COPIED ? new long[] {station.machine().now()} : all;
            trunks.add(new Trunk(prefix, spread(points(points, attempts(slot, boards)), this == COPIED ? 1 : some)));
        }
        return trunks;
    }

    private static List<Point> points(long[] cycles, List<FaultPlan> attempts) {
        return Arrays.stream(cycles).distinct().mapToObj(cycle -> new Point(cycle, attempts)).toList();
    }

    /** Losses of the file server's board, and cuts of the power behind each of them. */
    private List<Trunk> blackouts(Twin twin, int most, Station station) {
        FaultPlan loss = ofFileServer(before, twin, station);
        FaultPlan cut = plan(attempts.get(0));
        long[] losses = DiskPoints.losses(twin.disks().events(), most <= 0 ? 0 : Math.min(most, LOSSES));
        List<Trunk> trunks = new ArrayList<>();
        for (int k = 0; k < losses.length; k++) {
            FaultPlan prefix = FaultPlan.NONE.then(losses[k], loss);
            long lost = losses[k];
            List<DiskWatch.Event> events = DiskPoints.takeover(twin.course(prefix, () -> station).events(), lost);
            List<Point> cuts = DiskPoints.cuts(events, cut).stream().filter(point -> point.cycle() > lost).toList();
            if (most > 0) {
                cuts = few(cuts, DiskPoints.erased(events), (most + losses.length - 1 - k) / losses.length);
            }
            trunks.add(new Trunk(prefix, cuts));
        }
        return trunks;
    }

    /** What is tried where each sector is on a medium. */
    private List<Point> writes(List<DiskWatch.Event> events, String board) {
        return events.stream().filter(event -> event.kind() == DiskWatch.Kind.WRITTEN).map(event ->
            new Point(event.cycle(), attempts.stream().map(text -> plan(text.replace("%", "" + event.disk())
                .replace("$", "" + event.sector()).replace("@", board))).toList())).toList();
    }

    /** Some cuts, half of them until the other root has been erased, which is soon. */
    private static List<Point> few(List<Point> cuts, long erased, int most) {
        List<Point> early = cuts.stream().filter(point -> point.cycle() <= erased).toList();
        List<Point> late = cuts.stream().filter(point -> point.cycle() > erased).toList();
        List<Point> few = new ArrayList<>(spread(early, Math.max(1, most / 2)));
        few.addAll(few.size() < most ? spread(late, most - few.size()) : List.of());
        return few;
    }

    /** A fault of the board on which the file server runs. */
    private static FaultPlan ofFileServer(String fault, Twin twin, Station station) {
        return plan(fault.replace("@", fileBoard(twin, station)));
    }

    /** Number of the board on which the file server runs when the workload begins. */
    private static String fileBoard(Twin twin, Station station) {
        station.restore(twin.base());
        return Integer.toString(station.boardOf(DiskWatch.PID_FILE));
    }

    /** The cycles behind all commits that follow the last fault of a plan, for a while or until all is backed. */
    private static long[] aftermath(Twin twin, FaultPlan prefix, boolean whole, Station station) {
        station.restore(twin.base());
        station.inject(prefix);
        int members = station.machine().hardware().bus().viewMembers();
        long from = station.machine().now();
        station.keepCommits(true);
        if (whole) {
            while ((station.machine().hardware().bus().viewMembers() == members || !station.redundant())
                    && station.trouble() == null && station.machine().now() < from + LONGEST) {
                station.run(station.machine().now() + SimulatedTime.SECOND / 100, false);
            }
        } else {
            station.run(from + AFTERMATH, true);
        }
        long[] points = station.commits().stream().mapToLong(c -> c.cycle() + 1).toArray();
        station.keepCommits(false);
        return points;
    }

    /** Cycles in and behind the frames of syncs: after each quarter of the way, at the COMMIT and later. */
    private static long[] steps(Twin twin) {
        LongStream.Builder points = LongStream.builder();
        long last = twin.base().state().cycle();
        for (Station.Commit commit : twin.frames()) {
            long begin = Math.max(last, commit.cycle() - FRAME);
            if (commit.sync()) {
                for (int quarter = 1; quarter <= 3; quarter++) {
                    points.add(begin + (commit.cycle() - begin) * quarter / 4);
                }
                Arrays.stream(BEHIND).forEach(later -> points.add(commit.cycle() + later));
            }
            last = commit.cycle();
        }
        return points.build().sorted().distinct().toArray();
    }

    private List<FaultPlan> attempts(int gone, int boards) {
        List<FaultPlan> list = new ArrayList<>();
        for (String text : attempts) {
            if (text.contains("*") || text.contains("#") && gone < 0) {
                for (int slot = 0; slot < boards; slot++) {
                    if (slot != gone) {
                        list.add(plan(text.replaceAll("[#*]", Integer.toString(slot))));
                    }
                }
            } else {
                list.add(plan(text.replace("#", Integer.toString(gone))));
            }
        }
        return list;
    }

    private static FaultPlan plan(String text) {
        try {
            return FaultPlan.parse(text);
        } catch (UserError e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** All of them, or {@code most}. */
    private static List<Point> spread(List<Point> all, int most) {
        int n = most <= 0 ? all.size() : Math.min(most, all.size());
        return IntStream.range(0, n).mapToObj(k -> all.get((int) ((long) all.size() * k / n))).toList();
    }
}
