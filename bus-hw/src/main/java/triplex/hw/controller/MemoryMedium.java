package triplex.hw.controller;

/** A medium in an array. The array is not copied: the caller sees what the machine writes. */
public final class MemoryMedium implements Medium {
    private final byte[] bytes;

    /**
     * Wraps an array.
     *
     * @param bytes the contents, a positive multiple of 512 bytes
     */
    public MemoryMedium(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % SECTOR != 0) {
            throw new IllegalArgumentException("a medium is a positive multiple of 512 bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    @Override
    public int sectors() {
        return bytes.length / SECTOR;
    }

    @Override
    public void read(int sector, byte[] into, int offset) {
        System.arraycopy(bytes, sector * SECTOR, into, offset, SECTOR);
    }

    @Override
    public void write(int sector, byte[] from, int offset) {
        System.arraycopy(from, offset, bytes, sector * SECTOR, SECTOR);
    }
}
