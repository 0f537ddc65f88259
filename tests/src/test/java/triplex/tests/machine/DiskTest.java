package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import triplex.disk.DirEntry;
import triplex.disk.Inode;
import triplex.disk.Stamp;
import triplex.disk.Volume;
import triplex.disk.VolumeEditor;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * Guest and host read what the other has written: random trees both ways, on pairs and on single halves, after
 * power-off and after a machine that was just closed.
 */
class DiskTest {
    private static final String LIST = "/usr/tests/tree list ";
    private static final String MAKE = "/usr/tests/tree make ";

    private static String listing(Disks disks, String directory) throws IOException {
        try (Volume volume = Volume.open(disks.mirror(), -1)) {
            return Listing.of(volume, directory);
        }
    }

    private static Disks powerOff(Rig rig) {
        rig.send("poweroff\n");
        assertEquals(0, rig.ending());
        assertEquals(triplex.hw.Ending.Kind.POWER_OFF, rig.machine.ending().kind());
        return rig.disks();
    }

    /** Both halves are sound, alone and together, and hold the same root. */
    private static void sound(Disks pair) throws IOException {
        assertEquals(List.of(), pair.fsck());
        assertEquals(List.of(), pair.only(0).fsck());
        assertEquals(List.of(), pair.only(1).fsck());
        assertEquals(pair.only(0).root().contentCrc(), pair.only(1).root().contentCrc());
        assertEquals(pair.only(0).root().pair(), pair.only(1).root().pair());
        assertEquals(pair.root().pair(), pair.root().agreed());
    }

    @ParameterizedTest(name = "blocks of {0} bytes, seed {1}")
    @CsvSource({"1024,1", "2048,2", "4096,3", "4096,4"})
    void treesOfHostAndGuest(int blockSize, int seed) throws IOException, UserError {
        Disks disks = Disks.shipped(Rig.archive(), blockSize, 16L << 20);
        try (VolumeEditor volume = VolumeEditor.edit(disks.mirror(), -1)) {
            Listing.fill(volume, "/root/host", seed, blockSize);
            volume.commit(Stamp.DEFAULT);
        }
        assertEquals(List.of(), disks.fsck(), "what the host made");
        String host = listing(disks, "/root/host");
        assertTrue(host.lines().count() > 40, host);

        Rig rig = Rig.booted(2, disks);
        assertEquals(host, rig.good(LIST + "/root/host"), "the guest sees another tree than the host made");
        rig.good(MAKE + seed + " 300 /root/guest");
        String guest = rig.good(LIST + "/root/guest");
        assertTrue(guest.lines().count() > 20, guest);
        Disks after = powerOff(rig);
        sound(after);
        assertEquals(guest, listing(after, "/root/guest"), "the host sees another tree than the guest made");
        assertEquals(host, listing(after, "/root/host"));
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void eachHalfWorksAloneAndThePairAgain(int half) throws IOException, UserError {
        Rig pair = Rig.booted(2);
        pair.good(MAKE + "5 150 /root/a");
        String a = pair.good(LIST + "/root/a");
        Disks both = powerOff(pair);
        sound(both);

        Rig alone = Rig.booted(2, both.only(half));
        assertEquals(a, alone.good(LIST + "/root/a"));
        alone.good(MAKE + "6 150 /root/b");
        String b = alone.good(LIST + "/root/b");
        Disks one = powerOff(alone);
        assertEquals(List.of(), one.fsck());
        assertEquals(b, listing(one, "/root/b"));

        // The other half has stayed behind; the guest brings it up to date.
        Disks uneven = half == 0 ? new Disks(one.half0(), both.half1()) : new Disks(both.half0(), one.half1());
        assertNotEquals(List.of(), uneven.fsck(), "fsck must see that a half is behind");
        Rig again = Rig.booted(2, uneven);
        assertEquals(a, again.good(LIST + "/root/a"));
        assertEquals(b, again.good(LIST + "/root/b"));
        again.good("sync");
        again.pass(5 * SimulatedTime.SECOND);
        sound(powerOff(again));
    }

    /** What {@code df} says of a disk is what the host counts on it, in use and free, before and after a change. */
    @ParameterizedTest
    @CsvSource({"1024,1", "4096,2"})
    void guestAndHostCountTheSame(int blockSize, int seed) throws IOException, UserError {
        Rig rig = Rig.booted(2, Disks.shipped(Rig.archive(), blockSize, 16L << 20));
        long[] used = new long[3];
        String[] changes = {"true", MAKE + seed + " 200 /root/a", "rm -r /root/a"};
        for (int k = 0; k < changes.length; k++) {
            rig.good(changes[k] + "; df >/dev/null; df -i >/dev/null; sync");
            String[] kilobytes = rig.good("df -k / | tail -n 1").trim().split(" +");
            String[] inodes = rig.good("df -i / | tail -n 1").trim().split(" +");
            rig.good("sync");
            Disks disks = rig.disks();
            assertEquals(List.of(), disks.fsck());
            try (Volume volume = Volume.open(disks.mirror(), -1)) {
                int unit = blockSize / 1024;
                assertEquals(volume.root().layout().totalBlocks() * (long) unit, Long.parseLong(kilobytes[1]), "total");
                used[k] = Long.parseLong(kilobytes[2]);
                assertEquals((volume.root().layout().totalBlocks() - volume.root().freeBlocks()) * (long) unit, used[k],
                    "in use");
                assertEquals(volume.availableBlocks() * (long) unit, Long.parseLong(kilobytes[3]), "available");
                Set<Integer> found = new TreeSet<>(volume.orphans());
                inodes(volume, volume.resolve("/", true), found);
                assertEquals(found.size(), Integer.parseInt(inodes[2]), "inodes");
            }
        }
        assertTrue(used[1] > used[0] && used[2] < used[1], used[0] + " " + used[1] + " " + used[2]);
    }

    private static void inodes(Volume volume, Inode directory, Set<Integer> found) throws IOException {
        for (DirEntry entry : volume.list(directory)) {
            if (found.add(entry.inode()) && volume.inode(entry.inode()).isDirectory()) {
                inodes(volume, volume.inode(entry.inode()), found);
            }
        }
    }

    @Test
    void aMachineThatIsJustClosedLeavesASoundImage() throws IOException, UserError {
        Rig rig = Rig.booted(2);
        rig.good(MAKE + "7 100 /root/kept; sync");
        String kept = rig.good(LIST + "/root/kept");
        rig.send(MAKE + "8 300 /root/lost\n");
        for (int k = 0; k < 8; k++) {
            rig.pass(7_654_321L);
            Disks closed = rig.disks();
            for (int half = 0; half < 2; half++) {
                assertEquals(List.of(), closed.only(half).fsck(), "half " + half + " at cycle " + rig.machine.now());
            }
            List<String> found = closed.fsck();
            assertTrue(found.stream().allMatch(line -> line.contains("behind the other")), found.toString());
            assertEquals(kept, listing(closed, "/root/kept"));
        }
        Rig next = Rig.booted(2, rig.disks());
        assertEquals(kept, next.good(LIST + "/root/kept"));
        sound(powerOff(next));
    }

    @Test
    void aPowerLossLeavesWhatWasSynced() throws IOException, UserError {
        Rig rig = Rig.booted(2);
        rig.good(MAKE + "9 100 /root/kept; sync");
        String kept = rig.good(LIST + "/root/kept");
        rig.send("while :; do " + MAKE + "10 100 /tmp/x; sync; rm -r /tmp/x; done\n");
        rig.pass(SimulatedTime.SECOND);
        Rig.Saved saved = rig.save();
        for (int k = 1; k <= 6; k++) {
            rig.restore(saved);
            rig.pass(3_000_000L * k + 1234L * k * k);
            rig.inject("power loss");
            Disks lost = rig.disks();
            for (int half = 0; half < 2; half++) {
                assertEquals(List.of(), lost.only(half).fsck(), "half " + half + ", moment " + k);
            }
            assertEquals(kept, listing(lost, "/root/kept"));
        }
        Rig next = Rig.booted(2, rig.disks());
        assertEquals(kept, next.good(LIST + "/root/kept"));
    }
}
