package triplex.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import triplex.hw.controller.TerminalController;

/** A board pulled at every cycle of a program: an effect happens or does not, and which changes at one cycle only. */
class PullTest {
    /** Takes the terminal controller, waits until it has it, prints A and B. */
    private static final byte[] PRINTER = Words.of("00020000 00000008 23fc0000000100ff2104 33fc000400ff2100"
        + "0c79000800ff2102 67f6 13fc004100ff201c 13fc004200ff201c 60fe");
    private static final int FIRST_OUT = 0x24;
    /** Board 0 waits until it is in a view and rings the doorbell; the other waits in STOP. */
    private static final byte[] RINGER = Words.of("00020000 00000008 303900ff0000 6706 4e722700 60fa"
        + "303900ff0302 02400001 67f4 33fc000100ff0326 60fe");
    private static final long AFTER = 20_000;

    /** Outcomes of pulling at each cycle up to {@code until}, each with the first cycle at which it happens. */
    private static List<String> outcomes(long from, long until, LongFunction<String> pulledAt, List<Long> changes) {
        List<String> list = new ArrayList<>();
        for (long cycle = from; cycle <= until; cycle++) {
            String outcome = pulledAt.apply(cycle);
            if (list.isEmpty() || !list.get(list.size() - 1).equals(outcome)) {
                list.add(outcome);
                changes.add(cycle);
            }
        }
        return list;
    }

    private static Hardware printer(StringBuilder printed, List<Long> cycles) {
        Configuration bare = Configuration.bare(1, 1 << 20);
        TerminalController terminal = new TerminalController(0, 1_000_000);
        terminal.setListener((line, value, cycle) -> {
            printed.append((char) value);
            cycles.add(cycle - terminal.byteCycles());
        });
        return new Hardware(bare.with(List.of(), List.of(new Configuration.Ports(0, -1))), PRINTER,
            List.of(), List.of(terminal));
    }

    @Test
    void terminalOutput() {
        List<Long> begun = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        List<Long> writes = new ArrayList<>();
        Hardware whole = printer(all, begun);
        whole.board(0).cpu().setHook(pc -> {
            if (pc >= FIRST_OUT && pc < FIRST_OUT + 16) {
                writes.add(whole.board(0).cpu().cycles);
            }
            return false;
        });
        whole.run(AFTER);
        assertEquals("AB", all.toString());
        List<Long> changes = new ArrayList<>();
        List<String> outcomes = outcomes(0, begun.get(0) + 300, cycle -> {
            StringBuilder printed = new StringBuilder();
            Hardware machine = printer(printed, new ArrayList<>());
            machine.run(cycle);
            machine.pull(0);
            machine.run(cycle + AFTER);
            return printed.toString();
        }, changes);
        assertEquals(List.of("", "A", "AB"), outcomes);
        assertEquals(begun.get(0) + 1, changes.get(1), "A had arrived before that cycle");
        assertEquals(writes.get(1) - writes.get(0), changes.get(2) - changes.get(1), "of two like instructions");
        assertTrue(changes.get(1) > writes.get(0) + 128 && changes.get(1) < writes.get(1) + 128,
            "an effect is dated within its instruction");
    }

    private static Hardware ringer() {
        Hardware machine = new Hardware(Configuration.bare(2, 1 << 20), RINGER, List.of(), List.of());
        machine.run(5);
        Kernel[] k = {new Kernel(machine, 0), new Kernel(machine, 1)};
        java.nio.ByteBuffer descriptor = java.nio.ByteBuffer.allocate(64);
        descriptor.put(Kernel.header(Layout.KIND_DATA, 1, 7, 0, 9, 1, 1), 0, 32);
        k[0].put(Kernel.TX, descriptor.array());
        k[0].start(0);
        k[1].start(0);
        k[0].sendView(1, 3, 0, true);
        return machine;
    }

    @Test
    void busDoorbell() {
        Hardware whole = ringer();
        long[] commit = new long[3];
        whole.listen(new BusListener() {
            @Override
            public void committed(long cycle, int number, byte[] frame) {
                commit[number] = cycle;
            }
        });
        whole.run(AFTER);
        assertEquals(2, whole.bus().commits());
        List<Long> changes = new ArrayList<>();
        List<String> outcomes = outcomes(commit[1] + 1, commit[2] + 300, cycle -> {
            Hardware machine = ringer();
            machine.run(cycle);
            machine.pull(0);
            machine.run(cycle + AFTER);
            return "commits " + machine.bus().commits() + ", received "
                + new Kernel(machine, 1).get(Register.RX_PRODUCER);
        }, changes);
        assertEquals(List.of("commits 1, received 1", "commits 2, received 2"), outcomes);
        Parameters p = whole.configuration().parameters();
        assertEquals(commit[2] - p.commit() - p.response(), changes.get(1), "from its last word's end on it is sent");
    }
}
