package triplex.m68k;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no published vector covers: traps, trace, interrupts, bus errors, halt. */
class ExceptionsTest {
    /** Checks the short frame at SSP - 6. */
    private static void assertFrame(TestBoard b, int vector, int sr, int pc) {
        assertEquals(TestBoard.handler(vector), b.cpu.pc());
        assertEquals(TestBoard.SSP - 6, b.cpu.a(7));
        assertEquals(sr, b.peek16(TestBoard.SSP - 6));
        assertEquals(pc, b.peek32(TestBoard.SSP - 4));
    }

    @Test
    void resetReadsTheVectorsIn40Clocks() {
        TestBoard b = new TestBoard();
        long before = b.cpu.cycles;
        b.cpu.reset();
        assertEquals(40, b.cpu.cycles - before);
        assertEquals(List.of("r6.0", "r6.2", "r6.4", "r6.6", "r6.1000", "r6.1002"), b.log);
        assertEquals(0x2700, b.cpu.sr());
        assertEquals(TestBoard.CODE, b.cpu.pc());
        assertEquals(TestBoard.SSP, b.cpu.ssp());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80C1, 0x81C1})
    void divideByZeroStacksTheNextInstruction(int divide) {
        TestBoard b = new TestBoard(divide, 0x4E71);
        b.cpu.setD(0, 0x12345678);
        b.cpu.setSr(0x201F);
        assertEquals(38, b.step());
        assertFrame(b, 5, 0x2010, TestBoard.CODE + 2);
        assertEquals(0x12345678, b.cpu.d(0));
        assertEquals(0x2010, b.cpu.sr());
    }

    @Test
    void dividendEqualToDivisorShiftedOverflowsEarly() {
        TestBoard b = new TestBoard(0x80C1, 0x81C1, 0x4E71);
        b.cpu.setD(0, 0x00070000);
        b.cpu.setD(1, 7);
        assertEquals(10, b.step());
        assertEquals(0x200A, b.cpu.sr());
        assertEquals(16, b.step());
        assertEquals(0x200A, b.cpu.sr());
        assertEquals(0x00070000, b.cpu.d(0));
    }

    @Test
    void illegalAndUnimplementedInstructionsStackThemselves() {
        for (int[] pair : new int[][] {{0x4AFC, 4}, {0x4E7A, 4}, {0xA000, 10}, {0xFFFF, 11}}) {
            TestBoard b = new TestBoard(pair[0]);
            assertEquals(34, b.step());
            assertFrame(b, pair[1], 0x2000, TestBoard.CODE);
        }
    }

    @Test
    void privilegedInstructionsTrapInUserMode() {
        for (int word : new int[] {0x4E70, 0x4E72, 0x4E73, 0x46C0, 0x007C, 0x4E60, 0x4E68}) {
            TestBoard b = new TestBoard(word, 0x2700, 0x4E71);
            b.cpu.setSr(0);
            assertEquals(34, b.step());
            assertFrame(b, 8, 0, TestBoard.CODE);
            assertEquals(TestBoard.USP, b.cpu.usp());
            assertEquals(0, b.resets);
        }
    }

    @Test
    void countExpiryOfDbccTakes14Clocks() {
        TestBoard b = new TestBoard(0x51C8, 0x0010, 0x4E71, 0x4E71);
        b.cpu.setD(0, 0xABCD0000);
        assertEquals(14, b.step());
        assertEquals(0xABCDFFFF, b.cpu.d(0));
        assertEquals(TestBoard.CODE + 4, b.cpu.pc());
        assertEquals(List.of("r6.1012", "r6.1004", "r6.1006"), b.log);
    }

    @Test
    void testAndSetIsOneLockedCycle() {
        TestBoard b = new TestBoard(0x4AD0, 0x4E71);
        b.cpu.setA(0, 0x5001);
        assertEquals(14, b.step());
        assertEquals(List.of("t5.5001", "r6.1004"), b.log);
        assertEquals(0x2004, b.cpu.sr());
        TestBoard m = new TestBoard(0x4AD0, 0x4E71).mapped();
        m.cpu.setA(0, 0x5001);
        assertEquals(14, m.step());
        assertEquals((byte) 0x80, m.ram[0x5001]);
        assertEquals(List.of(), m.log);
    }

    @Test
    void resetInstructionAssertsTheLine() {
        TestBoard b = new TestBoard(0x4E70, 0x4E71);
        assertEquals(132, b.step());
        assertEquals(1, b.resets);
    }

    @Test
    void traceFollowsEachInstruction() {
        TestBoard b = new TestBoard(0x4E71, 0x4E71);
        b.cpu.setSr(0xA000);
        assertEquals(38, b.step());
        assertFrame(b, 9, 0xA000, TestBoard.CODE + 2);
        assertEquals(0x2000, b.cpu.sr());
    }

    @Test
    void traceFollowsTheTrapOfATracedInstruction() {
        TestBoard b = new TestBoard(0x4E41);
        b.cpu.setSr(0xA000);
        assertEquals(68, b.step());
        assertEquals(TestBoard.handler(9), b.cpu.pc());
        assertEquals(TestBoard.handler(33), b.peek32(TestBoard.SSP - 10));
        assertEquals(0x2000, b.peek16(TestBoard.SSP - 12));
        assertEquals(TestBoard.CODE + 2, b.peek32(TestBoard.SSP - 4));
    }

    @Test
    void instructionsThatWereNotExecutedAreNotTraced() {
        TestBoard b = new TestBoard(0x4AFC);
        b.cpu.setSr(0xA000);
        assertEquals(34, b.step());
        assertFrame(b, 4, 0xA000, TestBoard.CODE);
        TestBoard user = new TestBoard(0x4E70);
        user.cpu.setSr(0x8000);
        assertEquals(34, user.step());
        assertFrame(user, 8, 0x8000, TestBoard.CODE);
    }

    @Test
    void tracedStopDoesNotStop() {
        TestBoard b = new TestBoard(0x4E72, 0x2000, 0x4E71);
        b.cpu.setSr(0xA000);
        assertEquals(38, b.step());
        assertFalse(b.cpu.stopped());
        assertFrame(b, 9, 0x2000, TestBoard.CODE + 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void interruptIsTakenAboveTheMask(int level) {
        TestBoard b = new TestBoard(0x4E71, 0x4E71, 0x4E71);
        b.cpu.setSr(0x2000 | level << 8);
        if (level < 7) {
            b.cpu.setIpl(level);
            assertEquals(4, b.step());
            assertEquals(TestBoard.CODE + 2, b.cpu.pc());
        }
        b.cpu.setSr(0x2015 | level - 1 << 8);
        b.cpu.setIpl(level);
        b.vector = 64 + level;
        b.log.clear();
        long begin = b.cpu.cycles;
        int pc = b.cpu.pc();
        assertEquals(44, b.step());
        assertFrame(b, 64 + level, 0x2015 | level - 1 << 8, pc);
        assertEquals(0x2015 | level << 8, b.cpu.sr());
        int v = (64 + level) * 4;
        int h = TestBoard.handler(64 + level);
        assertEquals(List.of("w5.7ffe=" + Integer.toHexString(pc & 0xFFFF), "iack" + level + "@" + (begin + 10),
                "w5.7ffa=" + Integer.toHexString(0x2015 | level - 1 << 8), "w5.7ffc=0",
                hex("r5.", v), hex("r5.", v + 2), hex("r6.", h), hex("r6.", h + 2)), b.log);
        assertEquals(4, b.step(), "the level does not interrupt its own handler");
    }

    private static String hex(String prefix, int value) {
        return prefix + Integer.toHexString(value);
    }

    @Test
    void levelSevenIsAnEdge() {
        TestBoard b = new TestBoard(0x4E71, 0x4E71, 0x4E71, 0x4E71);
        b.cpu.setSr(0x2700);
        b.cpu.setIpl(7);
        assertEquals(44, b.step());
        assertEquals(4, b.step(), "no new edge");
        b.cpu.setIpl(0);
        b.cpu.setIpl(7);
        assertEquals(44, b.step(), "a new edge in spite of mask 7");
    }

    @Test
    void spuriousInterrupt() {
        TestBoard b = new TestBoard(0x4E71);
        b.vector = -1;
        b.cpu.setIpl(3);
        assertEquals(44, b.step());
        assertFrame(b, 24, 0x2000, TestBoard.CODE);
        assertEquals(0x2300, b.cpu.sr());
    }

    @Test
    void stopWaitsForAnInterrupt() {
        TestBoard b = new TestBoard(0x4E72, 0x2300, 0x4E71);
        assertEquals(4, b.step());
        assertTrue(b.cpu.stopped());
        b.cpu.run(b.cpu.cycles + 1000);
        assertTrue(b.cpu.stopped());
        b.cpu.setIpl(3);
        long at = b.cpu.cycles;
        b.cpu.run(at + 100);
        assertEquals(at + 100, b.cpu.cycles);
        assertTrue(b.cpu.stopped());
        b.cpu.setIpl(4);
        assertEquals(44, b.step());
        assertFalse(b.cpu.stopped());
        assertFrame(b, 64, 0x2300, TestBoard.CODE + 4);
    }

    @Test
    void traceComesBeforeAPendingInterrupt() {
        TestBoard b = new TestBoard(0x46FC, 0xA000, 0x4E71);
        b.cpu.setSr(0x2700);
        b.cpu.setIpl(5);
        assertEquals(16, b.step());
        assertEquals(44, b.step(), "the interrupt was let in by the instruction");
        assertEquals(0xA000, b.peek16(TestBoard.SSP - 6));
        TestBoard t = new TestBoard(0x46FC, 0x2000, 0x4E71);
        t.cpu.setSr(0xA700);
        t.cpu.setIpl(5);
        assertEquals(16 + 34, t.step());
        assertFrame(t, 9, 0x2000, TestBoard.CODE + 4);
        assertEquals(44, t.step());
    }
}
