package triplex.hw.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerminalControllerTest {
    private static final int L = 128;
    private final FakeHost host = new FakeHost();
    private final StringBuilder printed = new StringBuilder();
    private TerminalController tty;

    @BeforeEach
    void twoBoards() {
        tty = new TerminalController(host, 0, L, 38_400);
        host.handler = tty::event;
        tty.setListener((line, value, cycle) -> printed.append(line).append((char) value));
        tty.connect(0, true);
        tty.connect(1, true);
    }

    private int readLong(int port, int offset) {
        return tty.read(port, offset) << 16 | tty.read(port, offset + 2);
    }

    private void writeLong(int port, int offset, int value) {
        tty.write(port, offset, value >>> 16, host.now);
        tty.write(port, offset + 2, value & 0xFFFF, host.now);
    }

    private void take(int port, int epoch) {
        writeLong(port, 0x104, epoch);
        tty.write(port, 0x100, TerminalController.TAKE, host.now);
        assertEquals(TerminalController.UNDER_WAY, tty.read(port, 0x102));
        host.run(host.now + L);
    }

    private void print(int port, int line, String text) {
        for (char c : text.toCharArray()) {
            tty.writeByte(port, line * 0x40 + 0x1C, c, host.now);
        }
    }

    @Test
    void printsAtTheLinesSpeed() {
        take(0, 1);
        assertEquals(1, tty.read(0, 0x108));
        long from = host.now;
        print(0, 2, "hi");
        assertEquals(2, readLong(0, 0x90), "NEXT counts at once for the owner");
        assertEquals(0, readLong(1, 0x90), "the other board sees it later");
        host.run(from + L + 2603);
        assertEquals("", printed.toString());
        host.run(from + L + 2604);
        assertEquals("2h", printed.toString());
        assertEquals(1, readLong(0, 0x94));
        host.run(from + L + 2 * 2604);
        assertEquals("2h2i", printed.toString());
        assertEquals(4, tty.read(0, 0x80) & 4, "all printed");
    }

    @Test
    void offsetsSkipOldBytesAndRefuseGaps() {
        take(0, 1);
        print(0, 0, "abc");
        writeLong(0, 0x18, 1);
        print(0, 0, "bcd");
        writeLong(0, 0x18, 9);
        print(0, 0, "xy");
        assertEquals(2, tty.read(0, 0x1E));
        assertEquals(11, readLong(0, 0x18), "OFFSET rises with refused bytes too");
        host.run(host.now + 20_000);
        assertEquals("0a0b0c0d", printed.toString());
    }

    @Test
    void aTakeoverNeitherLosesNorRepeatsAByte() {
        take(0, 1);
        print(0, 0, "hello");
        host.run(host.now + L + 2604 + 1000);
        take(1, 2);
        assertEquals(0, tty.read(0, 0x108));
        int next = readLong(1, 0x10);
        assertEquals(2, next, "h is printed, e is on the wire");
        print(0, 0, "???");
        writeLong(1, 0x18, 0);
        print(1, 0, "hello");
        host.run(host.now + 50_000);
        assertEquals("0h0e0l0l0o", printed.toString());
        assertEquals(5, readLong(1, 0x14));
    }

    @Test
    void bytesOnTheirWayAreDroppedByATake() {
        take(0, 1);
        writeLong(1, 0x104, 2);
        tty.write(1, 0x100, TerminalController.TAKE, host.now);
        print(0, 0, "late");
        host.run(host.now + 20_000);
        assertEquals("", printed.toString());
        assertEquals(0, readLong(1, 0x10));
    }

    @Test
    void theBufferIsFinite() {
        take(0, 1);
        for (int k = 0; k < 300; k++) {
            tty.writeByte(0, 0x1C, 'x', host.now);
        }
        assertEquals(256, readLong(0, 0x10));
        assertEquals(44, tty.read(0, 0x1E));
        assertEquals(0, tty.read(0, 0) & 2);
        tty.write(0, 0x20, 2, host.now);
        assertFalse(tty.requests(0));
        host.run(host.now + L + 64 * 2604);
        assertTrue(tty.requests(0), "room for 64");
        assertTrue(host.request[0]);
    }

    @Test
    void inputIsNumberedAndStaysUntilReleased() {
        take(0, 1);
        tty.write(0, 0x20, 1, host.now);
        assertFalse(host.request[0]);
        assertTrue(tty.input(0, 'a'));
        assertTrue(tty.window(0, 25, 132));
        assertTrue(tty.carrier(0, false));
        assertTrue(host.request[0]);
        assertEquals(1, tty.read(0, 2));
        assertEquals('a', tty.read(0, 4));
        writeLong(0, 8, 1);
        assertEquals(2, tty.read(0, 2));
        assertEquals(25, tty.read(0, 4));
        assertEquals(132, tty.read(0, 6));
        writeLong(0, 8, 2);
        assertEquals(3, tty.read(0, 2));
        assertEquals(0, tty.read(0, 0) & 8, "no carrier");
        writeLong(0, 8, 3);
        assertEquals(0, tty.read(0, 2));
        assertFalse(host.request[0], "all are shown");
        writeLong(0, 0x0C, 1);
        host.run(host.now + L);
        take(1, 2);
        assertEquals(0, tty.read(1, 2), "record 0 is released");
        writeLong(1, 8, 1);
        assertEquals(2, tty.read(1, 2), "record 1 is kept for the new owner");
        assertFalse(host.request[0], "the old owner is asked for nothing");
    }

    @Test
    void onlyTheOwnersWritesHaveEffect() {
        take(0, 1);
        tty.input(0, 'a');
        writeLong(1, 0x0C, 1);
        tty.write(1, 0x20, 7, host.now);
        print(1, 0, "no");
        host.run(host.now + 20_000);
        assertEquals("", printed.toString());
        assertEquals(1, tty.read(0, 2));
        assertFalse(host.request[1]);
        writeLong(1, 0x104, 1);
        tty.write(1, 0x100, TerminalController.TAKE, host.now);
        host.run(host.now + L);
        assertEquals(TerminalController.NOT_GREATER, tty.read(1, 0x102));
        assertEquals(1, tty.read(0, 0x108));
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
