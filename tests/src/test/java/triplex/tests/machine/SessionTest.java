package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** What a person does at the console. Every test begins at the first prompt of one machine of three boards. */
class SessionTest {
    private static final String INTERRUPT = "\u0003";
    private static final String END_OF_FILE = "\u0004";
    private static final String LEFT = "\u001b[D";
    private static final String UP = "\u001b[A";
    private static Rig rig;
    private static Rig.Saved prompt;

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(3);
        prompt = rig.save();
    }

    @BeforeEach
    void goBack() {
        rig.restore(prompt);
    }

    /** Types a command, lets it come to where it waits or works, interrupts it: its status is that of the signal. */
    private static void interrupted(String command) {
        rig.send(command + "\n");
        rig.pass(2 * SimulatedTime.SECOND);
        rig.send(INTERRUPT);
        rig.expect("# ");
        rig.send("echo status=$?\n");
        rig.expect("status=130\r\n");
        rig.expect("# ");
        assertEquals("", rig.good("ps -e | grep -e ' cat' -e ' sleep' -e ' wc' || true"), "something has survived");
    }

    @Test
    void controlCEndsABlockedRead() {
        interrupted("cat");
    }

    @Test
    void controlCEndsARunningLoop() {
        interrupted("while :; do :; done");
        interrupted("while :; do echo x >/dev/null; done");
    }

    @Test
    void controlCEndsAPipeline() {
        interrupted("cat | cat | wc");
    }

    @Test
    void controlCReachesAnotherBoard() {
        interrupted("on 2 sleep 1000");
    }

    @Test
    void controlCDropsTheLineAtThePrompt() {
        rig.send("echo never" + INTERRUPT);
        rig.expect("# ");
        assertEquals("on\n", rig.good("echo on"));
    }

    @Test
    void controlDEndsInputAndThenTheShell() {
        rig.send("cat >/tmp/f\n");
        rig.pass(SimulatedTime.SECOND);
        rig.send("first\nsecond\n" + END_OF_FILE);
        rig.expect("# ");
        assertEquals("first\nsecond\n", rig.good("cat /tmp/f"));
        rig.send(END_OF_FILE);
        rig.expect("Welcome to Triplex/OS");
        rig.expect("# ");
        assertEquals("again\n", rig.good("echo again"));
    }

    @Test
    void programsRunOnEveryBoard() {
        rig.good("for n in 0 1 2; do on $n sleep 1000 & done; sleep 1");
        String list = rig.good("ps -e | grep 'sleep$' | grep -v on");
        for (int slot = 0; slot < 3; slot++) {
            int wanted = slot;
            // Columns PID TTY BOARD BACKUP KB NAME
            assertTrue(list.lines().anyMatch(l -> l.strip().split(" +")[2].equals(String.valueOf(wanted))), list);
        }
        assertEquals("0 1 2\n", rig.good("echo $(boards | grep member | cut -c 1-4)"));
        assertEquals("a b\n", rig.good("echo a b | on 1 cat | on 2 cat"));
        assertNotEquals(0, rig.run("on 7 true").status());
        assertEquals(3, rig.run("on 1 sh -c 'exit 3'").status());
        assertEquals(143, rig.run("on 2 sh -c 'kill $$'").status());
    }

    @Test
    void messagesAreCounted() {
        String figures = rig.good("msgstat ls -l /bin 2>&1 >/dev/null");
        for (String name : new String[] {"frames sent", "bytes sent", "calls", "busy cycles", "cycles per call"}) {
            long value = figures.lines().filter(l -> l.startsWith(name)).map(l -> l.substring(name.length()).strip())
                .mapToLong(Long::parseLong).findFirst().orElse(0);
            assertTrue(value > 0, name + " in\n" + figures);
        }
    }

    @Test
    void backgroundJobs() {
        String said = rig.good("(sleep 1; echo second) & echo first; wait");
        assertEquals("first\nsecond\n", said.replaceAll("(?m)^\\[.*\n", ""));
        rig.good("sleep 1000 & sleep 1000 & true");
        assertEquals("2\n", rig.good("ps -e | grep -c ' sleep$'"));
        rig.good("kill $(ps -e | grep ' sleep$' | cut -c 1-5); wait");
        assertEquals(1, rig.run("ps -e | grep ' sleep$'").status());
    }

    @Test
    void anEditorSession() {
        rig.send("ed /tmp/poem\n");
        rig.expect("poem");
        rig.send("a\nroses are red\nviolets are green\n.\n2s/green/blue/\n1m2\n,n\nw\n");
        rig.expect("1\tviolets are blue\r\n");
        rig.expect("2\troses are red\r\n");
        rig.expect("31\r\n");
        rig.send("q\n");
        rig.expect("# ");
        assertEquals("violets are blue\nroses are red\n", rig.good("cat /tmp/poem"));
    }

    @Test
    void hereDocumentsAndFunctions() {
        rig.send("x=7\ncat <<END | tr a-z A-Z\nvalue $x $((x * 6))\nEND\n");
        rig.expect("VALUE 7 42\r\n");
        rig.expect("# ");
        rig.send("cat <<'END'\nvalue $x\nEND\n");
        rig.expect("\nvalue $x\r\n");
        rig.expect("# ");
        assertEquals("120\n", rig.good("f() { [ $1 -le 1 ] && echo 1 || echo $(($1 * $(f $(($1 - 1))))); }; f 5"));
    }

    @Test
    void theLineCanBeEdited() {
        rig.send("echo ac" + LEFT + "b\n");
        rig.expect("\r\nabc\r\n");
        rig.expect("# ");
        rig.send("echo wrong\u007f\u007f\u007f\u007f\u007fright\n");
        rig.expect("\r\nright\r\n");
        rig.expect("# ");
        rig.send(UP + UP + "\n");
        rig.expect("\r\nabc\r\n");
        rig.expect("# ");
        rig.send("rubbish\u0015echo clean\n");
        rig.expect("\r\nclean\r\n");
        rig.expect("# ");
    }
}
