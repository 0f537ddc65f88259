package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * A board without servers is pulled while a program runs there. Its parent's wait reports the loss, the machine goes
 * on; put back, the board joins again and is used. The moments fall into all phases of a busy program's requests.
 */
class ExclusionTest {
    private static final int OTHERS = 0b011;
    private static final int ALL = 0b111;
    private static Rig rig;
    private static Rig.Saved busy;

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(3);
        rig.good("echo 'while :; do ls -l /bin >/tmp/list; cat /tmp/list | wc >/dev/null; done' >/tmp/busy");
        rig.send("on 2 sh /tmp/busy; echo lost=$?\n");
        rig.pass(4 * SimulatedTime.SECOND);
        busy = rig.save();
    }

    private static void lose(int cycles) {
        rig.restore(busy);
        rig.pass(cycles);
        rig.inject("board 2 pull");
        rig.expect("lost=");
        assertNotEquals("0", rig.expect("\r\n"));
        rig.expect("# ");
        rig.members(OTHERS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20_000, 40_000, 60_000, 100_000, 180_000, 260_000, 420_000, 660_000, 1_000_000})
    void theLossIsReportedAndTheMachineGoesOn(int cycles) {
        lose(cycles);
        List<String[]> rows = rig.boards().stream().filter(row -> row[1].equals("member")).toList();
        assertEquals(2, rows.size());
        assertEquals("ok\n", rig.good("on 1 echo ok"));
        assertNotEquals(0, rig.run("on 2 true").status());
        assertEquals("", rig.good("ps -e | grep busy || true"), "lost processes are still listed");
        assertEquals("text\n", rig.good("echo text >/tmp/f; sync; cat /tmp/f"));
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 330_000, 770_000})
    void theBoardComesBack(int cycles) {
        lose(cycles);
        rig.inject("board 2 insert");
        rig.members(ALL);
        // The board tells the process server of itself a moment after it has joined.
        rig.pass(SimulatedTime.SECOND / 2);
        assertEquals("back\n", rig.good("on 2 echo back"));
        assertEquals(3, rig.boards().stream().filter(row -> row[1].equals("member")).count());
        rig.send("on 2 sh /tmp/busy; echo lost=$?\n");
        rig.pass(3 * SimulatedTime.SECOND);
        rig.inject("board 2 pull");
        rig.expect("lost=");
        assertNotEquals("0", rig.expect("\r\n"));
        rig.expect("# ");
        rig.members(OTHERS);
        assertTrue(rig.good("echo still here").contains("still here"));
    }
}
