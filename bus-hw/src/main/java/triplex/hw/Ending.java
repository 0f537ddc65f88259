package triplex.hw;

/**
 * Why the machine has stopped for good.
 *
 * @param kind what ended it
 * @param slot the board that asked for it, or -1
 * @param status exit status, 0 to 65,535; 0 for power off
 * @param cycle when the backplane saw it
 */
public record Ending(Kind kind, int slot, int status, long cycle) {
    /** The ways in which a run ends. */
    public enum Kind {
        /** A program wrote EXIT. */
        EXIT,
        /** A program wrote POWER. */
        POWER_OFF,
        /** The fault of that name. */
        POWER_LOSS
    }
}
