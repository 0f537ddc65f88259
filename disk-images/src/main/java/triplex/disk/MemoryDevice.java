package triplex.disk;

import java.io.IOException;

/** A disk in memory. The byte array is shared with the caller, who may plant faults in it. */
public final class MemoryDevice implements BlockDevice {
    private final byte[] bytes;
    private final String name;

    public MemoryDevice(byte[] bytes, String name) {
        this.bytes = bytes;
        this.name = name;
    }

    /** The medium itself, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long position, byte[] buffer, int offset, int length) throws IOException {
        System.arraycopy(bytes, Math.toIntExact(position), buffer, offset, length);
    }

    @Override
    public void write(long position, byte[] buffer, int offset, int length) throws IOException {
        System.arraycopy(buffer, offset, bytes, Math.toIntExact(position), length);
    }

    @Override
    public void flush() {
        // Memory has no volatile cache in front of it.
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
