package triplex.disk;

import java.io.IOException;

/**
 * One disk's worth of bytes. Positions and lengths are in bytes; a transfer outside 0 .. size() is a defect of the
 * caller.
 */
public interface BlockDevice extends AutoCloseable {
    /** Bytes on the disk; does not change while it is open. */
    long size();

    /** Reads exactly {@code length} bytes. */
    void read(long position, byte[] buffer, int offset, int length) throws IOException;

    /** Writes exactly {@code length} bytes; durable only after {@link #flush()}. */
    void write(long position, byte[] buffer, int offset, int length) throws IOException;

    /** Returns when all that was written before is on the medium. */
    void flush() throws IOException;

    /** False if {@link #write} must not be called. */
    boolean writable();

    /** How messages name this disk. */
    String name();

    @Override
    void close() throws IOException;
}
