package triplex.disk;

import java.util.BitSet;

/**
 * Where things stand on a volume (SPEC.md, section 2). All numbers are blocks except {@code blockSize}, which is bytes.
 */
public record Layout(int blockSize, int totalBlocks, int stateBlocks) {
    static final int MAX_BITMAP_BLOCKS = 141;
    static final int MAX_STATE_BLOCKS = 256;
    static final int MIN_POOL = 128;

    /**
     * Checks the limits of the format.
     *
     * @throws DiskException USAGE, with the limit that does not hold
     */
    public static Layout of(int blockSize, long totalBlocks, int stateBlocks) throws DiskException {
        String trouble = trouble(blockSize, totalBlocks, stateBlocks);
        if (trouble != null) {
            throw DiskException.usage(trouble);
        }
        return new Layout(blockSize, (int) totalBlocks, stateBlocks);
    }

    static String trouble(int blockSize, long totalBlocks, int stateBlocks) {
        if (blockSize != 1024 && blockSize != 2048 && blockSize != 4096) {
            return "block size " + blockSize + " is not 1024, 2048 or 4096";
        }
        if (stateBlocks < 1 || stateBlocks > MAX_STATE_BLOCKS) {
            return "a state area of " + stateBlocks + " blocks is not in 1 .. " + MAX_STATE_BLOCKS;
        }
        if (totalBlocks < 0 || totalBlocks > (long) MAX_BITMAP_BLOCKS * 8 * blockSize) {
            return "the volume is too large for blocks of " + blockSize + " bytes";
        }
        Layout layout = new Layout(blockSize, (int) totalBlocks, stateBlocks);
        return layout.poolEnd() - layout.poolStart() < MIN_POOL ? "the volume is too small" : null;
    }

    int bitmapBlocks() {
        return (int) ((totalBlocks + 8L * blockSize - 1) / (8L * blockSize));
    }

    int rootBlock(int slot) {
        return slot == 0 ? 0 : totalBlocks - 1;
    }

    int bitmapArea(int slot) {
        return slot == 0 ? 1 : totalBlocks - 1 - bitmapBlocks();
    }

    int stateArea(int slot) {
        return slot == 0 ? 1 + bitmapBlocks() : poolEnd();
    }

    int poolStart() {
        return 1 + bitmapBlocks() + stateBlocks;
    }

    int poolEnd() {
        return totalBlocks - 1 - bitmapBlocks() - stateBlocks;
    }

    boolean inPool(int block) {
        return block >= poolStart() && block < poolEnd();
    }

    int pointersPerBlock() {
        return blockSize / Pointer.SIZE;
    }

    /** The greatest number of blocks in one file. */
    int maxFileBlocks() {
        int p = pointersPerBlock();
        return Inode.DIRECT + p + p * p;
    }

    int defaultReserve() {
        return Math.max(64, totalBlocks / 32);
    }

    /** The fixed blocks, and the bits of the bitmap areas beyond the volume, which are always set. */
    BitSet fixedBits() {
        BitSet bits = new BitSet();
        bits.set(0, poolStart());
        bits.set(poolEnd(), bitmapBlocks() * 8 * blockSize);
        return bits;
    }
}
