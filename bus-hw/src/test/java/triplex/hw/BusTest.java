package triplex.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BusTest {
    @Test
    void oneBoardFoundsOnce() {
        Hardware machine = Kernel.machine(3);
        machine.run(100);
        Kernel[] k = new Kernel[3];
        for (int slot = 0; slot < 3; slot++) {
            k[slot] = new Kernel(machine, slot);
            k[slot].start(4);
        }
        machine.run(2000);
        assertEquals(7, k[1].get(Register.PRESENT));
        assertEquals(5, k[1].get(Register.SLOT_CHANGE));
        k[2].sendView(1, 4, 0, true);
        k[1].sendView(1, 2, 0, true);
        machine.run(20_000);
        assertEquals(1, machine.bus().viewNumber());
        int founder = machine.bus().viewMembers() == 2 ? 1 : 2;
        int other = 3 - founder;
        assertEquals(Layout.STATUS_COMMITTED, k[founder].viewStatus());
        assertEquals(Layout.STATUS_STALE, k[other].viewStatus());
        assertEquals(1, k[founder].get(Register.VIEW));
        assertEquals(0, k[other].get(Register.VIEW));
        k[founder].drain();
        assertEquals(1, k[founder].taken.size());
        assertEquals("partners", k[founder].taken.get(0).parameters());
    }

    @Test
    void rolesDecideQueuesAndPages() {
        Kernel[] k = Kernel.founded(3);
        String page = "0123456789abcdef".repeat(256);
        int at = k[0].send(Kernel.header(1, 1, 77, 1, 42, 0, 4, 1, 1, 2, 2), "hello!", page);
        k[0].machine.run(40_000);
        assertEquals(Layout.STATUS_COMMITTED, k[0].status(at));
        for (Kernel kernel : k) {
            kernel.drain();
            assertEquals(1, kernel.taken.size());
            Kernel.Entry entry = kernel.taken.get(0);
            assertEquals("hello!", entry.parameters());
            assertEquals(kernel.slot != 1, entry.silent());
            assertEquals(kernel.slot == 0 ? "" : page, entry.data());
            assertEquals(2, entry.commit());
            assertEquals(42, entry.tag());
        }
        assertEquals(2, k[0].get(Register.COUNT_SENT));
        assertEquals(2, k[1].get(Register.COUNT_RECEIVED));
        assertTrue((k[0].get(Register.PENDING) & Interrupt.BUS_TX.bit()) != 0);
    }
}
