package triplex.m68k;

/**
 * Everything the processor asks of the outside when the page maps do not answer.
 *
 * <p>Addresses have 24 bits; {@code fc} is a {@link FunctionCode}. At each call {@link Cpu#cycles} is the time at which
 * the bus cycle begins; the four clocks of the cycle are counted after the call returns, waits are added by
 * {@link Cpu#waitStates}. A read, write or test-and-set throws {@link BusError#INSTANCE} when BERR ends the cycle.
 */
public interface Bus {
    /** Reads one byte, 0 to 255. */
    int read8(int fc, int address);

    /** Reads one word, 0 to 65,535, from an even address. */
    int read16(int fc, int address);

    /** Writes one byte; {@code value} is 0 to 255. */
    void write8(int fc, int address, int value);

    /** Writes one word to an even address; {@code value} is 0 to 65,535. */
    void write16(int fc, int address, int value);

    /**
     * TAS: one locked read-modify-write bus cycle of ten clocks.
     *
     * @return the old byte, 0 to 255; the memory then holds the old byte with bit 7 set
     */
    int testAndSet(int fc, int address);

    /**
     * Interrupt acknowledge cycle, four clocks like a read.
     *
     * @param level the level acknowledged, 1 to 7
     * @return the vector number 0 to 255 supplied with DTACK, or -1 for BERR: a spurious interrupt, vector 24
     */
    int acknowledge(int level);

    /** The RESET instruction asserts the RESET line for 124 clocks; called when the line is asserted. */
    void reset();
}
