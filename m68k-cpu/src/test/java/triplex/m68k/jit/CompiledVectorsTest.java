package triplex.m68k.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import triplex.m68k.vectors.PublishedVectors;
import triplex.m68k.vectors.VectorRunner;

/** Published vectors with each instruction compiled by itself; {@code -Dtriplex.jit.vectors=1} runs all of them. */
class CompiledVectorsTest {
    @Test
    void vectorsPassAsCompiledCode() throws IOException {
        Path folder = PublishedVectors.folder();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int step = Integer.getInteger("triplex.jit.vectors", 7);
        VectorRunner.Result result = VectorRunner.run(folder, new PrintStream(text, true, StandardCharsets.UTF_8),
            new CodeCache(1), step);
        String report = text.toString(StandardCharsets.UTF_8);
        assertTrue(result.ok(), report);
        assertEquals(0, result.skipped(), report);
        assertTrue(result.compiled() > result.passed() / 2, report);
    }
}
