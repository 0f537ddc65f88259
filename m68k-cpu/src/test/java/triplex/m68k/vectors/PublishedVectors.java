package triplex.m68k.vectors;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where the published vectors are. */
public final class PublishedVectors {
    private PublishedVectors() {
    }

    /**
     * The folder of {@code -Dtriplex.vectors}, or shared/vectors beside the project or above it. Without one the test
     * that asks is skipped, and stderr says so.
     */
    public static Path folder() {
        Path folder = find();
        if (folder == null) {
            System.err.println("SKIPPED: no shared/vectors folder beside the project; set -Dtriplex.vectors=DIR");
        }
        Assumptions.assumeTrue(folder != null, "no vectors");
        return folder;
    }

    private static Path find() {
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
}
