package triplex.m68k;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The long frame for each kind of access, and what happens when it cannot be written. */
class BusErrorTest {
    private static final int BAD = 0x00900000;
    private static final int READ = 0x10;
    private static final int PROCESSING = 8;

    private static void assertFrame(TestBoard b, int status, int address, int ir, int sr, int pc) {
        int sp = TestBoard.SSP - 14;
        assertEquals(TestBoard.handler(2), b.cpu.pc());
        assertEquals(sp, b.cpu.a(7));
        assertEquals(Integer.toHexString(ir & ~0x1F | status), Integer.toHexString(b.peek16(sp)), "status word");
        assertEquals(Integer.toHexString(address), Integer.toHexString(b.peek32(sp + 2)), "address");
        assertEquals(Integer.toHexString(ir), Integer.toHexString(b.peek16(sp + 6)), "instruction register");
        assertEquals(Integer.toHexString(sr), Integer.toHexString(b.peek16(sp + 8)), "status register");
        assertEquals(Integer.toHexString(pc), Integer.toHexString(b.peek32(sp + 10)), "program counter");
    }

    private static TestBoard board(int... code) {
        TestBoard b = new TestBoard(code);
        b.cpu.setA(0, BAD);
        return b;
    }

    @Test
    void wordRead() {
        TestBoard b = board(0x3010, 0x4E71);
        assertEquals(62, b.step());
        assertFrame(b, READ | 5, BAD, 0x3010, 0x2000, TestBoard.CODE + 2);
        assertEquals("berr900000@40", b.log.get(0));
    }

    @Test
    void byteReadInUserMode() {
        TestBoard b = board(0x1010, 0x4E71);
        b.cpu.setA(0, BAD + 1);
        b.cpu.setSr(0);
        assertEquals(62, b.step());
        assertFrame(b, READ | 1, BAD + 1, 0x1010, 0, TestBoard.CODE + 2);
        assertTrue((b.cpu.sr() & 0x2000) != 0);
    }

    @Test
    void wordWrite() {
        TestBoard b = board(0x3080, 0x4E71);
        assertEquals(62, b.step());
        assertFrame(b, 5, BAD, 0x3080, 0x2004, TestBoard.CODE + 4);
    }

    @Test
    void secondWordOfALong() {
        TestBoard b = board(0x2010, 0x4E71);
        b.cpu.setA(0, 0x000FFFFE);
        assertEquals(66, b.step());
        assertFrame(b, READ | 5, 0x100000, 0x2010, 0x2000, TestBoard.CODE + 2);
    }

    @Test
    void programRelativeRead() {
        TestBoard b = board(0x303B, 0x8800, 0x4E71);
        assertEquals(62 + 6, b.step());
        assertFrame(b, READ | 6, BAD + TestBoard.CODE + 2, 0x303B, 0x2000, TestBoard.CODE + 2);
    }

    @Test
    void fetchAtTheTargetOfAJump() {
        TestBoard b = board(0x4ED0);
        b.cpu.setSr(0);
        assertEquals(62, b.step());
        assertFrame(b, READ | 2, BAD, 0x4ED0, 0, BAD);
    }

    @Test
    void readModifyWrite() {
        TestBoard b = board(0x4AD0, 0x4E71);
        assertEquals(62, b.step());
        assertFrame(b, 5, BAD, 0x4AD0, 0x2000, TestBoard.CODE + 2);
    }

    @Test
    void stackingOfATrapFaultsAsException() {
        TestBoard b = new TestBoard(0x4E40);
        b.cpu.setSr(0);
        b.cpu.setSsp(BAD);
        b.step();
        assertTrue(b.cpu.halted(), "the frame of the bus error goes to the same bad stack");
        TestBoard v = new TestBoard(0x4E40);
        v.poke32(32 * 4, BAD);
        v.step();
        int sp = TestBoard.SSP - 6 - 14;
        assertEquals(sp, v.cpu.a(7));
        assertEquals(0x4E40 | READ | PROCESSING | 6, v.peek16(sp));
        assertEquals(BAD, v.peek32(sp + 2));
    }

    @Test
    void doubleFaultHaltsUntilReset() {
        TestBoard b = board(0x3010, 0x4E71);
        b.cpu.setA(7, BAD);
        b.cpu.run(b.cpu.cycles + 500);
        assertTrue(b.cpu.halted());
        long at = b.cpu.cycles;
        assertTrue(at >= 540);
        b.cpu.setIpl(7);
        b.cpu.run(at + 1000);
        assertEquals(at + 1000, b.cpu.cycles);
        assertEquals(0, b.step());
        b.cpu.setIpl(0);
        b.cpu.reset();
        assertFalse(b.cpu.halted());
        assertEquals(TestBoard.CODE, b.cpu.pc());
    }

    @Test
    void addressErrorWithOddStackHalts() {
        TestBoard b = new TestBoard(0x3010);
        b.cpu.setA(0, 0x5001);
        b.cpu.setA(7, 0x7FFF);
        b.step();
        assertTrue(b.cpu.halted());
    }

    @Test
    void oddResetVectorHalts() {
        TestBoard b = new TestBoard();
        b.poke32(4, 0x1001);
        b.cpu.reset();
        assertTrue(b.cpu.halted());
    }
}
