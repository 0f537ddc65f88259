package triplex.disk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mounted volume, for reading. Every block is checked; see {@link Mirror} for what happens when one is bad. Not
 * thread-safe.
 */
public sealed class Volume implements AutoCloseable permits VolumeEditor {
    private static final int MAX_FOLLOWED = 8;

    final Mirror mirror;
    final Layout layout;
    final BlockStore store;
    final Map<Integer, Inode> inodes = new LinkedHashMap<>();
    final Map<Integer, FileMap> maps = new LinkedHashMap<>();
    Root root;
    FileMap inodeFile;
    private List<Integer> orphans;

    Volume(Mirror mirror, Root root, List<Integer> orphans) {
        this.mirror = mirror;
        this.root = root;
        this.layout = root.layout;
        this.orphans = orphans;
        this.store = makeStore();
        this.inodeFile = new FileMap(store, root.inodeFile);
    }

    /**
     * Mounts the newest valid root for reading. Closing the volume closes the mirror.
     *
     * @param prefer the half to believe if the mirror is split, or -1
     * @throws DiskException DATA if the image is foreign, damaged or split
     */
    public static Volume open(Mirror mirror, int prefer) throws IOException {
        Mount mount = Mount.choose(mirror, prefer);
        return new Volume(mirror, mount.root, StateArea.orphans(mount.area));
    }

    private BlockStore makeStore() {
        return new BlockStore() {
            @Override
            public Layout layout() {
                return layout;
            }

            @Override
            public byte[] read(Pointer pointer, String what) throws IOException {
                return readBlock(pointer, what);
            }

            @Override
            public Pointer write(Pointer old, byte[] data) throws IOException {
                return writeBlock(old, data);
            }

            @Override
            public void free(Pointer pointer) {
                freeBlock(pointer.block());
            }
        };
    }

    /** As {@link BlockStore#write}; only for an editor. */
    Pointer writeBlock(Pointer old, byte[] data) throws IOException {
        throw new IllegalStateException("this volume is open for reading");
    }

    /** As {@link BlockStore#free}; only for an editor. */
    void freeBlock(int block) {
        throw new IllegalStateException("this volume is open for reading");
    }

    byte[] readBlock(Pointer pointer, String what) throws IOException {
        if (!layout.inPool(pointer.block())) {
            throw DiskException.data(what + ": pointer to block " + pointer.block() + ", which holds no tree block");
        }
        return mirror.read(pointer.block(), layout.blockSize(), pointer.crc(), what);
    }

    public Root root() {
        return root;
    }

    public Mirror mirror() {
        return mirror;
    }

    /** Inodes that were open without a name at the last sync. */
    public List<Integer> orphans() {
        return orphans;
    }

    void setOrphans(List<Integer> orphans) {
        this.orphans = orphans;
    }

    int inodeSlots() {
        return (int) (root.inodeFile.size() / Inode.SIZE);
    }

    /** Any inode, also a free one. */
    Inode slot(int number) throws IOException {
        if (number < 1 || number >= inodeSlots()) {
            throw DiskException.data("inode " + number + " is outside the inode file");
        }
        Inode known = inodes.get(number);
        if (known != null) {
            return known;
        }
        int perBlock = layout.blockSize() / Inode.SIZE;
        byte[] block = store.read(inodeFile.get(number / perBlock), "inode file");
        Inode inode = Inode.decode(number, block, number % perBlock * Inode.SIZE);
        inodes.put(number, inode);
        return inode;
    }

    /**
     * An inode in use.
     *
     * @throws DiskException DATA if the number is out of range, free, or of an unknown type
     */
    public Inode inode(int number) throws IOException {
        Inode inode = slot(number);
        if (inode.isFree() || !inode.typeKnown()) {
            throw DiskException.data("inode " + number + " is referred to, but not in use");
        }
        return inode;
    }

    FileMap map(Inode inode) {
        return maps.computeIfAbsent(inode.number, n -> new FileMap(store, inode));
    }

    /** Whole blocks of a file that its size covers. */
    int blockCount(Inode inode) {
        return (int) ((inode.size() + layout.blockSize() - 1) / layout.blockSize());
    }

    /** One file block; a hole reads as zero. */
    byte[] fileBlock(Inode inode, int index) throws IOException {
        Pointer pointer = map(inode).get(index);
        return pointer.isNone() ? new byte[layout.blockSize()] : store.read(pointer, "inode " + inode.number);
    }

    byte[] directoryBlock(Inode directory, int index) throws IOException {
        byte[] block = fileBlock(directory, index);
        String trouble = Directory.trouble(block);
        if (trouble != null) {
            throw DiskException.data("directory inode " + directory.number + " block " + index + ": " + trouble);
        }
        return block;
    }

    /** All entries in order of position, {@code .} and {@code ..} included. */
    public List<DirEntry> list(Inode directory) throws IOException {
        List<DirEntry> entries = new ArrayList<>();
        for (int i = 0; i < blockCount(directory); i++) {
            entries.addAll(Directory.entries(directoryBlock(directory, i), (long) i * layout.blockSize()));
        }
        return entries;
    }

    /**
     * Notes that a walk over the tree enters a directory.
     *
     * @throws DiskException DATA if it was there before, for then the tree is none and the walk might not end
     */
    static void enterOnce(Inode directory, BitSet entered) throws DiskException {
        if (entered.get(directory.number)) {
            throw DiskException.data("directory inode " + directory.number + " has two paths; fsck can repair that");
        }
        entered.set(directory.number);
    }

    /** The inode number behind a name, or 0. */
    public int lookup(Inode directory, byte[] name) throws IOException {
        for (int i = 0; i < blockCount(directory); i++) {
            byte[] block = directoryBlock(directory, i);
            int at = Directory.find(block, name);
            if (at >= 0) {
                return Bytes.u32(block, at);
            }
        }
        return 0;
    }

    /**
     * Follows a path from the root directory, symbolic links in its middle always, at its end if {@code follow}.
     *
     * @throws DiskException NOT_FOUND if a component is missing, is no directory, or there are too many symbolic links
     */
    public Inode resolve(String path, boolean follow) throws IOException {
        Deque<String> rest = new ArrayDeque<>(split(path));
        Inode at = inode(Inode.ROOT);
        int followed = 0;
        while (!rest.isEmpty()) {
            if (!at.isDirectory()) {
                throw DiskException.notFound(path + ": not a directory on the way");
            }
            int number = lookup(at, rest.removeFirst().getBytes(StandardCharsets.UTF_8));
            if (number == 0) {
                throw DiskException.notFound(path + ": no such file in the image");
            }
            Inode next = inode(number);
            if (!next.isSymlink() || rest.isEmpty() && !follow) {
                at = next;
                continue;
            }
            if (next.size() > Inode.MAX_SYMLINK) {
                throw DiskException.data("inode " + next.number + ": a symbolic link of " + next.size() + " bytes");
            }
            if (++followed > MAX_FOLLOWED) {
                throw DiskException.notFound(path + ": too many symbolic links");
            }
            String target = new String(content(next), StandardCharsets.UTF_8);
            List<String> parts = split(target);
            for (int i = parts.size() - 1; i >= 0; i--) {
                rest.addFirst(parts.get(i));
            }
            at = target.startsWith("/") ? inode(Inode.ROOT) : at;
        }
        return at;
    }

    static List<String> split(String path) {
        return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    }

    /** Writes a file's whole content. */
    public void copy(Inode inode, OutputStream out) throws IOException {
        long left = inode.size();
        if (inode.isInline()) {
            out.write(inode.inline, 0, (int) Math.min(left, Inode.INLINE_MAX));
            return;
        }
        for (int i = 0; left > 0; i++) {
            int count = (int) Math.min(left, layout.blockSize());
            out.write(fileBlock(inode, i), 0, count);
            left -= count;
        }
    }

    /** A file's or symbolic link's whole content. */
    public byte[] content(Inode inode) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy(inode, out);
        return out.toByteArray();
    }

    /** Blocks that an ordinary user may still fill. */
    public int availableBlocks() {
        return Math.max(0, root.freeBlocks - root.reserve);
    }

    @Override
    public void close() throws IOException {
        mirror.close();
    }
}
