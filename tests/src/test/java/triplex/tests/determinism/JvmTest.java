package triplex.tests.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import triplex.machine.UserError;

/** Neither Java's compilers nor its version change a run. */
class JvmTest {
    private static final String HOME = "TRIPLEX_JAVA25_HOME";
    private static final Path USUAL_HOMES = Path.of("/usr/lib/jvm");

    private static void sameIn(Path java, String... options) throws IOException, UserError, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ShortBoot.class.getName()));
        Process process = new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] printed = process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor(), String.join(" ", options));
        List<String> wanted = new Way.Whole().digests(ShortBoot.course()).stream().map(Long::toHexString).toList();
        assertEquals(wanted, new String(printed, StandardCharsets.US_ASCII).lines().toList(),
            String.join(" ", options));
    }

    private static Path own() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    @Test
    void interpretedOnly() throws IOException, UserError, InterruptedException {
        sameIn(own(), "-Xint", "-Duser.language=ar", "-Duser.country=EG");
    }

    @Test
    void firstCompilerOnly() throws IOException, UserError, InterruptedException {
        sameIn(own(), "-XX:TieredStopAtLevel=1", "-Duser.language=tr", "-Dfile.encoding=US-ASCII");
    }

    @Test
    void java25() throws IOException, UserError, InterruptedException {
        String home = System.getenv(HOME);
        Path java = home == null ? java25Home() : Path.of(home);
        if (java == null) {
            String skipped = "NOT TESTED: Java 25; there is none in " + USUAL_HOMES + ", and " + HOME + " is not set";
            System.err.println(skipped);
            Assumptions.abort(skipped);
        }
        sameIn(java.resolve("bin/java"));
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
