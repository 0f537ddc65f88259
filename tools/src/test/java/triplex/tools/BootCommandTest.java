package triplex.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.console.BootOptions;
import triplex.m68k.jit.Engine;
import triplex.machine.UserError;
import triplex.script.Statement;

class BootCommandTest {
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream(), true,
            StandardCharsets.UTF_8);

    private static BootOptions options(String... args) throws Failure, UserError {
        return BootCommand.options(BootCommand.USAGE.parse(args, 0, 0, NOWHERE));
    }

    private static void refused(int status, String... args) {
        Exception e = assertThrows(Exception.class, () -> options(args));
        int given = e instanceof Failure failure ? failure.status() : ((UserError) e).exit();
        assertEquals(status, given, e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void nothingGivenIsInteractive() throws Failure, UserError {
        BootOptions options = options();
        assertNull(options.script);
        assertNull(options.image);
        assertEquals(3, options.spec.boards());
        assertEquals(-1, options.gdbPort);
        assertEquals(Engine.JIT, options.engine);
        assertEquals(Engine.JIT, options("--engine", "jit").engine);
        assertEquals(Engine.STANDARD, options("--expect", "x").engine);
    }

    @Test
    void machineAndDate() throws Failure, UserError {
        BootOptions options = options("--boards", "5", "--ram", "14", "--date", "1984-02-29T12:30:00", "--escape", "A",
                "--gdb", "0", "--trace", "bus,tty");
        assertEquals(5, options.spec.boards());
        assertEquals(14, options.spec.ramMiB());
        assertEquals(446905800, options.spec.startSeconds());
        assertTrue(options.dateGiven);
        assertEquals(1, options.escape);
        assertEquals(0, options.gdbPort);
        assertEquals(2, options.trace.size());
    }

    @Test
    void scriptKeepsTheOrderOfOptions(@TempDir Path folder) throws Failure, UserError, IOException {
        Path file = Files.writeString(folder.resolve("s.txt"), "wait 1s\nquit\n");
        BootOptions options = options("--timeout", "2s", "--expect", "# ", "--send", "ls\\n", "--do", "pull 2",
                "--script", file.toString());
        assertEquals(6, options.script.size());
        assertEquals(new Statement.Timeout(20_000_000), options.script.get(0));
        assertEquals("ls\n", new String(((Statement.Send) options.script.get(2)).bytes(), StandardCharsets.US_ASCII));
        assertEquals(new Statement.Command("pull 2"), options.script.get(3));
        assertEquals(new Statement.Quit(), options.script.get(5));
    }

    @Test
    void badValuesAreRefused(@TempDir Path folder) throws IOException {
        refused(64, "--boards", "33");
        refused(64, "--boards", "many");
        refused(64, "--ram", "0");
        refused(64, "--date", "yesterday");
        refused(64, "--date", "2200-01-01");
        refused(64, "--escape", "!!");
        refused(64, "--trace", "everything");
        refused(64, "--gdb", "70000");
        refused(64, "--expect", "");
        refused(64, "--timeout", "soon");
        refused(64, "--board", "3");
        refused(66, "--script", folder.resolve("none").toString());
        refused(65, "--script", Files.writeString(folder.resolve("bad"), "expect nothing quoted\n").toString());
        refused(65, "--script", Files.write(folder.resolve("raw"), new byte[] {(byte) 0xFF, 10}).toString());
    }
}
