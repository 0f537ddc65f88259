package triplex.hw;

/** Sources of interrupt requests; the ordinal is the bit in PENDING and ENABLE. */
public enum Interrupt {
    TIMER(6, 0x40, "timer"),
    BUS_RX(4, 0x41, "normal receive queue not empty"),
    BUS_TX(4, 0x42, "a transmit entry completed or failed"),
    BUS_SLOT(5, 0x43, "SLOT_CHANGE is not zero"),
    BUS_SILENT(4, 0x44, "silent receive queue half full"),
    DISK(3, 0x45, "a disk controller's DONE"),
    TTY(3, 0x46, "a terminal controller wants service"),
    NMI(7, 0x48, "operator's switch; not masked by ENABLE");

    /** Priority level, 1 to 7. */
    public final int level;
    /** Vector number that IACK answers with. */
    public final int vector;
    final String doc;

    Interrupt(int level, int vector, String doc) {
        this.level = level;
        this.vector = vector;
        this.doc = doc;
    }

    /** The bit in PENDING and ENABLE. */
    public int bit() {
        return 1 << ordinal();
    }
}
