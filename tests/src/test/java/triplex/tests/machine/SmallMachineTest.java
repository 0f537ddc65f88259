package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** Machines of one and two boards: with no place free all runs unbacked, shows it, and is backed when a board joins. */
class SmallMachineTest {
    private static final String WORK = "i=0; while [ $i -lt 6 ]; do echo n$i; ls /bin | wc -l; i=$((i+1)); done";
    private static final long SETTLED = 5 * SimulatedTime.SECOND;

    /** The states of the copies that {@code ps -b} shows of the processes that stay. */
    private static List<String> copies(Rig rig) {
        return rig.backing().skip(1).filter(f -> !f[f.length - 1].equals("ps")).map(f -> f[4]).distinct().toList();
    }

    private static Rig working(int boards) throws IOException, UserError {
        Rig rig = Rig.booted(boards);
        rig.good("echo '" + WORK + "' >/tmp/work");
        rig.good("sh /tmp/work >/tmp/twin");
        return rig;
    }

    private static void start(Rig rig) {
        rig.send("echo st''art; sh /tmp/work >/tmp/out; echo status=$?\n");
        rig.expect("start\r\n");
        rig.pass(SimulatedTime.SECOND);
    }

    private static void finish(Rig rig) {
        rig.expect("status=0\r\n");
        rig.expect("# ");
        assertEquals("", rig.good("cmp /tmp/out /tmp/twin"));
    }

    @Test
    void twoBoardsTakeTurns() throws IOException, UserError {
        Rig rig = working(2);
        for (int round = 0; round < 3; round++) {
            int slot = round == 0 ? 1 : round - 1;
            rig.pass(SETTLED);
            assertEquals(List.of("complete"), copies(rig));
            start(rig);
            rig.inject("board " + slot + " pull");
            finish(rig);
            assertEquals(List.of("unbacked"), copies(rig));
            rig.inject("board " + slot + " insert");
            rig.members(0b11);
        }
        assertTrue(rig.good("boards").lines().filter(line -> line.contains("member")).count() == 2);
    }

    /** While a backup is being made, work goes on; what is lost then is not backed. */
    @Test
    void workGoesOnWhileBackupsAreMade() throws IOException, UserError {
        Rig rig = working(2);
        rig.inject("board 1 pull");
        rig.members(0b01);
        rig.good("sleep 1000 & sleep 1000 & sleep 1000 & true");
        rig.inject("board 1 insert");
        start(rig);
        rig.members(0b11);
        finish(rig);
        rig.pass(SETTLED);
        assertEquals(List.of("complete"), copies(rig));
        rig.inject("board 0 pull");
        assertEquals("3\n", rig.good("ps -e | grep -c 'sleep$'"));
    }

    @Test
    void oneBoardAlone() throws IOException, UserError {
        Rig rig = working(1);
        assertEquals(List.of("unbacked"), copies(rig));
        start(rig);
        finish(rig);
        assertTrue(rig.good("ft half ft").contains("mode half"));
    }
}
