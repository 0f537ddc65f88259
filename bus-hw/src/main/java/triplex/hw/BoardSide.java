package triplex.hw;

/** What a board offers to the devices on it. All calls are made from the board's side, at its present cycle. */
public interface BoardSide extends Clock {
    /** Slot number, 0 to 31. */
    int slot();

    /** The board's own alarms; they fire at the first instruction boundary at or after their cycle. */
    EventQueue events();

    /** Milliseconds by which this board's clock chip differs, as configured. */
    long clockOffset();

    /** Bytes of RAM. */
    int ramBytes();

    /** Puts a device at {@code block.base + offset}; only while the machine is built. */
    void attach(Block block, int offset, Device device);

    /**
     * Raises or takes back one requester's line of an interrupt source.
     *
     * @param line 0 to 31: which requester of that source
     */
    void request(Interrupt source, int line, boolean on);

    /**
     * Stops the CPU for one DMA burst: setup plus the words' cycles. Only in an alarm or message handler, that is, at
     * an
     * instruction boundary; afterwards {@link #now} is the end of the burst, and the transfer's effects are due then.
     */
    void burst(int words);

    /** An answer to what the board has just sent may arrive at {@code cycle}: it must not run past it before asking. */
    void answerDue(long cycle);

    /**
     * From the hub's side: something will arrive at {@code cycle}.
     *
     * @throws IllegalStateException if the board has run past that cycle already: the scheduler is wrong
     */
    void expect(long cycle);

    /** From the hub's side, at least L cycles ahead: the board is isolated and will reset at {@code cycle}. */
    void isolateAt(long cycle);

    /** Copies from RAM; false, and zeros, if the range is not all RAM. A parity error resets the board. */
    boolean fetch(int address, byte[] to, int offset, int count);

    /** Copies into RAM; false, and no effect, if the range is not all RAM. */
    boolean store(int address, byte[] from, int offset, int count);
}
