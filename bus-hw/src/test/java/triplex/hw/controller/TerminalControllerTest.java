package triplex.hw.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import triplex.hw.Interrupt;
import triplex.hw.Rig;

class TerminalControllerTest {
    private static final int L = 128;
    private final Rig rig = new Rig();
    private final StringBuilder printed = new StringBuilder();
    private final TerminalController tty = new TerminalController(0, TerminalController.BAUD);

    @BeforeEach
    void twoBoards() {
        tty.setListener((line, value, cycle) -> printed.append(line).append((char) value));
        rig.connect(tty);
        rig.powerUp();
    }

    private int read(int port, int offset) {
        return rig.boards.get(port).read(0xFF2000 + offset);
    }

    private void write(int port, int offset, int value) {
        rig.boards.get(port).write(0xFF2000 + offset, value);
    }

    private boolean requests(int port) {
        return rig.boards.get(port).requested[Interrupt.TTY.ordinal()];
    }

    private void take(int port, int epoch) {
        write(port, 0x104, epoch);
        write(port, 0x100, TerminalController.TAKE);
        assertEquals(TerminalController.UNDER_WAY, read(port, 0x102));
        rig.run(rig.now() + 2 * L);
    }

    private void print(int port, int line, String text) {
        for (char c : text.toCharArray()) {
            write(port, line * 0x40 + 0x1C, c);
        }
    }

    @Test
    void printsAtTheLinesSpeed() {
        take(0, 1);
        assertEquals(1, read(0, 0x108));
        long from = rig.now();
        print(0, 2, "hi");
        assertEquals(2, read(0, 0x90), "NEXT counts at once for the owner");
        assertEquals(0, read(1, 0x90), "the other board sees it later");
        rig.run(from + L + 2603);
        assertEquals("", printed.toString());
        rig.run(from + L + 2604);
        assertEquals("2h", printed.toString());
        rig.run(from + 2 * L + 2604);
        assertEquals(1, read(0, 0x94));
        rig.run(from + L + 2 * 2604);
        assertEquals("2h2i", printed.toString());
        rig.run(rig.now() + L);
        assertEquals(4, read(0, 0x80) & 4, "all printed");
    }

    @Test
    void offsetsSkipOldBytesAndRefuseGaps() {
        take(0, 1);
        print(0, 0, "abc");
        write(0, 0x18, 1);
        print(0, 0, "bcd");
        write(0, 0x18, 9);
        print(0, 0, "xy");
        assertEquals(2, read(0, 0x1E));
        assertEquals(11, read(0, 0x18), "OFFSET rises with refused bytes too");
        rig.run(rig.now() + 20_000);
        assertEquals("0a0b0c0d", printed.toString());
    }

    @Test
    void aTakeoverNeitherLosesNorRepeatsAByte() {
        take(0, 1);
        print(0, 0, "hello");
        rig.run(rig.now() + L + 2604 + 1000);
        take(1, 2);
        assertEquals(0, read(0, 0x108));
        int next = read(1, 0x10);
        assertEquals(2, next, "h is printed, e is on the wire");
        print(0, 0, "???");
        write(1, 0x18, 0);
        print(1, 0, "hello");
        rig.run(rig.now() + 50_000);
        assertEquals("0h0e0l0l0o", printed.toString());
        assertEquals(5, read(1, 0x14));
    }

    @Test
    void bytesOnTheirWayAreDroppedByATake() {
        take(0, 1);
        write(1, 0x104, 2);
        write(1, 0x100, TerminalController.TAKE);
        rig.run(rig.now() + 10);
        print(0, 0, "late");
        rig.run(rig.now() + 20_000);
        assertEquals("", printed.toString());
        assertEquals(0, read(1, 0x10));
    }

    /** A key that nobody has acknowledged before a reset interrupts only its next owner. */
    @Test
    void aResetTakesARequestBack() {
        take(0, 1);
        write(0, 0x20, 1);
        tty.input(0, 'a');
        rig.run(rig.now() + 2 * L);
        assertTrue(requests(0));
        rig.boards.get(0).reset();
        assertFalse(requests(0));
    }

    /** What a line did while the cable was cut, its board knows when it is mended, with or without a reset. */
    @Test
    void aMendedCableTellsAllAnew() {
        take(0, 1);
        for (int round = 0; round < 4; round++) {
            Rig.sever(tty, 0, true);
            tty.input(0, 'a' + round);
            rig.run(rig.now() + 1000);
            if (round % 2 == 1) {
                rig.boards.get(0).reset();
                rig.run(rig.now() + 1000 * (round - 1));
            }
            Rig.sever(tty, 0, false);
            rig.run(rig.now() + 1000);
            assertEquals(1, read(0, 0x108), "owner in round " + round);
            write(0, 8, round);
            assertEquals('a' + round, read(0, 4), "record of round " + round);
            write(0, 0x0C, round + 1);
            rig.run(rig.now() + 1000);
        }
    }

    /** Bytes given before the board knows that the cable is mended do not come behind a gap; it sees where to go on. */
    @Test
    void aCutOfAnyLengthLeavesNoGap() {
        take(0, 1);
        int offset = 0;
        for (int cut : new int[] {1, 100, 127, 128, 129, 255, 256, 257, 700, 5000}) {
            for (int k = 0; k < 40; k++) {
                write(0, 0x1C, 'A' + (offset + k) % 26);
                if (k == 12) {
                    Rig.sever(tty, 0, true);
                }
                rig.run(rig.now() + cut / 20);
            }
            Rig.sever(tty, 0, false);
            write(0, 0x1C, '!');
            rig.run(rig.now() + 127);
            write(0, 0x1C, '!');
            rig.run(rig.now() + 2 * L);
            int accepted = read(0, 0x10);
            assertTrue(accepted >= offset && accepted <= offset + 13, "cut " + cut + ": " + accepted);
            write(0, 0x18, accepted);
            offset = accepted;
            rig.run(rig.now() + 200_000);
        }
        for (int k = 0; k < offset; k++) {
            assertEquals('A' + k % 26, printed.charAt(2 * k + 1));
        }
    }

    /** A command whose answer is lost ends when the cable is mended. */
    @Test
    void aTakeThatWasLostIsTold() {
        Rig.sever(tty, 0, true);
        write(0, 0x104, 1);
        write(0, 0x100, 4);
        rig.run(rig.now() + 1000);
        assertEquals(TerminalController.UNDER_WAY, read(0, 0x102));
        Rig.sever(tty, 0, false);
        rig.run(rig.now() + 2 * L);
        assertEquals(TerminalController.LOST, read(0, 0x102));
        take(0, 1);
        assertEquals(1, read(0, 0x108));
    }

    @Test
    void theBufferIsFinite() {
        take(0, 1);
        for (int k = 0; k < 300; k++) {
            write(0, 0x1C, 'x');
        }
        assertEquals(256, read(0, 0x10));
        assertEquals(44, read(0, 0x1E));
        assertEquals(0, read(0, 0) & 2);
        write(0, 0x20, 2);
        assertFalse(requests(0));
        rig.run(rig.now() + 2 * L + 64 * 2604);
        assertTrue(requests(0), "room for 64");
        assertTrue(requests(0));
    }

    @Test
    void inputIsNumberedAndStaysUntilReleased() {
        take(0, 1);
        write(0, 0x20, 1);
        assertFalse(requests(0));
        assertTrue(tty.input(0, 'a'));
        assertTrue(tty.window(0, 25, 132));
        assertTrue(tty.carrier(0, false));
        assertFalse(requests(0), "the board learns of it L cycles later");
        rig.run(rig.now() + L);
        assertTrue(requests(0));
        assertEquals(1, read(0, 2));
        assertEquals('a', read(0, 4));
        write(0, 8, 1);
        assertEquals(2, read(0, 2));
        assertEquals(25, read(0, 4));
        assertEquals(132, read(0, 6));
        write(0, 8, 2);
        assertEquals(3, read(0, 2));
        assertEquals(0, read(0, 0) & 8, "no carrier");
        write(0, 8, 3);
        assertEquals(0, read(0, 2));
        assertFalse(requests(0), "all are shown");
        write(0, 0x0C, 1);
        rig.run(rig.now() + 2 * L);
        take(1, 2);
        assertEquals(0, read(1, 2), "record 0 is released");
        write(1, 8, 1);
        assertEquals(2, read(1, 2), "record 1 is kept for the new owner");
        assertFalse(requests(0), "the old owner is asked for nothing");
    }

    @Test
    void onlyTheOwnersWritesHaveEffect() {
        take(0, 1);
        tty.input(0, 'a');
        write(1, 0x0C, 1);
        write(1, 0x20, 7);
        print(1, 0, "no");
        rig.run(rig.now() + 20_000);
        assertEquals("", printed.toString());
        assertEquals(1, read(0, 2));
        assertFalse(requests(1));
        write(1, 0x104, 1);
        write(1, 0x100, TerminalController.TAKE);
        rig.run(rig.now() + 2 * L);
        assertEquals(TerminalController.NOT_GREATER, read(1, 0x102));
        assertEquals(1, read(0, 0x108));
    }

    @Test
    void aFullLineTakesNoMoreInput() {
        int room = tty.inputRoom(3);
        for (int k = 0; k < room; k++) {
            assertTrue(tty.input(3, k));
        }
        assertFalse(tty.input(3, 0));
        assertEquals(0, tty.inputRoom(3));
    }
}
