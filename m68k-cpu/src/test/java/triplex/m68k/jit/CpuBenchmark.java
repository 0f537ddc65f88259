package triplex.m68k.jit;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The processor alone: time for a million guest cycles of small programs that never end, by engine and by the length of
 * the pieces between deadlines, on a Java machine with the launcher's options.
 * {@code mvn -B test-compile exec:exec -Pjmh -pl m68k-cpu} runs all of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:-ClipInlining"})
public class CpuBenchmark {
    /** Guest cycles of one call. */
    static final int CYCLES = 1_000_000;
    private static final int HOT = 1000;

    /** The programs; they stand at {@link FuzzProgram#CODE}, the stack is below 9000h. */
    public enum Program {
        /** Arithmetic in registers. */
        REGISTERS(0x5280, 0xD280, 0xB382, 0xE38A, 0x51CF, 0xFFF6, 0x60F2),
        /** Long words copied, 256 a round. */
        COPY(0x41F9, 0, 0xA000, 0x43F9, 0, 0xB000, 0x7EFF, 0x0247, 0x00FF, 0x22D8, 0x51CF, 0xFFFC, 0x60E6),
        /** Calls of a routine that saves registers. */
        CALLS(0x6102, 0x60FC, 0x48E7, 0xF0E0, 0x5280, 0x4CDF, 0x070F, 0x4E75),
        /** Multiplication and division, whose times depend on their operands. */
        ARITHMETIC(0x303C, 0x7531, 0xC0C1, 0x82FC, 0x0123, 0x5241, 0x60F2);

        private final int[] words;

        Program(int... words) {
            this.words = words;
        }
    }

    /** What runs. */
    @Param
    public Program program;

    /** interp or jit. */
    @Param({"interp", "jit"})
    public String engine;

    /** Cycles from one deadline to the next. */
    @Param({"1000000", "256"})
    public int piece;

    private FuzzBoard board;

    /** A new board and, for jit, an empty cache. */
    @Setup
    public void begin() {
        board = new FuzzBoard(engine.equals("jit") ? new CodeCache(50) : null, HOT);
        board.load(program.words);
    }

    /** A million cycles and what the last instruction takes more. Returns the instructions so far. */
    @Benchmark
    public long millionCycles() {
        long end = board.cpu.cycles + CYCLES;
        while (board.cpu.cycles < end) {
            board.cpu.run(Math.min(end, board.cpu.cycles + piece));
        }
        return board.cpu.instructions();
    }

    /** The clock, so that a test can compare. */
    long cycles() {
        return board.cpu.cycles;
    }
}
