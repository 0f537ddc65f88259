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
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.disk.GuestArchive;

/** {@code triplex run} and {@code triplex vectors} as they are typed. */
class RunCommandTest {
    private static final String LAST_LINE = "cycles \\d+ instructions \\d+ seconds \\d+\\.\\d{7}";

    @TempDir
    private Path folder;
    private String out;
    private String err;
    private Path loop;

    @BeforeEach
    void programs() throws IOException {
        loop = program("loop", "60fe");
    }

    private Path program(String name, String code) throws IOException {
        return Files.write(folder.resolve(name), HexFormat.of().parseHex(code));
    }

    private int triplex(String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int status = Triplex.run(args, new Command.Context(folder, new ByteArrayInputStream(new byte[0]),
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8)));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return status;
    }

    private String lastLine() {
        return err.substring(err.stripTrailing().lastIndexOf('\n') + 1).stripTrailing();
    }

    @Test
    void theLimitIsInCyclesOrATime() {
        assertEquals(124, triplex("run", "--limit", "100000", loop.toString()));
        assertTrue(lastLine().matches("cycles 1000\\d\\d instructions .*"), err);
        assertEquals(124, triplex("run", "--limit", "20ms", loop.toString()));
        assertTrue(lastLine().matches("cycles 2000\\d\\d instructions .*"), err);
        for (String bad : new String[] {"0", "-1", "soon", ""}) {
            assertEquals(64, triplex("run", "--limit", bad, loop.toString()), bad);
            assertEquals(1, err.lines().count(), err);
        }
    }

    @Test
    void theExitRegisterIsTheStatus() throws IOException {
        assertEquals(5, triplex("run", program("five", "33fc000500ff0008" + "60fe").toString()));
        assertTrue(err.strip().matches(LAST_LINE), err);
        assertEquals(63, triplex("run", program("most", "33fc003f00ff0008" + "60fe").toString()));
        assertEquals(1, err.lines().count(), err);
        assertEquals(63, triplex("run", program("more", "33fc004000ff0008" + "60fe").toString()));
        assertTrue(err.contains("status is 64"), err);
        assertTrue(lastLine().matches(LAST_LINE), err);
    }

    @Test
    void memoryAndChannelsAreChosen() throws IOException {
        Path timing = Files.write(folder.resolve("timing"), GuestArchive.shipped().member("measure/timing"));
        assertEquals(0, triplex("run", "--ram", "1", "--trace", "bus,retry", timing.toString()), err);
        assertTrue(out.startsWith("rom_wait "), out);
        assertTrue(err.contains(" bus commit 1 ") && err.contains(" bus view 1 ") && err.contains("refused"), err);
        assertTrue(lastLine().matches(LAST_LINE), err);
        String traced = lastLine();
        assertEquals(0, triplex("run", "--ram", "1", timing.toString()), err);
        assertEquals(traced, err.strip(), "a trace changes nothing");
        Path big = program("big", "00".repeat((1 << 20) - 0x10000 + 2));
        assertEquals(65, triplex("run", "--ram", "1", big.toString()));
        assertTrue(err.contains("RAM ends") && err.lines().count() == 1, err);
        for (String bad : new String[] {"0", "15", "some"}) {
            assertEquals(64, triplex("run", "--ram", bad, loop.toString()));
        }
        assertEquals(64, triplex("run", "--trace", "everything", loop.toString()));
        assertEquals(64, triplex("run"));
        assertEquals(64, triplex("run", loop.toString(), "again"));
        assertEquals(66, triplex("run", folder.resolve("none").toString()));
        assertEquals(1, err.lines().count(), err);
    }

    @Test
    void compiledCodeIsShown() throws IOException {
        Path count = program("count", "303c2710" + "d240" + "51c8fffc" + "33fc000500ff0008" + "60fe");
        assertEquals(5, triplex("run", "--dump-jit", "10006", count.toString()), err);
        assertTrue(out.startsWith("region 010004: "), out);
        assertTrue(out.lines().anyMatch(row -> row.matches("010006 {2}dbf %d0,\\S+ +iload d0")), out);
        assertTrue(err.strip().matches(LAST_LINE), err);
        assertEquals(5, triplex("run", "--dump-jit", "0x10000", count.toString()));
        assertEquals("", out);
        assertTrue(lastLine().equals("triplex run: nothing was compiled at 010000") && err.lines().count() == 2, err);
        for (String bad : new String[] {"10005", "1000000", "main", "-2", ""}) {
            assertEquals(64, triplex("run", "--dump-jit", bad, count.toString()), bad);
            assertTrue(err.lines().count() == 1 && err.contains("--dump-jit"), err);
        }
        assertEquals(64, triplex("run", "--engine", "interp", "--dump-jit", "10004", count.toString()));
        assertTrue(err.lines().count() == 1 && err.contains("interp"), err);
        assertEquals(66, triplex("run", "--dump-jit", "10004", folder.resolve("none").toString()));
        assertEquals(1, err.lines().count(), err);
    }

    private Path vector(String written) throws IOException {
        String registers = "\"d0\":0,\"d1\":0,\"d2\":0,\"d3\":0,\"d4\":0,\"d5\":0,\"d6\":0,\"d7\":0,"
                + "\"a0\":20480,\"a1\":0,\"a2\":0,\"a3\":0,\"a4\":0,\"a5\":0,\"a6\":0,"
                + "\"usp\":0,\"ssp\":2048,\"sr\":9984,";
        Path set = Files.createDirectories(folder.resolve("set"));
        Files.writeString(set.resolve("TAS.json"), "[{\"name\":\"4ad0\",\"initial\":{" + registers
                + "\"pc\":3072,\"prefetch\":[19152,20081],\"ram\":[[20480,1],[3076,18],[3077,52]]},"
                + "\"final\":{" + registers
                + "\"pc\":3074,\"prefetch\":[20081,4660],\"ram\":[[20480," + written + "]]},\"length\":14,"
                + "\"transactions\":[[\"t\",10,5,20480,\".b\",129],[\"r\",4,6,3076,\".w\",4660]]}]");
        return set;
    }

    @Test
    void vectorsTellWhatPassedAndWhatDiffers() throws IOException {
        assertEquals(0, triplex("vectors", vector("129").toString()), out);
        assertTrue(out.matches("(?s)TAS.json +1 passed +0 failed\\R1 files, 1 passed, 0 failed, 0 skipped\\R"), out);
        assertEquals(1, triplex("vectors", vector("130").toString()));
        assertTrue(out.contains("4ad0: [005000] 81 instead of 82"), out);
        assertTrue(out.contains("0 passed, 1 failed"), out);
    }
}
