package triplex.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.BitSet;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MirrorTest {
    private static final int SIZE = 400 << 10;

    private static byte[][] pair() throws IOException {
        return Images.makePair(SIZE, 1024, Images.random(2, 12));
    }

    private static Mirror alone(byte[][] halves, int half) {
        BlockDevice disk = new MemoryDevice(halves[half], "half " + half);
        return half == 0 ? Mirror.pair(disk, null) : Mirror.pair(null, disk);
    }

    private static void add(Mirror mirror, String name) throws IOException {
        Images.change(mirror, (volume, tree) -> Images.file(volume, volume.inode(Inode.ROOT), name,
                Images.noise(1, 3000)));
    }

    @Test
    void halvesAreEqualButForTheNumber() throws IOException {
        byte[][] halves = pair();
        add(Images.pair(halves), "both");
        int differences = 0;
        for (int i = 0; i < SIZE; i++) {
            differences += halves[0][i] == halves[1][i] ? 0 : 1;
        }
        assertTrue(differences > 0 && differences <= 2 * 5, "only half and root_crc: " + differences);
        Images.assertClean(Images.pair(halves));
        assertEquals(new Pair(2, 2), Volume.open(Images.pair(halves), -1).root().agreed());
    }

    @Test
    void everyBadBlockIsReadFromTheOtherHalfAndRepaired() throws IOException {
        byte[][] halves = pair();
        TreeMap<String, String> tree = Images.tree(Images.pair(halves));
        byte[][] good = {halves[0].clone(), halves[1].clone()};
        Volume volume = Volume.open(Images.pair(halves), -1);
        BitSet used = Bitmap.read(volume.mirror(), volume.root());
        int planted = 0;
        for (int block = volume.layout.poolStart(); block < volume.layout.poolEnd(); block++) {
            if (used.get(block)) {
                halves[planted++ % 2][block * 1024 + 5] ^= 8;
            }
        }
        assertTrue(planted > 5);
        Mirror reading = Images.pair(halves);
        Volume.open(reading, -1);
        assertEquals(tree, Images.tree(Images.pair(halves)));
        halves[0][volume.layout.poolStart() * 1024 + 77] ^= 1;
        Fsck.Report first = Fsck.repair(Images.pair(halves), -1);
        assertEquals(Fsck.CORRECTED, first.exitCode(), first.lines().toString());
        Images.assertClean(Images.pair(halves));
        assertEquals(tree, Images.tree(Images.pair(halves)));
        for (int block = volume.layout.poolStart(); block < volume.layout.poolEnd(); block++) {
            for (int half = 0; half < 2 && used.get(block); half++) {
                assertEquals(good[half][block * 1024 + 5], halves[half][block * 1024 + 5]);
            }
        }
    }

    @Test
    void badReadsAreCountedAndWrittenBack() throws IOException {
        byte[][] halves = pair();
        Mirror mirror = Images.pair(halves);
        Volume volume = Volume.open(mirror, -1);
        int block = volume.root().inodeFile.pointers[0].block();
        halves[0][block * 1024 + 256] ^= 1;
        volume.inode(Inode.ROOT);
        assertEquals(1, mirror.badReads());
        assertEquals(1, mirror.repairs());
        assertEquals(halves[0][block * 1024 + 256], halves[1][block * 1024 + 256]);
        assertTrue(mirror.log().get(0).contains("repaired from the other half"));
    }

    @Test
    void bothHalvesBadIsAnErrorAndNeverWrongData() throws IOException {
        byte[][] halves = pair();
        Volume volume = Volume.open(Images.pair(halves), -1);
        int block = volume.root().inodeFile.pointers[0].block();
        halves[0][block * 1024 + 256] ^= 1;
        halves[1][block * 1024 + 700] ^= 1;
        DiskException e = assertThrows(DiskException.class, () -> volume.inode(Inode.ROOT));
        assertTrue(e.getMessage().contains("on both halves"), e.getMessage());
    }

    @Test
    void aHalfThatWasAwayIsBroughtUpToDate() throws IOException {
        byte[][] halves = pair();
        add(Images.pair(halves), "both");
        add(alone(halves, 1), "alone1");
        add(alone(halves, 1), "alone2");
        TreeMap<String, String> tree = Images.tree(alone(halves, 1));
        assertEquals(new Pair(2, 2), Volume.open(alone(halves, 1), -1).root().agreed());
        Mirror reading = Images.pair(halves);
        assertEquals(new Pair(4, 4), Volume.open(reading, -1).root().pair());
        assertTrue(reading.log().get(0).contains("half 0: this half is behind"), reading.log().toString());
        assertFalse(reading.trusted(0));
        assertEquals(Fsck.LEFT, Fsck.check(Images.pair(halves), -1).exitCode());
        add(Images.pair(halves), "together");
        Images.assertClean(Images.pair(halves));
        tree.put("/together", Images.tree(alone(halves, 0)).get("/together"));
        tree.put("", Images.tree(alone(halves, 0)).get(""));
        assertEquals(tree, Images.tree(alone(halves, 0)));
        assertEquals(tree, Images.tree(alone(halves, 1)));
    }

    @Test
    void aSplitMirrorIsRefusedUntilTheUserChooses() throws IOException {
        for (int ahead = 0; ahead < 3; ahead++) {
            byte[][] halves = pair();
            add(Images.pair(halves), "both");
            add(alone(halves, 0), "a");
            for (int i = 0; i <= ahead; i++) {
                add(alone(halves, 1), "b" + i);
            }
            byte[][] before = {halves[0].clone(), halves[1].clone()};
            DiskException e = assertThrows(DiskException.class, () -> VolumeEditor.edit(Images.pair(halves), -1));
            assertTrue(e.getMessage().contains("split mirror: half 0 is at (3, 3)"), e.getMessage());
            assertTrue(e.getMessage().contains("half 1 at (" + (3 + ahead)), e.getMessage());
            assertEquals(Fsck.FAILED, Fsck.repair(Images.pair(halves), -1).exitCode());
            assertArrayEquals(before, halves);
            TreeMap<String, String> chosen = Images.tree(alone(halves, 0));
            assertEquals(Fsck.CORRECTED, Fsck.repair(Images.pair(halves), 0).exitCode());
            assertEquals(chosen, Images.tree(Images.pair(halves)));
            Images.assertClean(Images.pair(halves));
        }
    }

    @Test
    void anUnfinishedSyncOnOneHalfIsNoSplit() throws IOException {
        byte[][] halves = pair();
        byte[] before = halves[0].clone();
        add(Images.pair(halves), "unfinished");
        halves[0] = before;
        assertEquals(new Pair(2, 2), Volume.open(Images.pair(halves), -1).root().pair());
        add(alone(halves, 0), "x");
        add(alone(halves, 0), "y");
        assertEquals(new Pair(3, 3), Volume.open(Images.pair(halves), -1).root().pair());
        assertEquals(Fsck.CORRECTED, Fsck.repair(Images.pair(halves), -1).exitCode());
        Images.assertClean(Images.pair(halves));
    }

    @Test
    void swappedHalvesAndStrangersAreRefused() throws IOException {
        byte[][] halves = pair();
        byte[][] swapped = {halves[1], halves[0]};
        DiskException e = assertThrows(DiskException.class, () -> Volume.open(Images.pair(swapped), -1));
        assertTrue(e.getMessage().contains("this disk is half 1 of the mirror"), e.getMessage());
        byte[][] mixed = {halves[0], Images.makePair(SIZE, 1024, Images.random(3, 12))[1]};
        DiskException other = assertThrows(DiskException.class, () -> Volume.open(Images.pair(mixed), -1));
        assertTrue(other.getMessage().contains("different volumes"), other.getMessage());
    }

    @Test
    void damageOnBothHalvesInDifferentPlacesCostsNothing() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            byte[][] halves = Images.makePair(SIZE, 1024, Images.random(seed, 25));
            add(Images.pair(halves), "second");
            TreeMap<String, String> tree = Images.tree(Images.pair(halves));
            Random random = new Random(seed);
            for (int block = 0; block < SIZE / 1024; block++) {
                int root = block == 0 || block == SIZE / 1024 - 1 ? 1 : 0;
                if (random.nextInt(3) == 0) {
                    int half = root == 1 ? seed % 2 : random.nextInt(2);
                    halves[half][block * 1024 + random.nextInt(1024)] ^= (byte) (1 + random.nextInt(255));
                }
            }
            assertEquals(tree, Images.tree(Images.pair(halves)), "seed " + seed);
            Fsck.Report report = Fsck.repair(Images.pair(halves), -1);
            assertEquals(0, report.exitCode() & ~Fsck.CORRECTED, "seed " + seed + " " + report.lines());
            Images.assertClean(Images.pair(halves));
            assertEquals(tree, Images.tree(Images.pair(halves)), "seed " + seed);
        }
    }
}
