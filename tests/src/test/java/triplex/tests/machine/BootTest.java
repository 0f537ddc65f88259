package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** Machines of several shapes come to a shell that computes. */
class BootTest {
    /** The board list names just the boards of the machine, with the ring of partners. */
    private static void boardsAre(Rig rig, int count) {
        List<String[]> rows = rig.boards();
        assertEquals(count, rows.size());
        for (int slot = 0; slot < count; slot++) {
            String[] row = rows.get(slot);
            assertEquals(String.valueOf(slot), row[0]);
            assertEquals("member", row[1]);
            assertEquals(count == 1, row[2].equals("-"), "partner " + row[2]);
            assertTrue(!row[2].equals(row[0]), "board " + slot + " is its own partner");
            assertEquals("8192", row[3]);
        }
    }

    private static void computes(Rig rig) {
        assertEquals("42\n", rig.good("echo $((6 * 7))"));
        assertEquals("3\n", rig.good("echo one two three | wc -w | tr -d ' '"));
        assertEquals(3, rig.run("(exit 3)").status());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void aMachineOfSoManyBoards(int boards) throws IOException, UserError {
        Rig rig = Rig.booted(boards);
        boardsAre(rig, boards);
        computes(rig);
        for (int slot = 0; slot < boards; slot++) {
            // Those above the second have no disk port and got their bundle over the bus.
            assertEquals("board " + slot + "\n", rig.good("on " + slot + " msgstat | grep '^board' | cut -d, -f1"));
        }
    }

    @Test
    void thePromptComesInTime() throws IOException, UserError {
        Rig rig = Rig.booted(3);
        assertTrue(rig.console().contains("Welcome to Triplex/OS"));
        assertTrue(rig.machine.now() <= 3 * SimulatedTime.SECOND, "prompt at cycle " + rig.machine.now());
    }

    /** Input from before there is anybody to read it: a line keeps what it has room for, and no board is lost. */
    @Test
    void aFloodOfKeysWhileItBoots() throws IOException, UserError {
        Rig rig = Rig.starting(3, Disks.shipped(Rig.archive()));
        rig.send("# keys\n".repeat(430));
        rig.expect("/# # keys");
        rig.pass(8 * SimulatedTime.SECOND);
        rig.send("\necho flood $((40 + 2))\n");
        rig.expect("\r\nflood 42\r\n");
        boardsAre(rig, 3);
        assertEquals(-1, rig.diagnostics().indexOf("is lost"), rig.diagnostics());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void oneHalfOfTheMirrorIsEnough(int half) throws IOException, UserError {
        Rig rig = Rig.booted(3, Disks.shipped(Rig.archive()).only(half));
        boardsAre(rig, 3);
        computes(rig);
        assertEquals("kept\n", rig.good("echo kept >/root/f; sync; cat /root/f"));
    }
}
