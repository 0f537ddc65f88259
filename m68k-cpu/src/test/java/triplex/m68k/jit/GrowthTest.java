package triplex.m68k.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import triplex.m68k.Translation;

/** Regions that are left often for each other become one, also through a call whose target only the run tells. */
class GrowthTest {
    private static final int LOOP = FuzzProgram.CODE + 4;
    private static final int ROUTINE = FuzzProgram.CODE + 12;
    private static final int NEVER = FuzzProgram.CODE + 32;
    /** Calls a routine by a register, for ever; what follows its BMI is never reached. */
    private static final int[] WORDS = {0x41FA, 0x000A, 0x4E90, 0x5281, 0x60FA, 0x4E71, 0x5240, 0x4240, 0x6B0E, 0x4E75,
        0x4E71, 0x4E71, 0x4E71, 0x4E71, 0x4E71, 0x4E71, 0x5282, 0x4E75};

    private static FuzzBoard board(CodeCache cache) {
        FuzzBoard board = new FuzzBoard(cache, 4);
        board.load(WORDS);
        return board;
    }

    private static boolean covers(Translation t, int address) {
        return IntStream.range(0, t.ranges().length / 2)
            .anyMatch(n -> t.ranges()[2 * n] <= address && address < t.ranges()[2 * n + 1]);
    }

    @Test
    void regionsGrowAlongWhatIsExecuted() {
        CodeCache cache = new CodeCache(2);
        FuzzBoard plain = board(null);
        FuzzBoard compiled = board(cache);
        for (int piece = 0; piece < 400; piece++) {
            long until = plain.cpu.cycles + 997;
            plain.cpu.run(until);
            compiled.cpu.run(until);
            assertEquals(plain.cpu.cycles, compiled.cpu.cycles);
            assertEquals(plain.cpu.instructions(), compiled.cpu.instructions());
            assertEquals(plain.cpu.d(1), compiled.cpu.d(1));
            assertEquals(plain.sum(), compiled.sum());
        }
        Translation t = cache.known(a -> (compiled.ram[a] & 0xFF) << 8 | compiled.ram[a + 1] & 0xFF, ROUTINE);
        assertTrue(t.code().generation() > 0, "none has grown");
        assertTrue(covers(t, LOOP) && covers(t, ROUTINE), "the call and what it calls are one");
        assertFalse(covers(t, NEVER), "what is never executed stays out");
    }
}
