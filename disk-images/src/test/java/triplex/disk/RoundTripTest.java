package triplex.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 4096})
    void randomTreesSurviveChangesAndTar(int blockSize) throws IOException {
        for (int seed = 1; seed <= 5; seed++) {
            byte[] disk = Images.make(8 << 20, blockSize, Images.random(seed, 150));
            Images.assertClean(Images.single(disk));
            Random random = new Random(seed + 100);
            Images.change(Images.single(disk), (volume, tree) -> {
                Inode folder = tree.directory(volume.inode(Inode.ROOT), Tree.bytes("second"), Images.FOLDER);
                Images.file(volume, folder, "file", Images.noise(3, 5000));
                for (DirEntry entry : volume.list(volume.inode(Inode.ROOT))) {
                    if (random.nextBoolean() && !entry.isDot() && !entry.isDotDot()) {
                        tree.removeAll(volume.inode(Inode.ROOT), entry.name(), Images.NOW);
                    }
                }
            });
            Images.assertClean(Images.single(disk));
            TreeMap<String, String> before = Images.tree(Images.single(disk));
            ByteArrayOutputStream tar = new ByteArrayOutputStream();
            TarTree.pack(Volume.open(Images.single(disk), -1), tar);
            byte[] copy = Images.make(8 << 20, blockSize,
                    volume -> TarTree.unpack(volume, "/", new ByteArrayInputStream(tar.toByteArray())));
            Images.assertClean(Images.single(copy));
            assertEquals(before, Images.tree(Images.single(copy)), "seed " + seed);
        }
    }

    @Test
    void bigFilesReachTheDoubleIndirectBlockAndShrinkAgain() throws IOException {
        byte[] big = Images.noise(7, (14 + 85 + 3 * 85 + 11) * 1024 + 77);
        byte[] disk = Images.make(4 << 20, 1024, volume -> Images.file(volume, volume.inode(Inode.ROOT), "big", big));
        int freeFull;
        try (Volume volume = Volume.open(Images.single(disk), -1)) {
            assertArrayEquals(big, volume.content(volume.resolve("/big", true)));
            freeFull = volume.root().freeBlocks();
        }
        Images.assertClean(Images.single(disk));
        for (int size : new int[] {(14 + 85 + 85 + 1) * 1024, (14 + 85) * 1024 - 5, 14 * 1024, 100}) {
            Images.change(Images.single(disk), (volume, tree) -> volume.setSize(volume.resolve("/big", true), size));
            Images.assertClean(Images.single(disk));
            Volume volume = Volume.open(Images.single(disk), -1);
            assertArrayEquals(Arrays.copyOf(big, size), volume.content(volume.resolve("/big", true)));
        }
        Images.change(Images.single(disk), (volume, tree) -> volume.setSize(volume.resolve("/big", true), big.length));
        Images.assertClean(Images.single(disk));
        Volume grown = Volume.open(Images.single(disk), -1);
        assertArrayEquals(Arrays.copyOf(Arrays.copyOf(big, 100), big.length),
                grown.content(grown.resolve("/big", true)));
        assertTrue(grown.root().freeBlocks() > freeFull + 350);
    }

    @Test
    void holesAreKeptAndTheLargestFileIsTheSpecs() throws IOException {
        byte[] disk = Images.make(1 << 20, 1024, volume -> {
            Inode sparse = Images.file(volume, volume.inode(Inode.ROOT), "sparse", new byte[500_000]);
            assertEquals(0, sparse.blocks());
            volume.setSize(sparse, 7_499_776);
            volume.writeBlock(sparse, 7323, Images.noise(1, 1024));
            assertThrows(DiskException.class, () -> volume.setSize(sparse, 7_499_777));
        });
        Images.assertClean(Images.single(disk));
        Volume volume = Volume.open(Images.single(disk), -1);
        byte[] content = volume.content(volume.resolve("/sparse", true));
        assertEquals(7_499_776, content.length);
        assertArrayEquals(Images.noise(1, 1024), Arrays.copyOfRange(content, content.length - 1024, content.length));
        assertEquals(3, volume.resolve("/sparse", true).blocks());
    }

    @Test
    void aThousandFilesAndTheLongestNames() throws IOException {
        byte[] disk = Images.make(4 << 20, 4096, volume -> {
            Inode folder = new Tree(volume).directory(volume.inode(Inode.ROOT), Tree.bytes("many"), Images.FOLDER);
            for (int i = 0; i < 1000; i++) {
                Images.file(volume, folder, "file" + i, Tree.bytes("content " + i));
            }
            Images.file(volume, folder, "n".repeat(255), new byte[0]);
            assertThrows(DiskException.class, () -> Images.file(volume, folder, "n".repeat(256), new byte[0]));
            assertThrows(DiskException.class, () -> Images.file(volume, folder, "a/b", new byte[0]));
            assertThrows(DiskException.class, () -> Images.file(volume, folder, "file7", new byte[0]));
        });
        Images.assertClean(Images.single(disk));
        Volume volume = Volume.open(Images.single(disk), -1);
        assertEquals(1003, volume.list(volume.resolve("/many", true)).size());
        assertArrayEquals(Tree.bytes("content 999"), volume.content(volume.resolve("many/file999", true)));
        assertEquals(0, volume.resolve("/many/" + "n".repeat(255), true).size());
        Images.change(Images.single(disk), (editor, tree) -> {
            Inode folder = editor.resolve("/many", true);
            for (int i = 0; i < 1000; i += 2) {
                tree.remove(folder, Tree.bytes("file" + i), Images.NOW);
            }
        });
        Images.assertClean(Images.single(disk));
        Volume after = Volume.open(Images.single(disk), -1);
        assertEquals(503, after.list(after.resolve("/many", true)).size());
        assertThrows(DiskException.class, () -> after.resolve("/many/file500", true));
    }

    @Test
    void entriesNeverMoveWhileOthersComeAndGo() throws IOException {
        byte[] disk = Images.make(1 << 20, 1024, Mkfs.Content.empty());
        Images.change(Images.single(disk), (volume, tree) -> {
            Inode root = volume.inode(Inode.ROOT);
            Random random = new Random(5);
            TreeMap<String, Long> where = new TreeMap<>();
            for (int i = 0; i < 600; i++) {
                String name = "e" + random.nextInt(80) + "y".repeat(random.nextInt(3) * 20);
                if (where.remove(name) != null) {
                    tree.remove(root, Tree.bytes(name), Images.NOW);
                } else {
                    Images.file(volume, root, name, new byte[0]);
                    where.put(name, -1L);
                }
                for (DirEntry entry : volume.list(root)) {
                    Long known = where.get(entry.text());
                    assertTrue(known == null || known < 0 || known == entry.offset());
                    where.computeIfPresent(entry.text(), (text, old) -> entry.offset());
                }
                assertEquals(where.size() + 2, volume.list(root).size());
            }
        });
        Images.assertClean(Images.single(disk));
    }

    @Test
    void linksAreFollowedWithinTheirBound() throws IOException {
        byte[] disk = Images.make(1 << 20, 1024, volume -> {
            Tree tree = new Tree(volume);
            Inode root = volume.inode(Inode.ROOT);
            Inode folder = tree.directory(root, Tree.bytes("dir"), Images.FOLDER);
            Inode file = Images.file(volume, folder, "file", Tree.bytes("x"));
            tree.link(file, root, Tree.bytes("hard"), Images.NOW);
            tree.symlink(folder, Tree.bytes("relative"), Tree.bytes("../dir/./file"), Images.PLAIN);
            tree.symlink(root, Tree.bytes("absolute"), Tree.bytes("/dir/relative"), Images.PLAIN);
            tree.symlink(root, Tree.bytes("loop"), Tree.bytes("loop"), Images.PLAIN);
            assertThrows(DiskException.class, () -> tree.link(folder, root, Tree.bytes("alias"), Images.NOW));
            assertThrows(DiskException.class, () -> tree.remove(root, Tree.bytes("dir"), Images.NOW));
        });
        Images.assertClean(Images.single(disk));
        Volume volume = Volume.open(Images.single(disk), -1);
        int file = volume.resolve("/dir/file", true).number();
        assertEquals(file, volume.resolve("/hard", true).number());
        assertEquals(file, volume.resolve("/absolute", true).number());
        assertNotEquals(file, volume.resolve("/absolute", false).number());
        assertThrows(DiskException.class, () -> volume.resolve("/loop", true));
        assertThrows(DiskException.class, () -> volume.resolve("/hard/below", true));
        assertEquals(".", volume.list(volume.resolve("/dir/..", true)).get(0).text());
    }

    @Test
    void aFullDiskStopsAtTheReserveAndRemovalStillWorks() throws IOException {
        byte[] disk = Images.make(1 << 20, 1024, Mkfs.Content.empty());
        for (int i = 0; ; i++) {
            String name = "f" + i;
            byte[] before = disk.clone();
            try {
                Images.change(Images.single(disk),
                        (volume, tree) -> Images.file(volume, volume.inode(Inode.ROOT), name, Images.noise(1, 30_000)));
            } catch (DiskException e) {
                assertEquals(DiskException.Kind.FULL, e.kind());
                assertEquals(Images.tree(Images.single(before)), Images.tree(Images.single(disk)));
                break;
            }
        }
        Images.assertClean(Images.single(disk));
        Volume full = Volume.open(Images.single(disk), -1);
        assertTrue(full.root().freeBlocks() >= 64 - 8 && full.availableBlocks() < 40,
                "free " + full.root().freeBlocks());
        Images.change(Images.single(disk), (volume, tree) ->
                tree.remove(volume.inode(Inode.ROOT), Tree.bytes("f3"), Images.NOW));
        Images.change(Images.single(disk),
                (volume, tree) -> Images.file(volume, volume.inode(Inode.ROOT), "again", Images.noise(2, 20_000)));
        Images.assertClean(Images.single(disk));
    }

    /** At the very edge of the reserve a file can be changed in place of itself, and names still go away. */
    @Test
    void changesThatNeedNoMoreSpaceSucceedOnAFullDisk() throws IOException {
        byte[] disk = Images.make(1 << 20, 1024, Mkfs.Content.empty());
        Images.change(Images.single(disk), (volume, tree) -> {
            Inode full = Images.file(volume, volume.inode(Inode.ROOT), "full", new byte[0]);
            volume.setSize(full, 4_000_000);
            int left = volume.free() - volume.root.reserve - 20;
            for (int i = 0; i < left; i++) {
                volume.writeBlock(full, i, Images.noise(i, 1024));
            }
        });
        Images.change(Images.single(disk), (volume, tree) -> {
            Inode full = volume.resolve("/full", true);
            int next = 0;
            while (volume.free() > volume.root.reserve) {
                volume.writeBlock(full, 3000 + next++, Images.noise(next, 1024));
            }
            volume.writeBlock(full, 7, Images.noise(77, 1024));
            assertEquals(volume.root.reserve, volume.free());
            assertThrows(DiskException.class, () -> volume.writeBlock(full, 3500, Images.noise(1, 1024)));
        });
        Images.assertClean(Images.single(disk));
        Images.change(Images.single(disk), (volume, tree) ->
                tree.remove(volume.inode(Inode.ROOT), Tree.bytes("full"), Images.NOW));
        Images.assertClean(Images.single(disk));
        assertTrue(Volume.open(Images.single(disk), -1).availableBlocks() > 900);
    }
}
