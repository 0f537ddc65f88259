package triplex.hw.controller;

/**
 * What a controller asks of the machine around it. The machine calls a controller's {@code event} when a time that
 * {@link #at} was given has come, in order of cycles, and only after every board has reached that cycle; so what an
 * event changes is seen by each board from its first instruction boundary at or after the event on.
 */
public interface ControllerHost {
    /**
     * Asks for a call of the controller's {@code event(code, argument, cycle)}.
     *
     * @param cycle not before the present one; at least L cycles ahead when called from a register access
     */
    void at(long cycle, int code, int argument);

    /**
     * A DMA burst with the RAM of the board at a port: stops its CPU for 8 cycles plus 4 a word, from its next
     * instruction boundary on (or from the end of a burst that goes on already).
     *
     * @param port 0 or 1
     * @param toRam true: {@code bytes} go to RAM; false: RAM is copied into {@code bytes}
     * @param address physical, even
     * @param length bytes, even
     * @param now the present cycle
     * @return the cycle at which the burst ends; -1 when a byte of the range is not RAM (nothing is transferred)
     */
    long dma(int port, boolean toRam, int address, byte[] bytes, int length, long now);

    /**
     * The controller's request line to the board at a port changed.
     *
     * @param port 0 or 1
     * @param on true: it requests service
     */
    void request(int port, boolean on);
}
