package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.hw.BusListener;
import triplex.hw.Layout;
import triplex.machine.BoardView;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** What kernels do when pages are short for a moment: who waits, what is given back, what goes together. */
class RoomTest {
    /** Where an operation and its first argument stand behind a frame's header; those of syncs. */
    private static final int OPERATION = 8;
    private static final int ARGUMENT = 20;
    private static final int SYNC_CHANNEL = 7;
    private static final int SYNC_OPEN = 200;
    private static final int SYNC_END = 204;
    private static final int SYNC_REFUSED = 205;
    private static final int HOARDS = 16;

    /** Addresses of messages that nobody uses, on board 2. */
    private static List<Integer> freeMessages(Rig rig) throws UserError {
        BoardView ram = new BoardView(rig.machine.hardware(), 2);
        List<Integer> list = new ArrayList<>();
        int at = ram.longAt(Rig.kernel().symbols().find("free_messages").address());
        for (; at != 0; at = ram.longAt(at)) {
            list.add(at);
        }
        return list;
    }

    private static long pages(List<Integer> messages) {
        return messages.stream().map(at -> at >>> 12).distinct().count();
    }

    /** Programs on board 2 whose answers wait there, unread, until there is a file /tmp/go. */
    private static void hoard(Rig rig, int programs, String what, String output) {
        rig.good("echo 'i=0; while [ $i -lt " + programs + " ]; do /usr/workloads/hoard " + what
            + " /tmp/go & i=$((i+1)); done; wait' >/tmp/h; rm -f /tmp/go; on 2 sh /tmp/h >" + output + " & true");
        rig.pass(8 * SimulatedTime.SECOND);
    }

    /** Answers that nobody has granted are in the way: exec, sbrk and fork wait for them, and say nothing else. */
    @ParameterizedTest
    @ValueSource(strings = { "/usr/workloads/wide", "/usr/tests/hog 1" })
    void whatWasGrantedWaitsForMessages(String program) throws IOException, UserError {
        Rig rig = Rig.bootedWith(4);
        hoard(rig, HOARDS, "/bin/sh", "/tmp/hoards");
        rig.good("on 2 " + program + " >/tmp/waiting & true");
        rig.pass(8 * SimulatedTime.SECOND);
        assertEquals("", rig.good("cat /tmp/waiting"));
        rig.good("echo >/tmp/go");
        rig.pass(16 * SimulatedTime.SECOND);
        assertEquals("good\n", rig.good("cat /tmp/waiting"));
        assertEquals("good\n".repeat(HOARDS), rig.good("cat /tmp/hoards"));
    }

    /**
     * Short messages have left pages behind of which none is in use. When somebody waits for memory they are given
     * back.
     */
    @Test
    void pagesOfFreeMessagesAreGivenBack() throws IOException, UserError {
        Rig rig = Rig.bootedWith(4);
        hoard(rig, 40, "-", "/tmp/times");
        rig.good("echo >/tmp/go");
        rig.pass(8 * SimulatedTime.SECOND);
        assertEquals("good\n".repeat(40), rig.good("cat /tmp/times"));
        long before = pages(freeMessages(rig));
        rig.good("rm /tmp/go; on 2 /usr/workloads/hoard /bin/sh /tmp/go >/tmp/hoards & true");
        rig.good("on 2 /usr/tests/large >/tmp/large & true");
        rig.pass(12 * SimulatedTime.SECOND);
        long after = pages(freeMessages(rig));
        assertTrue(rig.good("cat /tmp/large").endsWith("1..6\n"));
        assertTrue(before > 30 && after < before - 10, before + " pages of free messages, then " + after);
    }

    /** The frames about a process that tell of its backup. */
    private static final class Told implements BusListener {
        /** SYNC_OPEN, SYNC_END and SYNC_REFUSED with the process, in order. */
        private final List<int[]> frames = new ArrayList<>();

        @Override
        public void committed(long cycle, int commit, byte[] frame) {
            ByteBuffer f = ByteBuffer.wrap(frame);
            if (f.get(Layout.FRAME_KIND) != Layout.KIND_DATA) {
                return;
            }
            int channel = f.getInt(Layout.FRAME_CHANNEL);
            int operation = f.getShort(Layout.FRAME_HEADER_BYTES + OPERATION);
            if ((channel & 15) == SYNC_CHANNEL && (operation == SYNC_OPEN || operation == SYNC_END)) {
                frames.add(new int[] {operation, channel >>> 4});
            } else if (operation == SYNC_REFUSED && (channel & 15) != SYNC_CHANNEL) {
                frames.add(new int[] {operation, f.getInt(Layout.FRAME_HEADER_BYTES + ARGUMENT)});
            }
        }

        /** Processes whose sync was closed when its record had been refused; each must have been refused again. */
        private int refusedAgain() {
            int again = 0;
            for (int i = 0; i < frames.size(); i++) {
                if (frames.get(i)[0] == SYNC_END && last(i) == SYNC_REFUSED) {
                    int pid = frames.get(i)[1];
                    int next = i + 1;
                    while (next < frames.size() && frames.get(next)[1] != pid) {
                        next++;
                    }
                    assertTrue(next < frames.size() && frames.get(next)[0] == SYNC_REFUSED, "process " + pid);
                    again++;
                }
            }
            return again;
        }

        private int last(int before) {
            for (int i = before - 1; i >= 0; i--) {
                if (frames.get(i)[1] == frames.get(before)[1]) {
                    return frames.get(i)[0];
                }
            }
            return 0;
        }
    }

    /** Backups of programs that sync all the time are given up for others that run there: some while they sync. */
    @Test
    void aSyncWithoutARecordIsRefusedAgain() throws IOException, UserError {
        Rig rig = Rig.bootedWith(4);
        Told told = new Told();
        rig.machine.listen(told);
        rig.good("echo 'while :; do ft -c 100000 /usr/workloads/held; done' >/tmp/s");
        rig.good("for i in 1 2; do on 2 sh /tmp/s >/dev/null & done; true");
        for (int round = 0; round < 6; round++) {
            rig.pass(5 * SimulatedTime.SECOND);
            rig.run("/usr/tests/hog 1");
        }
        assertTrue(told.refusedAgain() > 0);
    }

    /**
     * A shell that has not synced since it forked, and its child, whose backup is too great for board 0. Without the
     * child's record the shell's would make a second one, which says all again: the checker of counts would tell.
     */
    @Test
    void aFamilyIsGivenUpTogether() throws IOException, UserError {
        Rig rig = Rig.bootedWith(4);
        rig.good("echo '/usr/tests/hog 90; true' >/tmp/parent");
        rig.good("ft -r 500 -c 100000000 on 2 sh /tmp/parent >/tmp/out & true");
        rig.pass(4 * SimulatedTime.SECOND);
        int parent = pidOnBoard2(rig, "sh");
        int child = pidOnBoard2(rig, "hog");
        for (int pid : new int[] {parent, child}) {
            assertTrue(rig.diagnostics().lines().anyMatch(line -> line.contains("no room for the backup of")
                && line.endsWith("(" + pid + ")")), "process " + pid + "; " + rig.diagnostics());
        }
        rig.inject("board 2 pull");
        rig.members(0b011);
        rig.pass(4 * SimulatedTime.SECOND);
        assertFalse(rig.good("ps -b").lines().anyMatch(line -> line.strip().startsWith(child + " ")));
    }

    private static int pidOnBoard2(Rig rig, String name) {
        return rig.backing()
            .filter(f -> f[1].equals("2") && f[f.length - 1].equals(name))
            .mapToInt(f -> Integer.parseInt(f[0])).findFirst().orElseThrow();
    }
}
