package triplex.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RootTest {
    private static byte[] twoRoots() throws IOException {
        byte[] disk = Images.make(400 << 10, 1024, Images.random(2, 10));
        Images.change(Images.single(disk), (volume, tree) ->
                Images.file(volume, volume.inode(Inode.ROOT), "new", new byte[] {1}));
        return disk;
    }

    @Test
    void crcIsCastagnolis() {
        assertEquals(0xE3069283, Bytes.crc(Tree.bytes("123456789")));
    }

    @Test
    void everyBitOfBothRootsIsGuarded() throws IOException {
        byte[] disk = twoRoots();
        Volume volume = Volume.open(Images.single(disk), -1);
        TreeMap<String, String> newest = Images.tree(Images.single(disk));
        for (int slot = 0; slot < 2; slot++) {
            int start = volume.layout.rootBlock(slot) * 1024;
            for (int bit = 0; bit < 1024 * 8; bit++) {
                disk[start + bit / 8] ^= (byte) (1 << bit % 8);
                RootSlot[] both = RootSlot.readBoth(Images.single(disk), 0);
                assertTrue(both[slot].root() == null, "slot " + slot + " bit " + bit);
                assertTrue(both[1 - slot].root() != null);
                disk[start + bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
        Images.assertClean(Images.single(disk));
        assertEquals(newest, Images.tree(Images.single(disk)));
    }

    @Test
    void everyBitOfTheMetadataIsGuarded() throws IOException {
        byte[] disk = Images.make(400 << 10, 1024, Images.random(2, 10));
        Images.change(Images.single(disk), (volume, tree) -> { });
        Volume volume = Volume.open(Images.single(disk), -1);
        BitSet used = Bitmap.read(volume.mirror(), volume.root());
        for (int block = 0; block < volume.layout.totalBlocks(); block++) {
            boolean idle = volume.layout.inPool(block) ? !used.get(block)
                    : block != volume.layout.rootBlock(0) && block != volume.layout.rootBlock(1)
                    && block != volume.layout.bitmapArea(1) && block != volume.layout.stateArea(1);
            for (int bit = block * 37 % 61; bit < 8192 && !idle; bit += 61) {
                disk[block * 1024 + bit / 8] ^= (byte) (1 << bit % 8);
                assertNotEquals(Fsck.CLEAN, Fsck.check(Images.single(disk), -1).exitCode(),
                        "block " + block + " bit " + bit);
                disk[block * 1024 + bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }

    @Test
    void aDamagedNewerRootFallsBackAndSaysSo() throws IOException {
        byte[] disk = twoRoots();
        disk[disk.length - 1024 + 500] ^= 1;
        Mirror mirror = Images.single(disk);
        Volume volume = Volume.open(mirror, -1);
        assertEquals(new Pair(1, 1), volume.root().pair());
        assertTrue(mirror.log().get(0).contains("root slot 1 rejected: checksum mismatch"), mirror.log().toString());
        assertEquals(Fsck.LEFT, Fsck.check(Images.single(disk), -1).exitCode());
        assertEquals(Fsck.CORRECTED, Fsck.repair(Images.single(disk), -1).exitCode());
        Images.assertClean(Images.single(disk));
    }

    @Test
    void aStateAreaOfAnotherRootRejectsTheRoot() throws IOException {
        byte[] disk = twoRoots();
        Volume volume = Volume.open(Images.single(disk), -1);
        disk[volume.layout.stateArea(1) * 1024 + 12] ^= 1;
        assertEquals(new Pair(1, 1), Volume.open(Images.single(disk), -1).root().pair());
    }

    @Test
    void slotOneIsFoundWhateverTheBlockSize() throws IOException {
        for (int blockSize = 1024; blockSize <= 4096; blockSize *= 2) {
            byte[] disk = Images.make((2 << 20) + 512 + 1024, blockSize, Images.random(2, 10));
            Images.change(Images.single(disk), (volume, tree) -> { });
            Arrays.fill(disk, 0, 1024, (byte) 0x55);
            Volume volume = Volume.open(Images.single(disk), -1);
            assertEquals(new Pair(2, 2), volume.root().pair());
            assertEquals(blockSize, volume.root().layout().blockSize());
        }
    }

    @Test
    void foreignEmptyAndTruncatedDisksAreRefused() throws IOException {
        for (byte[] disk : new byte[][] {new byte[0], new byte[100], new byte[100_000], Images.noise(1, 70_000)}) {
            DiskException e = assertThrows(DiskException.class, () -> Volume.open(Images.single(disk), -1));
            assertEquals(DiskException.Kind.DATA, e.kind());
            assertTrue(e.getMessage().contains("not a Triplex volume"), e.getMessage());
        }
        byte[] half = Arrays.copyOf(twoRoots(), 200 << 10);
        DiskException e = assertThrows(DiskException.class, () -> Volume.open(Images.single(half), -1));
        assertTrue(e.getMessage().contains("the disk is shorter"), e.getMessage());
        assertEquals(Fsck.FAILED, Fsck.repair(Images.single(half), -1).exitCode());
    }

    @Test
    void unknownIncompatibleFeaturesAreRefusedAndReadOnlyOnesOnlyRead() throws IOException {
        byte[] disk = Images.make(400 << 10, 1024, Mkfs.Content.empty());
        Root root = Volume.open(Images.single(disk), -1).root().copy();
        root.roCompat = 4;
        System.arraycopy(root.encode(0), 0, disk, 0, 1024);
        assertEquals(4, Volume.open(Images.single(disk), -1).root().roCompat);
        assertThrows(DiskException.class, () -> VolumeEditor.edit(Images.single(disk), -1));
        root.incompat = 1;
        System.arraycopy(root.encode(0), 0, disk, 0, 1024);
        DiskException e = assertThrows(DiskException.class, () -> Volume.open(Images.single(disk), -1));
        assertTrue(e.getMessage().contains("incompatible features"), e.getMessage());
    }
}
