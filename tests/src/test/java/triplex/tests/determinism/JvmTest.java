package triplex.tests.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import triplex.m68k.jit.Engine;
import triplex.machine.UserError;

/**
 * Neither engine nor Java's compilers nor its version change a run: a boot and the loss of a board, by all that is seen
 * from outside and by the state of the machine, in Java machines of their own.
 */
class JvmTest {
    private static final String HOME = "TRIPLEX_JAVA25_HOME";
    private static final Path USUAL_HOMES = Path.of("/usr/lib/jvm");
    /** So that much is compiled that would not be worth it. */
    private static final String EAGER = "-Dtriplex.jit.hot=300";
    /** Milliseconds, for Java machines that are slow: the boot until programs run. */
    private static final int PART = 600;
    private static final int LEAST_REGIONS = 10;
    private static List<String> wanted;

    private static synchronized List<String> wanted(int end) throws IOException, UserError {
        if (wanted == null) {
            wanted = EventRun.lines(Engine.INTERP, EventRun.END);
        }
        return wanted.stream().filter(line -> Long.parseLong(line.split(" ")[0]) <= end * 10_000L).toList();
    }

    private static void sameIn(Path java, Engine engine, int times, int end, String... options)
            throws IOException, UserError, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString(), EAGER, "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EventRun.class.getName(), engine.text(),
            String.valueOf(times), String.valueOf(end)));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = new ArrayList<>(new String(process.getInputStream().readAllBytes(),
            StandardCharsets.US_ASCII).lines().toList());
        assertEquals(0, process.waitFor(), String.join(" ", command));
        int regions = Integer.parseInt(lines.remove(lines.size() - 1).substring(EventRun.REGIONS.length()));
        for (int k = 0; k < times; k++) {
            int size = lines.size() / times;
            assertEquals(wanted(end), lines.subList(k * size, (k + 1) * size), k + ": " + String.join(" ", command));
        }
        assertTrue(engine == Engine.INTERP ? regions == 0 : regions >= LEAST_REGIONS, regions + " regions");
    }

    static Path own() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    @Test
    void compiledCodeColdAndHot() throws IOException, UserError, InterruptedException {
        sameIn(own(), Engine.JIT, 2, EventRun.END);
    }

    @Test
    void interpretedOnly() throws IOException, UserError, InterruptedException {
        sameIn(own(), Engine.JIT, 1, PART, "-Xint", "-Duser.language=ar", "-Duser.country=EG");
    }

    @Test
    void firstCompilerOnly() throws IOException, UserError, InterruptedException {
        sameIn(own(), Engine.JIT, 1, EventRun.END, "-XX:TieredStopAtLevel=1", "-Duser.language=tr",
            "-Dfile.encoding=US-ASCII");
    }

    @Test
    void secondCompilerOnly() throws IOException, UserError, InterruptedException {
        sameIn(own(), Engine.JIT, 1, PART, "-XX:-TieredCompilation");
    }

    @Test
    void java25() throws IOException, UserError, InterruptedException {
        Path java = java25Command();
        sameIn(java, Engine.JIT, 1, EventRun.END);
        sameIn(java, Engine.INTERP, 1, PART);
    }

    /** Its java command; the test that asks is skipped where there is none. */
    static Path java25Command() throws IOException {
        String home = System.getenv(HOME);
        Path java = home == null ? java25Home() : Path.of(home);
        if (java == null) {
            String skipped = "NOT TESTED: Java 25; there is none in " + USUAL_HOMES + ", and " + HOME + " is not set";
            System.err.println(skipped);
            Assumptions.abort(skipped);
        }
        return java.resolve("bin/java");
    }

    private static Path java25Among(Stream<Path> homes) {
        return homes.sorted().filter(home -> {
            try {
                return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"25");
            } catch (IOException e) {
                return false; // No Java there.
            }
        }).findFirst().orElse(null);
    }

    private static Path java25Home() throws IOException {
        if (!Files.isDirectory(USUAL_HOMES)) {
            return null;
        }
        try (Stream<Path> homes = Files.list(USUAL_HOMES)) {
            return java25Among(homes);
        }
    }
}
