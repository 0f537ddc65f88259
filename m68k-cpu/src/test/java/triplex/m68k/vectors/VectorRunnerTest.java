package triplex.m68k.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VectorRunnerTest {
    @Test
    void allPublishedVectorsPass() throws IOException {
        Path folder = PublishedVectors.folder();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        VectorRunner.Result result = VectorRunner.run(folder, new PrintStream(text, true, StandardCharsets.UTF_8));
        String report = text.toString(StandardCharsets.UTF_8);
        assertTrue(result.ok(), report);
        assertEquals(0, result.skipped(), report);
    }
}
