package triplex.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Power cuts: after any subset of the writes between two flushes, the disk holds the old tree or the new one. */
class SyncTest {
    private record Write(long position, byte[] data, int interval) {
    }

    /** Remembers sectors in the order of their writes, and which flush they precede. */
    private static final class Recorder implements BlockDevice {
        private final MemoryDevice disk;
        private final List<Write> writes = new ArrayList<>();
        private int interval;

        Recorder(byte[] bytes) {
            disk = new MemoryDevice(bytes, "disk");
        }

        @Override
        public long size() {
            return disk.size();
        }

        @Override
        public void read(long position, byte[] buffer, int offset, int length) throws IOException {
            disk.read(position, buffer, offset, length);
        }

        @Override
        public void write(long position, byte[] buffer, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += 512) {
                byte[] sector = new byte[512];
                System.arraycopy(buffer, offset + at, sector, 0, 512);
                writes.add(new Write(position + at, sector, interval));
            }
            disk.write(position, buffer, offset, length);
        }

        @Override
        public void flush() {
            interval++;
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public String name() {
            return "disk";
        }

        @Override
        public void close() {
            // Nothing is held open.
        }
    }

    private static void apply(byte[] disk, Write write, int bytes) {
        System.arraycopy(write.data, 0, disk, (int) write.position, bytes);
    }

    private static final int SEED = 11;

    @Test
    void everyCutLeavesTheOldTreeOrTheNew() throws IOException {
        byte[] disk = Images.make(600 << 10, 1024, Images.random(3, 25));
        for (int round = 0; round < 3; round++) {
            byte[] before = disk.clone();
            TreeMap<String, String> old = Images.tree(Images.single(before));
            Recorder recorder = new Recorder(disk);
            Random random = new Random(round);
            Images.change(Mirror.single(recorder), (volume, tree) -> {
                Inode root = volume.inode(Inode.ROOT);
                DirEntry victim = volume.list(root).get(2 + random.nextInt(3));
                tree.removeAll(root, victim.name(), Images.NOW);
                Images.file(volume, root, "new" + random.nextInt(), Images.noise(9, 3000));
            });
            TreeMap<String, String> fresh = Images.tree(Images.single(disk));
            int states = 0;
            for (int cut = 0; cut <= recorder.writes.size(); cut++) {
                judge(before, recorder.writes, cut, old, fresh);
                states++;
            }
            assertTrue(states > 10);
        }
    }

    /**
     * All writes before {@code cut}'s interval; of the interval itself a random half in which write {@code cut} is
     * torn.
     */
    private void judge(byte[] before, List<Write> writes, int cut, TreeMap<String, String> old,
            TreeMap<String, String> fresh) throws IOException {
        for (int variant = 0; variant < 4; variant++) {
            byte[] disk = before.clone();
            Random random = new Random(SEED * 31L + cut * 4 + variant);
            int interval = cut < writes.size() ? writes.get(cut).interval : Integer.MAX_VALUE;
            for (int i = 0; i < writes.size(); i++) {
                Write write = writes.get(i);
                boolean kept = variant == 0 ? i < cut : write.interval < interval || random.nextBoolean();
                if (write.interval <= interval && kept) {
                    apply(disk, write, i == cut && variant > 1 ? random.nextInt(512) : 512);
                }
            }
            TreeMap<String, String> seen = Images.tree(Images.single(disk));
            assertTrue(seen.equals(old) || seen.equals(fresh), "cut " + cut + " variant " + variant);
            Fsck.Report report = Fsck.check(Images.single(disk), -1);
            List<String> grave = report.lines().stream().filter(line -> !line.startsWith("root:")).toList();
            assertEquals(List.of(), grave, "cut " + cut + " variant " + variant);
        }
    }

    @Test
    void mkfsOverAnOldVolumeLeavesNoVolumeOrTheWholeNewOne() throws IOException {
        byte[] disk = Images.make(1 << 20, 4096, Images.random(3, 25));
        Images.change(Images.single(disk), (volume, tree) ->
                Images.file(volume, volume.inode(Inode.ROOT), "b", new byte[9]));
        byte[] before = disk.clone();
        Recorder recorder = new Recorder(disk);
        Mkfs.make(Mirror.single(recorder), Images.options(1024), Images.random(4, 15));
        TreeMap<String, String> fresh = Images.tree(Images.single(disk));
        byte[] cutDisk = before.clone();
        int erased = 0;
        for (int cut = 0; cut < recorder.writes.size(); cut++) {
            Write write = recorder.writes.get(cut);
            apply(cutDisk, write, 512);
            if (write.interval >= 1) {
                boolean valid = Fsck.check(Images.single(cutDisk), -1).exitCode() != Fsck.FAILED;
                assertTrue(!valid || Images.tree(Images.single(cutDisk)).equals(fresh), "cut " + cut);
                erased += valid ? 0 : 1;
            }
        }
        assertTrue(erased > 10);
        assertEquals(fresh, Images.tree(Images.single(cutDisk)));
    }

    @Test
    void aSyncNeverWritesWhatTheOldRootReaches() throws IOException {
        byte[] disk = Images.make(600 << 10, 1024, Images.random(3, 25));
        Volume before = Volume.open(Images.single(disk), -1);
        BitSet used = Bitmap.read(before.mirror(), before.root());
        Recorder recorder = new Recorder(disk);
        Images.change(Mirror.single(recorder), (volume, tree) -> Images.grow(volume, new Random(8), 10, "m"));
        int slot = 1 - before.root().slot();
        for (Write write : recorder.writes) {
            int block = (int) (write.position / 1024);
            assertTrue(!before.layout.inPool(block) || !used.get(block), "block " + block);
            boolean ownHalf = slot == 0 ? block < before.layout.poolEnd() : block >= before.layout.poolStart();
            assertTrue(ownHalf, "block " + block + " belongs to the old root");
        }
    }
}
