package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * A board is pulled while programs run on it: its partner takes them over, and what they write is what they would have
 * written.
 * The moments fall into several phases of a busy program's requests; they are samples, not a sweep.
 */
class TakeoverTest {
    private static final String WORK =
        "i=0; while [ $i -lt 12 ]; do echo n$i; ls /bin | wc -l; i=$((i+1)); done";
    private static Rig rig;
    private static Rig.Saved prompt;
    private static Rig.Saved here;
    private static Rig.Saved there;

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(3);
        rig.good("echo '" + WORK + "' >/tmp/work");
        rig.good("sh /tmp/work >/tmp/twin");
        rig.pass(2 * SimulatedTime.SECOND);
        prompt = rig.save();
        start("on 2 ");
        there = rig.save();
        rig.restore(prompt);
        start("");
        here = rig.save();
    }

    /** Starts the work and comes back when it is under way. */
    private static void start(String where) {
        rig.send("echo st''art; " + where + "sh /tmp/work >/tmp/out; echo status=$?\n");
        rig.expect("start\r\n");
        rig.pass(SimulatedTime.SECOND);
    }

    private static void lose(Rig.Saved from, int slot, int cycles) {
        rig.restore(from);
        rig.pass(cycles);
        rig.inject("board " + slot + " pull");
        rig.expect("status=0\r\n");
        rig.expect("# ");
        rig.members(0b111 & ~(1 << slot));
        assertEquals("", rig.good("cmp /tmp/out /tmp/twin"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 110_000, 730_000, 1_870_000, 4_310_000})
    void theServersAndTheShellGoOnElsewhere(int cycles) {
        lose(here, 0, cycles);
        assertEquals("ok\n", rig.good("on 2 echo ok"));
        assertNotEquals(0, rig.run("on 0 true").status());
    }

    /** The view, then all who were taken over, then what the servers say, before any program goes on with the new. */
    @Test
    void crashHandlingHasItsOrder() {
        lose(here, 0, 400_000);
        List<String> log = rig.good("boards -l").lines().filter(line -> line.contains("board 1 view")).toList();
        String all = String.join("\n", log);
        double handled = took(log, "taken over, handled in ");
        double process = took(log, "server process (2) taken over, its first new message after ");
        double file = took(log, "server file (3) taken over, its first new message after ");
        double first = log.stream().filter(line -> line.contains("caught up after "))
            .mapToDouble(line -> took(List.of(line), "caught up after ")).min().orElseThrow();
        assertTrue(log.get(0).contains("first sign"), all);
        // The process server says something new only when somebody asks for it.
        assertTrue(handled <= process && handled <= file && file <= first, all);
        String order = rig.diagnostics().lines().filter(line -> line.startsWith("board 1: takes over"))
            .map(line -> line.substring(line.indexOf('('))).collect(Collectors.joining());
        assertTrue(order.startsWith("(2)(3)(4)(1)"), order);
    }

    /** The milliseconds behind a text of the log. */
    private static double took(List<String> log, String text) {
        String line = log.stream().filter(l -> l.contains(text)).findFirst()
            .orElseThrow(() -> new AssertionError(text + "is not in\n" + String.join("\n", log)));
        String rest = line.substring(line.indexOf(text) + text.length());
        return Double.parseDouble(rest.substring(0, rest.indexOf(" ms")));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 900000", "2, 0", "2, 900000"})
    void aBoardOfBackupsIsMissedByNobody(int slot, int cycles) {
        lose(here, slot, cycles);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 470_000, 2_150_000})
    void aProgramOnTheBoardGoesOnElsewhere(int cycles) {
        lose(there, 2, cycles);
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 770_000})
    void theBoardComesBackAndTheNextMayGo(int cycles) {
        lose(here, 0, cycles);
        rig.inject("board 0 insert");
        rig.members(0b111);
        // New backups are made meanwhile.
        rig.pass(8 * SimulatedTime.SECOND);
        start("");
        rig.inject("board 1 pull");
        rig.expect("status=0\r\n");
        rig.expect("# ");
        assertEquals("", rig.good("cmp /tmp/out /tmp/twin"));
    }
}
