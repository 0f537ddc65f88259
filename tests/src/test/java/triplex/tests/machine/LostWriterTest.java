package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.hw.BusListener;
import triplex.hw.Layout;
import triplex.machine.GuestTables;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * The ends that are told for a lost process come behind all that it had sent, in one order for both copies of the file
 * server: a reader of its pipe gets every byte, then the end, also if the servers are lost right after.
 *
 * <p>Four boards. The writer is on 3, a quarterback: its backup went when board 0 was pulled, and it has got no other.
 * Since then the servers are on 1; board 0 is back and has the file server's backup, board 2 the process server's.
 */
class LostWriterTest {
    private static final int LINES = 30;
    private static final int FILE_WRITE = 99;
    private static final int NOTE_EXIT = 73;
    private static final int PID_FILE = 3;
    /** The fewest writes that must be unread when the end is told; else nothing is tried. */
    private static final int UNREAD = 8;
    /** Cycles in which the writer sends all. */
    private static final long SENT = 10 * SimulatedTime.SECOND;
    /** So long its loss may take to be told. */
    private static final long TOLD = SimulatedTime.SECOND / 5;
    /** Cycles that pass at a time while frames are counted. */
    private static final int STEP = 500;
    private static final String EXPECTED;

    static {
        StringBuilder lines = new StringBuilder("reader=0\n");
        for (int k = 1; k <= LINES; k++) {
            lines.append("line ").append(k).append(", sent before its end\n");
        }
        EXPECTED = lines.toString();
    }

    private static Rig rig;
    private static Rig.Saved ready;
    private static Frames frames;

    /** Counts the writes that come from board 3, and waits for the note that their sender is no more. */
    private static final class Frames implements BusListener {
        private int writes;
        private int channel;
        private int sent;
        private boolean told;

        @Override
        public void committed(long cycle, int commit, byte[] frame) {
            ByteBuffer f = ByteBuffer.wrap(frame);
            if (f.get(Layout.FRAME_KIND) != Layout.KIND_DATA || f.getInt(Layout.FRAME_TAG) >>> 16 != PID_FILE
                    || (f.getInt(Layout.FRAME_CHANNEL) & 0xF) != PID_FILE) {
                return;
            }
            int op = f.getShort(Layout.FRAME_HEADER_BYTES + 8);
            if (op == FILE_WRITE && f.get(Layout.FRAME_SOURCE) == 3) {
                writes++;
                channel = f.getInt(Layout.FRAME_CHANNEL);
                sent = f.getInt(Layout.FRAME_SENT);
            }
            told |= op == NOTE_EXIT && f.getInt(Layout.FRAME_HEADER_BYTES + 20) == channel >>> 4;
        }
    }

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(4);
        rig.pass(2 * SimulatedTime.SECOND);
        rig.good("ft quarter on 3 sh -c 'until [ -f /tmp/go ]; do sleep 1; done; exec /usr/workloads/ahead " + LINES
            + "' | (cat >/tmp/out; echo reader=$? >/tmp/end) & true");
        rig.pass(3 * SimulatedTime.SECOND);
        rig.inject("board 0 pull");
        rig.members(0b1110);
        rig.pass(3 * SimulatedTime.SECOND);
        rig.inject("board 0 insert");
        rig.members(0b1111);
        rig.pass(8 * SimulatedTime.SECOND);
        ready = rig.save();
    }

    private static int unread() {
        for (GuestTables.Entry end : rig.tables.entries(1, "ends")) {
            if (end.value("channel") == frames.channel) {
                return frames.sent - end.value("read");
            }
        }
        return 0;
    }

    private static void runUntil(BooleanSupplier done, long within, String otherwise) {
        long limit = rig.machine.now() + within;
        while (!done.getAsBoolean()) {
            assertTrue(rig.machine.now() < limit, otherwise + "; " + rig.diagnostics());
            rig.machine.run(rig.machine.now() + STEP);
        }
    }

    /** All lines have been sent, the writer's board is gone, and the file server has just been told of its end. */
    private static void lose() {
        rig.restore(ready);
        frames = new Frames();
        rig.machine.listen(frames);
        rig.good("echo >/tmp/go");
        runUntil(() -> frames.writes >= LINES, SENT, "not all lines are sent");
        assertEquals(LINES, frames.writes, "lines sent");
        rig.inject("board 3 pull");
        runUntil(() -> frames.told, TOLD, "nobody tells that the writer has ended");
        assertTrue(unread() >= UNREAD, unread() + " writes are unread");
    }

    private static void check() {
        assertEquals(EXPECTED, rig.good("until [ -f /tmp/end ]; do sleep 1; done; cat /tmp/end /tmp/out"));
        assertTrue(rig.diagnostics().contains("is lost"), rig.diagnostics());
    }

    @Test
    void aReaderGetsAllThatALostWriterHadSentThenTheEnd() {
        lose();
        check();
    }

    /** So many cycles after the note the servers go, too: their backups have seen the same in the same order. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20_000, 60_000, 120_000, 250_000, 500_000, 1_000_000})
    void soDoesItWhenTheServersAreLostRightAfter(int cycles) {
        lose();
        rig.machine.run(rig.machine.now() + cycles);
        rig.inject("board 1 pull");
        check();
    }
}
