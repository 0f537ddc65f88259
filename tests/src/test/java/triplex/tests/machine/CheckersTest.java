package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import triplex.hw.BusListener;
import triplex.hw.Layout;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** The checkers that run in every machine here find nothing in a sound one, and each planted fault. */
class CheckersTest {
    private Rig rig;
    private final List<byte[]> frames = new ArrayList<>();

    @BeforeEach
    void boot() throws IOException, UserError {
        rig = Rig.booted(3);
        rig.machine.listen(new BusListener() {
            @Override
            public void committed(long cycle, int commit, byte[] frame) {
                frames.add(frame);
            }
        });
        rig.good("on 1 ls /bin | on 2 wc");
        rig.pass(SimulatedTime.SECOND / 10);
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
        byte[] frame = frames.get(frames.size() - 1);
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
        byte[] process = frames.stream().filter(f -> f[Layout.FRAME_KIND] == Layout.KIND_DATA
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
}
