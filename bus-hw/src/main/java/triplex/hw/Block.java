package triplex.hw;

/**
 * One kind of register block of a board.
 *
 * <p>A kind may stand several times on a board: the {@code index}-th block begins at {@code base + index * stride}.
 */
public enum Block {
    BOARD_CONTROL(0xFF0000, 0x20, 0, "board control"),
    TIMER(0xFF0100, 0x10, 0, "timer"),
    INTERRUPTS(0xFF0200, 0x04, 0, "interrupt controller"),
    BUS_INTERFACE(0xFF0300, 0x9C, 0, "bus interface"),
    CLOCK_CHIP(0xFF0400, 0x0A, 0, "clock chip"),
    DISK_PORT(0xFF1000, 0x20, 0x200, "disk controller port n at + 200h*n"),
    TTY_LINE(0xFF2000, 0x24, 0x40, "terminal controller port n at + 400h*n, line m at + 40h*m"),
    TTY_PORT(0xFF2100, 0x0A, 0x400, "terminal controller port n at + 400h*n, ownership");

    /** Physical address of the first block of this kind. */
    public final int base;
    /** Bytes that the registers take. */
    public final int size;
    /** Bytes from one block of this kind to the next; 0 when there is one only. */
    public final int stride;
    final String doc;

    Block(int base, int size, int stride, String doc) {
        this.base = base;
        this.size = size;
        this.stride = stride;
        this.doc = doc;
    }
}
