package triplex.hw.controller;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import triplex.hw.Interrupt;
import triplex.hw.Parameters;
import triplex.hw.Rig;

class DiskControllerTest {
    private static final int SECTORS = 100_000;
    private final Rig rig = new Rig();
    private final byte[] disk = new byte[SECTORS * 512];
    private final DiskController controller =
        new DiskController(1, Parameters.standard(), new MemoryMedium(disk));

    @BeforeEach
    void twoBoards() {
        for (int k = 0; k < disk.length; k++) {
            disk[k] = (byte) (k / 512 * 31 + k);
        }
        rig.connect(controller);
        rig.powerUp();
    }

    private int read(int port, int offset) {
        return rig.boards.get(port).read(0xFF1200 + offset);
    }

    private void write(int port, int offset, int value) {
        rig.boards.get(port).write(0xFF1200 + offset, value);
    }

    private byte[] ram(int port) {
        return rig.boards.get(port).ram;
    }

    private boolean requests(int port) {
        return rig.boards.get(port).requested[Interrupt.DISK.ordinal()];
    }

    private void issue(int port, int command, int sector, int count, int address) {
        write(port, 0x1C, 0);
        write(port, 0x06, count);
        write(port, 0x08, sector);
        write(port, 0x0C, address);
        write(port, 0x04, command);
    }

    /** Runs to DONE of the port; returns the error. */
    private int await(int port) {
        while (!requests(port)) {
            assertTrue(rig.step(), "the command never ends");
        }
        assertEquals(4, read(port, 0) & 6, "DONE and not busy");
        return read(port, 2);
    }

    private void flush(int port) {
        issue(port, DiskController.FLUSH, 0, 0, 0);
        assertEquals(0, await(port));
    }

    private int take(int port, int epoch) {
        write(port, 0x1C, 0);
        write(port, 0x10, epoch);
        write(port, 0x04, DiskController.TAKE);
        return await(port);
    }

    private void fill(int port, int address, int length, int value) {
        Arrays.fill(ram(port), address, address + length, (byte) value);
    }

    @Test
    void readsWithCrc() {
        issue(1, DiskController.READ, 700, 8, 0x1000);
        assertEquals(0, await(1));
        byte[] got = Arrays.copyOfRange(ram(1), 0x1000, 0x2000);
        assertArrayEquals(Arrays.copyOfRange(disk, 700 * 512, 708 * 512), got);
        CRC32C crc = new CRC32C();
        crc.update(got);
        assertEquals((int) crc.getValue(), read(1, 0x14));
        assertEquals(SECTORS, read(1, 0x18));
    }

    @Test
    void acknowledgeTakesTheRequestBack() {
        issue(0, DiskController.READ, 0, 1, 0);
        await(0);
        write(0, 0x1C, 0);
        assertFalse(requests(0));
        assertFalse(requests(0));
        assertEquals(0, read(0, 0) & 4);
    }

    @Test
    void writingNeedsOwnership() {
        issue(0, DiskController.WRITE, 5, 1, 0);
        assertEquals(DiskController.NOT_OWNER, await(0));
        issue(0, DiskController.FLUSH, 0, 0, 0);
        assertEquals(DiskController.NOT_OWNER, await(0));
        assertEquals(0, take(0, 3));
        rig.run(rig.now() + 256);
        assertEquals(8, read(0, 0) & 8);
        assertEquals(0, read(1, 0) & 8);
        assertEquals(3, read(1, 0x10));
        assertEquals(DiskController.NOT_GREATER, take(1, 3));
        assertEquals(0, take(1, 4));
        issue(0, DiskController.WRITE, 5, 1, 0);
        assertEquals(DiskController.NOT_OWNER, await(0));
    }

    @Test
    void writesAreReadBackBeforeTheyAreOnTheMedium() {
        take(0, 1);
        fill(0, 0, 4096, 0xA5);
        issue(0, DiskController.WRITE, 50_000, 8, 0);
        assertEquals(0, await(0));
        assertTrue(disk[50_007 * 512] != (byte) 0xA5, "not yet on the medium");
        issue(1, DiskController.READ, 50_000, 8, 0);
        assertEquals(0, await(1));
        assertEquals((byte) 0xA5, ram(1)[4095]);
        flush(0);
        for (int k = 50_000 * 512; k < 50_008 * 512; k++) {
            assertEquals((byte) 0xA5, disk[k]);
        }
    }

    @Test
    void aFullCacheBlocksAndEmptiesInOrder() {
        take(0, 1);
        fill(0, 0, 0x10000, 1);
        issue(0, DiskController.WRITE, 1000, 128, 0);
        assertEquals(0, await(0));
        issue(0, DiskController.WRITE, 3000, 128, 0);
        assertEquals(0, await(0));
        assertEquals(1, disk[1050 * 512], "room came from the first");
        flush(0);
        assertEquals(1, disk[3127 * 512 + 511]);
        assertEquals(controller.drive().accepted(), controller.drive().written());
    }

    @Test
    void badArgumentsAreRefused() {
        int[][] bad = {{-1, 1, 0}, {SECTORS, 1, 0}, {SECTORS - 1, 2, 0}, {0, 0, 0}, {0, 129, 0}, {0, 1, 1}};
        for (int[] b : bad) {
            issue(0, DiskController.READ, b[0], b[1], b[2]);
            assertEquals(DiskController.BAD_ARGUMENT, await(0), Arrays.toString(b));
        }
        issue(0, DiskController.READ, 0, 1, 0x1FF00);
        assertEquals(DiskController.DMA, await(0));
        issue(0, 77, 0, 1, 0);
        assertEquals(DiskController.BAD_ARGUMENT, await(0));
    }

    @Test
    void takeFencesTheOldOwner() {
        take(0, 1);
        fill(0, 0, 0x10000, 0x77);
        issue(0, DiskController.WRITE, 2000, 128, 0);
        rig.run(rig.now() + DiskController.COMMAND_CYCLES + 10 * 1300 + 500);
        assertEquals(0, take(1, 2));
        assertEquals(DiskController.FENCED, await(0));
        flush(1);
        int whole = 0;
        while (disk[(2000 + whole) * 512] == 0x77) {
            whole++;
        }
        assertTrue(whole >= 10 && whole < 20, "sectors wholly sent stay, the rest is dropped: " + whole);
        for (int k = 2000; k < 2000 + whole; k++) {
            assertEquals(0x77, disk[k * 512 + 511], "no torn sector");
        }
    }

    @Test
    void aPulledBoardsCommandEndsAndItsSectorsReachTheMedium() {
        take(0, 1);
        fill(0, 0, 0x10000, 0x55);
        issue(0, DiskController.WRITE, 10, 64, 0);
        rig.run(rig.now() + DiskController.COMMAND_CYCLES + 5 * 1300 + 500);
        rig.hub.ports(0).get(0).unplug();
        while (rig.step()) {
            assertFalse(requests(0));
        }
        assertEquals(0x55, disk[10 * 512 + 511]);
        assertEquals(0x55, disk[14 * 512]);
        assertTrue(disk[15 * 512] != 0x55);
    }

    @Test
    void pullingTheDriveLosesTheCache() {
        take(0, 1);
        fill(0, 0, 512, 0x33);
        issue(0, DiskController.WRITE, 90_000, 1, 0);
        await(0);
        issue(0, DiskController.FLUSH, 0, 0, 0);
        rig.run(rig.now() + 2_000);
        controller.pullDrive();
        assertEquals(DiskController.NO_DRIVE, await(0));
        rig.run(rig.now() + 128);
        assertEquals(0, read(0, 0) & 1);
        issue(0, DiskController.READ, 0, 1, 0);
        assertEquals(DiskController.NO_DRIVE, await(0));
        controller.insertDrive(null);
        issue(0, DiskController.READ, 90_000, 1, 0);
        assertEquals(0, await(0));
        assertTrue(ram(0)[0] != 0x33);
    }

    @Test
    void powerLossTearsTheSectorUnderTheHead() {
        take(0, 1);
        int torn = 0;
        int delay = 0;
        boolean whole = false;
        while (!whole) {
            Arrays.fill(disk, 0, 512, (byte) 0);
            fill(0, 0, 512, 0x99);
            rig.run((rig.now() / 166_656 + 1) * 166_656);
            issue(0, DiskController.WRITE, 0, 1, 0);
            await(0);
            delay += 2_000;
            rig.run(rig.now() + delay);
            controller.powerLoss();
            whole = disk[511] == (byte) 0x99;
            torn += !whole && disk[0] == (byte) 0x99 ? 1 : 0;
            rig.run(rig.now() + 1_000_000);
            take(0, 1);
        }
        assertTrue(torn > 0, "never torn");
    }

    @Test
    void anUnreadableSectorHealsWhenWritten() {
        assertTrue(controller.spoil(42));
        issue(1, DiskController.READ, 40, 4, 0);
        assertEquals(DiskController.UNREADABLE, await(1));
        take(0, 1);
        issue(0, DiskController.WRITE, 42, 1, 0);
        await(0);
        issue(0, DiskController.FLUSH, 0, 0, 0);
        await(0);
        issue(1, DiskController.READ, 40, 4, 0);
        assertEquals(0, await(1));
    }

    /** A whole pack, all zeros. */
    private static final class EmptyPack implements Medium {
        @Override
        public int sectors() {
            return 823 * 19 * 32;
        }

        @Override
        public void read(int sector, byte[] into, int offset) {
            Arrays.fill(into, offset, offset + SECTOR, (byte) 0);
        }

        @Override
        public void write(int sector, byte[] from, int offset) {
            throw new UnsupportedOperationException("read only");
        }
    }

    @Test
    void aRandomBlockTakesWhatTheDrivesMakerSays() {
        controller.pullDrive();
        controller.insertDrive(new EmptyPack());
        long from = rig.now();
        long seed = 1;
        for (int k = 0; k < 500; k++) {
            seed = seed * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            issue(0, DiskController.READ, (int) ((seed >>> 33) % (823 * 19 * 32 - 8)), 8, 0);
            assertEquals(0, await(0));
        }
        long each = (rig.now() - from) / 500;
        assertTrue(each > 340_000 && each < 420_000,
            "a random block takes " + each + " cycles, eight sectors of 5200 too");
    }

    @Test
    void sequentialBlocksComeAtTheMediumsSpeed() {
        issue(0, DiskController.READ, 0, 8, 0);
        await(0);
        long from = rig.now();
        for (int k = 1; k < 100; k++) {
            issue(0, DiskController.READ, 8 * k, 8, 0);
            await(0);
        }
        long sequential = (rig.now() - from) / 99;
        assertTrue(sequential > 8 * 1032 && sequential < 80_000, "a sequential block takes " + sequential);
    }

    @Test
    void readsAndFlushShareTheMechanism() {
        take(0, 1);
        for (int k = 0; k < 20; k++) {
            issue(0, DiskController.WRITE, (k * 37 % 20) * 4000, 1, 0);
            await(0);
        }
        issue(0, DiskController.FLUSH, 0, 0, 0);
        int reads = 0;
        while (!requests(0)) {
            issue(1, DiskController.READ, 100 * reads, 1, 0);
            assertEquals(0, await(1));
            reads++;
            assertTrue(reads < 60, "the flush starves");
        }
        assertTrue(reads > 5, "the reads starve: " + reads);
    }

    @Test
    void itTellsWhatReachesCacheAndMedium() {
        List<String> heard = new ArrayList<>();
        controller.setListener(new DiskListener() {
            @Override
            public void accepted(int number, int sector, long cycle) {
                heard.add(number + " accepted " + sector);
            }

            @Override
            public void written(int number, int sector, long cycle) {
                heard.add(number + " written " + sector + " " + disk[sector * 512]);
            }

            @Override
            public void flushed(int number, long cycle) {
                heard.add(number + " flushed");
            }
        });
        take(0, 1);
        fill(0, 0x2000, 1024, 77);
        issue(0, DiskController.WRITE, 500, 2, 0x2000);
        assertEquals(0, await(0));
        flush(0);
        assertEquals(List.of("1 accepted 500", "1 accepted 501", "1 written 500 77", "1 written 501 77", "1 flushed"),
            heard);
    }
}
