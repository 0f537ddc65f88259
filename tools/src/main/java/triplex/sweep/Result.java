package triplex.sweep;

/**
 * What became of one run.
 *
 * @param workload its name
 * @param plan its faults
 * @param outcome class of the outcome
 * @param detail what is wrong, one line; else empty
 * @param cycles of simulated time from the last fault to the end
 * @param detection cycles from the last fault to the COMMIT of the view that excludes the board; -1: there was none
 * @param fileAnswer cycles from the last fault to the first frame of a file server that was lost with its board; -1:
 *     it was not
 */
public record Result(String workload, FaultPlan plan, Outcome outcome, String detail, long cycles, long detection,
        long fileAnswer) {
    /** Classes of outcomes. */
    public enum Outcome {
        /** All oracles hold, and no board was excluded. */
        NO_EFFECT("no effect"),
        /** All oracles hold after a board was excluded or has joined. */
        RECOVERED("recovered"),
        /** Beyond the promise of one fault at a time: the machine stopped, or lost processes, and said so. */
        STOPPED("clean stop"),
        /** The workload did not come to its end in the time that it has. */
        HANG("hang"),
        /** An oracle says no. */
        WRONG("wrong");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** True when this must not be. */
    public boolean failed() {
        return outcome == Outcome.HANG || outcome == Outcome.WRONG;
    }

    /** The command that does this run again. */
    public String rerun() {
        return "tools/triplex sweep --workload " + workload + " --fault '" + plan + "'";
    }

    /** One line of the ledger, fields between tabs. */
    String line() {
        return String.join("\t", workload, plan.toString(), outcome.name(), Long.toString(cycles),
            Long.toString(detection), Long.toString(fileAnswer), detail.replace('\t', ' ').replace('\n', ' '));
    }

    /** Reads a line of the ledger; {@link IllegalArgumentException} when it is none. */
    static Result parse(String line) {
        String[] f = line.split("\t", -1);
        if (f.length != 7) {
            throw new IllegalArgumentException("not a line of a ledger: " + line);
        }
        try {
            return new Result(f[0], FaultPlan.parse(f[1]), Outcome.valueOf(f[2]), f[6], Long.parseLong(f[3]),
                Long.parseLong(f[4]), Long.parseLong(f[5]));
        } catch (triplex.machine.UserError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
