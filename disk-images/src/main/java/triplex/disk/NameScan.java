package triplex.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The second half of fsck: names, directories, links and orphans, over the inodes and directory blocks that the first
 * half read.
 */
final class NameScan {
    private static final int DIR_TYPE = Inode.DIRECTORY >> 12;

    private final Layout layout;
    private final Root root;
    private final List<Inode> inodes;
    private final Map<Integer, byte[][]> directories;
    private final List<Integer> orphans;
    private final List<Finding> findings;
    private final int[] references;
    private final boolean[] entered;
    /** Detached directories that have no other way back than a new name. */
    private final TreeSet<Integer> heads = new TreeSet<>();
    private boolean broken;

    NameScan(Root root, BlockScan blocks, List<Integer> orphans, List<Finding> findings) {
        this.root = root;
        this.layout = root.layout;
        this.inodes = blocks.inodes;
        this.directories = blocks.directories;
        this.orphans = orphans;
        this.findings = findings;
        this.references = new int[inodes.size()];
        this.entered = new boolean[inodes.size()];
    }

    private void names(Finding.Rule rule, String text, Finding.Fix fix) {
        findings.add(new Finding(rule, Finding.Stage.NAMES, text, fix));
    }

    private void counts(Finding.Rule rule, String text, Finding.Fix fix) {
        findings.add(new Finding(rule, Finding.Stage.COUNTS, text, fix));
    }

    private boolean isDirectory(int number) {
        return number > 0 && number < inodes.size() && inodes.get(number).isDirectory()
                && directories.containsKey(number);
    }

    private boolean inUse(int number) {
        return number > 0 && number < inodes.size() && !inodes.get(number).isFree();
    }

    void run() {
        if (!isDirectory(Inode.ROOT)) {
            findings.add(new Finding(Finding.Rule.DIRECTORY, Finding.Stage.FILES, "inode 1 is not a directory",
                    this::newRoot));
            return;
        }
        enterFrom(Inode.ROOT, Inode.ROOT);
        boolean[] fromRoot = entered.clone();
        enterDetached();
        for (int number = 1; number < inodes.size(); number++) {
            if (!inUse(number)) {
                continue;
            }
            boolean listed = orphans.contains(number);
            boolean detached = inodes.get(number).isDirectory() ? !fromRoot[number] : references[number] == 0;
            if (detached && !listed) {
                reportOrphan(number);
            } else if (!detached && listed) {
                unlist(number, "has a name, but is on the orphan list");
            }
            checkLinks(number, listed);
        }
        for (int number : orphans) {
            if (!inUse(number)) {
                unlist(number, "is on the orphan list, but not in use");
            }
        }
        checkRootCounts();
    }

    private void newRoot(VolumeEditor volume) throws IOException {
        if (volume.inodeSlots() <= Inode.ROOT) {
            volume.root.firstFreeInode = 1;
            volume.allocateInode(Inode.DIRECTORY | 0755, volume.root.syncTime);
        }
        Inode top = volume.changing(Inode.ROOT);
        if (!top.isFree()) {
            volume.forget(top);
        }
        top.mode = Inode.DIRECTORY | 0755;
        new Tree(volume).fillDirectory(top, Inode.ROOT);
    }

    private void unlist(int number, String text) {
        names(Finding.Rule.ORPHAN, "inode " + number + " " + text, v -> v.removeOrphan(number));
    }

    /** Visits a directory and all below it, with a stack of its own: trees may be deep. */
    private void enterFrom(int top, int topParent) {
        Deque<int[]> stack = new ArrayDeque<>();
        entered[top] = true;
        stack.push(new int[] {top, topParent});
        while (!stack.isEmpty()) {
            int[] at = stack.pop();
            scanDirectory(at[0], at[1], stack);
        }
    }

    /**
     * Directories without a path: first those that no other detached directory names, then what is left, which are
     * cycles.
     */
    private void enterDetached() {
        boolean[] named = new boolean[inodes.size()];
        for (Map.Entry<Integer, byte[][]> directory : directories.entrySet()) {
            if (!entered[directory.getKey()]) {
                for (DirEntry entry : salvage(directory.getValue())) {
                    if (!entry.isDot() && !entry.isDotDot() && isDirectory(entry.inode())) {
                        named[entry.inode()] = true;
                    }
                }
            }
        }
        for (int pass = 0; pass < 2; pass++) {
            for (int number = 1; number < inodes.size(); number++) {
                if (isDirectory(number) && !entered[number] && (pass == 1 || !named[number])) {
                    enterFrom(number, 0);
                    heads.add(number);
                }
            }
        }
    }

    private List<DirEntry> salvage(byte[][] blocks) {
        List<DirEntry> entries = new ArrayList<>();
        for (int i = 0; i < blocks.length; i++) {
            byte[] block = blocks[i];
            if (block == null) {
                broken = true;
                continue;
            }
            int at = 0;
            int end = Directory.goodLength(block);
            broken |= end < block.length;
            while (at < end) {
                int length = Bytes.u16(block, at + 4);
                if (Bytes.u32(block, at) != 0) {
                    byte[] name = Arrays.copyOfRange(block, at + 8, at + 8 + Bytes.u8(block, at + 6));
                    entries.add(new DirEntry(Bytes.u32(block, at), Bytes.u8(block, at + 7), name,
                            (long) i * layout.blockSize() + at));
                }
                at += length;
            }
        }
        return entries;
    }

    /** A parent of 0 means that the directory has none yet, so that its {@code ..} says nothing. */
    private void scanDirectory(int number, int parent, Deque<int[]> stack) {
        broken = false;
        List<DirEntry> found = salvage(directories.get(number));
        String where = "directory inode " + number + ": ";
        List<DirEntry> kept = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        List<Runnable> reports = new ArrayList<>();
        int up = parent != 0 ? parent : number;
        Finding.Fix rebuild = v -> {
            Inode directory = v.changing(number);
            List<DirEntry> all = new ArrayList<>();
            all.add(new DirEntry(number, DIR_TYPE, new byte[] {'.'}, 0));
            all.add(new DirEntry(up, DIR_TYPE, new byte[] {'.', '.'}, 0));
            all.addAll(kept);
            new Tree(v).rewrite(directory, all);
        };
        if (broken) {
            reports.add(() -> names(Finding.Rule.FORMAT, where + "a block is missing or its records are bad", rebuild));
        }
        boolean dots = found.size() >= 2 && found.get(0).isDot() && found.get(0).offset() == 0
                && found.get(1).isDotDot() && found.get(1).offset() == Directory.MIN_RECORD;
        dots = dots && found.get(0).inode() == number && (parent == 0 || found.get(1).inode() == parent)
                && found.get(0).type() == DIR_TYPE && found.get(1).type() == DIR_TYPE;
        if (!dots) {
            reports.add(() -> names(Finding.Rule.DIRECTORY, where + "'.' is not itself or '..' not its parent",
                    rebuild));
        }
        for (DirEntry entry : found) {
            if ((entry.isDot() || entry.isDotDot()) && entry.offset() <= Directory.MIN_RECORD) {
                continue;
            }
            judge(entry, where + "'" + entry.text() + "' ", number, kept, seen, reports, rebuild, stack);
        }
        reports.forEach(Runnable::run);
    }

    private void judge(DirEntry entry, String what, int directory, List<DirEntry> kept, TreeSet<String> seen,
            List<Runnable> reports, Finding.Fix rebuild, Deque<int[]> stack) {
        String name = new String(entry.name(), StandardCharsets.ISO_8859_1);
        int target = entry.inode();
        if (entry.isDot() || entry.isDotDot() || name.indexOf('/') >= 0 || name.indexOf(0) >= 0 || !seen.add(name)) {
            reports.add(() -> names(Finding.Rule.FORMAT, what + "is a bad name, or is there twice", rebuild));
            return;
        }
        if (!inUse(target)) {
            reports.add(() -> names(Finding.Rule.DANGLING, what + "names inode " + target + ", which is not in use",
                    rebuild));
            return;
        }
        if (inodes.get(target).isDirectory()) {
            if (entered[target]) {
                reports.add(() -> names(Finding.Rule.DIRECTORY, what + "is another name of directory inode " + target,
                        rebuild));
                return;
            }
            entered[target] = true;
            stack.push(new int[] {target, directory});
            references[directory]++;
        } else {
            references[target]++;
        }
        if (entry.type() != inodes.get(target).mode >> 12) {
            reports.add(() -> names(Finding.Rule.DANGLING, what + "has not the type of inode " + target, rebuild));
        }
        kept.add(entry);
    }

    private void reportOrphan(int number) {
        boolean head = !inodes.get(number).isDirectory() || heads.contains(number);
        names(Finding.Rule.ORPHAN, "inode " + number + " has no path from the root", !head ? Finding.Fix.sync() : v -> {
            Tree tree = new Tree(v);
            Inode found = tree.directories("lost+found", new Tree.Attributes(0700, 0, 0, v.root.syncTime));
            String name = "#" + number;
            while (v.lookup(found, Tree.bytes(name)) != 0) {
                name += "_";
            }
            tree.enter(found, Tree.bytes(name), v.changing(number), v.root.syncTime);
        });
    }

    private void checkLinks(int number, boolean listed) {
        Inode inode = inodes.get(number);
        int right = inode.isDirectory() ? 2 + references[number] : references[number];
        if (listed && references[number] == 0) {
            right = 0;
        }
        if (inode.nlink != right) {
            int links = right;
            Finding.Rule rule = !inode.isDirectory() && right > 1 ? Finding.Rule.ALIAS : Finding.Rule.DANGLING;
            counts(rule, "inode " + number + " counts " + inode.nlink + " links, there are " + right,
                    v -> v.changing(number).nlink = links);
        }
    }

    private void checkRootCounts() {
        int used = 0;
        int firstFree = 0;
        for (int number = 1; number < inodes.size(); number++) {
            used += inUse(number) ? 1 : 0;
            firstFree = firstFree == 0 && !inUse(number) ? number : firstFree;
        }
        int right = used;
        int first = firstFree == 0 ? inodes.size() : firstFree;
        if (root.usedInodes != used) {
            counts(Finding.Rule.ALLOCATION, "the root counts " + root.usedInodes + " inodes in use, there are " + used,
                    v -> v.root.usedInodes = right);
        }
        if (root.firstFreeInode < 1 || root.firstFreeInode > first) {
            counts(Finding.Rule.ALLOCATION, "inode " + first + " is free, but the root says none is below "
                    + Integer.toUnsignedString(root.firstFreeInode), v -> v.root.firstFreeInode = first);
        }
        int boot = root.bootInode;
        if (boot != 0 && (!inUse(boot) || !inodes.get(boot).isRegular())) {
            counts(Finding.Rule.ROOT, "boot_inode " + Integer.toUnsignedString(boot) + " is not a regular file",
                    v -> v.root.bootInode = 0);
        }
    }
}
