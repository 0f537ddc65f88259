package triplex.tests.machine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import triplex.disk.DirEntry;
import triplex.disk.Inode;
import triplex.disk.Stamp;
import triplex.disk.Tree;
import triplex.disk.Volume;
import triplex.disk.VolumeEditor;

/** Trees on a volume: made at random, and printed as the guest's {@code tree list} prints them. */
final class Listing {
    private static final Stamp TIME = Stamp.DEFAULT;

    private Listing() {
    }

    /** One line an entry below a directory, sorted by names: TYPE MODE LINKS SIZE CRC PATH. */
    static String of(Volume volume, String directory) throws IOException {
        StringBuilder out = new StringBuilder();
        walk(volume, volume.resolve(directory, true), "", out);
        return out.toString();
    }

    private static void walk(Volume volume, Inode directory, String path, StringBuilder out) throws IOException {
        List<DirEntry> entries = new ArrayList<>(volume.list(directory));
        entries.sort((a, b) -> Arrays.compareUnsigned(a.name(), b.name()));
        for (DirEntry entry : entries) {
            if (entry.text().equals(".") || entry.text().equals("..")) {
                continue;
            }
            Inode inode = volume.inode(entry.inode());
            String name = path.isEmpty() ? entry.text() : path + "/" + entry.text();
            CRC32 crc = new CRC32();
            if (!inode.isDirectory()) {
                crc.update(volume.content(inode));
            }
            out.append(String.format("%c %o %d %d %08x %s%n", inode.isDirectory() ? 'd' : inode.isSymlink() ? 'l' : '-',
                inode.isSymlink() ? 0 : inode.mode() & 07777, inode.links(), inode.isDirectory() ? 0 : inode.size(),
                crc.getValue(), name));
            if (inode.isDirectory()) {
                walk(volume, inode, name, out);
            }
        }
    }

    /** Fills a new directory with files around all sizes that matter, holes, links and long names. */
    static void fill(VolumeEditor volume, String directory, long seed, int blockSize) throws IOException {
        Random random = new Random(seed);
        Tree tree = new Tree(volume);
        List<Inode> directories = new ArrayList<>();
        List<Inode> files = new ArrayList<>();
        directories.add(tree.directories(directory, new Tree.Attributes(0755, 0, 0, TIME)));
        for (int k = 0; k < 60; k++) {
            Inode parent = directories.get(random.nextInt(directories.size()));
            byte[] name = name(random, k);
            Tree.Attributes attributes = new Tree.Attributes(random.nextInt(01000) | 0400, random.nextInt(3), 0, TIME);
            int what = random.nextInt(10);
            if (what < 2 && directories.size() < 12) {
                directories.add(tree.directory(parent, name, new Tree.Attributes(0755, 0, 0, TIME)));
            } else if (what < 3) {
                byte[] target = letters(random, 1 + random.nextInt(random.nextBoolean() ? 20 : 400));
                tree.symlink(parent, name, target, attributes);
            } else if (what < 4 && !files.isEmpty()) {
                tree.link(files.get(random.nextInt(files.size())), parent, name, TIME);
            } else {
                Inode file = tree.file(parent, name, attributes);
                tree.write(file, new ByteArrayInputStream(contents(random, blockSize)));
                files.add(file);
            }
        }
    }

    private static byte[] name(Random random, int number) {
        int more = random.nextInt(8) == 0 ? 150 + random.nextInt(100) : random.nextInt(12);
        return ("f" + number + new String(letters(random, more), StandardCharsets.US_ASCII)).getBytes(
            StandardCharsets.US_ASCII);
    }

    private static byte[] letters(Random random, int count) {
        byte[] letters = new byte[count];
        for (int k = 0; k < count; k++) {
            letters[k] = (byte) ('a' + random.nextInt(26));
        }
        return letters;
    }

    private static byte[] contents(Random random, int blockSize) {
        int near = random.nextInt(5) - 2;
        int size = switch (random.nextInt(6)) {
            case 0 -> random.nextInt(3);
            case 1 -> random.nextInt(200);
            case 2 -> blockSize + near;
            case 3 -> blockSize * (2 + random.nextInt(12)) + near;
            case 4 -> random.nextInt(20_000);
            default -> random.nextInt(8) == 0 ? 150_000 + near : random.nextInt(4000);
        };
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        if (random.nextInt(3) == 0 && size > 2 * blockSize) {
            Arrays.fill(bytes, random.nextInt(blockSize), size - random.nextInt(blockSize), (byte) 0);
        }
        return bytes;
    }
}
