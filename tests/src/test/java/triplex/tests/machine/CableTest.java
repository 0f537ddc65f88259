package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** Cables between boards and device controllers are cut, for ever or for a while: the console shows what it would. */
class CableTest {
    private static final long MS = SimulatedTime.SECOND / 1000;
    private static final String WORK = "echo rea''dy; read a; echo you said $a; i=0; while [ $i -lt 40 ]; do"
        + " echo line $i of what everybody sees; echo $i $a >>/tmp/out; i=$((i+1)); done; read b; wc -l /tmp/out;"
        + " rm /tmp/out; echo and $b. fini''shed";
    private static final int ALL = 0b111;
    private static Rig rig;
    private static Rig.Saved idle;
    private static String twin;

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(3);
        rig.good("echo '" + WORK + "' >/tmp/work");
        rig.pass(8 * SimulatedTime.SECOND);
        idle = rig.save();
        twin = work();
    }

    private static void after(long milliseconds) {
        rig.pass(milliseconds * MS);
    }

    private static String work() {
        int from = rig.console().length();
        rig.send("sh /tmp/work\n");
        rig.expect("ready\r\n");
        after(50);
        rig.send("half a li");
        after(700);
        rig.send("ne\nthe next one\n");
        rig.expect("finished\r\n");
        rig.expect("# ");
        return rig.console().substring(from);
    }

    /** The same work, with a cable cut so many ms after its begin, and mended after so many; 0: never. */
    private static String work(String cable, int cut, int mended) {
        rig.restore(idle);
        long begin = rig.machine.now();
        rig.injectAt(begin + cut * MS, cable + " cut");
        if (mended > 0) {
            rig.injectAt(begin + (cut + mended) * MS, cable + " mend");
        }
        return work();
    }

    /** Waits, for a minute at most, until the kernels have said something. */
    private static void hear(String text) {
        for (int k = 0; k < 600 && !said(text); k++) {
            after(100);
        }
        assertTrue(said(text), () -> text + " is not in:\n" + rig.diagnostics());
    }

    private static boolean said(String text) {
        return rig.diagnostics().contains(text);
    }

    /** Mended soon, nobody leaves for it; else the board at its end goes, and comes back. */
    @ParameterizedTest
    @ValueSource(ints = {0, 300, 520, 900, 1210, 1300, 1500, 2500})
    void aTerminalsCableIsCut(int cut) {
        for (int mended : new int[] {1, 100, 450, 0}) {
            assertEquals(twin, work("terminal 0 port 0", cut, mended), "mended after " + mended + " ms");
            assertEquals(mended == 0 || mended == 450, said("board 0: a cable to its devices is cut, it leaves"));
            rig.members(ALL);
        }
    }

    /** Where the terminal server is, where its backup, and how far that. */
    private static String server() {
        String[] row = rig.backing().filter(r -> r[r.length - 1].equals("tty")).findFirst().orElseThrow();
        return row[1] + " " + row[2] + " " + row[4];
    }

    /** The board that left comes back as one without ports, and is heir again when its cable is mended. */
    @Test
    void aBoardIsHeirAgainWhenItsCableIsMended() {
        rig.restore(idle);
        rig.inject("terminal 0 port 0 cut");
        hear("board 0: a cable to its devices is cut, it leaves");
        rig.members(ALL);
        after(20_000);
        assertEquals("1 - unbacked", server());
        rig.inject("terminal 0 port 0 mend");
        after(20_000);
        assertEquals("1 0 complete", server());
        rig.inject("board 1 pull");
        assertEquals(twin, work());
        rig.inject("board 1 insert");
        rig.members(ALL);
        after(20_000);
        assertEquals("0 1 complete", server());
    }

    /** Both cables: the console is silent until one is mended; the boards do not chase each other. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void bothCablesAreCutAndOneIsMended(int first) {
        rig.restore(idle);
        rig.inject("terminal 0 port 0 cut");
        rig.inject("terminal 0 port 1 cut");
        after(60_000);
        String diagnostics = rig.diagnostics();
        after(60_000);
        assertEquals(diagnostics, rig.diagnostics());
        rig.inject("terminal 0 port " + first + " mend");
        assertEquals(twin, work());
        rig.members(ALL);
    }

    /** The spare one first, which nobody misses; then the other board is lost, and its return brings the console. */
    @Test
    void theSpareCableIsCutAndThenTheOtherBoardIsLost() {
        rig.restore(idle);
        rig.inject("terminal 0 port 1 cut");
        assertEquals(twin, work());
        rig.pass(8 * SimulatedTime.SECOND);
        rig.inject("board 0 pull");
        hear("nobody can take them over yet");
        after(10_000);
        rig.inject("board 0 insert");
        assertEquals(twin, work());
        rig.members(ALL);
        assertTrue(said("board 1: a cable to its devices is cut, it leaves"));
    }

    /** One half of the mirror is given up by the server, unless it is mended soon; no board leaves for it. */
    @ParameterizedTest
    @CsvSource({"0, 200, 100", "0, 1200, 800", "1, 1250, 0", "0, 0, 0", "0, 1200, 4000", "1, 300, 100"})
    void aDisksCableIsCut(int disk, int cut, int mended) {
        assertEquals(twin, work("disk " + disk + " port 0", cut, mended));
        assertEquals(twin, work());
        assertFalse(said("it leaves"));
        assertEquals(mended == 0 || mended > 1000, said("board 0: disk " + disk + " does not answer"));
    }

    /** Both halves: the board leaves. */
    @Test
    void bothDisksCablesAreCut() {
        rig.restore(idle);
        rig.injectAt(rig.machine.now() + 1200 * MS, "disk 0 port 0 cut");
        rig.injectAt(rig.machine.now() + 1210 * MS, "disk 1 port 0 cut");
        assertEquals(twin, work());
        rig.good("sync");
        assertTrue(said("it leaves"));
        assertEquals("1 - unbacked", server());
    }

    /** Nobody can take over: the board goes on and says so, and what is typed and printed meanwhile comes later. */
    @Test
    void aBoardThatIsAloneWaitsForItsCable() throws IOException, UserError {
        Rig alone = Rig.booted(1);
        alone.send("read a; echo you said $a\n");
        alone.pass(SimulatedTime.SECOND);
        alone.inject("terminal 0 port 0 cut");
        int shown = alone.console().length();
        alone.send("a line\n");
        alone.pass(5 * SimulatedTime.SECOND);
        assertEquals(shown, alone.console().length());
        assertTrue(alone.diagnostics().contains("nobody can take them over yet"), alone.diagnostics());
        alone.inject("terminal 0 port 0 mend");
        alone.expect("you said a line\r\n");
        alone.inject("disk 0 port 0 cut");
        alone.inject("disk 1 port 0 cut");
        alone.send("ls /bin | wc -l >/tmp/n; sync; echo all''good\n");
        alone.pass(9 * SimulatedTime.SECOND);
        alone.inject("disk 0 port 0 mend");
        alone.inject("disk 1 port 0 mend");
        alone.expect("allgood\r\n");
        assertTrue(alone.diagnostics().contains("disk 1 answers again"), alone.diagnostics());
    }
}
