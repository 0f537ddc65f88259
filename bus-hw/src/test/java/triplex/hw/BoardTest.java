package triplex.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static triplex.m68k.FunctionCode.SUPERVISOR_DATA;
import static triplex.m68k.FunctionCode.SUPERVISOR_PROGRAM;
import static triplex.m68k.FunctionCode.USER_DATA;
import static triplex.m68k.FunctionCode.USER_PROGRAM;

import java.util.List;
import org.junit.jupiter.api.Test;
import triplex.hw.board.Board;
import triplex.m68k.BusError;

class BoardTest {
    /** Stack at 10000, then a branch to itself at 8. */
    private static final byte[] LOOP = Words.of("00010000 00000008 60FE");

    private final Hardware machine = new Hardware(Configuration.bare(2, 1 << 20), LOOP, List.of(), List.of());
    private final Board board = machine.board(0);
    private final Kernel kernel = new Kernel(machine, 0);

    private void map(int page, int entry) {
        board.bus().write16(SUPERVISOR_DATA, Layout.MAP_WINDOW + 4 * page, entry >>> 16);
        board.bus().write16(SUPERVISOR_DATA, Layout.MAP_WINDOW + 4 * page + 2, entry & 0xFFFF);
    }

    private int mapped(int page) {
        return board.bus().read16(SUPERVISOR_DATA, Layout.MAP_WINDOW + 4 * page) << 16
            | board.bus().read16(SUPERVISOR_DATA, Layout.MAP_WINDOW + 4 * page + 2);
    }

    private void fails(int cause, int address, Runnable access) {
        assertThrows(BusError.class, access::run);
        assertEquals(cause, kernel.get(Register.FAULT_CAUSE));
        assertEquals(address, kernel.get(Register.FAULT_ADDRESS));
    }

    @Test
    void eachPermissionIsAsked() {
        fails(Layout.FAULT_INVALID, 0x5004, () -> board.bus().read16(USER_DATA, 0x5004));
        map(5, 0x8000 | Layout.MAP_VALID);
        board.bus().write16(SUPERVISOR_DATA, 0x8004, 0x1234);
        assertEquals(0x1234, board.bus().read16(USER_DATA, 0x5004));
        assertEquals(0x34, board.bus().read8(USER_DATA, 0x5005));
        assertEquals(0x8000 | Layout.MAP_VALID | Layout.MAP_REFERENCED, mapped(5));
        fails(Layout.FAULT_NOT_WRITABLE, 0x5006, () -> board.bus().write16(USER_DATA, 0x5006, 1));
        fails(Layout.FAULT_NOT_WRITABLE, 0x5007, () -> board.bus().testAndSet(USER_DATA, 0x5007));
        fails(Layout.FAULT_NOT_EXECUTABLE, 0x5008, () -> board.bus().read16(USER_PROGRAM, 0x5008));
        map(5, 0x8000 | Layout.MAP_VALID | Layout.MAP_WRITE | Layout.MAP_EXECUTE | 0x1E0);
        assertEquals(0x1234, board.bus().read16(USER_PROGRAM, 0x5004));
        assertEquals(0x81EF, mapped(5));
        board.bus().write8(USER_DATA, 0x5004, 0x77);
        assertEquals(0x81FF, mapped(5));
        assertEquals(0x7734, kernel.word(0x8004));
        assertEquals(0x34, board.bus().testAndSet(USER_DATA, 0x5005));
        assertEquals(0xB4, board.peek(0x8005));
        map(6, 0xF00000 | Layout.MAP_VALID);
        fails(Layout.FAULT_NOT_RAM, 0x6000, () -> board.bus().read16(USER_DATA, 0x6000));
        fails(Layout.FAULT_INVALID, 0xFF0000, () -> board.bus().read16(USER_DATA, 0xFF0000));
    }

    @Test
    void contextsAreApart() {
        map(5, 0x8000 | Layout.MAP_VALID);
        kernel.set(Register.MAP_CONTEXT, 127);
        assertEquals(0, mapped(5));
        map(5, 0x9000 | Layout.MAP_VALID);
        board.bus().write16(SUPERVISOR_DATA, 0x8000, 8);
        board.bus().write16(SUPERVISOR_DATA, 0x9000, 9);
        assertEquals(8, board.bus().read16(USER_DATA, 0x5000));
        kernel.set(Register.CONTEXT, 127);
        assertEquals(9, board.bus().read16(USER_DATA, 0x5000));
    }

    @Test
    void theProcessorRunsUserCodeThroughTheMap() {
        machine.run(100);
        kernel.set(Register.ROM_OFF, 0);
        kernel.put(8, Words.of("00002000"));
        kernel.put(0x2000, Words.of("3A2F0008 4E722700"));
        // lea $6000,a2; moveq #5,d1; addq.l #1,(a2); dbra d1; move.w 2(pc),d3; move.l $7000,d2; move.l d2,$7000
        kernel.put(0x8000, Words.of("45F86000 7205 5292 51C9FFFC 363A0002 24387000 21C27000 60FE"));
        map(5, 0x8000 | Layout.MAP_VALID | Layout.MAP_EXECUTE);
        map(6, 0x9000 | Layout.MAP_VALID | Layout.MAP_WRITE);
        map(7, 0xA000 | Layout.MAP_VALID);
        board.cpu().setSr(0);
        board.cpu().setPc(0x5000);
        machine.run(2000);
        assertEquals(6, kernel.longword(0x9000));
        assertEquals(0x2438, board.cpu().d(3) & 0xFFFF);
        assertTrue(board.cpu().stopped());
        assertEquals(Layout.FAULT_NOT_WRITABLE, kernel.get(Register.FAULT_CAUSE));
        assertEquals(0x7000, kernel.get(Register.FAULT_ADDRESS));
        assertEquals(0x800D, mapped(5));
        assertEquals(0x901B, mapped(6));
        assertEquals(0xA009, mapped(7));
    }

    @Test
    void clearedBitsAreSetAgainByTheNextAccess() {
        machine.run(100);
        // addq.l #1,$6000; bra
        kernel.put(0x8000, Words.of("52B86000 60FA"));
        map(5, 0x8000 | Layout.MAP_VALID | Layout.MAP_EXECUTE);
        map(6, 0x9000 | Layout.MAP_VALID | Layout.MAP_WRITE);
        board.cpu().setSr(0);
        board.cpu().setPc(0x5000);
        machine.run(1000);
        assertEquals(0x901B, mapped(6));
        map(6, 0x9000 | Layout.MAP_VALID | Layout.MAP_WRITE);
        map(5, 0x8000 | Layout.MAP_VALID | Layout.MAP_EXECUTE);
        assertEquals(0x9003, mapped(6));
        machine.run(1100);
        assertEquals(0x901B, mapped(6));
        assertEquals(0x800D, mapped(5));
        map(6, 0xA000 | Layout.MAP_VALID | Layout.MAP_WRITE);
        machine.run(1200);
        assertTrue(kernel.longword(0xA000) > 0);
    }

    @Test
    void theRomLiesOverLowMemoryUntilTheLatchIsWritten() {
        assertEquals(1, board.bus().read16(SUPERVISOR_PROGRAM, 0));
        board.bus().write16(SUPERVISOR_DATA, 0, 0xABCD);
        assertEquals(1, board.bus().read16(SUPERVISOR_DATA, 0));
        assertEquals(1, board.bus().read16(SUPERVISOR_DATA, Layout.ROM_BASE));
        kernel.set(Register.ROM_OFF, 0);
        assertEquals(0xABCD, board.bus().read16(SUPERVISOR_DATA, 0));
        assertEquals(1, board.bus().read16(SUPERVISOR_DATA, Layout.ROM_BASE));
        machine.run(100);
        machine.reset(0);
        machine.run(5000);
        assertEquals(1, board.bus().read16(SUPERVISOR_DATA, 0));
        assertEquals(Layout.RESET_OPERATOR, kernel.get(Register.RESET_CAUSE));
    }

    @Test
    void whatAnswersNobodyIsABusError() {
        for (int address : new int[] {0x100000, 0xE00000, 0xF10000, 0xF84000, 0xFF001E, 0xFF1000, 0xFF2000, 0xFFFFFE}) {
            fails(Layout.FAULT_NOBODY, address, () -> board.bus().read16(SUPERVISOR_DATA, address));
        }
        fails(Layout.FAULT_NOBODY, 0xFF0000, () -> board.bus().write16(SUPERVISOR_DATA, 0xFF0000, 1));
        fails(Layout.FAULT_NOBODY, 0xFF0005, () -> board.bus().write8(SUPERVISOR_DATA, 0xFF0005, 1));
        fails(Layout.FAULT_NOBODY, Layout.ROM_BASE, () -> board.bus().write16(SUPERVISOR_DATA, Layout.ROM_BASE, 1));
        assertEquals(0, board.bus().read16(SUPERVISOR_DATA, 0xFF010C));
        assertEquals(1 << 20, kernel.get(Register.RAM_SIZE));
    }

    @Test
    void badParityIsABusErrorUntilWritten() {
        kernel.set(Register.ROM_OFF, 0);
        board.bus().write16(SUPERVISOR_DATA, 0x8000, 5);
        assertEquals(5, board.bus().read16(SUPERVISOR_DATA, 0x8000));
        machine.inject(Fault.parse("board 0 parity 8001"));
        assertEquals(0, board.bus().read8(SUPERVISOR_DATA, 0x8000));
        fails(Layout.FAULT_PARITY, 0x8000, () -> board.bus().read16(SUPERVISOR_DATA, 0x8000));
        board.bus().write8(SUPERVISOR_DATA, 0x8001, 6);
        assertEquals(6, board.bus().read16(SUPERVISOR_DATA, 0x8000));
    }

    @Test
    void periodsAreCountedFromTheWrite() {
        machine.run(1000);
        kernel.set(Register.PERIOD, 500);
        long start = board.now();
        machine.run(start + 499);
        assertEquals(0, kernel.get(Register.PENDING));
        machine.run(start + 520);
        assertEquals(1, kernel.get(Register.PENDING));
        kernel.set(Register.TIMER_ACK, 1);
        assertEquals(0, kernel.get(Register.PENDING));
        machine.run(start + 1020);
        assertEquals(1, kernel.get(Register.PENDING));
        kernel.set(Register.PERIOD, 0);
        kernel.set(Register.TIMER_ACK, 1);
        machine.run(start + 5000);
        assertEquals(0, kernel.get(Register.PENDING));
    }

    @Test
    void interruptsGiveTheVectorOfTheFirstEnabledSource() {
        machine.run(100);
        assertEquals(-1, board.bus().acknowledge(6));
        board.request(Interrupt.BUS_TX, 0, true);
        board.request(Interrupt.BUS_SILENT, 0, true);
        assertEquals(-1, board.bus().acknowledge(4));
        kernel.set(Register.ENABLE, Interrupt.BUS_SILENT.bit());
        assertEquals(0x44, board.bus().acknowledge(4));
        kernel.set(Register.ENABLE, 0xFF);
        assertEquals(0x42, board.bus().acknowledge(4));
        assertEquals(-1, board.bus().acknowledge(3));
        board.nonMaskable();
        assertEquals(0x48, board.bus().acknowledge(7));
        assertEquals(-1, board.bus().acknowledge(7));
    }

    @Test
    void enablingAPendingSourceInterruptsBeforeTheNextInstruction() {
        // PERIOD = 256; interrupts let through; 50 NOPs; ENABLE = TIMER; moveq #5,d6; at 104h the handler: moveq #1,d7
        String code = "00010000 00000008 23FC0000010000FF0108 46FC2000 " + "4E71".repeat(50)
            + "33FC000100FF0202 7C05 4E722700";
        byte[] rom = java.util.Arrays.copyOf(Words.of(code), 0x200);
        byte[] handler = Words.of("00000104 7E01 4E722700");
        System.arraycopy(handler, 0, rom, 0x100, handler.length);
        Hardware one = new Hardware(Configuration.bare(1, 1 << 20), rom, List.of(), List.of());
        one.run(2000);
        assertEquals(1, one.board(0).cpu().d(7));
        assertEquals(0, one.board(0).cpu().d(6));
    }

    @Test
    void aHungBoardIsResetByItsWatchdog() {
        machine.run(100);
        kernel.set(Register.WATCHDOG, 10);
        machine.run(9000);
        kernel.set(Register.WATCHDOG, 10);
        machine.inject(Fault.parse("board 0 hang"));
        int before = board.cpu().pc();
        machine.run(18_000);
        assertEquals(before, board.cpu().pc());
        assertEquals(0, kernel.get(Register.RESET_CAUSE));
        machine.run(30_000);
        assertEquals(Layout.RESET_WATCHDOG, kernel.get(Register.RESET_CAUSE));
        kernel.get(Register.CYCLES_HI);
        assertTrue(kernel.get(Register.CYCLES_LO) < 30_000 - 19_000);
    }

    @Test
    void exitEndsTheRunAtOneCycle() {
        machine.run(1000);
        long at = board.now();
        kernel.set(Register.EXIT, 42);
        assertFalse(machine.run(1_000_000));
        assertEquals(new Ending(Ending.Kind.EXIT, 0, 42, at + 128), machine.ending());
        assertEquals(at + 384, machine.now());
        assertFalse(machine.run(2_000_000));
        assertEquals(at + 384, machine.now());
    }

    @Test
    void anEmptySlotIsFilledWithAFreshBoard() {
        machine.run(1000);
        board.bus().write16(SUPERVISOR_DATA, 0x8000, 5);
        machine.inject(Fault.parse("board 0 pull"));
        machine.run(50_000);
        assertFalse(board.present());
        machine.inject(Fault.parse("board 0 insert"));
        machine.run(1_060_000);
        assertTrue(board.present());
        assertEquals(0, board.bus().read16(SUPERVISOR_DATA, 0x8000));
        assertEquals(8, board.cpu().pc());
    }

    @Test
    void waitStatesAreThoseOfTheTable() {
        // lea $FF0100,a0; move.l (a0),d0; move.l 4(a0),d1; nop x 10; move.l (a0),d0; move.l 4(a0),d2; sub.l d1,d2; stop
        byte[] rom = Words.of("00010000 00000008 41F900FF0100 2010 22280004 4E714E714E714E714E714E714E714E714E714E71"
            + "2010 24280004 9481 4E722700");
        Hardware timed = new Hardware(Configuration.bare(1, 1 << 20), rom, List.of(), List.of());
        timed.run(2000);
        Parameters p = timed.configuration().parameters();
        int rest = 2 * (4 + p.registerWait()) + 4 + p.romWait();
        int second = 2 * (4 + p.registerWait()) + 2 * (4 + p.romWait());
        assertEquals(rest + second + 10 * (4 + p.romWait()), timed.board(0).cpu().d(2));
    }
}
