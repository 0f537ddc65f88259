package triplex.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import triplex.machine.UserError;

/** The ways to end an interactive run that are not the guest's: signals, another prefix, an input that has ended. */
class LeavingTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        Pty.files(folder);
    }

    @AfterEach
    void nobodyIsLeft() {
        Pty.killAll();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129", "INT, 130"})
    void aSignalRestoresTheTerminalAndKeepsTheRecording(String signal, int status)
            throws IOException, InterruptedException, UserError {
        assumeFalse(isIgnored(status - 128), "SKIPPED: SIG" + signal + " is ignored by whoever started the tests");
        Pty pty = Pty.open(folder, "TERM=xterm", 24, "");
        pty.expect("ready").type("Z").expect("Z").type("YX").expect("ZYX").signal(signal);
        assertEquals(status, pty.end(), pty.log());
        assertEquals("ZYX", pty.recordedKeys());
        pty.assertReplays();
    }

    /** Under nohup, or in the background of a script, programs start with signals ignored, and Java leaves that so. */
    private static boolean isIgnored(int signal) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            long mask = lines.filter(line -> line.startsWith("SigIgn:")).findFirst()
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16)).orElse(0L);
            return (mask >> signal - 1 & 1) != 0;
        }
    }

    @Test
    void thePrefixIsChosen() throws IOException, InterruptedException {
        Pty pty = Pty.open(folder, "TERM=dumb", 24, "A");
        pty.expect("Ctrl-A . leaves").expect("ready").type("1\u001d.2\u0001\u00013").expect("1\u001d.2\u00013");
        pty.type("\u0001.");
        assertEquals(130, pty.end(), pty.log());
    }

    /** A descriptor that is closed altogether is made one of these by the command's start. */
    @Test
    void theMachineRunsOnWithoutInput() throws IOException, InterruptedException, UserError {
        Pty pty = Pty.without(folder, "</dev/null");
        pty.expect("ready").expectIn("log", "the input has ended").signal("TERM");
        assertEquals(143, pty.end(), pty.log());
        assertFalse(pty.recording().isEmpty());
        pty.assertReplays();
    }

    @Test
    void aTestThatFailsLeavesNobody() throws IOException, InterruptedException {
        Pty pty = Pty.open(folder, "TERM=xterm", 24, "");
        pty.expect("ready");
        List<ProcessHandle> running = pty.processes();
        assertTrue(running.size() > 1 && running.stream().allMatch(ProcessHandle::isAlive));
        Pty.killAll();
        assertTrue(running.stream().noneMatch(ProcessHandle::isAlive));
    }
}
