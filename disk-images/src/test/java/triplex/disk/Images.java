package triplex.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Volumes in memory for the tests, and a digest of a tree that two volumes can be compared by. */
final class Images {
    static final Stamp NOW = new Stamp(500_000_000, 1_234_567);
    static final Tree.Attributes PLAIN = new Tree.Attributes(0644, 10, 20, NOW);
    static final Tree.Attributes FOLDER = new Tree.Attributes(0755, 0, 0, NOW);

    private Images() {
    }

    static Mirror pair(byte[][] halves) {
        return Mirror.pair(new MemoryDevice(halves[0], "half 0"), new MemoryDevice(halves[1], "half 1"));
    }

    static Mirror single(byte[] disk) {
        return Mirror.single(new MemoryDevice(disk, "disk"));
    }

    static Mkfs.Options options(int blockSize) {
        return new Mkfs.Options(blockSize, 2, "test", null, Stamp.DEFAULT);
    }

    static byte[] make(int size, int blockSize, Mkfs.Content content) throws IOException {
        byte[] disk = new byte[size];
        Mkfs.make(single(disk), options(blockSize), content);
        return disk;
    }

    static byte[][] makePair(int size, int blockSize, Mkfs.Content content) throws IOException {
        byte[][] halves = {new byte[size], new byte[size]};
        Mkfs.make(pair(halves), options(blockSize), content);
        return halves;
    }

    interface Change {
        void apply(VolumeEditor volume, Tree tree) throws IOException;
    }

    static void change(Mirror mirror, Change change) throws IOException {
        VolumeEditor volume = VolumeEditor.edit(mirror, -1);
        change.apply(volume, new Tree(volume));
        volume.commit(NOW);
    }

    static Inode file(VolumeEditor volume, Inode parent, String name, byte[] content) throws IOException {
        Tree tree = new Tree(volume);
        Inode file = tree.file(parent, Tree.bytes(name), PLAIN);
        tree.write(file, new ByteArrayInputStream(content));
        return file;
    }

    static byte[] noise(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static void assertClean(Mirror mirror) throws IOException {
        Fsck.Report report = Fsck.check(mirror, -1);
        assertEquals(List.of(), report.lines());
        assertEquals(Fsck.CLEAN, report.exitCode());
    }

    /** Path to everything that a user can see of it. */
    static TreeMap<String, String> tree(Mirror mirror) throws IOException {
        Volume volume = Volume.open(mirror, -1);
        TreeMap<String, String> seen = new TreeMap<>();
        collect(volume, "", volume.inode(Inode.ROOT), seen);
        return seen;
    }

    private static void collect(Volume volume, String path, Inode inode, TreeMap<String, String> seen)
            throws IOException {
        int content = inode.isRegular() || inode.isSymlink() ? Arrays.hashCode(volume.content(inode)) : 0;
        seen.put(path, Integer.toOctalString(inode.mode()) + " " + inode.links() + " " + inode.uid() + " "
                + inode.gid() + " "
                + (inode.isDirectory() ? 0 : inode.size()) + " " + inode.mtime() + " " + inode.rdev + " " + content);
        if (inode.isDirectory()) {
            for (DirEntry entry : volume.list(inode)) {
                if (!entry.isDot() && !entry.isDotDot()) {
                    collect(volume, path + "/" + entry.text(), volume.inode(entry.inode()), seen);
                }
            }
        }
    }

    /** A tree of files, folders, links and devices that depends on the seed alone. */
    static Mkfs.Content random(int seed, int count) {
        return volume -> grow(volume, new Random(seed), count, "n");
    }

    static void grow(VolumeEditor volume, Random random, int count, String prefix) throws IOException {
        Tree tree = new Tree(volume);
        List<Inode> folders = new ArrayList<>(List.of(volume.inode(Inode.ROOT)));
        List<Inode> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Inode parent = folders.get(random.nextInt(folders.size()));
            byte[] name = Tree.bytes(prefix + i + "x".repeat(random.nextInt(random.nextInt(8) == 0 ? 250 : 10)));
            switch (random.nextInt(8)) {
                case 0 -> folders.add(tree.directory(parent, name, FOLDER));
                case 1 -> tree.symlink(parent, name, Tree.bytes("t".repeat(1 + random.nextInt(1023))), PLAIN);
                case 2 -> tree.device(parent, name, random.nextInt(9), random.nextInt(300), PLAIN);
                case 3 -> tree.fifo(parent, name, PLAIN);
                case 4 -> {
                    if (!files.isEmpty()) {
                        tree.link(files.get(random.nextInt(files.size())), parent, name, NOW);
                    }
                }
                default -> {
                    Inode file = tree.file(parent, name, PLAIN);
                    byte[] bytes = new byte[random.nextInt(random.nextInt(5) == 0 ? 60_000 : 400)];
                    random.nextBytes(bytes);
                    tree.write(file, new ByteArrayInputStream(bytes));
                    files.add(file);
                }
            }
        }
    }
}
