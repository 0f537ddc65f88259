package triplex.m68k.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import triplex.m68k.Targets;

/**
 * C2 of Java 11 to 17 folds some comparisons of the form {@code a + MIN_VALUE < b + MIN_VALUE} wrongly (OpenJDK pull
 * request 30677): no region may have that form, and unsigned conditions are right in code that C2 has compiled.
 */
class UnsignedTest {
    /** Values near both ends and the middle, in a ring of a power of two. */
    private static final int[] CORNERS = {0, 1, 2, 0x7F, 0x80, 0x81, 0xFF, 0x7FFF, 0x8000, 0x8001, 0xFFFF, 0x10000,
        0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFFFF};
    private static final int VALUES = 0xA000;
    private static final int ROUNDS = 3000;

    /**
     * Compares each of sixteen long words with another, thousands of times; D2 to D5 count how often which of HI, LS,
     * CC and CS holds.
     */
    private static int[] program(int compare) {
        return new int[] {0x2E3C, 0, ROUNDS, 0x41F9, 0, VALUES, 0x43F9, 0, VALUES + 64, 0x7C0F,
            0x2018, 0x2219, compare, 0x6304, 0x5282, 0x6002, 0x5283,
            compare, 0x6504, 0x5284, 0x6002, 0x5285,
            0x51CE, 0xFFE6, 0x5387, 0x66D2, 0x4E72, 0x2700};
    }

    private static FuzzBoard board(CodeCache cache, int compare, int shift) {
        FuzzBoard board = new FuzzBoard(cache, 1);
        for (int k = 0; k < CORNERS.length; k++) {
            for (int list = 0; list < 2; list++) {
                int value = CORNERS[list == 0 ? k : k + shift & CORNERS.length - 1];
                board.store(VALUES + 64 * list + 4 * k, value >>> 16);
                board.store(VALUES + 64 * list + 4 * k + 2, value & 0xFFFF);
            }
        }
        board.load(program(compare));
        return board;
    }

    @ParameterizedTest
    @ValueSource(ints = {0xB001, 0xB041, 0xB081, 0x9001, 0x9041, 0x9081})
    void conditionsOfHotCode(int compare) {
        for (int shift = 0; shift < CORNERS.length; shift += 3) {
            FuzzBoard plain = board(null, compare, shift);
            FuzzBoard compiled = board(new CodeCache(50), compare, shift);
            while (!plain.cpu.stopped()) {
                plain.cpu.run(plain.cpu.cycles + 1_000_000);
                compiled.cpu.run(plain.cpu.cycles);
            }
            for (int n = 2; n < 6; n++) {
                assertEquals(plain.cpu.d(n), compiled.cpu.d(n), "D" + n + ", shift " + shift);
            }
            assertEquals(plain.cpu.cycles, compiled.cpu.cycles);
            assertEquals(ROUNDS * CORNERS.length, plain.cpu.d(2) + plain.cpu.d(3));
        }
    }

    /** Whether a class adds or exors {@code Integer.MIN_VALUE} anywhere. */
    private static boolean folds(byte[] bytes) {
        List<Integer> found = new ArrayList<>();
        new ClassReader(bytes).accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                    private boolean least;

                    @Override
                    public void visitLdcInsn(Object value) {
                        least = value.equals(Integer.MIN_VALUE);
                    }

                    @Override
                    public void visitInsn(int opcode) {
                        if (least && (opcode == Opcodes.IADD || opcode == Opcodes.IXOR || opcode == Opcodes.ISUB)) {
                            found.add(opcode);
                        }
                        least = false;
                    }

                    @Override
                    public void visitJumpInsn(int opcode, Label label) {
                        least = false;
                    }
                };
            }
        }, 0);
        return !found.isEmpty();
    }

    /** A loop of one instruction and a branch on a condition. */
    private static byte[] loop(int condition, int... words) {
        int n = words.length;
        RegionCompiler.Compiled compiled = new RegionCompiler().compile(
            a -> a / 2 < n ? words[a / 2] : a / 2 == n ? 0x6000 | condition << 8 | 0xFE - 2 * n : 0x4E75, 0,
            new Search(new Targets(), at -> -1, false), 10);
        assertNotNull(compiled);
        return compiled.bytes();
    }

    @Test
    void noRegionHasTheFormThatIsFoldedWrongly() throws java.io.IOException {
        for (int condition = 2; condition < 16; condition++) {
            for (int size = 0; size < 0xC0; size += 0x40) {
                for (int operation : new int[] {0xB001, 0x9001, 0xD001, 0x4A00}) {
                    assertFalse(folds(loop(condition, operation | size)), Integer.toHexString(operation | size));
                }
            }
            assertFalse(folds(loop(condition, 0x0C00, 0x80)));
            assertFalse(folds(loop(condition, 0x0C80, 0x8000, 1)));
        }
        try (java.io.InputStream in = UnsignedTest.class.getResourceAsStream("UnsignedTest$Folded.class")) {
            assertTrue(folds(in.readAllBytes()), "the form itself is noticed");
        }
    }

    /** The form itself. */
    static final class Folded {
        private Folded() {
        }

        static boolean below(int a, int b) {
            return a + Integer.MIN_VALUE < b + Integer.MIN_VALUE;
        }
    }
}
