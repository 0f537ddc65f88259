package triplex.m68k;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import triplex.m68k.jit.CodeCache;

/**
 * A loop that stays in one region is entered anew from time to time though the deadline is far, so that Java sees calls
 * of it; that changes neither the state nor the moment at which the interpreter takes over.
 */
class SliceTest {
    private static final int ADDQ_1_D1 = 0x5281;
    private static final int MULU_D3_D2 = 0xC4C3;
    private static final int BRA = 0x6000;
    private static final int NOP = 0x4E71;
    /** So many take longer than a slice. */
    private static final int MULTIPLIES = 40;
    private static final int HOT = 4;
    private static final long FAR = 5_000_003;

    private int calls;

    private final class Counting extends CompiledCode {
        private final CompiledCode code;

        Counting(CompiledCode code) {
            this.code = code;
            exits = code.exits;
            generation = code.generation;
        }

        @Override
        protected int run(Cpu cpu, int entry) {
            calls++;
            return code.run(cpu, entry);
        }
    }

    private final class CountingTranslator implements Translator {
        private final CodeCache cache = new CodeCache(MULTIPLIES + 4);

        @Override
        public Translation known(WordSource memory, int pc) {
            return null;
        }

        @Override
        public Translation translate(WordSource memory, int pc, Targets targets, Visits visits, CompiledCode outgrown) {
            Translation t = outgrown == null ? cache.translate(memory, pc, targets, visits, null) : null;
            if (t == null) {
                return null;
            }
            return new Translation(t.pc(), new Counting(t.code()), t.entries(), t.ranges(), t.words());
        }
    }

    private static TestBoard board(int multiplies) {
        int[] code = new int[multiplies + 5];
        Arrays.fill(code, MULU_D3_D2);
        code[0] = ADDQ_1_D1;
        code[multiplies + 1] = BRA;
        code[multiplies + 2] = -2 * multiplies - 4 & 0xFFFF;
        code[multiplies + 3] = NOP;
        code[multiplies + 4] = NOP;
        return new TestBoard(code).mapped();
    }

    private void run(int multiplies) {
        TestBoard plain = board(multiplies);
        TestBoard compiled = board(multiplies);
        compiled.cpu.setCode(new CodeMap(new CountingTranslator(), HOT, compiled.ram.length, offset -> { }));
        for (int piece = 1; piece < 4; piece++) {
            plain.cpu.run(piece * FAR);
            compiled.cpu.run(piece * FAR);
            assertEquals(plain.cpu.cycles, compiled.cpu.cycles);
            assertEquals(plain.cpu.instructions(), compiled.cpu.instructions());
            assertEquals(plain.cpu.pc(), compiled.cpu.pc());
            assertEquals(plain.cpu.d(1), compiled.cpu.d(1));
            assertEquals(plain.cpu.sr(), compiled.cpu.sr());
        }
    }

    @Test
    void loopsAreEnteredAnew() {
        run(0);
        assertTrue(calls > 3 * FAR / 1000 && calls < 3 * FAR / 200, "calls: " + calls);
    }

    @Test
    void blocksMayBeLongerThanSlices() {
        run(MULTIPLIES);
        assertTrue(calls > 500 && calls < 3 * FAR / 1000, "calls: " + calls);
    }
}
