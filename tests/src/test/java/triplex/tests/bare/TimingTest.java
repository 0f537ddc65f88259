package triplex.tests.bare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.bare.BareOptions;
import triplex.bare.BareRunner;
import triplex.disk.GuestArchive;
import triplex.hw.Layout;
import triplex.hw.Parameters;
import triplex.m68k.jit.Engine;

/**
 * A guest program that measures wait states, DMA stops and frame times with its own cycle counter finds the figures of
 * the table of parameters: guest-os/bare/measure, from the shipped archive.
 */
class TimingTest {
    private static final long LIMIT = 50_000_000;
    private static final int HEADER_AND_CRC_WORDS = 18;

    private static Map<String, Integer> measured(Path folder) throws IOException {
        Path program = Files.write(folder.resolve("timing"), GuestArchive.shipped().member("measure/timing"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = BareRunner.run(new BareOptions(program, 1, LIMIT, "", Set.of(), Engine.STANDARD),
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        String text = out.toString(StandardCharsets.UTF_8);
        assertEquals(0, status, text + err.toString(StandardCharsets.UTF_8));
        Map<String, Integer> figures = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ");
            figures.put(words[0], Integer.valueOf(words[1]));
        }
        return figures;
    }

    @Test
    void theGuestMeasuresTheTablesFigures(@TempDir Path folder) throws IOException {
        Parameters p = Parameters.standard();
        int overhead = p.grant() + p.response() + p.commit();
        Map<String, Integer> expected = new LinkedHashMap<>();
        expected.put("rom_wait", p.romWait());
        expected.put("register_read_wait", p.registerWait());
        expected.put("register_write_wait", p.registerWait());
        expected.put("map_window_read_wait", 0);
        expected.put("map_window_write_wait", 0);
        expected.put("lookahead", p.lookahead());
        expected.put("dma_setup", p.dmaSetup());
        expected.put("dma_word", p.dmaWord());
        expected.put("bus_word", p.busWord());
        expected.put("grant_response_commit", overhead);
        expected.put("frame_with_page", overhead + p.busWord() * (HEADER_AND_CRC_WORDS + Layout.MAX_DATA / 2));
        expected.put("retry", p.retry());
        assertEquals(expected, measured(folder));
    }
}
