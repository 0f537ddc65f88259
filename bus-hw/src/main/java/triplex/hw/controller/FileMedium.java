package triplex.hw.controller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A medium in an open file. Whoever opened the channel locks and closes it. */
public final class FileMedium implements Medium {
    private final FileChannel channel;
    private final int sectors;
    private final boolean readOnly;

    /**
     * Wraps a channel.
     *
     * @param channel open for reading, and for writing unless {@code readOnly}
     * @throws IOException when the size cannot be read
     * @throws IllegalArgumentException when the size is not a positive multiple of 512 below 1 TiB
     */
    public FileMedium(FileChannel channel, boolean readOnly) throws IOException {
        long size = channel.size();
        if (size == 0 || size % SECTOR != 0 || size / SECTOR > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a medium is a positive multiple of 512 bytes, not " + size);
        }
        this.channel = channel;
        this.sectors = (int) (size / SECTOR);
        this.readOnly = readOnly;
    }

    @Override
    public int sectors() {
        return sectors;
    }

    @Override
    public boolean writeProtected() {
        return readOnly;
    }

    @Override
    public void read(int sector, byte[] into, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, SECTOR);
        long at = (long) sector * SECTOR;
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, at + SECTOR - buffer.remaining()) < 0) {
                    throw new IOException("sector " + sector + " is beyond the end of the image file");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(int sector, byte[] from, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(from, offset, SECTOR);
        long at = (long) sector * SECTOR;
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, at + SECTOR - buffer.remaining());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
