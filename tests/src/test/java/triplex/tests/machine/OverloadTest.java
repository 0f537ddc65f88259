package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import triplex.hw.controller.LineListener;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * Somebody at the console of a machine whose programs ask its file server for more than it can do. Bounds are simulated
 * milliseconds from a key to the last byte of what it brings.
 */
class OverloadTest {
    private static final double ECHO = 200;
    private static final double BUILTIN = 300;

    /** When the console last showed something. */
    private static final class Shown implements LineListener {
        private long cycle;

        @Override
        public void printed(int line, int value, long at) {
            if (line == 0) {
                cycle = at;
            }
        }
    }

    private final Shown shown = new Shown();

    /** Three boards; on each so many programs that look for a file all the time. */
    private Rig loaded(int... programs) throws IOException, UserError {
        Rig rig = Rig.booted(3);
        rig.machine.listen(shown);
        for (int board = 0; board < programs.length; board++) {
            if (programs[board] > 0) {
                rig.good("on " + board + " /usr/workloads/polls " + programs[board] + " /x & true");
            }
        }
        rig.pass(4 * SimulatedTime.SECOND);
        return rig;
    }

    private double milliseconds(Rig rig, String keys, String wanted) {
        long from = rig.machine.now();
        rig.send(keys);
        rig.expect(wanted);
        return (shown.cycle - from) * 1000.0 / SimulatedTime.SECOND;
    }

    /** Types "echo hi" twice, a key now and then. */
    private void typesInTime(Rig rig) {
        for (int round = 1; round <= 2; round++) {
            for (String key : "echo hi".split("")) {
                double echo = milliseconds(rig, key, key);
                assertTrue(echo < ECHO, "round " + round + ", '" + key + "': " + echo + " ms");
                rig.pass(SimulatedTime.SECOND / 17);
            }
            double builtin = milliseconds(rig, "\n", "hi\r\n");
            rig.expect("# ");
            assertTrue(builtin < BUILTIN, "round " + round + ", Return: " + builtin + " ms");
        }
    }

    @Test
    void thirtyProgramsOnAllBoardsLeaveRoomForOneWhoTypes() throws IOException, UserError {
        typesInTime(loaded(10, 10, 10));
    }

    /** They would be enough for the servers to have no end of work, so that no program on board 0 ever ran. */
    @Test
    void requestsOfOtherBoardsLeaveRoomForProgramsBesideTheServers() throws IOException, UserError {
        Rig rig = loaded(0, 30, 30);
        typesInTime(rig);
        rig.good("on 0 ls /etc");
    }

    /** All wait for the same processor, which has not enough for them. */
    @Test
    void fortyProgramsOnOneBoardLeaveRoomForOneWhoTypes() throws IOException, UserError {
        typesInTime(loaded(40));
    }
}
