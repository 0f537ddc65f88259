package triplex.disk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A root record (SPEC.md, section 3): everything a volume's tree, bitmap and state hang from. */
public final class Root {
    static final int SIZE = 1024;
    static final int MAGIC = 0x54505852;
    static final int VERSION = 1;
    static final int NAME_MAX = 32;
    private static final int INODE_FILE_AT = 192;
    private static final int BITMAP_AT = 448;
    private static final int CONTENT = 1012;

    Layout layout;
    int compat;
    int roCompat;
    int incompat;
    int slot;
    Pair pair;
    int predecessorCrc;
    Pair agreed = Pair.NONE;
    Stamp syncTime;
    int stateLength;
    int stateCrc;
    int bootInode;
    int freeBlocks;
    int usedInodes;
    int firstFreeInode;
    int reserve;
    byte[] volumeId = new byte[16];
    byte[] nameBytes = new byte[NAME_MAX];
    Stamp madeTime;
    Inode inodeFile = new Inode(0);
    int[] bitmapCrc = new int[Layout.MAX_BITMAP_BLOCKS];
    /** Computed by {@link #encode} and {@link #decode}: the identity of the root on either half. */
    int contentCrc;
    int half;

    Root copy() {
        Root copy;
        try {
            copy = decode(encode(half));
        } catch (DiskException e) {
            throw new IllegalStateException("a root in memory does not survive its own encoding", e);
        }
        return copy;
    }

    byte[] encode(int forHalf) {
        byte[] b = new byte[SIZE];
        int[] words = {MAGIC, VERSION, compat, roCompat, incompat, layout.blockSize(), layout.totalBlocks(),
            layout.stateBlocks(), layout.rootBlock(slot), pair.incarnation(), pair.generation(), predecessorCrc,
            agreed.incarnation(), agreed.generation(), syncTime.seconds(), syncTime.ticks(), stateLength, stateCrc,
            bootInode, freeBlocks, usedInodes, firstFreeInode, layout.bitmapBlocks(), reserve};
        for (int i = 0; i < words.length; i++) {
            Bytes.put32(b, i * 4, words[i]);
        }
        System.arraycopy(volumeId, 0, b, 96, 16);
        System.arraycopy(nameBytes, 0, b, 112, NAME_MAX);
        madeTime.put(b, 144);
        inodeFile.encode(b, INODE_FILE_AT);
        for (int i = 0; i < bitmapCrc.length; i++) {
            Bytes.put32(b, BITMAP_AT + i * 4, bitmapCrc[i]);
        }
        contentCrc = Bytes.crc(b, 0, CONTENT);
        half = forHalf;
        Bytes.put32(b, CONTENT, contentCrc);
        Bytes.put32(b, CONTENT + 4, forHalf);
        Bytes.put32(b, CONTENT + 8, Bytes.crc(b, CONTENT, 8));
        return b;
    }

    /**
     * Takes a record apart.
     *
     * @throws DiskException DATA with the reason why the record is rejected
     */
    static Root decode(byte[] b) throws DiskException {
        if (Bytes.u32(b, 0) != MAGIC) {
            throw DiskException.data("no root record");
        }
        if (Bytes.u32(b, 1020) != Bytes.crc(b, CONTENT, 8) || Bytes.u32(b, CONTENT) != Bytes.crc(b, 0, CONTENT)) {
            throw DiskException.data("checksum mismatch");
        }
        if (Bytes.u32(b, 4) != VERSION) {
            throw DiskException.data("version " + Bytes.u32(b, 4) + " is not known");
        }
        String trouble = Layout.trouble(Bytes.u32(b, 20), Bytes.u32(b, 24), Bytes.u32(b, 28));
        if (trouble != null) {
            throw DiskException.data(trouble);
        }
        Root root = new Root();
        root.layout = new Layout(Bytes.u32(b, 20), Bytes.u32(b, 24), Bytes.u32(b, 28));
        root.compat = Bytes.u32(b, 8);
        root.roCompat = Bytes.u32(b, 12);
        root.incompat = Bytes.u32(b, 16);
        int own = Bytes.u32(b, 32);
        root.slot = own == 0 ? 0 : 1;
        if (own != root.layout.rootBlock(root.slot) || Bytes.u32(b, 88) != root.layout.bitmapBlocks()) {
            throw DiskException.data("own address or bitmap size does not fit");
        }
        root.pair = new Pair(Bytes.u32(b, 36), Bytes.u32(b, 40));
        root.predecessorCrc = Bytes.u32(b, 44);
        root.agreed = new Pair(Bytes.u32(b, 48), Bytes.u32(b, 52));
        root.syncTime = Stamp.get(b, 56);
        root.stateLength = Bytes.u32(b, 64);
        root.stateCrc = Bytes.u32(b, 68);
        root.bootInode = Bytes.u32(b, 72);
        root.freeBlocks = Bytes.u32(b, 76);
        root.usedInodes = Bytes.u32(b, 80);
        root.firstFreeInode = Bytes.u32(b, 84);
        root.reserve = Bytes.u32(b, 92);
        root.volumeId = Arrays.copyOfRange(b, 96, 112);
        root.nameBytes = Arrays.copyOfRange(b, 112, 112 + NAME_MAX);
        root.madeTime = Stamp.get(b, 144);
        root.inodeFile = Inode.decode(0, b, INODE_FILE_AT);
        for (int i = 0; i < root.bitmapCrc.length; i++) {
            root.bitmapCrc[i] = Bytes.u32(b, BITMAP_AT + i * 4);
        }
        root.contentCrc = Bytes.u32(b, CONTENT);
        root.half = Bytes.u32(b, CONTENT + 4);
        if (root.half != 0 && root.half != 1) {
            throw DiskException.data("mirror half " + root.half + " is not 0 or 1");
        }
        return root;
    }

    void setName(String name) throws DiskException {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > NAME_MAX) {
            throw DiskException.usage("the volume name is longer than " + NAME_MAX + " bytes");
        }
        nameBytes = Arrays.copyOf(utf8, NAME_MAX);
    }

    public Layout layout() {
        return layout;
    }

    /** 0 or 1: which of the two root blocks this one belongs to. */
    public int slot() {
        return slot;
    }

    public Pair pair() {
        return pair;
    }

    public Pair agreed() {
        return agreed;
    }

    public Stamp syncTime() {
        return syncTime;
    }

    public int freeBlocks() {
        return freeBlocks;
    }

    public int bootInode() {
        return bootInode;
    }

    /** The same on both halves: two roots with equal content have equal values here. */
    public int contentCrc() {
        return contentCrc;
    }

    public String name() {
        int end = 0;
        while (end < NAME_MAX && nameBytes[end] != 0) {
            end++;
        }
        return new String(nameBytes, 0, end, StandardCharsets.UTF_8);
    }
}
