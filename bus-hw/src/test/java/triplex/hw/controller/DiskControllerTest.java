package triplex.hw.controller;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiskControllerTest {
    private static final int SECTORS = 100_000;
    private final FakeHost host = new FakeHost();
    private final byte[] disk = new byte[SECTORS * 512];
    private DiskController controller;

    @BeforeEach
    void twoBoards() {
        for (int k = 0; k < disk.length; k++) {
            disk[k] = (byte) (k / 512 * 31 + k);
        }
        controller = new DiskController(host, new Drive(DriveTimes.RM03, new MemoryMedium(disk)));
        host.handler = controller::event;
        controller.connect(0, true, 0);
        controller.connect(1, true, 0);
    }

    private int readLong(int port, int offset) {
        return controller.read(port, offset) << 16 | controller.read(port, offset + 2);
    }

    private void writeLong(int port, int offset, int value) {
        controller.write(port, offset, value >>> 16, host.now);
        controller.write(port, offset + 2, value & 0xFFFF, host.now);
    }

    private void issue(int port, int command, int sector, int count, int address) {
        controller.write(port, 0x1C, 0, host.now);
        controller.write(port, 0x06, count, host.now);
        writeLong(port, 0x08, sector);
        writeLong(port, 0x0C, address);
        controller.write(port, 0x04, command, host.now);
    }

    /** Runs to DONE of the port; returns the error. */
    private int await(int port) {
        while (!controller.requests(port)) {
            assertTrue(host.step(), "the command never ends");
        }
        assertTrue(host.request[port]);
        assertEquals(4, controller.read(port, 0) & 6, "DONE and not busy");
        return controller.read(port, 2);
    }

    private int take(int port, int epoch) {
        controller.write(port, 0x1C, 0, host.now);
        writeLong(port, 0x10, epoch);
        controller.write(port, 0x04, DiskController.TAKE, host.now);
        return await(port);
    }

    private void fill(int port, int address, int length, int value) {
        Arrays.fill(host.ram[port], address, address + length, (byte) value);
    }

    @Test
    void readsWithCrc() {
        issue(1, DiskController.READ, 700, 8, 0x1000);
        assertEquals(0, await(1));
        byte[] got = Arrays.copyOfRange(host.ram[1], 0x1000, 0x2000);
        assertArrayEquals(Arrays.copyOfRange(disk, 700 * 512, 708 * 512), got);
        CRC32C crc = new CRC32C();
        crc.update(got);
        assertEquals((int) crc.getValue(), readLong(1, 0x14));
        assertEquals(SECTORS, readLong(1, 0x18));
    }

    @Test
    void acknowledgeTakesTheRequestBack() {
        issue(0, DiskController.READ, 0, 1, 0);
        await(0);
        controller.write(0, 0x1C, 0, host.now);
        assertFalse(controller.requests(0));
        assertFalse(host.request[0]);
        assertEquals(0, controller.read(0, 0) & 4);
    }

    @Test
    void writingNeedsOwnership() {
        issue(0, DiskController.WRITE, 5, 1, 0);
        assertEquals(DiskController.NOT_OWNER, await(0));
        issue(0, DiskController.FLUSH, 0, 0, 0);
        assertEquals(DiskController.NOT_OWNER, await(0));
        assertEquals(0, take(0, 3));
        assertEquals(8, controller.read(0, 0) & 8);
        assertEquals(0, controller.read(1, 0) & 8);
        assertEquals(3, readLong(1, 0x10));
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
        assertEquals((byte) 0xA5, host.ram[1][4095]);
        issue(0, DiskController.FLUSH, 0, 0, 0);
        assertEquals(0, await(0));
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
        issue(0, DiskController.FLUSH, 0, 0, 0);
        assertEquals(0, await(0));
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
        host.run(host.now + DiskController.COMMAND_CYCLES + 10 * 1032 + 500);
        assertEquals(0, take(1, 2));
        assertEquals(DiskController.FENCED, await(0));
        issue(1, DiskController.FLUSH, 0, 0, 0);
        assertEquals(0, await(1));
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
        host.run(host.now + DiskController.COMMAND_CYCLES + 5 * 1032 + 500);
        controller.connect(0, false, host.now);
        while (host.step()) {
            assertFalse(host.request[0]);
        }
        assertEquals(0x55, disk[10 * 512 + 511]);
        assertEquals(0x55, disk[14 * 512]);
        assertTrue(disk[15 * 512] != 0x55);
        assertEquals(0, controller.read(0, 0), "an unconnected port answers nothing");
    }

    @Test
    void pullingTheDriveLosesTheCache() {
        take(0, 1);
        fill(0, 0, 512, 0x33);
        issue(0, DiskController.WRITE, 90_000, 1, 0);
        await(0);
        issue(0, DiskController.FLUSH, 0, 0, 0);
        host.run(host.now + 2_000);
        controller.pullDrive(host.now);
        assertEquals(DiskController.NO_DRIVE, await(0));
        assertEquals(0, controller.read(0, 0) & 1);
        issue(0, DiskController.READ, 0, 1, 0);
        assertEquals(DiskController.NO_DRIVE, await(0));
        controller.insertDrive(null, host.now);
        issue(0, DiskController.READ, 90_000, 1, 0);
        assertEquals(0, await(0));
        assertTrue(host.ram[0][0] != 0x33);
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
            host.run((host.now / 166_656 + 1) * 166_656);
            issue(0, DiskController.WRITE, 0, 1, 0);
            await(0);
            delay += 2_000;
            host.run(host.now + delay);
            controller.powerLoss(host.now);
            whole = disk[511] == (byte) 0x99;
            torn += !whole && disk[0] == (byte) 0x99 ? 1 : 0;
            host.run(host.now + 1_000_000);
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

    @Test
    void timesAreThoseOfTheDrive() {
        long random = 0;
        int sector = 12_345;
        for (int k = 0; k < 200; k++) {
            sector = (int) ((sector * 1_103_515_245L + 12_345) % 99_000 & 0x7FFFFFFF);
            long from = host.now;
            issue(0, DiskController.READ, sector, 8, 0);
            assertEquals(0, await(0));
            random += host.now - from;
        }
        long each = random / 200;
        assertTrue(each > 300_000 && each < 420_000, "a random block takes " + each + " cycles");
        issue(0, DiskController.READ, 0, 8, 0);
        await(0);
        long from = host.now;
        for (int k = 1; k < 100; k++) {
            issue(0, DiskController.READ, 8 * k, 8, 0);
            await(0);
        }
        long sequential = (host.now - from) / 99;
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
        while (!controller.requests(0)) {
            issue(1, DiskController.READ, 100 * reads, 1, 0);
            assertEquals(0, await(1));
            reads++;
            assertTrue(reads < 60, "the flush starves");
        }
        assertTrue(reads > 5, "the reads starve: " + reads);
    }
}
