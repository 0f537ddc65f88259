package triplex.disk;

import java.io.IOException;
import java.util.Arrays;

/**
 * The pointers of one file, read as they are needed. Changed indirect blocks stay in memory until {@link #flush}; then
 * the inode's own pointers are right. Keeps the inode's count of blocks.
 */
final class FileMap {
    private static final class Node {
        Pointer at;
        final Pointer[] entries;
        final Node[] children;
        boolean dirty;

        Node(Pointer at, int size, boolean inner) {
            this.at = at;
            this.entries = new Pointer[size];
            this.children = inner ? new Node[size] : null;
            Arrays.fill(entries, Pointer.NONE);
        }

        boolean isEmpty() {
            for (Pointer entry : entries) {
                if (!entry.isNone()) {
                    return false;
                }
            }
            return true;
        }
    }

    private final BlockStore store;
    private final Inode inode;
    private final int perBlock;
    private Node single;
    private Node outer;

    FileMap(BlockStore store, Inode inode) {
        this.store = store;
        this.inode = inode;
        this.perBlock = store.layout().pointersPerBlock();
    }

    Pointer get(int index) throws IOException {
        if (index >= store.layout().maxFileBlocks()) {
            throw DiskException.data("inode " + inode.number + ": larger than this block size allows");
        }
        if (index < Inode.DIRECT) {
            return inode.pointers[index];
        }
        Node leaf = leaf(index, false);
        return leaf == null ? Pointer.NONE : leaf.entries[slot(index)];
    }

    /** Sets a pointer; it does not free the one that was there. */
    void set(int index, Pointer pointer) throws IOException {
        if (index >= store.layout().maxFileBlocks()) {
            throw DiskException.full("the file is larger than this block size allows");
        }
        if (index < Inode.DIRECT) {
            count(inode.pointers[index], pointer);
            inode.pointers[index] = pointer;
            return;
        }
        Node leaf = leaf(index, !pointer.isNone());
        if (leaf != null) {
            count(leaf.entries[slot(index)], pointer);
            leaf.entries[slot(index)] = pointer;
            leaf.dirty = true;
        }
    }

    private void count(Pointer before, Pointer after) {
        inode.blocks += (after.isNone() ? 0 : 1) - (before.isNone() ? 0 : 1);
    }

    private int slot(int index) {
        return (index - Inode.DIRECT) % perBlock;
    }

    /** The indirect block that holds this file block's pointer; null if there is none and it is not wanted. */
    private Node leaf(int index, boolean make) throws IOException {
        int k = index - Inode.DIRECT;
        if (k < perBlock) {
            single = single != null ? single : load(inode.pointers[Inode.SINGLE], false, make);
            return single;
        }
        int row = (k - perBlock) / perBlock;
        outer = outer != null ? outer : load(inode.pointers[Inode.DOUBLE], true, make);
        if (outer == null) {
            return null;
        }
        if (outer.children[row] == null) {
            outer.children[row] = load(outer.entries[row], false, make);
        }
        return outer.children[row];
    }

    private Node load(Pointer at, boolean inner, boolean make) throws IOException {
        if (at.isNone() && !make) {
            return null;
        }
        Node node = new Node(at, perBlock, inner);
        if (!at.isNone()) {
            byte[] block = store.read(at, "inode " + inode.number + ": indirect block");
            for (int i = 0; i < perBlock; i++) {
                node.entries[i] = Pointer.get(block, i * Pointer.SIZE);
            }
        }
        return node;
    }

    /** Frees everything at and beyond file block {@code keep}, which must be less than {@code end} file blocks. */
    void truncate(int keep, int end) throws IOException {
        for (int k = keep; k < end; k++) {
            Pointer pointer = get(k);
            if (!pointer.isNone()) {
                store.free(pointer);
                set(k, Pointer.NONE);
            }
        }
    }

    /**
     * Forgets the single (14) or double (15) indirect tree without reading or freeing it: for a tree that cannot be
     * read.
     */
    void cut(int which) {
        inode.pointers[which] = Pointer.NONE;
        single = which == Inode.SINGLE ? null : single;
        outer = which == Inode.DOUBLE ? null : outer;
    }

    /** Forgets one row of the double indirect tree likewise. */
    void cutRow(int row) throws IOException {
        outer = outer != null ? outer : load(inode.pointers[Inode.DOUBLE], true, true);
        outer.entries[row] = Pointer.NONE;
        outer.children[row] = null;
        outer.dirty = true;
    }

    /** Writes changed indirect blocks, children first; gives up those that have become empty. */
    void flush() throws IOException {
        if (outer != null) {
            for (int row = 0; row < perBlock; row++) {
                Node child = outer.children[row];
                if (child != null && child.dirty) {
                    outer.entries[row] = settle(child);
                    outer.dirty = true;
                    outer.children[row] = outer.entries[row].isNone() ? null : child;
                }
            }
            if (outer.dirty) {
                inode.pointers[Inode.DOUBLE] = settle(outer);
                outer = inode.pointers[Inode.DOUBLE].isNone() ? null : outer;
            }
        }
        if (single != null && single.dirty) {
            inode.pointers[Inode.SINGLE] = settle(single);
            single = inode.pointers[Inode.SINGLE].isNone() ? null : single;
        }
    }

    private Pointer settle(Node node) throws IOException {
        Pointer before = node.at;
        if (node.isEmpty()) {
            if (!before.isNone()) {
                store.free(before);
            }
            node.at = Pointer.NONE;
        } else {
            byte[] block = new byte[store.layout().blockSize()];
            for (int i = 0; i < perBlock; i++) {
                node.entries[i].put(block, i * Pointer.SIZE);
            }
            node.at = store.write(before, block);
        }
        count(before, node.at);
        node.dirty = false;
        return node.at;
    }
}
