package triplex.disk;

import java.util.ArrayList;
import java.util.List;

/** A state area's bytes (SPEC.md, section 7): the header, and of the records only the list of orphans. */
final class StateArea {
    static final int HEADER = 32;
    static final int MAGIC = 0x54505853;
    private static final int ORPHANS = 1;

    private StateArea() {
    }

    /** Whole blocks, ready to be written; sets length and CRC in the root they belong to. */
    static byte[] encode(Root root, List<Integer> orphans) throws DiskException {
        int length = HEADER + (orphans.isEmpty() ? 0 : 8 + 4 * orphans.size());
        int blockSize = root.layout.blockSize();
        int blocks = (length + blockSize - 1) / blockSize;
        if (blocks > root.layout.stateBlocks()) {
            throw DiskException.full("the state area is too small for " + orphans.size() + " orphans");
        }
        byte[] b = new byte[blocks * blockSize];
        int[] header = {MAGIC, 1, root.pair.incarnation(), root.pair.generation(), length};
        for (int i = 0; i < header.length; i++) {
            Bytes.put32(b, i * 4, header[i]);
        }
        Bytes.put32(b, 28, Bytes.crc(b, 0, 28));
        if (!orphans.isEmpty()) {
            Bytes.put32(b, HEADER, ORPHANS);
            Bytes.put32(b, HEADER + 4, 4 * orphans.size());
            for (int i = 0; i < orphans.size(); i++) {
                Bytes.put32(b, HEADER + 8 + 4 * i, orphans.get(i));
            }
        }
        root.stateLength = length;
        root.stateCrc = crcOfCrcs(b, blockSize);
        return b;
    }

    /** The number of whole blocks that the root says are in use, or -1 if that cannot be. */
    static int usedBlocks(Root root) {
        long length = Integer.toUnsignedLong(root.stateLength);
        int blockSize = root.layout.blockSize();
        if (length < HEADER || length % 4 != 0 || length > (long) root.layout.stateBlocks() * blockSize) {
            return -1;
        }
        return (int) ((length + blockSize - 1) / blockSize);
    }

    /** Why the area does not belong to the root; null if it does. */
    static String trouble(Root root, byte[] area) {
        if (crcOfCrcs(area, root.layout.blockSize()) != root.stateCrc) {
            return "state area: checksum mismatch";
        }
        if (Bytes.u32(area, 0) != MAGIC || Bytes.u32(area, 4) != 1 || Bytes.u32(area, 28) != Bytes.crc(area, 0, 28)) {
            return "state area: bad header";
        }
        if (!new Pair(Bytes.u32(area, 8), Bytes.u32(area, 12)).equals(root.pair)) {
            return "state area: it belongs to another root";
        }
        return Bytes.u32(area, 16) != root.stateLength ? "state area: its length is not the root's" : null;
    }

    /**
     * The inodes that were open without a name.
     *
     * @throws DiskException DATA if the records do not fill the area as they should
     */
    static List<Integer> orphans(byte[] area) throws DiskException {
        List<Integer> orphans = new ArrayList<>();
        long end = Bytes.u32(area, 16);
        long at = HEADER;
        boolean seen = false;
        while (at < end) {
            long length = at + 8 <= end ? Integer.toUnsignedLong(Bytes.u32(area, (int) at + 4)) : Long.MAX_VALUE / 2;
            if (at + 8 + length > end) {
                throw DiskException.data("state area: a record at byte " + at + " does not fit");
            }
            if (Bytes.u32(area, (int) at) == ORPHANS) {
                if (seen || length % 4 != 0) {
                    throw DiskException.data("state area: bad list of orphans");
                }
                seen = true;
                for (int i = 0; i < length; i += 4) {
                    orphans.add(Bytes.u32(area, (int) at + 8 + i));
                }
            }
            at += 8 + (length + 3) / 4 * 4;
        }
        return orphans;
    }

    private static int crcOfCrcs(byte[] area, int blockSize) {
        byte[] row = new byte[area.length / blockSize * 4];
        for (int i = 0; i < row.length / 4; i++) {
            Bytes.put32(row, i * 4, Bytes.crc(area, i * blockSize, blockSize));
        }
        return Bytes.crc(row);
    }

    static boolean tailZero(byte[] area) {
        return Bytes.isZero(area, 20, 28) && Bytes.isZero(area, Bytes.u32(area, 16), area.length);
    }
}
