package triplex.hw.controller;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import triplex.hw.Interrupt;
import triplex.hw.Parameters;
import triplex.hw.Rig;

/** Faults that a drive does not notice, and cables. */
class DiskFaultTest {
    private final Rig rig = new Rig();
    private final byte[] disk = new byte[1000 * 512];
    private final DiskController controller = new DiskController(0, Parameters.standard(), new MemoryMedium(disk));

    @BeforeEach
    void ownedByBoard0() {
        Arrays.fill(disk, (byte) 7);
        rig.connect(controller);
        rig.powerUp();
        Arrays.fill(rig.boards.get(0).ram, 0, 512, (byte) 9);
        write(0x10, 1);
        assertEquals(0, run(DiskController.TAKE, 0));
    }

    private void write(int offset, int value) {
        rig.boards.get(0).write(0xFF1000 + offset, value);
    }

    private boolean done() {
        return rig.boards.get(0).requested[Interrupt.DISK.ordinal()];
    }

    private int run(int command, int sector) {
        issue(command, sector);
        while (!done()) {
            assertTrue(rig.step(), "the command never ends");
        }
        return rig.boards.get(0).read(0xFF1002);
    }

    private void issue(int command, int sector) {
        write(0x1C, 0);
        write(0x06, 1);
        write(0x08, sector);
        write(0x0C, 0);
        write(0x04, command);
    }

    private void writeAndFlush(int sector) {
        assertEquals(0, run(DiskController.WRITE, sector));
        assertEquals(0, run(DiskController.FLUSH, 0));
    }

    private byte[] sector(int number) {
        return Arrays.copyOfRange(disk, number * 512, number * 512 + 512);
    }

    private static byte[] halves(int first, int second) {
        byte[] bytes = new byte[512];
        Arrays.fill(bytes, 0, 256, (byte) first);
        Arrays.fill(bytes, 256, 512, (byte) second);
        return bytes;
    }

    @Test
    void oneWriteGoesWrongAndIsReportedGood() {
        controller.failNextWrite(Drive.WriteFault.TORN, 0);
        writeAndFlush(5);
        assertArrayEquals(halves(9, 7), sector(5));
        writeAndFlush(5);
        assertArrayEquals(halves(9, 9), sector(5));
        controller.failNextWrite(Drive.WriteFault.LOST, 0);
        writeAndFlush(6);
        assertArrayEquals(halves(7, 7), sector(6));
        controller.failNextWrite(Drive.WriteFault.MISDIRECTED, 40);
        writeAndFlush(8);
        assertArrayEquals(halves(7, 7), sector(8));
        assertArrayEquals(halves(9, 9), sector(40));
    }

    @Test
    void rotTurnsOneBitOver() {
        controller.rot(3);
        assertEquals(0, run(DiskController.READ, 3));
        int wrong = 0;
        for (int k = 0; k < 512; k++) {
            wrong += Integer.bitCount((rig.boards.get(0).ram[k] ^ 7) & 0xFF);
        }
        assertEquals(1, wrong);
    }

    /** What nobody has acknowledged before a reset interrupts nobody after it. */
    @Test
    void aResetTakesARequestBack() {
        assertEquals(0, run(DiskController.READ, 5));
        assertTrue(done());
        rig.boards.get(0).reset();
        assertFalse(done());
    }

    /** Whenever in a cut the board resets, the mended cable carries the next command and its answer. */
    @Test
    void aBoardThatResetsBehindACutCableIsHeardAndHearsAgain() {
        for (long reset : new long[] {0, 1, 100, 128, 129, 500, 5000}) {
            for (long mend : new long[] {0, 1, 127, 128, 129, 5000}) {
                Rig.sever(controller, 0, true);
                rig.run(rig.now() + reset);
                rig.boards.get(0).reset();
                rig.run(rig.now() + mend);
                Rig.sever(controller, 0, false);
                rig.run(rig.now() + 5000);
                rig.boards.get(0).ram[0] = 0;
                assertEquals(0, run(DiskController.READ, 5), "reset " + reset + ", mended " + mend);
                assertEquals(7, rig.boards.get(0).ram[0]);
            }
        }
    }

    /** Whenever in a command the cable is cut, the command ends when it is mended, and can be given again. */
    @Test
    void aCommandOfACutCableEndsWhenItIsMended() {
        for (long cut : new long[] {0, 127, 128, 1128, 1300}) {
            Rig.sever(controller, 0, false);
            issue(DiskController.READ, 5);
            rig.run(rig.now() + cut);
            Rig.sever(controller, 0, true);
            rig.run(rig.now() + 5000);
            assertFalse(done());
            Rig.sever(controller, 0, false);
            rig.run(rig.now() + 256);
            assertTrue(done(), "cut after " + cut);
            assertEquals(DiskController.LOST, rig.boards.get(0).read(0xFF1002));
            rig.boards.get(0).ram[0] = 0;
            assertEquals(0, run(DiskController.READ, 5));
            assertEquals(7, rig.boards.get(0).ram[0]);
        }
    }

    @Test
    void aCutCableLosesCommandsUntilItIsMended() {
        Rig.sever(controller, 0, true);
        issue(DiskController.WRITE, 5);
        while (rig.step()) {
            assertFalse(done());
        }
        assertFalse(done());
        Rig.sever(controller, 0, false);
        rig.boards.get(0).reset();
        while (rig.step()) {
            assertFalse(done());
        }
        assertEquals(0, run(DiskController.READ, 5));
        assertEquals(7, rig.boards.get(0).ram[0]);
    }
}
