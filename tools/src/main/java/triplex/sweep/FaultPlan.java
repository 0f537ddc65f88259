package triplex.sweep;

import java.util.ArrayList;
import java.util.List;
import triplex.hw.Fault;
import triplex.machine.ExitCode;
import triplex.machine.UserError;

/**
 * Faults with their cycles, in order. Text form, as a rerun's command line has it:
 * {@code 123456789 board 1 pull; 130000000 board 1 insert}.
 */
public record FaultPlan(List<Timed> faults) {
    /** No fault at all: the twin. */
    public static final FaultPlan NONE = new FaultPlan(List.of());

    private static final int ALL_LANES = 0b111;

    /** A fault and the cycle, since power-up, at which it happens. */
    public record Timed(long cycle, Fault fault) {
        @Override
        public String toString() {
            return cycle + " " + fault;
        }
    }

    /** Checks the order. */
    public FaultPlan {
        faults = List.copyOf(faults);
        for (int k = 1; k < faults.size(); k++) {
            if (faults.get(k).cycle() < faults.get(k - 1).cycle()) {
                throw new IllegalArgumentException("fault \"" + faults.get(k) + "\" is too early");
            }
        }
    }

    /** The same with one more. */
    FaultPlan with(long cycle, Fault fault) {
        List<Timed> more = new ArrayList<>(faults);
        more.add(new Timed(cycle, fault));
        return new FaultPlan(more);
    }

    /**
     * The same with more behind it.
     *
     * @param cycle at which those begin
     * @param later faults with cycles counted from there
     */
    public FaultPlan then(long cycle, FaultPlan later) {
        List<Timed> more = new ArrayList<>(faults);
        later.faults.forEach(timed -> more.add(new Timed(cycle + timed.cycle(), timed.fault())));
        return new FaultPlan(more);
    }

    /** Which fault is judged: the last one that is not the end of another. -1: there is none. */
    int judged() {
        int k = faults.size() - 1;
        while (k > 0 && faults.get(k).fault() instanceof Fault.LaneMend) {
            k--;
        }
        return k;
    }

    /** The faults before the power goes, without those writes that go wrong just before. */
    FaultPlan beforeCut() {
        return new FaultPlan(faults.stream().filter(timed -> !(timed.fault() instanceof Fault.PowerLoss)
            && !(timed.fault() instanceof Fault.BadWrite)).toList());
    }

    /** The one drive that something happens to, or to a cable of it; -1: none or both. */
    int drive() {
        int[] drives = faults.stream().mapToInt(timed -> drive(timed.fault())).filter(d -> d >= 0).distinct().toArray();
        return drives.length == 1 ? drives[0] : -1;
    }

    private static int drive(Fault fault) {
        return fault instanceof Fault.OfDisk f ? f.controller() : fault instanceof Fault.Unreadable f ? f.controller()
            : fault instanceof Fault.Rot f ? f.controller() : fault instanceof Fault.BadWrite f ? f.controller()
            : fault instanceof Fault.OfPort f && f.disk() ? f.controller() : -1;
    }

    /** True when nothing happens but to one of the three lanes. */
    boolean oneLane() {
        return lanes() > 0 && faults.stream().mapToInt(timed -> lane(timed.fault())).distinct().count() == 1;
    }

    /** True when all three lanes of the backplane are dead and stay so. */
    boolean dark() {
        int dead = 0;
        for (Timed timed : faults) {
            if (timed.fault() instanceof Fault.LaneDead lane && lane.place() < 0) {
                dead |= 1 << lane.lane();
            } else if (timed.fault() instanceof Fault.LaneMend lane && lane.place() < 0) {
                dead &= ~(1 << lane.lane());
            }
        }
        return dead == ALL_LANES;
    }

    /** Faults of lanes; 0 when there are others, too. */
    private int lanes() {
        return faults.stream().allMatch(timed -> lane(timed.fault()) >= 0) ? faults.size() : 0;
    }

    private static int lane(Fault fault) {
        return fault instanceof Fault.LaneDead f ? f.lane() : fault instanceof Fault.LaneStuck f ? f.lane()
            : fault instanceof Fault.LaneNoise f ? f.lane() : fault instanceof Fault.LaneMend f ? f.lane() : -1;
    }

    /** Cycle of the last fault, or -1. */
    long last() {
        return faults.isEmpty() ? -1 : faults.get(faults.size() - 1).cycle();
    }

    /** Cycle of the first fault, or -1. */
    long first() {
        return faults.isEmpty() ? -1 : faults.get(0).cycle();
    }

    /**
     * Reads the text form.
     *
     * @throws UserError 64 naming what is wrong
     */
    public static FaultPlan parse(String text) throws UserError {
        List<Timed> faults = new ArrayList<>();
        try {
            for (String part : text.split(";", -1)) {
                String[] words = part.strip().split(" +", 2);
                if (words.length < 2 || !words[0].matches("\\d{1,15}")) {
                    throw new IllegalArgumentException("\"" + part.strip() + "\": a cycle and a fault, please, as in"
                        + " 123456789 board 1 pull");
                }
                faults.add(new Timed(Long.parseLong(words[0]), Fault.parse(words[1])));
            }
            return new FaultPlan(faults);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, e.getMessage());
        }
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder();
        for (Timed timed : faults) {
            s.append(s.length() == 0 ? "" : "; ").append(timed);
        }
        return s.toString();
    }
}
