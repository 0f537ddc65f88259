package triplex.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriplexTest {
    @TempDir
    private Path home;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Command.Context context;

    @BeforeEach
    void streams() {
        context = new Command.Context(home.resolve("project"), new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int triplex(String... args) {
        out.reset();
        err.reset();
        return Triplex.run(args, context);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private void oneErrorLine(String part) {
        String text = err.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains(part), text);
        assertEquals(1, text.lines().count(), text);
        assertEquals("", out());
    }

    @Test
    void helpListsEverySubcommand() {
        assertEquals(0, triplex("help"));
        assertTrue(out().contains("vectors") && out().contains("disk") && out().contains("version"), out());
        assertEquals(0, triplex("--help"));
        assertEquals(64, triplex());
        assertEquals("", out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"boot", "run", "test", "sweep", "replay", "bench", "vectors"})
    void helpFitsAScreen(String name) {
        assertEquals(0, triplex(name, "--help"));
        assertTrue(out().lines().count() <= 25, out());
        assertTrue(out().lines().allMatch(line -> line.length() <= 80), out());
        String direct = out();
        assertEquals(0, triplex("help", name));
        assertEquals(direct, out());
    }

    @Test
    void badUsageIsOneLine() {
        assertEquals(64, triplex("vectros"));
        oneErrorLine("unknown subcommand 'vectros'");
        assertEquals(64, triplex("vectors", "--verbose"));
        oneErrorLine("--verbose");
        assertEquals(64, triplex("vectors", "--hel"));
        oneErrorLine("--hel");
        assertEquals(64, triplex("vectors", "a", "b"));
        oneErrorLine("usage: triplex vectors [FOLDER]");
        assertEquals(64, triplex("version", "now"));
        oneErrorLine("usage");
        assertEquals(64, triplex("disk", "frobnicate"));
        oneErrorLine("frobnicate");
    }

    @Test
    void absentVectorsAreSkippedLoudly() throws IOException {
        assertEquals(0, triplex("vectors"));
        oneErrorLine("SKIPPED");
        assertEquals(66, triplex("vectors", home.resolve("none").toString()));
        oneErrorLine("no such folder");
        assertEquals(66, triplex("vectors", Files.createDirectory(home.resolve("empty")).toString()));
        Path bad = Files.createDirectory(home.resolve("bad"));
        Files.writeString(bad.resolve("NOP.json"), "[{]");
        assertEquals(65, triplex("vectors", bad.toString()));
    }

    @Test
    void versionNamesJava() {
        assertEquals(0, triplex("version"));
        assertTrue(out().matches("triplex \\d+\\.\\d+\\.\\d+, Java .+\\R"), out());
    }
}
