package triplex.m68k;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at a map from compiled code, at all edges of pages, with the map's entries of all kinds. */
class LookTest {
    private static final int PAGE = 0x1000;
    private static final int[] HIGH = {0, 0x01000000, 0x7F000000, 0x80000000, 0xFF000000};
    private static final int[] PAGES = {0, 1, 2, 0x10, 0xFFE, 0xFFF};
    private static final int[] COUNTS = {2, 4, 6, 18, 62, 256};

    /** What the methods promise: an index, or any negative number, here -1. */
    private static int expected(int entry, int address, int count, boolean even) {
        int offset = address & PAGE - 1;
        boolean closed = entry < 0 || even && (address & 1) != 0 || offset + count > PAGE;
        return closed ? -1 : entry + offset;
    }

    private static void same(int expected, int actual, int entry, int address, int count) {
        assertEquals(expected, Math.max(actual, -1), () -> String.format("entry %x address %x bytes %d", entry, address,
            count));
    }

    /** The entry is so many pages from the identity; {@code CODE} or -1 stand for themselves. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 5})
    void indexIsThatOfTheEntry(int distance) {
        int[] map = new int[PAGE];
        for (int page : PAGES) {
            for (int kind = 0; kind < 3; kind++) {
                Arrays.fill(map, -1);
                int offset = (page + distance & PAGE - 1) * PAGE;
                map[page] = kind == 0 ? offset : kind == 1 ? offset | BusUnit.CODE : -1;
                for (int high : HIGH) {
                    for (int k = -300; k < 300; k++) {
                        look(map, high | page * PAGE | k & PAGE - 1);
                    }
                }
            }
        }
    }

    private static void look(int[] map, int address) {
        int entry = map[address >>> 12 & PAGE - 1];
        same(expected(entry, address, 1, false), CompiledCode.byteAt(map, address), entry, address, 1);
        same(expected(entry, address, 2, true), CompiledCode.wordAt(map, address), entry, address, 2);
        same(expected(entry, address, 4, true), CompiledCode.longAt(map, address), entry, address, 4);
        for (int count : COUNTS) {
            same(expected(entry, address, count, true), CompiledCode.bytesAt(map, address, count), entry, address,
                count);
            same(expected(entry, address, count - 1, false), CompiledCode.spanAt(map, address, count - 1), entry,
                address, count - 1);
        }
    }
}
