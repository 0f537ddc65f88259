package triplex.script;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import triplex.elf.Symbols;
import triplex.machine.EchoGuest;
import triplex.machine.Machine;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.monitor.Monitor;

class ScriptTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Machine machine;

    private int run(String script) throws UserError {
        machine = EchoGuest.machine();
        out.reset();
        err.reset();
        PrintStream log = new PrintStream(err, true, StandardCharsets.UTF_8);
        Monitor monitor = new Monitor(machine, Symbols.NONE);
        ScriptRunner runner = new ScriptRunner(machine, new PrintStream(out), log, c -> monitor.execute(c, log));
        return runner.run(Script.parse("test", script));
    }

    private String output() {
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void aConversation() throws UserError {
        int status = run("""
            # a comment
            expect "ready"      # and another
            send "hi \\"there\\"\\x21"
            expect "!"
            wait 10ms
            send "q"
            wait 1s
            """);
        assertEquals(0, status, err.toString());
        assertEquals("ready\r\nhi \"there\"!", output());
        assertTrue(machine.now() < SimulatedTime.SECOND, "the power went off");
    }

    @Test
    void theGuestsStatusIsPassedOn() throws UserError {
        assertEquals(5, run("expect \"ready\"\nsend \"x\"\nwait 1s\n"));
    }

    @Test
    void expectSearchesFromTheLastMatchOn() throws UserError {
        assertEquals(124, run("timeout 20ms\nexpect \"ready\"\nexpect \"ready\"\n"));
        assertTrue(err.toString().contains("\"ready\" did not come within 0.020 s"), err.toString());
        assertEquals(0, run("expect \"ready\"\nsend \"ready\"\nexpect \"ready\"\nquit\nexpect \"never\"\n"));
    }

    @Test
    void aMachineThatStopsMeetsNoExpectation() throws UserError {
        assertEquals(126, run("send \"q\"\nexpect \"never\"\n"));
        assertTrue(err.toString().contains("stopped before"), err.toString());
    }

    @Test
    void failTextEndsTheRun() throws UserError {
        assertEquals(126, run("fail-text \"pan\"\nexpect \"ready\"\nsend \"a panic\"\nwait 1s\n"));
        assertTrue(err.toString().contains("line 1 printed \"pan\""), err.toString());
    }

    @Test
    void monitorCommandsActAndAreInTheJournal() throws UserError {
        assertEquals(0,
            run("expect \"ready\"\npull 2\npull disk 1\nwait 1ms\ninsert disk 1\nfault board 1 hang\nregs 0\n"));
        String journal = machine.journal().text();
        assertTrue(journal.contains("board 2 pull") && journal.contains("disk 1 pull")
            && journal.contains("disk 1 insert") && journal.contains("board 1 hang"), journal);
        assertTrue(err.toString().contains("pc f00"), err.toString());
        assertEquals(64, run("fly\n"));
        assertEquals(64, run("pull 7\n"));
        assertEquals(64, run("line 8\n"));
    }

    @Test
    void twoRunsAreOneRun() throws UserError {
        run("expect \"ready\"\nsend \"abc\"\nexpect \"c\"\nwait 3ms\n");
        long digest = machine.digest();
        run("expect \"ready\"\nsend \"abc\"\nexpect \"c\"\nwait 3ms\n");
        assertEquals(digest, machine.digest());
    }

    @Test
    void wrongScriptsNameTheLine() {
        for (String wrong : new String[] {"expect", "expect \"\"", "expect \"a", "expect \"a\" b", "send \"\\q\"",
            "wait x",
            "wait 5 parsecs", "line 0", "line x", "quit now", "send \"\\x\"", "timeout -1s"}) {
            UserError e = assertThrows(UserError.class, () -> Script.parse("file", "\n" + wrong + "\n"), wrong);
            assertEquals(65, e.exit());
            assertTrue(e.getMessage().startsWith("file:2: "), e.getMessage());
        }
    }

    @Test
    void escapesRoundTrip() throws UserError {
        byte[] all = new byte[256];
        for (int k = 0; k < 256; k++) {
            all[k] = (byte) k;
        }
        String text = Escapes.encode(all);
        assertArrayEquals(all, Escapes.decode(text.substring(1, text.length() - 1)));
        assertArrayEquals(new byte[] {27, 10, 7, 0, 65}, Escapes.decode("\\e\\n\\a\\0\\101"));
    }
}
