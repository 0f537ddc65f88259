package triplex.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each test plants one untruth, sees it named, repaired, and gone in the second run. */
class FsckTest {
    private static final int DIR = Inode.DIRECTORY >> 12;

    /** /d/sub, /f (blocks), /g (inline), /link, /null. */
    private static byte[] image() throws IOException {
        return Images.make(400 << 10, 1024, volume -> {
            Tree tree = new Tree(volume);
            Inode root = volume.inode(Inode.ROOT);
            Inode d = tree.directory(root, Tree.bytes("d"), Images.FOLDER);
            tree.directory(d, Tree.bytes("sub"), Images.FOLDER);
            Images.file(volume, root, "f", Images.noise(1, 20_000));
            Images.file(volume, root, "g", Tree.bytes("inline"));
            tree.symlink(root, Tree.bytes("link"), Tree.bytes("d/sub"), Images.PLAIN);
            tree.device(root, Tree.bytes("null"), 1, 3, Images.PLAIN);
        });
    }

    private static byte[] found(Finding.Rule rule, String text, Images.Change plant) throws IOException {
        byte[] disk = image();
        Images.assertClean(Images.single(disk));
        Images.change(Images.single(disk), plant);
        byte[] before = disk.clone();
        Fsck.Report report = Fsck.check(Images.single(disk), -1);
        assertArrayEquals(before, disk, "a check changes nothing");
        assertEquals(Fsck.LEFT, report.exitCode());
        assertTrue(report.lines().stream().anyMatch(line -> line.startsWith(rule.title + ":") && line.contains(text)),
                report.lines().toString());
        Fsck.Report repaired = Fsck.repair(Images.single(disk), -1);
        assertEquals(Fsck.CORRECTED, repaired.exitCode(), repaired.lines().toString());
        Images.assertClean(Images.single(disk));
        return disk;
    }

    private static Volume open(byte[] disk) throws IOException {
        return Volume.open(Images.single(disk), -1);
    }

    @Test
    void property1OrphanFileComesBack() throws IOException {
        byte[] disk = found(Finding.Rule.ORPHAN, "has no path from the root", (volume, tree) -> {
            Inode root = volume.inode(Inode.ROOT);
            byte[] block = volume.directoryBlock(root, 0);
            Directory.remove(block, Directory.find(block, Tree.bytes("f")));
            volume.writeBlock(root, 0, block);
        });
        Volume volume = open(disk);
        Inode back = volume.resolve("/lost+found", true);
        DirEntry entry = volume.list(back).get(2);
        assertArrayEquals(Images.noise(1, 20_000), volume.content(volume.inode(entry.inode())));
    }

    @Test
    void property1OrphanDirectoryTreeComesBackWhole() throws IOException {
        byte[] disk = found(Finding.Rule.ORPHAN, "has no path from the root", (volume, tree) -> {
            Inode root = volume.inode(Inode.ROOT);
            byte[] block = volume.directoryBlock(root, 0);
            Directory.remove(block, Directory.find(block, Tree.bytes("d")));
            volume.writeBlock(root, 0, block);
        });
        Volume volume = open(disk);
        List<DirEntry> back = volume.list(volume.resolve("/lost+found", true));
        assertEquals(3, back.size());
        assertTrue(volume.resolve("/lost+found/" + back.get(2).text() + "/sub", true).isDirectory());
    }

    @Test
    void openFilesWithoutANameAreNoOrphans() throws IOException {
        byte[] disk = image();
        Images.change(Images.single(disk), (volume, tree) -> {
            Inode open = volume.allocateInode(Inode.REGULAR | 0600, Images.NOW);
            volume.setSize(open, 5000);
            volume.writeBlock(open, 1, Images.noise(2, 1024));
            volume.addOrphan(open.number);
        });
        Images.assertClean(Images.single(disk));
        Fsck.Report report = Fsck.check(Images.single(disk), -1);
        assertTrue(report.notes().get(0).contains("was open without a name"), report.notes().toString());
    }

    @Test
    void property1AFalseOrphanListIsCorrected() throws IOException {
        found(Finding.Rule.ORPHAN, "has a name, but is on the orphan list",
                (volume, tree) -> volume.addOrphan(volume.resolve("/f", true).number));
        found(Finding.Rule.ORPHAN, "on the orphan list, but not in use", (volume, tree) -> volume.addOrphan(14));
    }

    @Test
    void property2DanglingReference() throws IOException {
        byte[] disk = found(Finding.Rule.DANGLING, "'f' names inode",
                (volume, tree) -> volume.freeInode(volume.resolve("/f", true)));
        assertEquals(0, open(disk).lookup(open(disk).inode(Inode.ROOT), Tree.bytes("f")));
        found(Finding.Rule.DANGLING, "'bad' names inode 4000", (volume, tree) -> {
            Inode root = volume.inode(Inode.ROOT);
            byte[] block = volume.directoryBlock(root, 0);
            Directory.insert(block, Tree.bytes("bad"), 4000, 8);
            volume.writeBlock(root, 0, block);
        });
    }

    @Test
    void property2WrongLinkCountAndType() throws IOException {
        found(Finding.Rule.DANGLING, "counts 7 links, there are 1", (volume, tree) -> {
            volume.resolve("/g", true).nlink = 7;
            volume.touch(volume.resolve("/g", true));
        });
        found(Finding.Rule.DANGLING, "'g' has not the type", (volume, tree) -> {
            Inode root = volume.inode(Inode.ROOT);
            byte[] block = volume.directoryBlock(root, 0);
            block[Directory.find(block, Tree.bytes("g")) + 7] = DIR;
            volume.writeBlock(root, 0, block);
        });
    }

    @Test
    void property3DirectoryWithTwoNames() throws IOException {
        found(Finding.Rule.DIRECTORY, "is another name of directory", (volume, tree) -> {
            Inode sub = volume.resolve("/d/sub", true);
            tree.enter(volume.inode(Inode.ROOT), Tree.bytes("alias"), sub, Images.NOW);
        });
    }

    @Test
    void property3CycleOfDirectories() throws IOException {
        byte[] disk = found(Finding.Rule.ORPHAN, "has no path", (volume, tree) -> {
            Inode root = volume.inode(Inode.ROOT);
            byte[] block = volume.directoryBlock(root, 0);
            int at = Directory.find(block, Tree.bytes("d"));
            int d = Bytes.u32(block, at);
            Inode sub = volume.resolve("/d/sub", true);
            Directory.remove(block, at);
            volume.writeBlock(root, 0, block);
            tree.enter(sub, Tree.bytes("up"), volume.inode(d), Images.NOW);
        });
        assertEquals(3, open(disk).list(open(disk).resolve("/lost+found", true)).size());
    }

    @Test
    void property3DotAndDotDot() throws IOException {
        for (int at : new int[] {0, 12}) {
            found(Finding.Rule.DIRECTORY, "'.' is not itself or '..' not its parent", (volume, tree) -> {
                Inode sub = volume.resolve("/d/sub", true);
                byte[] block = volume.directoryBlock(sub, 0);
                Bytes.put32(block, at, volume.resolve("/f", true).number);
                volume.writeBlock(sub, 0, block);
            });
        }
        found(Finding.Rule.FORMAT, "is a bad name, or is there twice",
                (volume, tree) -> tree.enter(volume.inode(Inode.ROOT), Tree.bytes(".."), volume.inode(Inode.ROOT),
                Images.NOW));
    }

    @Test
    void property4SymlinkOutOfBounds() throws IOException {
        found(Finding.Rule.SYMLINK, "a symbolic link of 0 bytes", (volume, tree) -> {
            Inode link = volume.resolve("/link", false);
            volume.setSize(link, 0);
        });
        found(Finding.Rule.SYMLINK, "a symbolic link of 1024 bytes",
                (volume, tree) -> volume.setSize(volume.resolve("/link", false), 1024));
    }

    @Test
    void property5HardLinkThatIsNotCounted() throws IOException {
        byte[] disk = found(Finding.Rule.ALIAS, "counts 1 links, there are 2", (volume, tree) ->
            tree.enter(volume.inode(Inode.ROOT), Tree.bytes("second"), volume.resolve("/f", true), Images.NOW));
        assertEquals(2, open(disk).resolve("/second", true).links());
    }

    @Test
    void property6BlockReachedTwice() throws IOException {
        byte[] disk = found(Finding.Rule.ALLOCATION, "belongs to inode", (volume, tree) -> {
            Inode copy = Images.file(volume, volume.inode(Inode.ROOT), "thief", Images.noise(4, 9000));
            volume.map(copy).set(3, volume.map(volume.resolve("/f", true)).get(2));
        });
        assertArrayEquals(Images.noise(1, 20_000), open(disk).content(open(disk).resolve("/f", true)));
    }

    @Test
    void property6PointerOutsideThePool() throws IOException {
        found(Finding.Rule.ALLOCATION, "outside the pool", (volume, tree) -> {
            Inode file = volume.resolve("/f", true);
            file.pointers[5] = new Pointer(1, 1, 0);
            volume.touch(file);
        });
    }

    @Test
    void property6BitmapAndCounts() throws IOException {
        for (int which = 0; which < 5; which++) {
            byte[] disk = image();
            Root root = open(disk).root().copy();
            int bitmap = root.layout.bitmapArea(0) * 1024;
            BitSet used = Bitmap.read(Images.single(disk), root);
            int free = used.nextClearBit(root.layout.poolStart());
            switch (which) {
                case 0 -> disk[bitmap + free / 8] |= (byte) (1 << free % 8);
                case 1 -> disk[bitmap + (free - 1) / 8] &= (byte) ~(1 << (free - 1) % 8);
                case 2 -> root.freeBlocks++;
                case 3 -> root.usedInodes--;
                default -> root.firstFreeInode++;
            }
            root.bitmapCrc[0] = Bytes.crc(disk, bitmap, 1024);
            System.arraycopy(root.encode(0), 0, disk, 0, 1024);
            Fsck.Report report = Fsck.check(Images.single(disk), -1);
            assertEquals(1, report.lines().size(), report.lines().toString());
            assertTrue(report.lines().get(0).startsWith("property 6:"), report.lines().toString());
            assertEquals(Fsck.CORRECTED, Fsck.repair(Images.single(disk), -1).exitCode());
            Images.assertClean(Images.single(disk));
        }
    }

    @Test
    void countsOfBlocksBirthsAndTails() throws IOException {
        found(Finding.Rule.ALLOCATION, "counts 99 blocks", (volume, tree) -> {
            volume.resolve("/f", true).blocks = 99;
            volume.touch(volume.resolve("/f", true));
        });
        found(Finding.Rule.FORMAT, "birth 9 is not in", (volume, tree) -> {
            Inode file = volume.resolve("/f", true);
            file.pointers[5] = new Pointer(file.pointers[5].block(), 9, file.pointers[5].crc());
            volume.touch(file);
        });
        found(Finding.Rule.FORMAT, "beyond its size are not zero", (volume, tree) -> {
            Inode file = volume.resolve("/f", true);
            volume.writeBlock(file, 19, Images.noise(5, 1024));
        });
        found(Finding.Rule.FORMAT, "lies beyond its size", (volume, tree) -> {
            volume.resolve("/f", true).size = 5000;
            volume.touch(volume.resolve("/f", true));
        });
        found(Finding.Rule.ROOT, "boot_inode 1 is not a regular file", (volume, tree) -> volume.root.bootInode = 1);
    }

    @Test
    void aLostRootDirectoryIsMadeAnew() throws IOException {
        byte[] disk = found(Finding.Rule.DIRECTORY, "inode 1 is not a directory", (volume, tree) -> {
            volume.inode(Inode.ROOT).mode = Inode.FIFO;
            volume.touch(volume.inode(Inode.ROOT));
        });
        assertTrue(open(disk).list(open(disk).resolve("/lost+found", true)).size() > 5);
    }

    @Test
    void randomDamageIsAlwaysRepairedAndTheSecondRunIsClean() throws IOException {
        for (int seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            byte[] disk = Images.make(400 << 10, 1024, Images.random(seed % 7, 40));
            Volume volume = open(disk);
            BitSet used = Bitmap.read(volume.mirror(), volume.root());
            used.clear(volume.layout.rootBlock(0));
            used.clear(volume.layout.rootBlock(1));
            used.clear(volume.layout.stateArea(0), volume.layout.poolStart());
            for (int i = 0; i < 1 + seed % 12; i++) {
                int block = used.nextSetBit(random.nextInt(volume.layout.poolEnd() / 3));
                disk[block * 1024 + random.nextInt(1024)] ^= (byte) (1 + random.nextInt(255));
            }
            Fsck.Report report = Fsck.repair(Images.single(disk), -1);
            assertEquals(0, report.exitCode() & ~Fsck.CORRECTED, "seed " + seed + " " + report.lines());
            Images.assertClean(Images.single(disk));
        }
    }

    /** As above, but with the checksums made right again, so that the later stages see the damage. */
    @Test
    void randomDamageBehindGoodChecksumsIsRepairedToo() throws IOException {
        for (int seed = 0; seed < 250; seed++) {
            Random random = new Random(seed);
            byte[] disk = Images.make(600 << 10, 1024, Images.random(seed % 7, 40));
            Images.change(Images.single(disk), (volume, tree) -> {
                int number = 1 + random.nextInt(volume.inodeSlots() - 1);
                Inode inode = volume.slot(number);
                if (inode.isDirectory() && !inode.isInline() && inode.size() == 1024) {
                    byte[] block = volume.fileBlock(inode, 0);
                    block[random.nextInt(60)] = (byte) random.nextInt(40);
                    volume.writeBlock(inode, 0, block);
                }
            });
            Images.change(Images.single(disk), (volume, tree) -> {
                for (int i = 0; i < 1 + random.nextInt(25); i++) {
                    int blocks = volume.blockCount(volume.root.inodeFile);
                    int index = random.nextInt(blocks);
                    byte[] block = volume.store.read(volume.inodeFile.get(index), "test");
                    int at = random.nextInt(1024);
                    block[at] = (byte) random.nextInt(4);
                    volume.inodeFile.set(index, volume.store.write(volume.inodeFile.get(index), block));
                }
            });
            Fsck.Report report = Fsck.repair(Images.single(disk), -1);
            assertEquals(0, report.exitCode() & ~Fsck.CORRECTED, "seed " + seed + " " + report.lines());
            Images.assertClean(Images.single(disk));
        }
    }
}
