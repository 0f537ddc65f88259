package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import triplex.hw.BusListener;
import triplex.hw.Layout;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** The checkers that run in every machine here find nothing in a sound one, and each planted fault. */
class CheckersTest {
    private static final List<byte[]> FRAMES = new ArrayList<>();
    private static Rig rig;
    private static Rig.Saved sound;

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(3);
        rig.machine.listen(new BusListener() {
            @Override
            public void committed(long cycle, int commit, byte[] frame) {
                FRAMES.add(frame);
            }
        });
        rig.good("on 1 ls /bin | on 2 wc");
        rig.pass(SimulatedTime.SECOND / 10);
        sound = rig.save();
    }

    @AfterEach
    void again() {
        rig.restore(sound);
    }

    @Test
    void aSoundMachineIsFoundSound() {
        assertTrue(rig.lockstep.frames() > 1000 && rig.lockstep.consumed() > rig.lockstep.frames());
        assertTrue(rig.counts.compared() > 500, rig.counts.compared() + " copies compared");
        assertEquals(List.of(), rig.counts.standing());
    }

    private void found(String what) {
        AssertionFailedError error = assertThrows(AssertionFailedError.class,
            () -> rig.pass(SimulatedTime.SECOND / 100));
        assertTrue(error.getMessage().contains(what), error.getMessage());
    }

    @Test
    void aFrameThatReachesNobodyIsFound() {
        byte[] frame = FRAMES.get(FRAMES.size() - 1);
        int commits = rig.machine.hardware().bus().commits();
        rig.lockstep.committed(rig.machine.now(), commits + 1, frame);
        rig.send("\n");
        rig.machine.run(rig.machine.now() + 1000);
        AssertionFailedError error = assertThrows(AssertionFailedError.class, () -> rig.run("ls"));
        String message = error.getMessage();
        assertTrue(message.contains("follows") || message.contains("is next"), message);
    }

    @Test
    void aFrameSentTwiceIsFound() {
        byte[] process = FRAMES.stream().filter(f -> f[Layout.FRAME_KIND] == Layout.KIND_DATA
            && (ByteBuffer.wrap(f).getInt(Layout.FRAME_TAG) & 0xFFFF) < 16).reduce((a, b) -> b).orElseThrow();
        rig.counts.committed(rig.machine.now(), 0, process);
        found("after number");
    }

    @Test
    void aWrongCountAtThePartnerIsFound() throws UserError {
        int known = Rig.kernel().symbols().find("known_table").address();
        boolean changed = false;
        for (int k = 0; k < 1024 && !changed; k++) {
            var entry = rig.tables.entries(1, "known_table").get(k);
            if (entry.value("channel") != 0 && entry.value("sender") == 4) {
                changed = rig.machine.debugWrite(1, known + k * 12 + 8, new byte[] {0, 0, 0, 99});
            }
        }
        assertTrue(changed);
        assertTrue(rig.counts.standing().toString().contains("knows of 99 sends"), rig.counts.standing().toString());
    }

    /** The partner's kernel no longer notes what it takes: its first instruction for that is made an RTS. */
    @Test
    void aPartnerThatDoesNotCountIsFound() throws UserError {
        int note = Rig.kernel().symbols().find("known_note").address();
        assertTrue(rig.machine.debugWrite(1, note, new byte[] {0x4E, 0x75}));
        AssertionFailedError error = assertThrows(AssertionFailedError.class, () -> rig.run("ls"));
        assertTrue(error.getMessage().contains("board 1 knows of"), error.getMessage());
    }

    @Test
    void aCopyAtAnotherBoardThanThePartnerIsFound() {
        byte[] process = lastOfShell();
        ByteBuffer f = ByteBuffer.wrap(process);
        f.putInt(Layout.FRAME_SENT, f.getInt(Layout.FRAME_SENT) + 1);
        for (int k = 0; k < process[Layout.FRAME_DESTINATIONS]; k++) {
            process[Layout.FRAME_DESTINATION + 2 * k] = (byte) (process[Layout.FRAME_DESTINATION + 2 * k] ^ 3);
        }
        rig.counts.committed(rig.machine.now(), 0, process);
        found("has its copy at board");
    }

    @Test
    void aSenderThatHasCountedOtherwiseIsFound() {
        byte[] process = lastOfShell();
        ByteBuffer f = ByteBuffer.wrap(process);
        f.putInt(Layout.FRAME_SENT, f.getInt(Layout.FRAME_SENT) + 1);
        rig.counts.committed(rig.machine.now(), 0, process);
        String standing = rig.counts.standing().toString();
        assertTrue(standing.matches(".*process \\d+ has counted \\d+ sends on channel.*"), standing);
        assertTrue(standing.matches(".*board \\d knows of \\d+ sends of process.*"), standing);
    }

    /** A copy of the last frame that the shell has sent on a channel of its own. */
    private byte[] lastOfShell() {
        int shell = rig.tables.entries(0, "processes").stream().filter(p -> p.text("name").equals("sh"))
            .mapToInt(p -> p.value("pid")).findFirst().orElseThrow();
        return FRAMES.stream().map(ByteBuffer::wrap).filter(f -> f.get(Layout.FRAME_KIND) == Layout.KIND_DATA
            && (f.getInt(Layout.FRAME_TAG) & 0xFFFF) == shell && f.getInt(Layout.FRAME_CHANNEL) >>> 4 == shell)
            .reduce((a, b) -> b).orElseThrow().array().clone();
    }
}
