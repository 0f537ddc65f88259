package triplex.disk;

import java.io.IOException;

/**
 * What was found in one root slot of one half. {@code root} is null if the slot was rejected, and then {@code reason}
 * says why; {@code area} is the state area's used blocks, {@code areaLost} says that only the other half has them
 * right; {@code record} is the raw block.
 */
record RootSlot(int half, int slot, Root root, byte[] area, boolean areaLost, byte[] record, String reason) {
    private static final int[] SIZES = {4096, 2048, 1024};

    boolean erased() {
        return root == null && record != null && Bytes.isZero(record, 0, record.length);
    }

    /** Reads slot 0, and slot 1 where slot 0 says it is, or else at the end of the disk for each block size. */
    static RootSlot[] readBoth(Mirror mirror, int half) throws IOException {
        RootSlot first = read(mirror, half, 0, 0, 0);
        if (first.root != null) {
            int size = first.root.layout.blockSize();
            return new RootSlot[] {first, read(mirror, half, 1, size, first.root.layout.rootBlock(1))};
        }
        RootSlot second = null;
        long diskBytes = mirror.half(half).size();
        for (int size : SIZES) {
            RootSlot found = read(mirror, half, 1, size, (int) Math.min(diskBytes / size - 1, Integer.MAX_VALUE));
            boolean better = second == null || found.root != null || !isRecord(second) && isRecord(found);
            second = better && (second == null || second.root == null) ? found : second;
        }
        return new RootSlot[] {first, second};
    }

    private static boolean isRecord(RootSlot slot) {
        return slot.record != null && Bytes.u32(slot.record, 0) == Root.MAGIC;
    }

    /** A block size of 0 stands for "not known": slot 0 begins the disk whatever it is. */
    private static RootSlot read(Mirror mirror, int half, int slot, int blockSize, int block) throws IOException {
        BlockDevice disk = mirror.half(half);
        if (disk.size() < Root.SIZE || block < 0) {
            return new RootSlot(half, slot, null, null, false, null, "the disk is too short");
        }
        byte[] record = new byte[Root.SIZE];
        disk.read((long) block * blockSize, record, 0, Root.SIZE);
        try {
            Root root = Root.decode(record);
            if (root.layout.rootBlock(root.slot) != block || blockSize != 0 && root.layout.blockSize() != blockSize) {
                throw DiskException.data("the record belongs to another block");
            }
            if ((long) root.layout.totalBlocks() * root.layout.blockSize() > disk.size()) {
                throw DiskException.data("the volume has " + root.layout.totalBlocks()
                        + " blocks, but the disk is shorter");
            }
            if (mirror.isPair() && root.half != half) {
                throw DiskException.data("this disk is half " + root.half + " of the mirror");
            }
            if (root.incompat != 0) {
                throw DiskException.data("incompatible features 0x" + Integer.toHexString(root.incompat));
            }
            byte[] area = readState(mirror, half, root);
            String trouble = area == null ? "state area: impossible length" : StateArea.trouble(root, area);
            boolean lost = trouble != null && area != null && mirror.half(1 - half) != null;
            if (lost) {
                area = readState(mirror, 1 - half, root);
            }
            if (area == null || StateArea.trouble(root, area) != null) {
                throw DiskException.data(trouble);
            }
            record = mirror.readRaw(half, block, root.layout.blockSize());
            return new RootSlot(half, slot, root, area, lost, record, null);
        } catch (DiskException e) {
            return new RootSlot(half, slot, null, null, false, record, e.getMessage());
        }
    }

    /** The used blocks of the root's state area as one half has them; null if there is no such thing. */
    private static byte[] readState(Mirror mirror, int half, Root root) throws IOException {
        int blocks = StateArea.usedBlocks(root);
        int blockSize = root.layout.blockSize();
        long start = (long) root.layout.stateArea(root.slot) * blockSize;
        if (blocks < 0 || start + (long) blocks * blockSize > mirror.half(half).size()) {
            return null;
        }
        byte[] area = new byte[blocks * blockSize];
        mirror.half(half).read(start, area, 0, area.length);
        return area;
    }

    /** Writes the state area back that was taken from the other half. */
    void restoreArea(Mirror mirror) throws IOException {
        int blockSize = root.layout.blockSize();
        mirror.writeRaw(half, root.layout.stateArea(slot), area, blockSize);
    }
}
