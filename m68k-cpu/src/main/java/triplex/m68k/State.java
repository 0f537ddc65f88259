package triplex.m68k;

/**
 * One visitor for save, load, digest and difference. A component has one method {@code state(State s)} that passes each
 * of its fields by name and stores what comes back:
 *
 * <pre>{@code
 * void state(State s) {
 *     count = s.i("count", count);
 *     time = s.l("time", time);
 *     s.bytes("buffer", buffer);
 * }
 * }</pre>
 *
 * A saver, a digest or a printer returns its argument unchanged; a loader returns the stored value. So the list of
 * fields exists once, and a field cannot be saved and then forgotten when loading. Names are unique in one component
 * and the order of calls never depends on values that are loaded later.
 */
public interface State {
    /** Visits an int; returns the value the field must have afterwards. */
    int i(String name, int value);

    /** Visits a long; returns the value the field must have afterwards. */
    long l(String name, long value);

    /** Visits a boolean; returns the value the field must have afterwards. */
    default boolean b(String name, boolean value) {
        return i(name, value ? 1 : 0) != 0;
    }

    /** Visits an array of fixed length, in place. */
    default void ints(String name, int[] values) {
        for (int k = 0; k < values.length; k++) {
            values[k] = i(name + k, values[k]);
        }
    }

    /** Visits an array of bytes of fixed length, in place. Savers of bulk memory override this. */
    default void bytes(String name, byte[] values) {
        for (int k = 0; k < values.length; k++) {
            values[k] = (byte) i(name + k, values[k]);
        }
    }
}
