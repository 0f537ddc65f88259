package triplex.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    @ParameterizedTest
    @ValueSource(strings = {"board 2 pull", "board 31 insert", "board 0 hang", "board 1 reset", "board 1 nmi",
        "board 1 babble", "board 1 parity 3ffe", "lane A dead", "lane B stuck 5=1 at board 1",
        "lane C noise 655 seed 7",
        "lane C noise 1 seed 7 at board 3", "lane B mend", "disk 1 pull", "disk 0 insert", "disk 0 unreadable 123",
        "disk 0 rot 5", "disk 1 torn", "disk 0 lost", "disk 0 misdirected 77", "disk 0 port 1 cut",
        "terminal 1 port 0 mend",
        "power loss"})
    void textFormIsReadBack(String text) {
        assertEquals(text, Fault.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "board", "board x pull", "board 32 pull", "board 1 explode", "lane D dead",
        "lane A stuck 16=1",
        "lane A stuck 5=2", "lane A dead at board", "lane A dead please", "disk 9 pull",
        "disk 0 port 2 cut", "terminal 0 cut", "power gain"})
    void nonsenseGivesOneLine(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Fault.parse(text)).getMessage();
        assertTrue(message.startsWith("fault \"") && !message.contains("\n"), message);
    }

    @Test
    void aPartThatIsNotThereIsSaid() {
        Hardware machine = Kernel.machine(2);
        assertThrows(IllegalArgumentException.class, () -> machine.inject(Fault.parse("board 2 pull")));
        assertThrows(IllegalArgumentException.class, () -> machine.inject(Fault.parse("lane A dead at board 2")));
        assertThrows(IllegalArgumentException.class, () -> machine.inject(Fault.parse("disk 0 pull")));
    }

    @Test
    void powerLossEndsTheMachine() {
        Hardware machine = Kernel.machine(2);
        machine.run(1000);
        assertNull(machine.ending());
        machine.inject(Fault.parse("power loss"));
        assertEquals(Ending.Kind.POWER_LOSS, machine.ending().kind());
        machine.run(5000);
        assertEquals(1000, machine.now());
    }
}
