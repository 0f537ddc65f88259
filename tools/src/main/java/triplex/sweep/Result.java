package triplex.sweep;

/**
 * What became of one run.
 *
 * @param campaign the one that it belongs to; empty: none
 * @param workload its name
 * @param plan its faults
 * @param outcome class of the outcome
 * @param detail what is wrong, one line; else empty
 * @param cycles of simulated time from the last fault to the end
 * @param times what was measured
 */
public record Result(String campaign, String workload, FaultPlan plan, Outcome outcome, String detail, long cycles,
        Times times) {
    /**
     * Cycles, counted from the last fault; -1: there was no such thing.
     *
     * @param detection to the COMMIT of the view that excludes the board
     * @param fileAnswer to the first frame of a file server that was lost with its board
     * @param rollForward from that view until the last of the processes that waited on the board was again in the state
     *     that it had been in
     * @param redundancy until every process had a complete backup again, as far as that was waited for
     */
    public record Times(long detection, long fileAnswer, long rollForward, long redundancy) {
        /** Nothing of all that. */
        static final Times NONE = new Times(-1, -1, -1, -1);
    }

    /** Classes of outcomes. */
    public enum Outcome {
        /** All oracles hold, and no board was excluded. */
        NO_EFFECT("no effect"),
        /** All oracles hold after a board was excluded or has joined, or, of what the disks hold, after a power cut. */
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

    /** The same as part of a campaign. */
    Result in(String name) {
        return new Result(name, workload, plan, outcome, detail, cycles, times);
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
        return String.join("\t", campaign, workload, plan.toString(), outcome.name(), Long.toString(cycles),
            Long.toString(times.detection), Long.toString(times.fileAnswer), Long.toString(times.rollForward),
            Long.toString(times.redundancy), detail.replace('\t', ' ').replace('\n', ' '));
    }

    /** Reads a line of the ledger; {@link IllegalArgumentException} when it is none. */
    static Result parse(String line) {
        String[] f = line.split("\t", -1);
        if (f.length != 10) {
            throw new IllegalArgumentException("not a line of a ledger: " + line);
        }
        try {
            return new Result(f[0], f[1], FaultPlan.parse(f[2]), Outcome.valueOf(f[3]), f[9], Long.parseLong(f[4]),
                new Times(Long.parseLong(f[5]), Long.parseLong(f[6]), Long.parseLong(f[7]), Long.parseLong(f[8])));
        } catch (triplex.machine.UserError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
