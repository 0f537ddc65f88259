package triplex.m68k.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The JVM's first compiler, which counts for the second, takes the longest regions. It gives up where a method needs
 * too many virtual registers; one that it compiled before without counts then stays as it is, at a third of the speed.
 */
class CompilableTest {
    /** More than fit into a method. */
    private static final int MOST_INSTRUCTIONS = 500;
    private static final int CODE_WORDS = 1500;
    private static final long CYCLES = 40_000_000;
    private static final String GIVES_UP = "COMPILE SKIPPED";

    /** Pieces of a program, each the body of a loop that ends with DBF; the address registers are set before. */
    private enum Piece {
        /** A block is copied by longs: looked at together, and again one by one. */
        COPY(0x22D8, 0x22D8, 0x22D8, 0x22D8, 0x22D8, 0x22D8, 0x22D8, 0x22D8),
        /** Registers are saved, loaded, and saved elsewhere. */
        SAVE(0x48E7, 0x3F3E, 0x4CDF, 0x7CFC, 0x48D1, 0x00FC),
        /** Single accesses, arithmetic and branches on it. */
        MIX(0x2210, 0xD481, 0x6702, 0x2282, 0x3610, 0x9641, 0x6B02, 0x3283, 0xD551, 0xE189, 0xE6AA, 0xD541);

        private final int[] body;

        Piece(int... body) {
            this.body = body;
        }
    }

    /** Executes a long program of such pieces; run in a Java machine of its own. */
    public static void main(String[] args) {
        Piece piece = Piece.valueOf(args[0]);
        FuzzBoard board = new FuzzBoard(new CodeCache(MOST_INSTRUCTIONS), 1);
        IntStream.Builder words = IntStream.builder();
        int count = 0;
        while (count < CODE_WORDS) {
            int loop = count + add(words, 0x41F9, 0, 0xA000, 0x43F9, 0, 0xB000, 0x7003);
            count = loop + add(words, piece.body);
            count += add(words, 0x51C8, 2 * (loop - count) - 2 & 0xFFFF);
        }
        add(words, 0x6000, -2 * count - 2 & 0xFFFF);
        board.load(words.build().toArray());
        board.cpu.run(CYCLES);
    }

    /** How many there were. */
    private static int add(IntStream.Builder to, int... words) {
        Arrays.stream(words).forEach(to::add);
        return words.length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY", "SAVE", "MIX"})
    void firstCompilerTakesTheLongestRegions(String piece) throws IOException, InterruptedException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("java.class.path"), "-Xbatch", "-XX:TieredStopAtLevel=3", "-XX:-ClipInlining",
            "-XX:+PrintCompilation", CompilableTest.class.getName(), piece);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        List<String> regions = printed.lines().filter(line -> line.contains("Region1")).toList();
        assertTrue(regions.stream().anyMatch(line -> line.contains("::run (6")), String.join("\n", regions));
        assertTrue(regions.stream().noneMatch(line -> line.contains(GIVES_UP)), String.join("\n", regions));
    }
}
