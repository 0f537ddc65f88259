package triplex.m68k.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class VectorRunnerTest {
    /** The folder of {@code -Dtriplex.vectors}, or shared/vectors beside the project or above it. */
    private static Path folder() {
        String property = System.getProperty("triplex.vectors");
        if (property != null) {
            return Path.of(property);
        }
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            Path candidate = p.resolve("shared").resolve("vectors");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    @Test
    void allPublishedVectorsPass() throws IOException {
        Path folder = folder();
        if (folder == null) {
            System.err.println("SKIPPED: no shared/vectors folder beside the project; set -Dtriplex.vectors=DIR");
        }
        Assumptions.assumeTrue(folder != null, "no vectors");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        VectorRunner.Result result = VectorRunner.run(folder, new PrintStream(text, true, StandardCharsets.UTF_8));
        String report = text.toString(StandardCharsets.UTF_8);
        assertTrue(result.ok(), report);
        assertEquals(0, result.skipped(), report);
    }
}
