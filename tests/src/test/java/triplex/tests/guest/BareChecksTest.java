package triplex.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.bare.BareOptions;
import triplex.bare.BareRunner;
import triplex.disk.GuestArchive;
import triplex.m68k.jit.Engine;
import triplex.machine.GuestFiles;
import triplex.machine.UserError;

/**
 * The programs of {@code guest-os/bare/checks} on an emulated board: arithmetic that the compiler leaves to the
 * library, and memory functions. Their text is what a host's compiler made of the same sources; floating point is also
 * computed here, by Java's own IEEE 754 arithmetic, over the same 10,000 random operands for each operation.
 */
class BareChecksTest {
    private static final int TURNS = 10_000;
    private static final Path EXPECTED = Path.of("..", "guest-os", "bare", "checks");
    private static final long[] SPECIAL = {0, 1, 0xfffffffffffffL, 0x10000000000000L, 0x3ff0000000000000L,
        0x7fefffffffffffffL, 0x7ff0000000000000L, 0x7ff8000000000000L, 0x3ff0000000000001L, 0x41dfffffffc00000L};
    private static final int[] SPECIAL_SINGLE = {0, 1, 0x7fffff, 0x800000, 0x3f800000, 0x7f7fffff, 0x7f800000,
        0x7fc00000, 0x4effffff};

    @TempDir
    private Path folder;
    private long state = 88172645463325252L;
    private int sum;

    private String run(String name) throws IOException, UserError {
        GuestArchive archive = GuestFiles.archive();
        Path program = folder.resolve(name);
        Files.write(program, archive.member("checks/" + name));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = BareRunner.run(new BareOptions(program, 1, 0, "", Set.of(), Engine.STANDARD),
                new PrintStream(out, true),
                new PrintStream(err, true));
        assertEquals(0, status, err.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arith", "memory"})
    void printsWhatAHostPrints(String name) throws IOException, UserError {
        assertEquals(Files.readString(EXPECTED.resolve(name + ".expected")), run(name));
    }

    @Test
    void softFloatIsRightToTheLastBit() throws IOException, UserError {
        Map<String, String> wanted = computed();
        assertEquals(15, wanted.size());
        Map<String, String> got = new LinkedHashMap<>();
        run("arith").lines().filter(line -> wanted.containsKey(line.substring(0, 24).strip()))
                .forEach(line -> got.put(line.substring(0, 24).strip(), line.substring(24).strip()));
        assertEquals(wanted, got);
    }

    // The generator and the checksum of bare/checks/arith.c ---------------------------------------------------------

    private long random() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return state;
    }

    private void mix(long value) {
        sum = Integer.rotateLeft(sum, 5) + ((int) value ^ (int) (value >>> 32) * 0x9e3779b1);
    }

    private void mix(double value) {
        mix(Double.isNaN(value) ? 1 : Double.doubleToRawLongBits(value));
    }

    private void mix(float value) {
        mix(Float.isNaN(value) ? 1 : Float.floatToRawIntBits(value) & 0xffffffffL);
    }

    private double operand(int turn) {
        long bits = random();
        if (turn % 17 == 0) {
            bits = SPECIAL[(int) Long.remainderUnsigned(bits, 10)] | bits & 0x8000000000000000L;
        } else if (turn % 3 != 0) {
            bits = bits & 0x807fffffffffffffL | 0x3f80000000000000L;
        } else if (turn % 5 == 0) {
            bits &= 0x800fffffffffffffL;
        }
        return Double.longBitsToDouble(bits);
    }

    private float single(int turn) {
        int bits = (int) (random() >>> 16);
        if (turn % 17 == 0) {
            bits = SPECIAL_SINGLE[Integer.remainderUnsigned(bits, 9)] | bits & 0x80000000;
        } else if (turn % 3 != 0) {
            bits = bits & 0x81ffffff | 0x3e000000;
        } else if (turn % 5 == 0) {
            bits &= 0x807fffff;
        }
        return Float.intBitsToFloat(bits);
    }

    private interface Doubles {
        void over(double a, double b);
    }

    private interface Floats {
        void over(float a, float b);
    }

    private interface Longs {
        void over(long a, long b);
    }

    private String checksum() {
        return String.format("%08x", sum);
    }

    private String doubles(Doubles operation) {
        sum = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            double a = operand(turn);
            operation.over(a, operand(turn + 1));
        }
        return checksum();
    }

    private String floats(Floats operation) {
        sum = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            float a = single(turn);
            operation.over(a, single(turn + 1));
        }
        return checksum();
    }

    private String longs(Longs operation) {
        sum = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            long first = random();
            long a = first >>> (random() & 63);
            long second = random();
            operation.over(a, second >>> (random() & 63));
        }
        return checksum();
    }

    private static long relations(boolean less, boolean notGreater, boolean equal, boolean greater, boolean notLess) {
        return (less ? 1 : 0) | (notGreater ? 2 : 0) | (equal ? 4 : 8) | (greater ? 16 : 0) | (notLess ? 32 : 0);
    }

    /** The lines about floating point, in the order in which the program draws its operands. */
    private Map<String, String> computed() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("double +", doubles((a, b) -> mix(a + b)));
        lines.put("double -", doubles((a, b) -> mix(a - b)));
        lines.put("double *", doubles((a, b) -> mix(a * b)));
        lines.put("double /", doubles((a, b) -> mix(a / b)));
        lines.put("double compared", doubles((a, b) -> mix(relations(a < b, a <= b, a == b, a > b, a >= b))));
        lines.put("double to float", doubles((a, b) -> mix((float) a + (float) b)));
        lines.put("double to integers", doubles(this::integersOf));
        lines.put("float +", floats((a, b) -> mix(a + b)));
        lines.put("float -", floats((a, b) -> mix(a - b)));
        lines.put("float *", floats((a, b) -> mix(a * b)));
        lines.put("float /", floats((a, b) -> mix(a / b)));
        lines.put("float compared", floats((a, b) -> mix(relations(a < b, a <= b, a == b, a > b, a >= b))));
        lines.put("float to double", floats((a, b) -> mix((double) a + (double) b)));
        lines.put("float to integers", floats(this::integersOf));
        for (int skipped = 0; skipped < 5; skipped++) {
            longs((a, b) -> { });
        }
        lines.put("integers to floats", longs(this::floatsOf));
        return lines;
    }

    private void integersOf(double a, double b) {
        if (a > -2e9 && a < 2e9) {
            mix((int) a & 0xffffffffL);
        }
        if (b > -9e18 && b < 9e18) {
            mix((long) b);
        }
        if (a >= 0 && a < 1.8e19) {
            mix(new BigDecimal(a).toBigInteger().longValue());
        }
    }

    private void integersOf(float a, float b) {
        if (a > -2e9f && a < 2e9f) {
            mix((int) a & 0xffffffffL);
        }
        if (b > -9e18f && b < 9e18f) {
            mix((long) b);
        }
    }

    private void floatsOf(long a, long b) {
        mix(Float.parseFloat(Long.toUnsignedString(a)));
        mix((float) a);
        mix((float) (b & 0xffffffffL));
        mix((float) (int) b);
        mix(Double.parseDouble(Long.toUnsignedString(a)));
        mix((double) b);
        mix((double) (a & 0xffffffffL));
        mix((double) (int) a);
    }
}
