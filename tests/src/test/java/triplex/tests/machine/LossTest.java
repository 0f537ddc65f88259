package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * Beyond the promise of one loss at a time: what lived on both lost boards is lost and said so, whoever had to do with
 * it gets a defined answer, and nothing else is touched. And what is no loss at all: a program's own bug.
 */
class LossTest {
    private static final long SETTLED = 8 * SimulatedTime.SECOND;
    private static Rig rig;
    private static Rig.Saved prompt;

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(3);
        rig.pass(2 * SimulatedTime.SECOND);
        prompt = rig.save();
    }

    private static void pull(int... slots) {
        int members = 0b111;
        for (int slot : slots) {
            rig.inject("board " + slot + " pull");
            members &= ~(1 << slot);
        }
        rig.members(members);
    }

    /** What runs on board 2 has its backup on board 0; the servers, init and the shell are on boards 0 and 1. */
    @Test
    void onlyWhatLivedOnBothIsLostAndAllWhoWaitHear() {
        rig.restore(prompt);
        // A reader whose only writer is lost, a writer whose only reader is lost, a parent that waits.
        rig.good("on 2 sh -c 'echo said; sleep 1000' | (cat; echo reader=$? >/tmp/reader) & true");
        rig.good("(yes; echo writer=$? >/tmp/writer) | on 2 sh -c 'head -1 >/dev/null; sleep 1000' & true");
        rig.pass(3 * SimulatedTime.SECOND);
        rig.send("on 2 sleep 1000; echo status=$?\n");
        rig.pass(3 * SimulatedTime.SECOND);
        pull(0, 2);
        rig.expect("status=137\r\n");
        rig.expect("# ");
        rig.pass(SETTLED);
        assertEquals("reader=0\n", rig.good("cat /tmp/reader"));
        assertEquals("writer=141\n", rig.good("cat /tmp/writer"));
        assertFalse(rig.good("ps -e").contains("sleep"));
        assertTrue(rig.good("boards -l").contains("sleep ("), "the log names the lost");
        assertTrue(rig.diagnostics().contains("sleep ("), rig.diagnostics());
        rig.inject("board 0 insert");
        rig.inject("board 2 insert");
        rig.members(0b111);
        rig.pass(SETTLED);
        assertFalse(rig.good("ps -b").contains("unbacked"));
        pull(1);
        assertEquals("on\n", rig.good("on 2 echo on"));
    }

    @Test
    void theLastBoardKeepsAllWhoseBackupsAreLost() {
        rig.restore(prompt);
        rig.good("sleep 1000 & true");
        pull(1, 2);
        assertTrue(rig.good("ps -b").contains("sleep"));
        assertFalse(rig.good("ps -b").contains("complete"));
        rig.inject("board 1 insert");
        rig.members(0b011);
        rig.pass(SETTLED);
        assertFalse(rig.good("ps -b").contains("unbacked"));
        rig.inject("board 0 pull");
        assertTrue(rig.good("ps -b").contains("sleep"));
    }

    @Test
    void aServerLostWithItsBackupStopsTheMachineAndSaysSo() {
        rig.restore(prompt);
        rig.inject("board 0 pull");
        rig.inject("board 1 pull");
        rig.ending();
        assertTrue(rig.diagnostics().contains("and its backup; the machine stops"), rig.diagnostics());
    }

    /** Board 1 has come back, and the copies for it have just begun. */
    @Test
    void aServerWhoseCopyIsNotCompleteIsLostToo() {
        rig.restore(prompt);
        pull(1, 2);
        rig.pass(2 * SimulatedTime.SECOND);
        rig.inject("board 1 insert");
        rig.members(0b011);
        rig.inject("board 0 pull");
        rig.ending();
        assertTrue(rig.diagnostics().contains("and its backup; the machine stops"), rig.diagnostics());
    }

    private static void fall() {
        rig.restore(prompt);
        rig.send("on 2 /usr/tests/bugs /tmp/log 2; echo status=$?\n");
    }

    /** At any moment around its end, so many cycles before, the program ends once, by the signal of its bug. */
    @ParameterizedTest
    @ValueSource(ints = {18_000_000, 2_500_000, 1_000_000, 600_000, 300_000, 100_000})
    void aProgramsBugEndsItOnce(int cycles) {
        fall();
        long began = rig.machine.now();
        rig.expect("status=139\r\n");
        long took = rig.machine.now() - began;
        fall();
        rig.pass(took - cycles);
        pull(2);
        rig.expect("status=139\r\n");
        rig.expect("# ");
        rig.pass(SETTLED);
        assertEquals("ab", rig.good("cat /tmp/log"));
        assertEquals(0b011, rig.machine.hardware().bus().viewMembers());
    }
}
