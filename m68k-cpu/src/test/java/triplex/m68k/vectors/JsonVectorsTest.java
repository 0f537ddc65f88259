package triplex.m68k.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonVectorsTest {
    private static final String REGISTERS = "\"d0\": 5, \"d1\": 0, \"d2\": 0, \"d3\": 0, \"d4\": 0, \"d5\": 0, "
            + "\"d6\": 0, \"d7\": 4294967295, \"a0\": 20480, \"a1\": 0, \"a2\": 0, \"a3\": 0, \"a4\": 0, \"a5\": 0, "
            + "\"a6\": 0, \"usp\": 0, \"ssp\": 2048, ";

    @TempDir
    private Path folder;

    /** TAS (A0), then NOP. */
    private static String tas(String written) {
        return "[{\"name\": \"4ad0 [TAS (A0)] 1\", \"initial\": {" + REGISTERS
                + "\"sr\": 9984, \"pc\": 3072, \"prefetch\": [19152, 20081], "
                + "\"ram\": [[20480, 1], [3076, 18], [3077, 52]]},"
                + "\"final\": {" + REGISTERS + "\"sr\": 9984, \"pc\": 3074, \"prefetch\": [20081, 4660], "
                + "\"ram\": [[20480, " + written + "]]}, \"length\": 14, \"transactions\": ["
                + "[\"t\", 10, 5, 20480, \".b\", 129], [\"r\", 4, 6, 3076, \".w\", 4660]]}]";
    }

    private void write(String name, String text) throws IOException {
        try (OutputStream raw = Files.newOutputStream(folder.resolve(name));
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private VectorRunner.Result run(ByteArrayOutputStream text) throws IOException {
        return VectorRunner.run(folder, new PrintStream(text, true, StandardCharsets.UTF_8));
    }

    @Test
    void plainAndCompressedFilesPass() throws IOException {
        write("TAS.json", tas("129"));
        write("TAS2.json.gz", tas("129"));
        VectorRunner.Result result = run(new ByteArrayOutputStream());
        assertEquals(new VectorRunner.Result(2, 2, 0, 0, 0), result);
        assertTrue(result.ok());
    }

    @Test
    void aDifferenceIsReported() throws IOException {
        write("TAS.json", tas("130"));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        VectorRunner.Result result = run(text);
        assertFalse(result.ok());
        assertTrue(text.toString(StandardCharsets.UTF_8).contains("[005000] 81 instead of 82"), text.toString());
    }

    @Test
    void listedTestsAreSkipped() throws IOException {
        write("DIVU.json", tas("130").replace("4ad0 [TAS (A0)] 1", "80ef [DIVU (d16, A7), D0] 5745"));
        assertEquals(new VectorRunner.Result(1, 0, 0, 1, 0), run(new ByteArrayOutputStream()));
    }

    @Test
    void badFilesNameThemselves() throws IOException {
        write("BAD.json", "[{\"name\": 3}]");
        IOException e = assertThrows(IOException.class, () -> run(new ByteArrayOutputStream()));
        assertTrue(e.getMessage().contains("BAD.json: line 1: VALUE_STRING expected"), e.getMessage());
        Files.delete(folder.resolve("BAD.json"));
        write("BAD.json.bin", "short");
        e = assertThrows(IOException.class, () -> run(new ByteArrayOutputStream()));
        assertTrue(e.getMessage().contains("BAD.json.bin: not a .json.bin file"), e.getMessage());
        assertThrows(NoSuchFileException.class,
                () -> VectorRunner.run(folder.resolve("none"), new PrintStream(new ByteArrayOutputStream())));
    }
}
