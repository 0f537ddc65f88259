package triplex.disk;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * A volume open for changes. Changes gather until {@link #commit}, which is one sync: either all of them are on the
 * disk afterwards or, if it is cut short anywhere, none. A failed change leaves the editor in no defined state: close
 * it without commit.
 */
public final class VolumeEditor extends Volume {
    private enum Limit { ORDINARY, UNLINK, SYNC }

    private final BitSet committed;
    private final BitSet working;
    private final BitSet unavailable;
    private final TreeSet<Integer> dirty = new TreeSet<>();
    private final TreeSet<Integer> orphanSet;
    private final int targetSlot;
    private final Pair next;
    private final int basisCrc;
    private boolean finished;
    private Limit limit = Limit.ORDINARY;
    private int freeCount;
    private int lowest;

    VolumeEditor(Mirror mirror, Root root, List<Integer> orphans, BitSet committed, BitSet working, int targetSlot,
            Pair next) {
        super(mirror, root, orphans);
        this.committed = committed;
        this.working = working;
        this.unavailable = (BitSet) committed.clone();
        this.unavailable.or(working);
        this.orphanSet = new TreeSet<>(orphans);
        this.targetSlot = targetSlot;
        this.next = next;
        this.basisCrc = root.contentCrc;
        this.freeCount = Bitmap.free(layout, working);
        this.lowest = layout.poolStart();
    }

    /**
     * Mounts for writing: a new incarnation begins, rejected roots are erased, a stale half is copied from the good
     * one.
     *
     * @throws DiskException DATA as {@link Volume#open}, or if the volume has features that forbid writing
     */
    public static VolumeEditor edit(Mirror mirror, int prefer) throws IOException {
        Mount mount = Mount.choose(mirror, prefer);
        if (mount.root.roCompat != 0) {
            throw DiskException.data(mirror.name() + ": has features that only allow reading");
        }
        BitSet used = Bitmap.read(mirror, mount.root);
        if (mount.stale[0] || mount.stale[1]) {
            BlockScan scan = new BlockScan(mirror, mount.root, new ArrayList<>());
            scan.run();
            scan.rescue();
        }
        mount.makeWritable(used);
        return on(mirror, mount, used, (BitSet) used.clone());
    }

    static VolumeEditor on(Mirror mirror, Mount mount, BitSet committed, BitSet working) throws IOException {
        Root root = mount.root.copy();
        Pair next = new Pair(root.pair.incarnation() + 1, root.pair.generation() + 1);
        List<Integer> orphans;
        try {
            orphans = StateArea.orphans(mount.area);
        } catch (DiskException e) {
            mirror.note(mirror.name() + ": " + e.getMessage() + ", taken as empty");
            orphans = List.of();
        }
        return new VolumeEditor(mirror, root, orphans, committed, working, 1 - root.slot, next);
    }

    @Override
    Pointer writeBlock(Pointer old, byte[] data) throws IOException {
        int block = old.block();
        if (old.isNone() || old.birth() != next.generation()) {
            // The old block counts as free first: whether a change is in place must not decide about "full".
            if (!old.isNone()) {
                freeBlock(old.block());
            }
            block = allocate();
        }
        mirror.write(block, data);
        return new Pointer(block, next.generation(), Bytes.crc(data));
    }

    private int allocate() throws DiskException {
        if (finished) {
            throw new IllegalStateException("a volume is changed after its commit");
        }
        int keep = switch (limit) {
            case ORDINARY -> root.reserve;
            case UNLINK -> root.reserve / 2;
            case SYNC -> 0;
        };
        int block = unavailable.nextClearBit(lowest);
        if (freeCount <= keep || block >= layout.poolEnd()) {
            throw DiskException.full(mirror.name() + ": no space left on the volume");
        }
        unavailable.set(block);
        working.set(block);
        freeCount--;
        lowest = block + 1;
        return block;
    }

    @Override
    void freeBlock(int block) {
        if (!working.get(block) || !layout.inPool(block)) {
            throw new IllegalStateException("block " + block + " is freed, but not in use");
        }
        working.clear(block);
        freeCount++;
        if (!committed.get(block)) {
            unavailable.clear(block);
            lowest = Math.min(lowest, block);
        }
    }

    /** Runs a change that gives up space: it may use half of the reserve. */
    void unlinking(boolean yes) {
        limit = yes ? Limit.UNLINK : Limit.ORDINARY;
    }

    void touch(Inode inode) {
        dirty.add(inode.number);
    }

    /** The lowest free inode number, with its generation advanced; the inode file grows by a block if there is none. */
    Inode allocateInode(int mode, Stamp time) throws IOException {
        int number = Math.max(1, Math.min(root.firstFreeInode, inodeSlots()));
        while (number < inodeSlots() && !slot(number).isFree()) {
            number++;
        }
        if (number >= inodeSlots()) {
            growInodeFile();
        }
        Inode inode = slot(number);
        root.firstFreeInode = number + 1;
        root.usedInodes++;
        inode.mode = mode;
        inode.generation++;
        inode.atime = inode.mtime = inode.ctime = time;
        touch(inode);
        return inode;
    }

    private void growInodeFile() throws IOException {
        int index = blockCount(root.inodeFile);
        inodeFile.set(index, store.write(Pointer.NONE, new byte[layout.blockSize()]));
        root.inodeFile.size += layout.blockSize();
    }

    /** Frees an inode and its blocks. */
    void freeInode(Inode inode) throws IOException {
        setSize(inode, 0);
        map(inode).flush();
        forget(inode);
    }

    /** Makes an inode free whose blocks are gone already. */
    void forget(Inode inode) {
        maps.remove(inode.number);
        inode.clear();
        touch(inode);
        orphanSet.remove(inode.number);
        root.usedInodes--;
        root.firstFreeInode = Math.min(root.firstFreeInode, inode.number);
        if (root.bootInode == inode.number) {
            root.bootInode = 0;
        }
    }

    /** Cuts a file or lets it grow by a hole. Only sizes that the format allows. */
    void setSize(Inode inode, long size) throws IOException {
        if (size > (long) layout.maxFileBlocks() * layout.blockSize()) {
            throw DiskException.full("a file of " + size + " bytes is larger than this block size allows");
        }
        if (inode.isInline()) {
            if (size > Inode.INLINE_MAX) {
                inlineToBlocks(inode);
            } else {
                for (int i = (int) size; i < Inode.INLINE_MAX; i++) {
                    inode.inline[i] = 0;
                }
            }
        } else if (size < inode.size()) {
            int blockSize = layout.blockSize();
            int keep = (int) ((size + blockSize - 1) / blockSize);
            map(inode).truncate(keep, blockCount(inode));
            int tail = (int) (size % blockSize);
            if (tail != 0 && !map(inode).get(keep - 1).isNone()) {
                byte[] last = fileBlock(inode, keep - 1);
                Arrays.fill(last, tail, blockSize, (byte) 0);
                writeBlock(inode, keep - 1, last);
            }
        }
        inode.size = (int) size;
        touch(inode);
    }

    private void inlineToBlocks(Inode inode) throws IOException {
        byte[] block = Arrays.copyOf(inode.inline, layout.blockSize());
        boolean any = !Bytes.isZero(block, 0, block.length);
        inode.flags &= ~Inode.FLAG_INLINE;
        Arrays.fill(inode.inline, (byte) 0);
        if (any) {
            writeBlock(inode, 0, block);
        }
    }

    void writeBlock(Inode inode, int index, byte[] data) throws IOException {
        FileMap map = map(inode);
        map.set(index, store.write(map.get(index), data));
        touch(inode);
    }

    /** Names an inode without links that is kept for whoever has it open. */
    void addOrphan(int number) {
        orphanSet.add(number);
    }

    void removeOrphan(int number) {
        orphanSet.remove(number);
    }

    /** The pointers of an inode, whatever state it is in; number 0 is the inode file. */
    FileMap anyMap(int number) throws IOException {
        return number == 0 ? inodeFile : map(slot(number));
    }

    /** Any inode, number 0 being the inode file, noted as changed. */
    Inode changing(int number) throws IOException {
        if (number == 0) {
            return root.inodeFile;
        }
        Inode inode = slot(number);
        touch(inode);
        return inode;
    }

    void setBoot(Inode inode) throws DiskException {
        if (!inode.isRegular()) {
            throw DiskException.usage("the boot bundle must be a regular file");
        }
        root.bootInode = inode.number;
    }

    int free() {
        return freeCount;
    }

    /**
     * Makes all changes durable, as one sync. The editor can only be read and closed afterwards.
     *
     * @param time the time of the sync
     * @throws DiskException FULL if even the reserve does not suffice; nothing has changed then
     */
    public void commit(Stamp time) throws IOException {
        limit = Limit.SYNC;
        writeInodes();
        inodeFile.flush();
        Root fresh = root.copy();
        fresh.slot = targetSlot;
        fresh.pair = next;
        fresh.predecessorCrc = next.equals(Pair.FIRST) ? 0 : basisCrc;
        if (mirror.isPair() && mirror.complete()) {
            fresh.agreed = next;
        }
        fresh.syncTime = time;
        Bitmap.write(mirror, fresh, working);
        byte[] area = StateArea.encode(fresh, new ArrayList<>(orphanSet));
        int blockSize = layout.blockSize();
        for (int i = 0; i < area.length / blockSize; i++) {
            mirror.write(layout.stateArea(targetSlot) + i,
                    Arrays.copyOfRange(area, i * blockSize, (i + 1) * blockSize));
        }
        mirror.flush();
        for (int half = 0; half < 2; half++) {
            if (mirror.trusted(half)) {
                byte[] record = fresh.encode(mirror.isPair() ? half : root.half);
                mirror.writeRaw(half, layout.rootBlock(targetSlot), Arrays.copyOf(record, blockSize), blockSize);
            }
        }
        mirror.flush();
        finished = true;
        root = fresh;
        setOrphans(List.copyOf(orphanSet));
    }

    /** Feeds the inodes, and through their pointers' CRCs all content, to a digest. Settles the inode blocks. */
    void digest(MessageDigest digest) throws IOException {
        writeInodes();
        for (int i = 0; i < blockCount(root.inodeFile); i++) {
            digest.update(fileBlockOfInodes(i));
        }
    }

    private byte[] fileBlockOfInodes(int index) throws IOException {
        return store.read(inodeFile.get(index), "inode file");
    }

    private void writeInodes() throws IOException {
        for (int number : dirty) {
            map(inodes.get(number)).flush();
        }
        int perBlock = layout.blockSize() / Inode.SIZE;
        byte[] block = null;
        int loaded = -1;
        for (int number : dirty) {
            int index = number / perBlock;
            if (index != loaded) {
                storeInodeBlock(loaded, block);
                block = store.read(inodeFile.get(index), "inode file");
                loaded = index;
            }
            inodes.get(number).encode(block, number % perBlock * Inode.SIZE);
        }
        storeInodeBlock(loaded, block);
        dirty.clear();
    }

    private void storeInodeBlock(int index, byte[] block) throws IOException {
        if (index >= 0) {
            inodeFile.set(index, store.write(inodeFile.get(index), block));
        }
    }
}
