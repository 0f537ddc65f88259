package triplex.m68k.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import triplex.m68k.Cpu;
import triplex.m68k.State;

/**
 * Random programs on the interpreter and as compiled code, in lockstep with random deadlines, interrupts, changes of
 * memory from outside and closed maps. {@code -Dtriplex.fuzz.seed=N} runs one seed, {@code -Dtriplex.fuzz.count=N} more
 * of them; the profile {@code fuzz} many. A program that fails is shrunk: nothing moves, but instructions become NOP.
 */
class FuzzTest {
    private static final int PIECES = 60;

    private static List<String> state(Cpu cpu) {
        List<String> list = new ArrayList<>();
        cpu.state(new State() {
            @Override
            public int i(String name, int value) {
                list.add(name + "=" + Integer.toHexString(value));
                return value;
            }

            @Override
            public long l(String name, long value) {
                list.add(name + "=" + value);
                return value;
            }
        });
        return list;
    }

    /** Null, or where and how the two differ. */
    private static String difference(long seed, FuzzProgram program) {
        Random random = new Random(seed);
        FuzzBoard plain = new FuzzBoard(null, 0);
        FuzzBoard compiled = new FuzzBoard(new CodeCache(1 + random.nextInt(120)), 1 + random.nextInt(4));
        for (FuzzBoard board : new FuzzBoard[] {plain, compiled}) {
            program.load(board);
        }
        FuzzProgram.registers(random, plain, compiled);
        for (int piece = 0; piece < PIECES && !plain.cpu.halted(); piece++) {
            long deadline = plain.cpu.cycles + (random.nextInt(3) == 0 ? random.nextInt(60) : random.nextInt(4000));
            if (random.nextInt(8) == 0) {
                int level = random.nextInt(8);
                plain.cpu.setIpl(level);
                compiled.cpu.setIpl(level);
            }
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> FuzzProgram.registers(random, plain, compiled);
                case 3 -> {
                    int at = FuzzProgram.CODE + 2 * random.nextInt(program.words.size());
                    int word = random.nextInt(0x10000);
                    plain.store(at, word);
                    compiled.store(at, word);
                }
                case 4 -> compiled.close();
                default -> {
                    // Nothing comes from outside.
                }
            }
            plain.cpu.run(deadline);
            compiled.cpu.run(deadline);
            List<String> differences = compare(plain, compiled);
            if (!differences.isEmpty()) {
                return "piece " + piece + ": " + differences;
            }
        }
        return null;
    }

    private static void run(long seed) {
        FuzzProgram program = new FuzzProgram(seed);
        String difference = difference(seed, program);
        if (difference != null) {
            FuzzProgram small = program.shrunk(p -> difference(seed, p) != null);
            fail("-Dtriplex.fuzz.seed=" + seed + ", " + difference + "\nshrunk, " + difference(seed, small) + "\n"
                + small.listing());
        }
    }

    private static List<String> compare(FuzzBoard plain, FuzzBoard compiled) {
        List<String> differences = new ArrayList<>();
        List<String> expected = state(plain.cpu);
        List<String> actual = state(compiled.cpu);
        if (!expected.equals(actual) || plain.sum() != compiled.sum()) {
            for (int k = 0; k < expected.size(); k++) {
                if (!expected.get(k).equals(actual.get(k))) {
                    differences.add(actual.get(k) + " instead of " + expected.get(k));
                }
            }
            for (int a = 0; a < plain.ram.length && differences.size() < 20; a++) {
                if (plain.ram[a] != compiled.ram[a]) {
                    differences.add(String.format("[%06x]=%02x instead of %02x", a, compiled.ram[a], plain.ram[a]));
                }
            }
            if (differences.isEmpty()) {
                differences.add("what was seen outside");
            }
        }
        return differences;
    }

    /** What a program is left with that fails as long as it has two instructions. */
    @Test
    void aProgramThatFailsIsShrunk() {
        FuzzProgram program = new FuzzProgram(11);
        String first = "mulu";
        String second = "bset";
        assertTrue(program.listing().contains(first) && program.listing().contains(second), program::listing);
        FuzzProgram small = program.shrunk(p -> p.listing().contains(first) && p.listing().contains(second));
        assertEquals(2, small.listing().lines().count(), small::listing);
        assertEquals(program.words.size(), small.words.size());
    }

    @Test
    void compiledCodeAndInterpreterAgreeAtEveryDeadline() {
        Long one = Long.getLong("triplex.fuzz.seed");
        if (one != null) {
            run(one);
            return;
        }
        int count = Integer.getInteger("triplex.fuzz.count", 150);
        assertTrue(count > 0);
        for (long seed = 0; seed < count; seed++) {
            run(seed);
        }
    }
}
