package triplex.hw.controller;

/**
 * The magnetic surface of a drive: numbered sectors of {@value #SECTOR} bytes. It has no timing; {@link Drive} has. One
 * medium belongs to one drive at a time.
 */
public interface Medium {
    /** Bytes of a sector. */
    int SECTOR = 512;

    /** Number of sectors, at least 1. */
    int sectors();

    /**
     * Copies one sector.
     *
     * @param sector 0 to {@link #sectors()} - 1
     * @param into receives {@value #SECTOR} bytes from {@code offset} on
     * @throws java.io.UncheckedIOException when the host cannot read it
     */
    void read(int sector, byte[] into, int offset);

    /**
     * Replaces one sector.
     *
     * @throws java.io.UncheckedIOException when the host cannot write it
     */
    void write(int sector, byte[] from, int offset);

    /** True when writes are forbidden: the drive then shows "write-protected" and refuses WRITE. */
    default boolean writeProtected() {
        return false;
    }

    /** A number that stands for the contents in digests of the machine's state; equal contents, equal number. */
    default long digest() {
        return 0;
    }
}
