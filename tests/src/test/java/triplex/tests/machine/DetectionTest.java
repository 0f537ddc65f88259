package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.hw.Layout;
import triplex.machine.GuestTables;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * Boards that go wrong without leaving their slot: they hang, babble, are reset, cannot be heard. The others notice,
 * exclude them and go on; the board resets and comes back, and then another may go.
 */
class DetectionTest {
    private static final String WORK =
        "i=0; while [ $i -lt 12 ]; do echo n$i; ls /bin | wc -l; i=$((i+1)); done";
    /** The watchdog bites after 60 ms; the view frame follows at once. */
    private static final long DETECTED = 100 * SimulatedTime.SECOND / 1000;
    /** State of a process in the kernel's table. */
    private static final int BACKUP = 4;
    private static Rig rig;
    private static Rig.Saved working;

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(3);
        rig.good("echo '" + WORK + "' >/tmp/work");
        rig.good("sh /tmp/work >/tmp/twin");
        rig.pass(2 * SimulatedTime.SECOND);
        rig.send("echo st''art; sh /tmp/work >/tmp/out; echo status=$?\n");
        rig.expect("start\r\n");
        rig.pass(SimulatedTime.SECOND);
        working = rig.save();
    }

    private static void workIsDone() {
        rig.expect("status=0\r\n");
        rig.expect("# ");
        assertEquals("", rig.good("cmp /tmp/out /tmp/twin"));
    }

    @ParameterizedTest
    @CsvSource({"hang, 0, 0", "hang, 0, 930000", "hang, 1, 0", "hang, 1, 1370000", "hang, 2, 170000",
        "babble, 0, 0", "babble, 0, 2110000", "babble, 1, 310000", "babble, 2, 0",
        "reset, 0, 0", "reset, 1, 470000", "reset, 2, 0"})
    void itIsExcludedAndComesBackAndTheNextMayGo(String kind, int slot, int cycles) {
        rig.restore(working);
        rig.pass(cycles);
        long then = rig.machine.now();
        rig.inject("board " + slot + " " + kind);
        rig.members(0b111 & ~(1 << slot));
        assertTrue(rig.machine.now() - then < DETECTED, "detected after " + (rig.machine.now() - then) + " cycles");
        workIsDone();
        rig.members(0b111);
        rig.pass(8 * SimulatedTime.SECOND);
        rig.send("echo st''art; sh /tmp/work >/tmp/out; echo status=$?\n");
        rig.expect("start\r\n");
        rig.inject("board " + (slot + 1) % 3 + " " + kind);
        rig.members(0b111 & ~(1 << (slot + 1) % 3));
        workIsDone();
    }

    /** A bad byte in the kernel's code or in that of the shell; its kernel gives up, and no program is blamed. */
    @ParameterizedTest
    @CsvSource({"sync_step, 0", "sync_step, 1", "text, 0"})
    void aBoardThatMeetsBadParityTakesItselfOffTheBus(String where, int slot) throws UserError {
        rig.restore(working);
        int address = where.equals("text") ? textOf("sh", slot) : Rig.kernel().symbols().find(where).address();
        rig.expectPanics();
        rig.inject("board " + slot + " parity " + Integer.toHexString(address));
        long then = rig.machine.now();
        rig.members(0b111 & ~(1 << slot));
        assertTrue(rig.machine.now() - then < SimulatedTime.SECOND, "met after " + (rig.machine.now() - then));
        workIsDone();
        rig.members(0b111);
        assertTrue(rig.diagnostics().contains("board " + slot + ": kernel panic"), rig.diagnostics());
    }

    /** Where the program of that name has its first instruction in a board's RAM. */
    private static int textOf(String name, int slot) {
        GuestTables.Entry process = rig.tables.entries(slot, "processes").stream()
            .filter(p -> p.value("state") != 0 && p.value("state") != BACKUP && p.text("name").equals(name))
            .findFirst().orElseThrow();
        for (int page = 0; page < Layout.MAP_ENTRIES; page++) {
            int entry = rig.machine.hardware().board(slot).mapEntry(process.value("context"), page);
            if ((entry & Layout.MAP_VALID) != 0 && (entry & Layout.MAP_EXECUTE) != 0) {
                return entry & Layout.MAP_ADDRESS;
            }
        }
        throw new AssertionError(name + " has no code on board " + slot);
    }

    /** One lane, wherever it is broken: the same text in the same cycles, and nobody is excluded. */
    @ParameterizedTest
    @ValueSource(strings = {"lane B dead", "lane C stuck 0=1 at board 0", "lane A noise 20000 seed 9"})
    void whatBefallsOneLaneChangesNothing(String fault) {
        rig.restore(working);
        rig.pass(2 * SimulatedTime.SECOND);
        String twin = position();
        rig.restore(working);
        rig.inject(fault);
        rig.pass(2 * SimulatedTime.SECOND);
        assertEquals(twin, position());
        workIsDone();
        assertEquals(0b111, rig.machine.hardware().bus().viewMembers());
    }

    /** How far the bus and each processor have come. */
    private static String position() {
        StringBuilder s = new StringBuilder("commits " + rig.machine.hardware().bus().commits());
        for (int slot = 0; slot < rig.machine.spec().boards(); slot++) {
            triplex.m68k.Cpu cpu = rig.machine.hardware().board(slot).cpu();
            s.append(", board ").append(slot).append(" at ").append(cpu.cycles);
            for (int k = 0; k < 8; k++) {
                s.append(' ').append(cpu.d(k)).append(' ').append(cpu.a(k));
            }
        }
        return s.toString();
    }

    /** Board 1 holds the backups: all others send to it, and it cannot answer. */
    @Test
    void aBoardThatNobodyHearsIsExcludedAndComesBackWhenMended() {
        rig.restore(working);
        lanes("dead at board 1");
        rig.members(0b101);
        workIsDone();
        lanes("mend at board 1");
        rig.members(0b111);
    }

    /** Nobody has anything to say to it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aBoardThatNobodyHearsIsNoticedWhileNothingHappens(int slot) {
        rig.restore(working);
        workIsDone();
        rig.pass(8 * SimulatedTime.SECOND);
        long then = rig.machine.now();
        lanes("dead at board " + slot);
        rig.members(0b111 & ~(1 << slot));
        assertTrue(rig.machine.now() - then < 3 * DETECTED, "noticed after " + (rig.machine.now() - then) + " cycles");
        assertEquals("still", rig.good("echo still").strip());
        lanes("mend at board " + slot);
        rig.members(0b111);
    }

    private static void lanes(String what) {
        for (char lane = 'A'; lane <= 'C'; lane++) {
            rig.inject("lane " + lane + " " + what);
        }
    }

    @Test
    void allThreeLanesAreLostForAWhile() {
        rig.restore(working);
        lanes("dead");
        String shown = rig.console();
        rig.pass(3 * SimulatedTime.SECOND);
        assertEquals(shown, rig.console());
        lanes("mend");
        workIsDone();
        assertEquals(0b111, rig.machine.hardware().bus().viewMembers());
    }
}
