package triplex.hw.board;

/**
 * The far ends of the lines that leave a board's control block: whoever runs the machine. Cycles are the backplane's.
 */
public interface Operator {
    /** A program wrote EXIT. */
    void exit(long cycle, int slot, int status);

    /** A program switched the power off. */
    void powerOff(long cycle, int slot);

    /** A byte of diagnostic text. */
    void diagnostic(long cycle, int slot, int value);

    /** A board begins a reset; the board's own cycle. */
    void reset(long cycle, int slot, int cause);
}
