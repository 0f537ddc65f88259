package triplex.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records inside one directory block (SPEC.md, section 5). */
final class Directory {
    static final int HEADER = 8;
    static final int MIN_RECORD = 12;
    static final int NAME_MAX = 255;

    private Directory() {
    }

    static int need(int nameLength) {
        return HEADER + (nameLength + 3) / 4 * 4;
    }

    /** One unused record that fills the block. */
    static byte[] emptyBlock(int blockSize) {
        byte[] block = new byte[blockSize];
        Bytes.put16(block, 4, blockSize);
        return block;
    }

    /** Why the records do not fill the block as they must; null if they do. */
    static String trouble(byte[] block) {
        int good = goodLength(block);
        return good < block.length ? "bad record at byte " + good : null;
    }

    /** How many bytes, from the block's beginning, consist of well-formed records. */
    static int goodLength(byte[] block) {
        int at = 0;
        while (at < block.length) {
            int left = block.length - at;
            int length = left < MIN_RECORD ? 0 : Bytes.u16(block, at + 4);
            if (length < MIN_RECORD || length % 4 != 0 || length > left) {
                return at;
            }
            int nameLength = Bytes.u8(block, at + 6);
            boolean used = Bytes.u32(block, at) != 0;
            if (used ? nameLength == 0 || need(nameLength) > length : nameLength != 0 || Bytes.u8(block, at + 7) != 0) {
                return at;
            }
            at += length;
        }
        return at;
    }

    /** The used records of a well-formed block; {@code base} is the block's byte offset in the directory. */
    static List<DirEntry> entries(byte[] block, long base) {
        List<DirEntry> entries = new ArrayList<>();
        for (int at = 0; at < block.length; at += Bytes.u16(block, at + 4)) {
            if (Bytes.u32(block, at) != 0) {
                int nameAt = at + HEADER;
                entries.add(new DirEntry(Bytes.u32(block, at), Bytes.u8(block, at + 7),
                        Arrays.copyOfRange(block, nameAt, nameAt + Bytes.u8(block, at + 6)), base + at));
            }
        }
        return entries;
    }

    /** The position of a name's record in a well-formed block, or -1. */
    static int find(byte[] block, byte[] name) {
        for (int at = 0; at < block.length; at += Bytes.u16(block, at + 4)) {
            if (Bytes.u32(block, at) != 0 && Bytes.u8(block, at + 6) == name.length
                    && Arrays.equals(block, at + HEADER, at + HEADER + name.length, name, 0, name.length)) {
                return at;
            }
        }
        return -1;
    }

    /** Puts a record into the first place that is large enough; false if there is none. */
    static boolean insert(byte[] block, byte[] name, int inode, int type) {
        int need = need(name.length);
        for (int at = 0; at < block.length; at += Bytes.u16(block, at + 4)) {
            int length = Bytes.u16(block, at + 4);
            int kept = Bytes.u32(block, at) == 0 ? 0 : need(Bytes.u8(block, at + 6));
            if (length - kept >= need) {
                if (kept > 0) {
                    Bytes.put16(block, at + 4, kept);
                }
                put(block, at + kept, length - kept, name, inode, type);
                return true;
            }
        }
        return false;
    }

    static void put(byte[] block, int at, int length, byte[] name, int inode, int type) {
        Bytes.put32(block, at, inode);
        Bytes.put16(block, at + 4, length);
        block[at + 6] = (byte) name.length;
        block[at + 7] = (byte) type;
        System.arraycopy(name, 0, block, at + HEADER, name.length);
    }

    /** Takes the record at {@code position} out: its predecessor in the block grows, or it becomes unused. */
    static void remove(byte[] block, int position) {
        int before = -1;
        for (int at = 0; at < position; at += Bytes.u16(block, at + 4)) {
            before = at;
        }
        if (before >= 0) {
            Bytes.put16(block, before + 4, Bytes.u16(block, before + 4) + Bytes.u16(block, position + 4));
        } else {
            Bytes.put32(block, position, 0);
            Bytes.put16(block, position + 6, 0);
        }
    }
}
