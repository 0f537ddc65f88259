package triplex.tests.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import triplex.m68k.jit.Engine;
import triplex.machine.UserError;

/** Interpreter and compiled code give the same digests, in a cold and in a warm Java machine. */
class EngineTest {
    private static final int STEP = 430;
    private static final int END = 11_500;
    private static final String[] SESSION = {
        "5200 keys 0 \"ls -l /bin | sort | wc; on 1 echo one\\n\"", "8400 fault lane A noise 700 seed 5 at board 0",
        "9000 keys 0 \"on 2 ls -l /etc; ps -e\\n\"", "9700 fault board 1 pull", "10700 keys 0 \"boards; sync\\n\""};

    @Test
    void bootAndTakeover() throws IOException, UserError {
        List<Integer> checks = new ArrayList<>();
        for (int at = STEP; at <= END; at += STEP) {
            checks.add(at);
        }
        Course course = Course.of(3, checks, SESSION);
        List<Long> reference = new Way.By(Engine.INTERP).digests(course);
        assertEquals(reference, new Way.By(Engine.JIT).digests(course), "cold");
        assertEquals(reference, new Way.By(Engine.JIT).digests(course), "warm");
    }
}
