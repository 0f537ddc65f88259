package triplex.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import triplex.m68k.jit.Engine;

/** {@code triplex bench} as it is typed, and its arithmetic. */
class BenchCommandTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String bench(String... args) throws Failure {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        assertEquals(0, BenchCommand.run(args,
                new Command.Context(Path.of("."), new ByteArrayInputStream(new byte[0]), out, out)));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void bothEnginesAreMeasured() throws Failure {
        List<String> rows = bench("--rounds", "1", "--cycles", "1", "sieve").lines().toList();
        assertEquals(5, rows.size(), rows.toString());
        assertTrue(rows.get(1).matches("sieve +interp +[0-9.]+ +[0-9.]+ +(\\d+)-\\1"), rows.get(1));
        assertTrue(rows.get(2).matches("sieve +jit +[0-9.]+ +[0-9.]+ +(\\d+)-\\1"), rows.get(2));
        assertTrue(rows.get(3).matches("geom. mean interp +[0-9.]+ *"), rows.get(3));
        assertTrue(rows.get(4).matches("geom. mean jit +[0-9.]+ *"), rows.get(4));
    }

    @Test
    void peersAreNamed() {
        for (String bad : new String[] {"vax", "", "qemu,", "qemu,vax"}) {
            Failure failure = assertThrows(Failure.class, () -> bench("--peer", bad, "sieve"));
            assertEquals(Failure.USAGE, failure.status());
            assertTrue(failure.getMessage().contains("qemu, qemu-icount"), failure.getMessage());
        }
    }

    @Test
    void ratiosPairRoundsAndMediansAreInTheMiddle() {
        KernelBench.Figures f = new KernelBench.Figures(1000, 100, Map.of(Engine.JIT, new double[] {50, 100, 200}),
                Map.of(KernelBench.Peer.QEMU, new double[] {50, 50, 400}));
        assertEquals(new KernelBench.Spread(0.5, 1, 2), f.ratio(Engine.JIT, KernelBench.Peer.QEMU));
        assertEquals(new KernelBench.Spread(5000, 10_000, 20_000), f.mhz(Engine.JIT));
        assertEquals(1000, f.mips(Engine.JIT));
    }
}
