package triplex.hw;

import triplex.m68k.State;

/**
 * A block of registers on a board. The board splits words and longwords: a device sees whole registers only.
 *
 * <p>Calls come at the cycle at which the access begins, {@link Clock#now} of the board. What a device schedules or
 * requests must follow from its own state and that cycle; other boards and shared parts are reached through a
 * {@link Port} only.
 */
public interface Device {
    /**
     * Reads a readable register; for a 32-bit one once, when its high word is read. Bits above the size are ignored.
     */
    int read(Register register);

    /** Writes a writable register; for a 32-bit one once, when its low word is written. */
    void write(Register register, int value);

    /** The board was reset. A port's connection to its shared part is renewed by the board itself. */
    void reset();

    /** The one list of the device's state. */
    void state(State s);
}
