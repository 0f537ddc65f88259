package triplex.m68k.jit;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** What is kept for all machines keeps none of them. */
class CodeCacheTest {
    private static final int COLLECTIONS = 50;

    private static WeakReference<byte[]> memoryOfABoard(CodeCache cache) {
        FuzzBoard board = new FuzzBoard(cache, 1);
        board.load(0x7E7F, 0x5280, 0x51CF, 0xFFFC, 0x4E72, 0x2700);
        board.cpu.run(100_000);
        assertTrue(cache.size() > 0);
        return new WeakReference<>(board.ram);
    }

    @Test
    void aBoardThatIsGoneIsNotKept() {
        CodeCache cache = new CodeCache(30);
        WeakReference<byte[]> memory = memoryOfABoard(cache);
        for (int k = 0; k < COLLECTIONS && memory.get() != null; k++) {
            System.gc();
        }
        assertNull(memory.get());
        assertTrue(cache.size() > 0);
    }
}
