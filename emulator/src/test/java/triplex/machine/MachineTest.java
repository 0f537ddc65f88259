package triplex.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import triplex.console.Replay;
import triplex.hw.Ending;
import triplex.hw.Fault;
import triplex.hw.controller.LineListener;

class MachineTest {
    private final StringBuilder printed = new StringBuilder();

    private Machine echo() {
        printed.setLength(0);
        Machine machine = EchoGuest.machine();
        machine.listen((LineListener) (line, value, cycle) -> printed.append((char) value));
        return machine;
    }

    private static Action keys(String text) {
        return new Action.Keys(0, text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void keysAreEchoedAndThePowerGoesOff() {
        Machine machine = echo();
        machine.run(500_000);
        assertEquals("ready\r\n", printed.toString());
        machine.act(keys("abc"));
        machine.act(new Action.Window(0, 24, 80));
        machine.run(1_000_000);
        assertEquals("ready\r\nabc[window]", printed.toString());
        machine.act(keys("q"));
        assertFalse(machine.run(2_000_000));
        assertEquals(Ending.Kind.POWER_OFF, machine.ending().kind());
    }

    @Test
    void theWayItIsRunMakesNoDifference() {
        Machine once = echo();
        once.run(123_457);
        once.act(keys("hello"));
        once.run(777_777);
        once.act(new Action.Inject(Fault.parse("board 2 pull")));
        once.run(1_500_000);
        Machine pieces = echo();
        for (long cycle = 0; cycle < 123_457; cycle += 1_001) {
            pieces.run(cycle);
        }
        pieces.run(123_457);
        pieces.act(keys("hello"));
        for (long cycle = 123_457; cycle < 777_777; cycle += 313) {
            pieces.run(cycle);
        }
        pieces.run(777_777);
        pieces.act(new Action.Inject(Fault.parse("board 2 pull")));
        pieces.run(1_500_000);
        assertEquals(once.digest(), pieces.digest());
        pieces.run(1_500_001);
        assertNotEquals(once.digest(), pieces.digest());
    }

    @Test
    void aJournalReplaysToTheSameDigest() throws UserError {
        Machine machine = echo();
        machine.run(200_000);
        machine.act(keys("one\n\"two\"\u0001"));
        machine.run(300_001);
        machine.act(new Action.Inject(Fault.parse("disk 1 pull")));
        machine.act(new Action.Inject(Fault.parse("board 1 hang")));
        machine.act(new Action.Carrier(2, false));
        machine.run(900_000);
        machine.act(new Action.Inject(Fault.parse("disk 1 insert")));
        machine.act(new Action.Inject(Fault.parse("disk 0 unreadable 5")));
        machine.act(new Action.Inject(Fault.parse("board 0 parity 8000")));
        machine.run(1_000_000);
        machine.journal().finish(machine.now(), machine.digest(), 0);
        Journal journal = Journal.parse("test", machine.journal().text());
        assertEquals(machine.journal().text(), journal.text());
        Machine again = echo();
        assertEquals(again.journal().disks(), journal.disks());
        Replay.play(again, journal);
        assertEquals(journal.end().digest(), again.digest());
        Machine other = echo();
        Journal moved = Journal.parse("test", machine.journal().text().replace("one", "ona"));
        Replay.play(other, moved);
        assertNotEquals(journal.end().digest(), other.digest(), "another key is another run");
    }

    @Test
    void damagedJournalsAreRefused() {
        String good = "triplex-journal 1\nmachine 3 8 1 0\nrom 00\ndisk 0 00\ndisk 1 none\n"
            + "at 5 keys 0 \"a\"\nend 9 0a 0\n";
        assertThrows(UserError.class, () -> Journal.parse("j", "hello"));
        for (String[] change : new String[][] {{"machine 3", "machine 0"}, {"machine 3", "machine x"}, {"at 5", "at"},
            {"keys 0 \"a\"", "keys 0"}, {"keys 0", "fly 0"}, {"end 9 0a", "end 9 zz"}, {"at 5",
                "at 7 keys 0 \"\"\nat 5"}}) {
            UserError e = assertThrows(UserError.class, () -> Journal.parse("j", good.replace(change[0], change[1])),
                change[1]);
            assertEquals(65, e.exit());
            assertTrue(e.getMessage().startsWith("j:"), e.getMessage());
        }
    }

    @Test
    void aSavedStateIsGoneBackTo() {
        Machine machine = echo();
        machine.run(400_000);
        machine.act(keys("ab"));
        machine.run(402_000);
        MachineState state = machine.save();
        long digest = machine.digest();
        machine.run(600_000);
        machine.act(keys("c"));
        machine.run(800_000);
        long later = machine.digest();
        int size = machine.journal().entries().size();
        machine.restore(state);
        assertEquals(402_000, machine.now());
        assertEquals(digest, machine.digest());
        assertEquals(1, machine.journal().entries().size());
        machine.run(600_000);
        machine.act(keys("c"));
        machine.run(800_000);
        assertEquals(later, machine.digest());
        assertEquals(size, machine.journal().entries().size());
    }

    @Test
    void aDebuggerLeavesNoTrace() {
        Machine plain = echo();
        plain.run(300_000);
        plain.act(keys("ab"));
        plain.run(400_000);
        plain.act(keys("x"));
        plain.run(2_000_000);
        assertNotNull(plain.ending());
        Machine watched = echo();
        Debugger debugger = new Debugger(watched);
        debugger.add(new Debugger.Breakpoint(-1, 0xF0015A));
        int stops = 0;
        while (debugger.run(300_000) != null) {
            stops++;
        }
        watched.act(keys("ab"));
        while (debugger.run(400_000) != null) {
            stops++;
            assertTrue(debugger.step(0, 1_000_000));
        }
        debugger.settle();
        assertEquals(400_000, watched.now());
        watched.act(keys("x"));
        while (debugger.run(2_000_000) != null) {
            stops++;
        }
        assertTrue(stops > 2, stops + " stops");
        assertEquals(plain.ending(), watched.ending());
        assertEquals(plain.digest(), watched.digest());
    }

    @Test
    void partsThatAreNotThereAreRefused() {
        Machine machine = echo();
        assertThrows(IllegalArgumentException.class,
            () -> machine.act(new Action.Inject(Fault.parse("board 3 pull"))));
        assertThrows(IllegalArgumentException.class,
            () -> machine.act(new Action.Inject(Fault.parse("disk 2 pull"))));
        assertThrows(IllegalArgumentException.class, () -> machine.act(new Action.Window(4, 1, 1)));
        assertEquals(0, machine.journal().entries().size());
    }
}
