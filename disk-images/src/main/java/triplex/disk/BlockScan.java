package triplex.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first half of fsck: every block that a root reaches, on each half; the inodes' own format; the bitmap. Changes
 * nothing.
 */
final class BlockScan {
    private record Rescue(int half, int block, byte[] data) {
    }

    private interface BlockUse {
        void accept(int index, byte[] data) throws IOException;
    }

    private final Mirror mirror;
    private final Root root;
    private final Layout layout;
    private final List<Finding> findings;
    private final int[] owner;
    final BitSet reached = new BitSet();
    /** Index is the inode number; entry 0 is the inode file. */
    final List<Inode> inodes = new ArrayList<>();
    /** Directory blocks by inode; null entries for holes and blocks that cannot be read. */
    final Map<Integer, byte[][]> directories = new LinkedHashMap<>();
    private final List<Rescue> rescues = new ArrayList<>();
    private int held;

    BlockScan(Mirror mirror, Root root, List<Finding> findings) {
        this.mirror = mirror;
        this.root = root;
        this.layout = root.layout;
        this.findings = findings;
        this.owner = new int[layout.totalBlocks()];
        Arrays.fill(owner, -1);
        reached.or(layout.fixedBits());
    }

    private void report(Finding.Rule rule, int inode, String text, Finding.Fix fix) {
        Finding.Stage stage = inode == 0 ? Finding.Stage.INODE_FILE : Finding.Stage.FILES;
        findings.add(new Finding(rule, stage, (inode == 0 ? "inode file" : "inode " + inode) + ": " + text, fix));
    }

    void run() throws IOException {
        Inode file = root.inodeFile;
        inodes.add(file);
        int blockSize = layout.blockSize();
        if (file.mode != (Inode.REGULAR | 0600) || file.nlink != 1 || file.flags != 0 || !file.reservedZero
                || file.size() % blockSize != 0 || file.size() > (long) layout.maxFileBlocks() * blockSize) {
            report(Finding.Rule.FORMAT, 0, "bad mode, links, flags or size", v -> {
                v.root.inodeFile.mode = Inode.REGULAR | 0600;
                v.root.inodeFile.nlink = 1;
                v.root.inodeFile.flags = 0;
                v.root.inodeFile.size = (int) Math.min(file.size() / blockSize, layout.maxFileBlocks()) * blockSize;
            });
        }
        int count = (int) Math.min(file.size() / blockSize, layout.maxFileBlocks());
        byte[][] blocks = new byte[count][];
        walk(file, (index, data) -> blocks[index] = data);
        for (int i = 0; i < count; i++) {
            scanInodeBlock(i, blocks[i]);
        }
        for (int number = 1; number < inodes.size(); number++) {
            scanInode(inodes.get(number));
        }
        compareBitmap();
    }

    private void scanInodeBlock(int index, byte[] data) {
        int perBlock = layout.blockSize() / Inode.SIZE;
        if (data == null) {
            report(Finding.Rule.FORMAT, 0, "block " + index + " is missing", v ->
                v.inodeFile.set(index, v.store.write(Pointer.NONE, new byte[layout.blockSize()])));
        }
        byte[] block = data == null ? new byte[layout.blockSize()] : data;
        for (int i = 0; i < perBlock; i++) {
            int number = index * perBlock + i;
            Inode inode = Inode.decode(number, block, i * Inode.SIZE);
            byte[] canonical = new byte[Inode.SIZE];
            inode.encode(canonical, 0);
            boolean exact = Arrays.equals(canonical, 0, Inode.SIZE, block, i * Inode.SIZE, (i + 1) * Inode.SIZE);
            if (number == 0) {
                if (!Bytes.isZero(block, 0, Inode.SIZE)) {
                    report(Finding.Rule.FORMAT, 0, "inode 0 is not zero", v -> {
                        byte[] copy = block.clone();
                        Arrays.fill(copy, 0, Inode.SIZE, (byte) 0);
                        v.inodeFile.set(0, v.store.write(v.inodeFile.get(0), copy));
                    });
                }
                continue;
            }
            if (!exact) {
                report(Finding.Rule.FORMAT, number, "reserved bytes are not zero", v -> v.changing(number));
            }
            inodes.add(inode);
        }
    }

    private void scanInode(Inode inode) throws IOException {
        if (inode.isFree()) {
            byte[] record = new byte[Inode.SIZE];
            inode.encode(record, 0);
            if (!Bytes.isZero(record, 0, 20) || !Bytes.isZero(record, 24, Inode.SIZE)) {
                report(Finding.Rule.FORMAT, inode.number, "free, but not zero", v -> v.changing(inode.number).clear());
            }
            return;
        }
        String trouble = trouble(inode);
        if (trouble != null) {
            Finding.Rule rule = inode.isSymlink() ? Finding.Rule.SYMLINK : Finding.Rule.FORMAT;
            report(rule, inode.number, trouble, v -> v.forget(v.changing(inode.number)));
            inode.mode = 0;
            return;
        }
        if (!inode.atime.wellFormed() || !inode.mtime.wellFormed() || !inode.ctime.wellFormed()) {
            report(Finding.Rule.FORMAT, inode.number, "a time has more than 9,999,999 ticks", v -> {
                Inode bad = v.changing(inode.number);
                bad.atime = new Stamp(bad.atime.seconds(), 0);
                bad.mtime = new Stamp(bad.mtime.seconds(), 0);
                bad.ctime = new Stamp(bad.ctime.seconds(), 0);
            });
        }
        if (inode.isInline()) {
            checkInline(inode);
            return;
        }
        int count = (int) ((inode.size() + layout.blockSize() - 1) / layout.blockSize());
        byte[][] blocks = new byte[inode.isDirectory() || inode.isSymlink() ? count : 0][];
        walk(inode, (index, data) -> {
            if (index < blocks.length) {
                blocks[index] = data;
            }
            checkTail(inode, index, data);
        });
        if (inode.isDirectory()) {
            directories.put(inode.number, blocks);
        } else if (inode.isSymlink() && Arrays.asList(blocks).contains(null)) {
            report(Finding.Rule.SYMLINK, inode.number, "the text is missing", v -> v.forget(v.changing(inode.number)));
        }
        if (inode.blocks != held) {
            int right = held;
            findings.add(new Finding(Finding.Rule.ALLOCATION, Finding.Stage.COUNTS, "inode " + inode.number
                    + ": counts " + inode.blocks + " blocks, holds " + right,
                    v -> v.changing(inode.number).blocks = right));
        }
    }

    /** What makes an inode worthless; null if nothing does. */
    private String trouble(Inode inode) {
        if (!inode.typeKnown()) {
            return "unknown type, mode 0" + Integer.toOctalString(inode.mode);
        }
        boolean special = inode.type() == Inode.CHAR || inode.type() == Inode.FIFO;
        boolean empty = Arrays.stream(inode.pointers).allMatch(p -> p.equals(Pointer.NONE));
        if ((inode.flags & ~Inode.FLAG_INLINE) != 0 || inode.isInline() && (inode.isDirectory() || special)) {
            return "flags that do not fit its type";
        }
        if (special && (inode.size != 0 || !empty) || inode.type() != Inode.CHAR && inode.rdev != 0) {
            return "size, pointers or device number do not fit its type";
        }
        if (inode.isSymlink() && (inode.size() < 1 || inode.size() > Inode.MAX_SYMLINK)) {
            return "a symbolic link of " + inode.size() + " bytes";
        }
        if (inode.isInline() && inode.size() > Inode.INLINE_MAX) {
            return "inline with " + inode.size() + " bytes";
        }
        if (inode.isDirectory() && (inode.size == 0 || inode.size() % layout.blockSize() != 0)) {
            return "a directory of " + inode.size() + " bytes";
        }
        return inode.size() > (long) layout.maxFileBlocks() * layout.blockSize() ? "an impossible size" : null;
    }

    private void checkInline(Inode inode) {
        if (!Bytes.isZero(inode.inline, inode.size, Inode.INLINE_MAX)) {
            report(Finding.Rule.FORMAT, inode.number, "inline bytes beyond its size are not zero", v ->
                Arrays.fill(v.changing(inode.number).inline, inode.size, Inode.INLINE_MAX, (byte) 0));
        }
        if (inode.blocks != 0) {
            findings.add(new Finding(Finding.Rule.ALLOCATION, Finding.Stage.COUNTS, "inode " + inode.number
                    + ": inline, but counts blocks", v -> v.changing(inode.number).blocks = 0));
        }
    }

    private void checkTail(Inode inode, int index, byte[] data) {
        int blockSize = layout.blockSize();
        int tail = (int) (inode.size() - (long) index * blockSize);
        if (data != null && tail > 0 && tail < blockSize && !Bytes.isZero(data, tail, blockSize)) {
            report(Finding.Rule.FORMAT, inode.number, "bytes of the last block beyond its size are not zero", v -> {
                byte[] clean = Arrays.copyOf(Arrays.copyOf(data, tail), blockSize);
                v.writeBlock(v.changing(inode.number), index, clean);
            });
        }
    }

    /**
     * Visits all blocks of a file, indirect ones first; {@code use} gets null for a block that is bad. Sets {@link
     * #held}.
     */
    private void walk(Inode inode, BlockUse use) throws IOException {
        held = 0;
        int end = (int) ((inode.size() + layout.blockSize() - 1) / layout.blockSize());
        int per = layout.pointersPerBlock();
        for (int i = 0; i < Inode.DIRECT; i++) {
            data(inode, i, inode.pointers[i], root.pair.generation(), end, use);
        }
        byte[] single = indirect(inode, inode.pointers[Inode.SINGLE], root.pair.generation(), "indirect block",
                v -> { v.anyMap(inode.number).cut(Inode.SINGLE); v.changing(inode.number); });
        row(inode, single, inode.pointers[Inode.SINGLE], Inode.DIRECT, end, use);
        Pointer top = inode.pointers[Inode.DOUBLE];
        byte[] outer = indirect(inode, top, root.pair.generation(), "double indirect block",
                v -> { v.anyMap(inode.number).cut(Inode.DOUBLE); v.changing(inode.number); });
        for (int i = 0; outer != null && i < per; i++) {
            int index = i;
            Pointer pointer = Pointer.get(outer, i * Pointer.SIZE);
            byte[] leaf = indirect(inode, pointer, top.birth(), "indirect block " + i,
                    v -> { v.anyMap(inode.number).cutRow(index); v.changing(inode.number); });
            row(inode, leaf, pointer, Inode.DIRECT + per + i * per, end, use);
        }
    }

    private byte[] indirect(Inode inode, Pointer at, int parentBirth, String what, Finding.Fix cut) throws IOException {
        byte[] block = visit(inode.number, at, parentBirth, what, cut, cut);
        int used = layout.pointersPerBlock() * Pointer.SIZE;
        if (block != null && (Bytes.isZero(block, 0, used) || !Bytes.isZero(block, used, block.length))) {
            report(Finding.Rule.FORMAT, inode.number, what + " is empty, or its last bytes are not zero", cut);
        }
        return block;
    }

    private void row(Inode inode, byte[] block, Pointer at, int first, int end, BlockUse use) throws IOException {
        for (int i = 0; block != null && i < layout.pointersPerBlock(); i++) {
            data(inode, first + i, Pointer.get(block, i * Pointer.SIZE), at.birth(), end, use);
        }
    }

    private void data(Inode inode, int index, Pointer at, int parentBirth, int end, BlockUse use) throws IOException {
        Finding.Fix cut = v -> { v.anyMap(inode.number).set(index, Pointer.NONE); v.changing(inode.number); };
        Finding.Fix move = v -> {
            byte[] copy = v.readBlock(at, "inode " + inode.number);
            v.anyMap(inode.number).set(index, v.store.write(Pointer.NONE, copy));
            v.changing(inode.number);
        };
        if (index >= end && !at.equals(Pointer.NONE)) {
            report(Finding.Rule.FORMAT, inode.number, "file block " + index + " lies beyond its size", cut);
            return;
        }
        byte[] block = visit(inode.number, at, parentBirth, "file block " + index, cut, move);
        if (block != null) {
            use.accept(index, block);
        }
    }

    /** Judges one pointer and the block behind it on each half; null for a hole or a block that does not count. */
    private byte[] visit(int inode, Pointer at, int parentBirth, String what, Finding.Fix cut, Finding.Fix move)
            throws IOException {
        if (at.equals(Pointer.NONE)) {
            return null;
        }
        if (!layout.inPool(at.block())) {
            report(Finding.Rule.ALLOCATION, inode, what + ": pointer to block " + at.block() + ", outside the pool",
                    cut);
            return null;
        }
        byte[] good = readHalves(inode, at, what, cut);
        if (good == null) {
            return null;
        }
        if (owner[at.block()] >= 0) {
            report(Finding.Rule.ALLOCATION, inode, what + ": block " + at.block() + " belongs to inode "
                    + owner[at.block()] + " already", move);
            return null;
        }
        boolean impossible = at.birth() == 0 || Integer.compareUnsigned(at.birth(), parentBirth) > 0;
        if (impossible) {
            report(Finding.Rule.FORMAT, inode, what + ": birth " + Integer.toUnsignedString(at.birth())
                    + " is not in 1 .. " + Integer.toUnsignedString(parentBirth), move);
        }
        owner[at.block()] = inode;
        reached.set(at.block());
        held++;
        return good;
    }

    private byte[] readHalves(int inode, Pointer at, String what, Finding.Fix cut) throws IOException {
        byte[] good = null;
        int bad = -1;
        for (int half : mirror.order()) {
            boolean trusted = mirror.trusted(half);
            boolean there = (at.block() + 1L) * layout.blockSize() <= mirror.half(half).size();
            if (!there || !trusted && good != null) {
                continue;
            }
            byte[] data = mirror.readRaw(half, at.block(), layout.blockSize());
            boolean fits = Bytes.crc(data) == at.crc();
            good = fits ? data : good;
            bad = !fits && trusted ? half : bad;
        }
        if (good == null) {
            report(Finding.Rule.CHECKSUM, inode, what + ": block " + at.block() + ": checksum mismatch", cut);
        } else if (bad >= 0) {
            rescues.add(new Rescue(bad, at.block(), good));
            findings.add(new Finding(Finding.Rule.CHECKSUM, Finding.Stage.HALVES, mirror.half(bad).name() + ": inode "
                    + inode + ": " + what + ": block " + at.block() + ": checksum mismatch, the other half is good",
                    Finding.Fix.sync()));
        }
        return good;
    }

    /** Writes the blocks that only the other half had; to be done before that half may be overwritten. */
    void rescue() throws IOException {
        for (Rescue rescue : rescues) {
            mirror.writeRaw(rescue.half, rescue.block, rescue.data, layout.blockSize());
        }
        mirror.flush();
    }

    private void compareBitmap() throws IOException {
        BitSet stored = new BitSet();
        int size = layout.blockSize();
        for (int i = 0; i < layout.bitmapBlocks(); i++) {
            int block = layout.bitmapArea(root.slot) + i;
            for (int half = 0; half < 2; half++) {
                if (!mirror.trusted(half)) {
                    continue;
                }
                byte[] data = mirror.readRaw(half, block, size);
                if (Bytes.crc(data) != root.bitmapCrc[i]) {
                    findings.add(new Finding(Finding.Rule.CHECKSUM, Finding.Stage.COUNTS,
                            mirror.half(half).name() + ": bitmap block " + i + ": checksum mismatch",
                            Finding.Fix.sync()));
                    continue;
                }
                BitSet part = BitSet.valueOf(data);
                for (int bit = part.nextSetBit(0); bit >= 0; bit = part.nextSetBit(bit + 1)) {
                    stored.set(i * 8 * size + bit);
                }
            }
        }
        BitSet lost = (BitSet) stored.clone();
        lost.andNot(reached);
        BitSet missing = (BitSet) reached.clone();
        missing.andNot(stored);
        bits("marked in use, but not reached", lost);
        bits("in use, but marked free", missing);
        int free = Bitmap.free(layout, reached);
        if (root.freeBlocks != free && lost.isEmpty() && missing.isEmpty()) {
            findings.add(new Finding(Finding.Rule.ALLOCATION, Finding.Stage.COUNTS,
                    "the root counts " + root.freeBlocks + " free blocks, there are " + free, Finding.Fix.sync()));
        }
    }

    private void bits(String what, BitSet bits) {
        if (!bits.isEmpty()) {
            findings.add(new Finding(Finding.Rule.ALLOCATION, Finding.Stage.COUNTS, bits.cardinality()
                    + " blocks " + what + ", the first is " + bits.nextSetBit(0), Finding.Fix.sync()));
        }
    }
}
