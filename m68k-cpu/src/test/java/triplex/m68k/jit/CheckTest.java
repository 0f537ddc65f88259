package triplex.m68k.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import triplex.m68k.CompiledCode;
import triplex.m68k.EngineDifference;
import triplex.m68k.Targets;
import triplex.m68k.Translation;
import triplex.m68k.Translator;
import triplex.m68k.WordSource;

/** The engine that checks itself: silent on right code, and it stops at an error planted in each family. */
class CheckTest {
    private static final int LOOPS = 40;

    /** Compiles one word of the program as if it were another. */
    private record Mistaken(int right, int wrong, CodeCache cache) implements Translator {
        @Override
        public Translation known(WordSource memory, int pc) {
            return null;
        }

        @Override
        public Translation translate(WordSource memory, int pc, Targets targets, Visits visits,
            CompiledCode outgrown) {
            Translation t = cache.translate(a -> memory.word(a) == right ? wrong : memory.word(a), pc, targets,
                visits, outgrown);
            if (t == null) {
                return null;
            }
            StringBuilder words = new StringBuilder();
            for (int n = 0; n < t.ranges().length; n += 2) {
                for (int a = t.ranges()[n]; a != t.ranges()[n + 1]; a += 2) {
                    words.append((char) memory.word(a));
                }
            }
            return new Translation(t.pc(), t.code(), t.entries(), t.ranges(), words.toString().toCharArray());
        }
    }

    /** A loop with one instruction of interest, on a board that compiles at once and checks. */
    private static FuzzBoard board(int word, int compiledAs) {
        return board(word, word, compiledAs);
    }

    /** The same, but any word of the loop may be taken for another. */
    private static FuzzBoard board(int word, int right, int wrong) {
        FuzzBoard board = new FuzzBoard(new Mistaken(right, wrong, new CodeCache(30)), 1);
        board.load(0x7E00 | LOOPS, 0x41F9, 0, 0xA000, 0x72B3, 0x7485, 0x20BC, 0x1234, 0x5678, word, 0x4E71,
            0x51CF, 0xFFEA, 0x4E72, 0x2700);
        board.cpu.checkCode();
        return board;
    }

    @ParameterizedTest
    @CsvSource({"d481,9481,add as sub", "c481,8481,and as or", "b481,b581,cmp as eor", "2410,2010,other register",
        "2410,3410,long as word", "2081,2281,other destination", "e38a,e28a,lsl as lsr", "e282,e28a,asr as lsr",
        "e39a,e29a,rol as ror", "0342,0382,bchg as bclr", "c4c1,c5c1,mulu as muls", "84c1,85c1,divu as divs",
        "4482,4682,neg as not", "4842,4882,swap as ext", "6702,6602,beq as bne", "57c2,56c2,seq as sne",
        "d581,9581,addx as subx", "4850,4e71,pea as nop", "c142,c141,exg of others",
        "e2aa,e38a,by register as by one", "4e71,7400,nop as moveq"})
    void plantedErrorIsFound(String right, String wrong, String what) {
        int word = Integer.parseInt(right, 16);
        FuzzBoard good = board(word, word);
        good.cpu.run(good.cpu.cycles + 40_000);
        assertTrue(good.cpu.instructions() > LOOPS, what);
        FuzzBoard bad = board(word, Integer.parseInt(wrong, 16));
        EngineDifference e = assertThrows(EngineDifference.class, () -> bad.cpu.run(bad.cpu.cycles + 40_000), what);
        assertTrue(e.getMessage().contains("0100"), e.getMessage());
    }

    @Test
    void plantedErrorInTheLoopItselfIsFound() {
        FuzzBoard bad = board(0x4E71, 0x51CF, 0x56CF);
        EngineDifference e = assertThrows(EngineDifference.class, () -> bad.cpu.run(bad.cpu.cycles + 40_000),
            "dbf as dbne");
        assertTrue(e.getMessage().contains("0100"), e.getMessage());
    }

    @Test
    void randomProgramsAreCheckedInSilence() {
        for (long seed = 1000; seed < 1020; seed++) {
            FuzzProgram program = new FuzzProgram(seed);
            FuzzBoard plain = new FuzzBoard(null, 0);
            FuzzBoard checked = new FuzzBoard(new CodeCache(40), 2);
            for (FuzzBoard board : new FuzzBoard[] {plain, checked}) {
                program.load(board);
                FuzzProgram.registers(new java.util.Random(seed), board);
            }
            checked.cpu.checkCode();
            for (int k = 0; k < 20; k++) {
                long until = plain.cpu.cycles + 3000;
                plain.cpu.run(until);
                checked.cpu.run(until);
                assertEquals(plain.sum(), checked.sum(), "seed " + seed);
                assertEquals(plain.cpu.cycles, checked.cpu.cycles, "seed " + seed);
            }
        }
    }
}
