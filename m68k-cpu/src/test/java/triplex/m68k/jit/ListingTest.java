package triplex.m68k.jit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import triplex.m68k.Targets;
import triplex.m68k.WordSource;

/** Listings of compiled code: complete, beside the right instruction, and without any effect on the code. */
class ListingTest {
    private static final int START = 0x1000;
    /** Loads, a store, a call, a computed jump, a loop. */
    private static final int[] PROGRAM = {0xD259, 0x3481, 0x6106, 0x51C8, 0xFFF8, 0x4ED0, 0x5282, 0x4E75};

    private final WordSource memory = a -> a >= START && a < START + 2 * PROGRAM.length
        ? PROGRAM[a - START >> 1] : 0x4E72;

    private RegionCompiler.Compiled compile(int listed) {
        RegionCompiler compiler = new RegionCompiler();
        compiler.list(listed);
        return compiler.compile(memory, START, new Search(new Targets(), at -> -1, false), 50);
    }

    @Test
    void itChangesNoByte() {
        RegionCompiler.Compiled plain = compile(START + 0x100);
        assertNull(plain.listing());
        RegionCompiler.Compiled listed = compile(START + 2);
        assertNotNull(listed.listing());
        assertArrayEquals(plain.bytes(), listed.bytes());
    }

    @Test
    void bytecodeStandsBesideItsInstruction() {
        String text = compile(START).listing();
        List<String> rows = text.lines().toList();
        assertTrue(rows.get(0).matches("region 001000: 7 instructions, \\d+ blocks, \\d+ entries, \\d+ bytes .*"),
            text);
        int add = index(rows, "001000  add.w ");
        int dbf = index(rows, "001006  dbf ");
        int inc = index(rows, "00100c  addq.l ");
        assertTrue(add > 0 && add < dbf && dbf < inc, text);
        assertTrue(rows.subList(add, dbf).stream().anyMatch(row -> row.endsWith("iinc a1 2")), text);
        assertTrue(rows.subList(dbf, inc).stream().anyMatch(row -> row.endsWith("istore d0")), text);
        assertTrue(rows.get(index(rows, "-- the way in")).contains("L"), text);
        assertFalse(text.contains("null"), text);
    }

    @Test
    void eachLabelStandsOnce() {
        List<String> rows = compile(START).listing().lines().toList();
        List<String> labels = rows.stream().filter(row -> row.matches(".*\\bL\\d+:"))
            .map(row -> row.substring(row.lastIndexOf(' ') + 1)).filter(label -> label.endsWith(":")).toList();
        assertEquals(labels.size(), labels.stream().distinct().count());
        for (String row : rows) {
            if (row.matches(".*(goto|if\\w+) L\\d+")) {
                assertTrue(labels.contains(row.substring(row.lastIndexOf(' ') + 1) + ":"), row);
            }
        }
    }

    private static int index(List<String> rows, String start) {
        for (int k = 0; k < rows.size(); k++) {
            if (rows.get(k).startsWith(start)) {
                return k;
            }
        }
        return -1;
    }
}
