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
