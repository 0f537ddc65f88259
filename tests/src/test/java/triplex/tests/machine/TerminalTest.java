package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** What keys do, in programs and in the shell's line editor: typed at the controller, seen on the screen. */
class TerminalTest {
    private static final String INTERRUPT = "\003";
    private static final String END_OF_FILE = "\004";
    private static final String KILL = "\025";
    private static final String ERASE = "\177";
    private static final String UP = "\033[A";
    private static final String DOWN = "\033[B";
    private static final String RIGHT = "\033[C";
    private static final String LEFT = "\033[D";

    private static Rig rig;
    private static Rig.Saved start;

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(1);
        start = rig.save();
    }

    @BeforeEach
    void again() {
        rig.restore(start);
    }

    /** Starts a command that reads, and waits until it runs. The mark is typed in two parts: its echo is none. */
    private static void reading(String command) {
        rig.send("echo RE''ADY; " + command + "\n");
        rig.expect("READY\r\n");
        rig.pass(SimulatedTime.SECOND);
    }

    private static String prompted() {
        return rig.expect("# ");
    }

    // Programs that read ------------------------------------------------------------------------------------------

    @Test
    void linesAreEditedBeforeTheyAreRead() {
        reading("cat >/tmp/line");
        rig.send("helo" + ERASE + "lo\n");
        rig.send("gone" + KILL + "kept\n");
        rig.send("one two\027three\n" + END_OF_FILE);
        prompted();
        assertEquals("hello\nkept\none three\n", rig.good("cat /tmp/line"));
    }

    @Test
    void endOfFileGivesWhatIsThere() {
        reading("cat >/tmp/part; echo AF''TER");
        rig.send("no newline" + END_OF_FILE + END_OF_FILE);
        rig.expect("AFTER\r\n");
        prompted();
        assertEquals("10\n", rig.good("echo $(wc -c </tmp/part)"));
    }

    @Test
    void aLineIsReadOnlyWhenItIsWhole() {
        reading("head -n 1 | tr a-z A-Z");
        rig.send("waits");
        rig.pass(SimulatedTime.SECOND);
        assertTrue(!rig.console().contains("WAITS"));
        rig.send("\n");
        rig.expect("WAITS\r\n");
    }

    @Test
    void echoIsSwitchedOff() {
        reading("stty -echo; head -n 1 | tr a-z A-Z; stty echo");
        rig.send("secret\n");
        rig.expect("SECRET");
        assertTrue(!rig.console().contains("secret"));
        prompted();
        assertEquals("shown\n", rig.good("echo shown"));
    }

    @Test
    void rawBytesArriveOneByOne() {
        reading("stty raw -echo; head -c 4 | od -An -c; stty sane");
        rig.send("a" + INTERRUPT + "\r" + END_OF_FILE);
        String shown = prompted();
        assertTrue(shown.replaceAll("\\s+", " ").contains("a 003 \\r 004"), shown);
    }

    @Test
    void interruptEndsTheForegroundOnly() {
        rig.good("sleep 500 & true");
        reading("sleep 400; echo st''atus $?");
        rig.send(INTERRUPT);
        rig.expect("^C");
        prompted();
        assertEquals("1\n", rig.good("ps | grep -c '[s]leep'"));
        assertEquals("130", rig.good("sh -c 'kill -INT $$'; echo $?").strip());
    }

    @Test
    void interruptEndsAPipelineAndALoop() {
        reading("while true; do sleep 1; done");
        rig.send(INTERRUPT);
        prompted();
        reading("yes | cat | wc");
        rig.send(INTERRUPT);
        prompted();
        assertEquals("0\n", rig.run("ps | grep -c '[y]es'").output());
    }

    @Test
    void outputStopsAndGoesOn() {
        rig.send("\023");
        rig.send("echo st''opped\n");
        rig.pass(2 * SimulatedTime.SECOND);
        assertTrue(!rig.console().contains("stopped"), "Ctrl-S stops the output");
        rig.send("\021");
        rig.expect("stopped");
    }

    // The line editor ---------------------------------------------------------------------------------------------

    @Test
    void cursorKeysMoveInTheLine() {
        rig.send("echo XbcY" + LEFT + LEFT + LEFT + LEFT + "a" + RIGHT + ERASE + "\033[F!\033[H\033[3~e\n");
        rig.expect("abcY!\r\n");
        prompted();
        rig.send("cho moved\001e\005 ends\n");
        rig.expect("moved ends\r\n");
        prompted();
        rig.send("echo gone\025echo words two\027\027left\013\n");
        rig.expect("left\r\n");
    }

    @Test
    void historyIsCalledUpAndChanged() {
        rig.good("echo first line");
        rig.send("echo 1''a\n");
        rig.expect("1a\r\n");
        rig.send("echo 2''b\n");
        rig.expect("2b\r\n");
        prompted();
        rig.send(UP + UP + "c\n");
        rig.expect("1ac\r\n");
        prompted();
        rig.send(UP + UP + UP + DOWN + "d\n");
        rig.expect("2bd\r\n");
        prompted();
        rig.send("ec" + UP + DOWN + "ho half a l''ine\n");
        rig.expect("half a line\r\n");
    }

    @Test
    void interruptDropsTheLine() {
        rig.send("echo never ru''n" + INTERRUPT);
        prompted();
        rig.send("echo ne''xt\n");
        rig.expect("next\r\n");
        assertTrue(!rig.console().contains("never run"));
    }

    @Test
    void unfinishedCommandsGoOnInTheNextLine() {
        rig.send("for i in 1 2; do\n");
        rig.expect("> ");
        rig.send("echo \"<$i\n");
        rig.expect("> ");
        rig.send(">\"; done\n");
        rig.expect("<1\r\n>\r\n<2\r\n>\r\n");
    }

    @Test
    void endOfFileLeavesTheShell() {
        rig.send("sh\n");
        prompted();
        rig.send("echo $((20 + 3))x\n");
        rig.expect("23x\r\n");
        prompted();
        rig.send(END_OF_FILE);
        prompted();
        rig.send("text" + END_OF_FILE + " stays\001echo \n");
        rig.expect("text stays\r\n");
        // The login shell leaves, too: init starts another one.
        prompted();
        rig.send(END_OF_FILE);
        rig.expect("# ");
        assertEquals("alive\n", rig.good("echo alive"));
    }

    @Test
    void namesAreCompleted() {
        rig.good("mkdir /tmp/comp; touch /tmp/comp/longname");
        rig.send("ls /tmp/co\tlo\t\n");
        rig.expect("/tmp/comp/longname");
        rig.expect("\r\n");
        rig.expect("longname\r\n");
    }
}
