package triplex.hw;

/**
 * Hears what happens in the machine: for traces, checkers and the monitor. It must not change the machine.
 *
 * <p>Events of the shared side come in order of their cycles; those of a board in the order of that board only.
 */
public interface BusListener {
    /** A frame was committed; {@code frame} is header, parameters and data as sent, and must not be changed. */
    default void committed(long cycle, int commit, byte[] frame) {
    }

    /** An attempt failed; {@code status} is one of Layout.STATUS_. */
    default void failed(long cycle, int slot, int status, int refused, int absent) {
    }

    /** A view was taken. */
    default void view(long cycle, int number, int members, int excluded) {
    }

    /** A READY line changed. */
    default void ready(long cycle, int slot, boolean up) {
    }

    /** A byte came out of a board's diagnostic serial line. */
    default void diagnostic(long cycle, int slot, int value) {
    }

    /** A board's kernel wrote a consumer register; {@code silent} tells which queue. A board's event. */
    default void consumed(long cycle, int slot, boolean silent, int value) {
    }

    /** A board's kernel switched its interface off: its queues are empty. A board's event. */
    default void off(long cycle, int slot) {
    }

    /** A board was reset; {@code cause} is one of Layout.RESET_. A board's event. */
    default void reset(long cycle, int slot, int cause) {
    }
}
