package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import triplex.hw.BusListener;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * Boards that are short of memory or of places in their tables: who runs there comes first, then the servers' backups,
 * then other backups; these are refused or given up, and made when there is room. No message is lost, nobody panics.
 */
class MemoryTest {
    private static final String WORK = "i=0; while [ $i -lt 6 ]; do echo n$i; ls /bin | wc -l; i=$((i+1)); done";

    private static Rig booted(int ram) throws IOException, UserError {
        Rig rig = Rig.bootedWith(ram);
        rig.good("echo '" + WORK + "' >/tmp/work");
        rig.good("sh /tmp/work >/tmp/twin");
        return rig;
    }

    private static void works(Rig rig) {
        rig.good("sh /tmp/work >/tmp/out");
        rig.good("cmp /tmp/out /tmp/twin");
    }

    private static long count(Rig rig, String name, String copy) {
        return rig.backing().filter(f -> f[f.length - 1].equals(name) && f[4].equals(copy)).count();
    }

    /** Board 2's partner is board 0, which has the servers: there is room for one great backup at the most. */
    @Test
    void aBackupThatFindsNoRoomIsRefusedAndMadeLater() throws IOException, UserError {
        Rig rig = booted(4);
        rig.good("on 2 /usr/tests/hog 20 >/tmp/a & on 2 /usr/tests/hog 20 >/tmp/b & true");
        rig.pass(6 * SimulatedTime.SECOND);
        assertTrue(count(rig, "hog", "unbacked") >= 1, rig.good("ps -b"));
        works(rig);
        rig.pass(20 * SimulatedTime.SECOND);
        assertEquals("good\ngood\n", rig.good("cat /tmp/a /tmp/b"));
        rig.good("on 2 sleep 1000 & true");
        rig.pass(6 * SimulatedTime.SECOND);
        assertEquals(1, count(rig, "sleep", "complete"));
        assertTrue(rig.good("boards -l").contains("no room for the backup of hog"));
    }

    /** What has no backup is lost with its board, and only that. */
    @Test
    void whatFoundNoRoomIsLostWithItsBoard() throws IOException, UserError {
        Rig rig = booted(4);
        rig.good("(on 2 /usr/tests/hog 90; echo $? >/tmp/a) & (on 2 /usr/tests/hog 90; echo $? >/tmp/b) & true");
        rig.pass(6 * SimulatedTime.SECOND);
        long unbacked = count(rig, "hog", "unbacked");
        assertTrue(unbacked >= 1);
        rig.inject("board 2 pull");
        rig.pass(4 * SimulatedTime.SECOND);
        assertEquals(2 - unbacked, rig.good("ps -e").lines().filter(line -> line.endsWith(" hog")).count());
        assertEquals(unbacked, rig.run("cat /tmp/a /tmp/b").output().lines().filter("137"::equals).count());
        works(rig);
    }

    /** Two great programs on board 0 need what the backup of a third has. */
    @Test
    void whoRunsComesBeforeBackups() throws IOException, UserError {
        Rig rig = booted(5);
        rig.good("on 2 /usr/tests/hog 25 >/tmp/a & true");
        rig.pass(6 * SimulatedTime.SECOND);
        assertEquals(1, count(rig, "hog", "complete"), rig.good("ps -b"));
        rig.good("/usr/tests/hog 20 >/tmp/b & /usr/tests/hog 20 >/tmp/c & true");
        rig.pass(8 * SimulatedTime.SECOND);
        assertTrue(count(rig, "hog", "unbacked") >= 1, rig.good("ps -b"));
        rig.pass(25 * SimulatedTime.SECOND);
        assertEquals("good\ngood\ngood\n", rig.good("cat /tmp/a /tmp/b /tmp/c"));
        assertFalse(rig.diagnostics().contains("backup of file"), rig.diagnostics());
    }

    /**
     * Programs that have still to take what their files ask for, which their board has for both, and its partner, where
     * the servers run, has not. What is shown as backed goes on there, and gets all.
     */
    @Test
    void whatWasGrantedIsThereAfterATakeover() throws IOException, UserError {
        Rig rig = booted(4);
        rig.good("for i in 1 2; do (on 2 /usr/tests/hog 2 /tmp/go; echo $?) >>/tmp/on.$i & done; true");
        rig.pass(8 * SimulatedTime.SECOND);
        long backed = count(rig, "hog", "complete");
        rig.inject("board 2 pull");
        rig.pass(4 * SimulatedTime.SECOND);
        rig.good("echo >/tmp/go");
        rig.pass(12 * SimulatedTime.SECOND);
        assertEquals("good\n".repeat((int) backed) + "137\n".repeat(2 - (int) backed) + "0\n".repeat((int) backed),
            rig.good("sort -r /tmp/on.1 /tmp/on.2"));
        works(rig);
    }

    @Test
    void aBoardWithoutMemoryTakesNoNewProcesses() throws IOException, UserError {
        Rig rig = booted(4);
        rig.good("for i in 1 2 3 4; do on 2 /usr/tests/hog 15 & done; true");
        rig.pass(5 * SimulatedTime.SECOND);
        Rig.Result more = rig.run("on 2 /usr/tests/hog 1");
        assertNotEquals(0, more.status());
        works(rig);
        rig.pass(20 * SimulatedTime.SECOND);
        rig.good("on 2 /usr/tests/hog 1");
    }

    /**
     * A program takes, gives back and takes again several hundred pages, which have to be cleared, on a board to which
     * others send all the time. No board refuses frames for 60 ms without taking any, as long as its watchdog would
     * wait, and none is taken for dead.
     */
    @Test
    void aBoardThatClearsMuchMemoryIsHeard() throws IOException, UserError {
        Rig rig = Rig.booted(3);
        Deafness deafness = new Deafness();
        rig.machine.listen(deafness);
        rig.good("(while :; do ls -l /bin /usr/tests >/dev/null; done) & "
            + "on 2 sh -c 'while :; do ls -l /bin >/dev/null; done' & true");
        rig.pass(SimulatedTime.SECOND);
        assertFalse(rig.good("on 1 /usr/tests/large").contains("not ok"));
        rig.pass(2 * SimulatedTime.SECOND);
        assertTrue(deafness.longest < SimulatedTime.SECOND * 60 / 1000, () -> deafness.longest + " cycles");
        assertEquals(0b111, rig.machine.hardware().bus().viewMembers());
        assertFalse(rig.diagnostics().contains("do not answer"), rig.diagnostics());
    }

    /** For how long a board has refused frames while it took none. */
    private static final class Deafness implements BusListener {
        private final long[] taken = new long[32];
        private long longest;

        @Override
        public void consumed(long cycle, int slot, boolean silent, int value) {
            taken[slot] = cycle;
        }

        @Override
        public void failed(long cycle, int slot, int status, int refused, int absent) {
            for (int i = 0; i < taken.length; i++) {
                if ((refused >> i & 1) != 0) {
                    longest = Math.max(longest, cycle - taken[i]);
                }
            }
        }
    }

    /** 120 processes live in the machine, each with a place on two boards; a board is lost and comes back. */
    @Test
    void theTableOfProcessesIsFull() throws IOException, UserError {
        Rig rig = booted(14);
        String many = "i=0; while [ $i -lt 45 ]; do sleep 60 & i=$((i+1)); done; wait";
        rig.good("echo '" + many + "' >/tmp/many");
        rig.good("for b in 0 1 2; do on $b sh /tmp/many 2>/tmp/errors.$b & done; true");
        rig.pass(30 * SimulatedTime.SECOND);
        rig.inject("board 1 pull");
        rig.members(0b101);
        rig.pass(8 * SimulatedTime.SECOND);
        rig.inject("board 1 insert");
        rig.members(0b111);
        rig.pass(60 * SimulatedTime.SECOND);
        works(rig);
        assertTrue(rig.good("cat /tmp/errors.*").contains("fork"));
    }
}
