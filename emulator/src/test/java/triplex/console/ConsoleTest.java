package triplex.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.machine.Journal;
import triplex.machine.UserError;
import triplex.script.Script;

/** Boot with the echo guest: without a terminal in this process, with one (by script(1)) in a process of its own. */
class ConsoleTest {
    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final BootOptions options = new BootOptions();

    @BeforeEach
    void files() throws IOException {
        Pty.files(folder);
        options.rom = folder.resolve("rom");
        options.image = folder.resolve("disk");
        options.spec = Pty.spec();
    }

    @AfterEach
    void nobodyIsLeft() {
        Pty.killAll();
    }

    private int boot(InputStream in) {
        return Boot.boot(options, in, new PrintStream(out), new PrintStream(err));
    }

    private static InputStream keys(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aPipeTypesAndItsEndIsNoMoreInput() throws IOException {
        options.record = folder.resolve("rec");
        assertEquals(0, boot(keys("hello\u001dq")), err.toString());
        assertTrue(out.toString().contains("ready\r\n"), out.toString());
        String journal = Files.readString(options.record);
        assertTrue(journal.contains("hello\\x1dq"), "without a terminal there is no escape prefix: " + journal);
        assertTrue(err.toString().contains("power off"), err.toString());
    }

    @Test
    void scriptsRecordAndKeepTheJournalReplayable() throws UserError, IOException {
        options.script = Script.parse("s", "expect \"ready\"\nsend \"abx\"\nwait 1s\n");
        options.record = folder.resolve("rec");
        options.overlay = true;
        assertEquals(5, boot(keys("")), err.toString());
        Journal journal = Journal.parse("rec", Files.readString(options.record));
        assertEquals(5, journal.end().status());
        String first = Files.readString(options.record);
        assertEquals(5, boot(keys("")));
        assertEquals(first, Files.readString(options.record));
    }

    @Test
    void imagesInUseDamagedAndMissingOnesAreRefused() throws IOException, UserError {
        options.image = folder.resolve("none");
        options.script = List.of();
        assertEquals(66, boot(keys("")));
        Files.write(folder.resolve("odd"), new byte[700]);
        options.image = folder.resolve("odd");
        assertEquals(65, boot(keys("")));
        assertEquals(2, err.toString().lines().count(), err.toString());
        options.image = folder.resolve("disk");
        try (triplex.machine.DiskFiles held = triplex.machine.DiskFiles.open(options.image, false)) {
            assertEquals(2, held.media().size());
            assertEquals(65, boot(keys("")));
            assertTrue(err.toString().contains("in use"), err.toString());
        }
        Files.delete(folder.resolve("disk.1"));
        err.reset();
        assertEquals(0, boot(keys("")));
        assertTrue(err.toString().contains("degraded"), err.toString());
    }

    /** Runs boot on a pseudo-terminal: keys are typed when what stands before their bar is shown; what it showed. */
    private String onTerminal(int status, String environment, int rows, String... keys)
            throws IOException, InterruptedException {
        Pty pty = Pty.open(folder, environment, rows, "");
        for (String key : keys) {
            int bar = key.indexOf('|');
            pty.expect(key.substring(0, bar)).type(key.substring(bar + 1));
        }
        assertEquals(status, pty.end(), pty.log());
        return pty.shown();
    }

    @Test
    void theTerminalIsRawAndRestored() throws IOException, InterruptedException {
        String shown = onTerminal(130, "TERM=xterm", 24, "ready|ab\u0003\u001d\u001d", "\u001d|\u001dc",
            "monitor>|boards\r", "board 1|pull 1\r", "board 1 pull at|go\r", "boards 0 -|\u001d.");
        assertTrue(shown.contains("Ctrl-] . leaves"), shown);
        assertTrue(shown.contains("ab\u0003\u001d"), "Ctrl-C and the doubled prefix go to the guest: " + shown);
        String journal = Files.readString(folder.resolve("rec"));
        assertTrue(journal.contains("window 0 23 80") && journal.contains("fault board 1 pull"), journal);
        assertEquals("", Files.readString(folder.resolve("log")));
    }

    @Test
    void dumbAndTinyTerminalsWorkToo() throws IOException, InterruptedException {
        assertFalse(onTerminal(0, "TERM=dumb", 24, "ready|q").contains("\u001b"), "no sequences on a dumb terminal");
        assertFalse(onTerminal(0, "unset TERM;", 5, "ready|q").contains("\u001b"));
    }
}
