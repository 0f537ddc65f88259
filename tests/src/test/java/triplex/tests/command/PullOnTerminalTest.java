package triplex.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tools/triplex boot} on a terminal, made by script(1), as a person uses it: boards are pulled by keys in the
 * middle of a line, and put back.
 */
class PullOnTerminalTest {
    private static final long SECONDS = 120;
    private static final String PREFIX = "\u001d";

    @TempDir
    private Path folder;
    private Path screen;
    private Process process;
    private OutputStream keyboard;
    private int seen;

    @BeforeEach
    void boot() throws IOException {
        Path script = Path.of("/usr/bin/script");
        if (!Files.isExecutable(script)) {
            System.err.println("SKIPPED: PullOnTerminalTest needs script(1)");
        }
        assumeTrue(Files.isExecutable(script), "no script(1)");
        Launcher launcher = new Launcher(folder, "project");
        launcher.environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
        screen = folder.resolve("screen");
        process = launcher.builder(folder, List.of(script.toString(), "-qec", launcher.script() + " boot", "/dev/null"))
            .redirectErrorStream(true).redirectOutput(screen.toFile()).start();
        keyboard = process.getOutputStream();
    }

    @AfterEach
    void nobodyIsLeft() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Waits until the screen shows a text behind what was awaited before. */
    private void expect(String text) throws IOException, InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (true) {
            String shown = Files.readString(screen, StandardCharsets.ISO_8859_1);
            int at = shown.indexOf(text, seen);
            if (at >= 0) {
                seen = at + text.length();
                return;
            }
            assertTrue(process.isAlive() && System.nanoTime() < limit,
                "no '" + text + "' behind " + seen + " of " + shown);
            Thread.sleep(20);
        }
    }

    private void type(String keys) throws IOException {
        keyboard.write(keys.getBytes(StandardCharsets.ISO_8859_1));
        keyboard.flush();
    }

    private void expectAndType(String text, String keys) throws IOException, InterruptedException {
        expect(text);
        type(keys);
    }

    /** Pulls a board, or puts it back; the menu names which of the two it will be. */
    private void move(int board, String what) throws IOException, InterruptedException {
        type(PREFIX + "p");
        expectAndType(board + " " + what + "s board " + board, String.valueOf(board));
        expect("[board " + board + " " + what + " at ");
    }

    @Test
    void aLineInTheEditorGoesOn() throws IOException, InterruptedException {
        expectAndType("/# ", "ed /tmp/letter\r");
        expectAndType("No such file or directory\r\n", "a\r");
        expectAndType("a\r\n", "half a li");
        expect("half a li");
        move(0, "pull");
        expectAndType("\r\n", "ne\r.\rw\r");
        expectAndType("12\r\n", "a\rand the ot");
        expect("and the ot");
        move(0, "insert");
        expectAndType("\r\n", "her\r.\rw\rq\r");
        expect("26\r\n");
        expectAndType("/# ", "sleep 3; ps -b | grep -c complete\r");
        expect("\n5\r\n");
        expectAndType("/# ", "cat /tmp/le");
        expect("cat /tmp/le");
        move(1, "pull");
        expectAndType("\r\n", "tter\r");
        expect("half a line\r\nand the other\r\n");
        expectAndType("/# ", "poweroff\r");
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }
}
