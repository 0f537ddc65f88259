package triplex.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One disk, or the two halves of a mirrored pair. Reads are checked against the parent's CRC and fall back to the other
 * half; a half that is stale is not written, and is read only where the parent's CRC says that it is right.
 */
public final class Mirror implements AutoCloseable {
    private final BlockDevice[] halves;
    private final boolean pair;
    private final boolean[] trusted = {true, true};
    private final List<String> log = new ArrayList<>();
    private int badReads;
    private int repairs;

    private Mirror(BlockDevice[] halves, boolean pair) {
        this.halves = halves;
        this.pair = pair;
    }

    /** A disk looked at alone; it may carry either half's number. */
    public static Mirror single(BlockDevice disk) {
        return new Mirror(new BlockDevice[] {disk, null}, false);
    }

    /** A pair; one of the two may be null, which is a half that is absent. */
    public static Mirror pair(BlockDevice half0, BlockDevice half1) {
        if (half0 == null && half1 == null) {
            throw new IllegalArgumentException("a pair of two absent halves");
        }
        return new Mirror(new BlockDevice[] {half0, half1}, true);
    }

    /**
     * Opens {@code image} if there is such a file, else {@code image.0} and {@code image.1}, of which one may be
     * missing.
     *
     * @throws DiskException NOT_FOUND if there is none of the three
     */
    public static Mirror open(Path image, boolean writable) throws IOException {
        Path[] paths = {Path.of(image + ".0"), Path.of(image + ".1")};
        if (Files.exists(image) || !Files.exists(paths[0]) && !Files.exists(paths[1])) {
            return single(FileDevice.open(image, writable));
        }
        BlockDevice[] halves = new BlockDevice[2];
        try {
            for (int half = 0; half < 2; half++) {
                halves[half] = Files.exists(paths[half]) ? FileDevice.open(paths[half], writable) : null;
            }
        } catch (IOException e) {
            if (halves[0] != null) {
                halves[0].close();
            }
            throw e;
        }
        Mirror mirror = pair(halves[0], halves[1]);
        for (int half = 0; half < 2; half++) {
            if (halves[half] == null) {
                mirror.log.add(paths[half] + ": this half of the mirror is missing, using the other alone");
            }
        }
        return mirror;
    }

    boolean isPair() {
        return pair;
    }

    /** The disk of a half, or null if it is absent. */
    BlockDevice half(int half) {
        return halves[half];
    }

    boolean trusted(int half) {
        return halves[half] != null && trusted[half];
    }

    void trust(int half, boolean yes) {
        trusted[half] = yes;
    }

    boolean complete() {
        return trusted(0) && trusted(1);
    }

    boolean writable() {
        return (halves[0] == null || halves[0].writable()) && (halves[1] == null || halves[1].writable());
    }

    String name() {
        return halves[0] != null ? halves[0].name() : halves[1].name();
    }

    /** Bytes of the smaller half that is present. */
    long size() {
        long size = Long.MAX_VALUE;
        for (BlockDevice disk : halves) {
            size = disk == null ? size : Math.min(size, disk.size());
        }
        return size;
    }

    /** Reads of single blocks whose CRC was wrong on one half. */
    public int badReads() {
        return badReads;
    }

    /** Blocks that were written back from the good half. */
    public int repairs() {
        return repairs;
    }

    /** What the user should be told, in order. */
    public List<String> log() {
        return List.copyOf(log);
    }

    void note(String line) {
        log.add(line);
    }

    byte[] readRaw(int half, int block, int blockSize) throws IOException {
        byte[] data = new byte[blockSize];
        halves[half].read((long) block * blockSize, data, 0, blockSize);
        return data;
    }

    /**
     * Reads a block from whichever half holds what the parent says; a half that is not trusted is asked last.
     *
     * @throws DiskException DATA if no half does
     */
    byte[] read(int block, int blockSize, int crc, String what) throws IOException {
        boolean[] bad = new boolean[2];
        for (int half : order()) {
            byte[] data = (long) (block + 1) * blockSize > halves[half].size() ? null : readRaw(half, block, blockSize);
            if (data == null || Bytes.crc(data) != crc) {
                bad[half] = trusted[half];
                badReads += trusted[half] ? 1 : 0;
                continue;
            }
            if (bad[1 - half]) {
                repair(1 - half, block, data, what);
            }
            return data;
        }
        String where = bad[0] && bad[1] ? "on both halves" : "and no other half has it";
        throw DiskException.data(what + ": block " + block + ": checksum mismatch " + where);
    }

    /** The halves that are present, in the order in which they are believed. */
    int[] order() {
        if (halves[0] == null || halves[1] == null) {
            return new int[] {halves[0] == null ? 1 : 0};
        }
        return trusted[0] ? new int[] {0, 1} : new int[] {1, 0};
    }

    private void repair(int half, int block, byte[] good, String what) throws IOException {
        boolean write = halves[half].writable();
        if (write) {
            halves[half].write((long) block * good.length, good, 0, good.length);
            repairs++;
        }
        log.add(halves[half].name() + ": " + what + ": block " + block + ": checksum mismatch, "
                + (write ? "repaired from the other half" : "read from the other half"));
    }

    /** Writes to every half that takes part. */
    void write(int block, byte[] data) throws IOException {
        for (int half = 0; half < 2; half++) {
            if (trusted(half)) {
                writeRaw(half, block, data, data.length);
            }
        }
    }

    void writeRaw(int half, int block, byte[] data, int blockSize) throws IOException {
        halves[half].write((long) block * blockSize, data, 0, data.length);
    }

    void flush() throws IOException {
        for (int half = 0; half < 2; half++) {
            if (trusted(half)) {
                halves[half].flush();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (halves[0] != null) {
                halves[0].close();
            }
        } finally {
            if (halves[1] != null) {
                halves[1].close();
            }
        }
    }
}
