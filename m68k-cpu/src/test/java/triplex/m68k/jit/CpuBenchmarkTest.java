package triplex.m68k.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The benchmarks do the same work by each engine, and compiled code in its steady state allocates nothing. */
class CpuBenchmarkTest {
    private static final int WARM = 40;
    private static final int ROUNDS = 20;
    /** Whatever the Java machine itself allocates in this thread; a byte for each of a million instructions is more. */
    private static final long NOTHING = 100_000;

    private static CpuBenchmark benchmark(CpuBenchmark.Program program, String engine, int piece) {
        CpuBenchmark b = new CpuBenchmark();
        b.program = program;
        b.engine = engine;
        b.piece = piece;
        b.begin();
        return b;
    }

    @ParameterizedTest
    @EnumSource
    void enginesAgree(CpuBenchmark.Program program) {
        CpuBenchmark plain = benchmark(program, "interp", CpuBenchmark.CYCLES);
        CpuBenchmark compiled = benchmark(program, "jit", 256);
        for (int k = 0; k < 3; k++) {
            assertEquals(plain.millionCycles(), compiled.millionCycles());
            assertEquals(plain.cycles(), compiled.cycles());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsAllocatedForInstructions(CpuBenchmark.Program program) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String engine : new String[] {"interp", "jit"}) {
            CpuBenchmark b = benchmark(program, engine, CpuBenchmark.CYCLES);
            for (int k = 0; k < WARM; k++) {
                b.millionCycles();
            }
            long instructions = b.millionCycles();
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int k = 0; k < ROUNDS; k++) {
                b.millionCycles();
            }
            long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            instructions = b.millionCycles() - instructions;
            assertTrue(instructions > NOTHING && allocated < NOTHING,
                engine + ": " + allocated + " bytes for " + instructions + " instructions");
        }
    }
}
