package triplex.m68k.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import triplex.m68k.Targets;

/** Small innermost loops stand in their region several times, with one look at the deadline, exact as before. */
class LoopsTest {
    private static final int ROUNDS = 4;
    private static final int OUTER = FuzzProgram.CODE;
    private static final int INNER = FuzzProgram.CODE + 4;
    private static final int SKIPPED_TO = FuzzProgram.CODE + 10;
    /** Eight bits of a checksum: shift, and exclusive or if a bit fell out; then all again. */
    private static final int[] CHECKSUM = {0x7407, 0x5283, 0xE289, 0x6402, 0xB781, 0x51CA, 0xFFF8, 0x5284, 0x60EE};

    private static Region region(int... words) {
        return Region.find(new Decoder(), a -> {
            int k = a - FuzzProgram.CODE >> 1;
            return k >= 0 && k < words.length ? words[k] : 0x4E72;
        }, FuzzProgram.CODE, new Search(new Targets(), at -> -1, false), 50, ROUNDS);
    }

    private static List<Block> at(Region region, int address) {
        return region.order.stream().filter(block -> block.start == address).toList();
    }

    @Test
    void eachRoundGoesOnWithTheNext() {
        Region region = region(CHECKSUM);
        List<Block> heads = at(region, INNER);
        assertEquals(ROUNDS, heads.size());
        assertTrue(heads.get(0).checked);
        List<Block> ends = at(region, SKIPPED_TO);
        for (int k = 0; k < ROUNDS; k++) {
            assertEquals(k == 0, heads.get(k).checked, "only the first round looks");
            assertSame(ends.get(k), region.next(heads.get(k), SKIPPED_TO));
            assertSame(heads.get((k + 1) % ROUNDS), region.next(ends.get(k), INNER));
        }
        assertEquals(1, at(region, OUTER).size(), "it has a loop inside");
        assertSame(heads.get(0), region.next(at(region, OUTER).get(0), INNER));
    }

    @Test
    void longLoopsStandOnce() {
        int[] words = new int[20];
        Arrays.fill(words, 0x5283);
        words[19] = 0x60D8;
        assertEquals(1, region(words).order.size());
    }

    @Test
    void loopsThatCallStandOnce() {
        Region region = region(0x5283, 0x6102, 0x60FA, 0x5284, 0x4E75);
        assertEquals(region.blocks.size(), region.order.size());
    }

    /** The time from a look to the last instruction before the next one counts all rounds. */
    @Test
    void theLookAllowsForAllRounds() {
        Region one = region(0x5283, 0x60FC);
        assertEquals(ROUNDS, one.order.size());
        Block block = one.blocks.get(FuzzProgram.CODE);
        assertEquals(ROUNDS * block.most() - block.last().most(), block.bound);
    }

    @Test
    void everyDeadlineIsKept() {
        CodeCache cache = new CodeCache(50);
        FuzzBoard warm = new FuzzBoard(cache, 1);
        warm.load(CHECKSUM);
        warm.cpu.run(warm.cpu.cycles + 10_000);
        for (int length = 0; length < 700; length++) {
            FuzzBoard plain = new FuzzBoard(null, 0);
            FuzzBoard compiled = new FuzzBoard(cache, 1);
            for (FuzzBoard board : List.of(plain, compiled)) {
                board.load(CHECKSUM);
                board.cpu.setD(1, 0x9B64C2B0);
                for (int k = 0; k < 3; k++) {
                    board.cpu.run(board.cpu.cycles + 1000 + length);
                }
            }
            assertEquals(plain.cpu.cycles, compiled.cpu.cycles, "slices of " + length);
            assertEquals(plain.cpu.instructions(), compiled.cpu.instructions());
            assertEquals(plain.cpu.pc(), compiled.cpu.pc());
            for (int n = 1; n < 5; n++) {
                assertEquals(plain.cpu.d(n), compiled.cpu.d(n), "D" + n);
            }
            assertEquals(plain.cpu.sr(), compiled.cpu.sr());
        }
        assertNotNull(cache.known(a -> (warm.ram[a] & 0xFF) << 8 | warm.ram[a + 1] & 0xFF, INNER), "compiled");
    }
}
