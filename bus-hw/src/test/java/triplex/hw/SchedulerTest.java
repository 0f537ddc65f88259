package triplex.hw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import triplex.m68k.Cpu;
import triplex.m68k.State;

/** How far the scheduler lets each part run, and what it says when a part was run too far. */
class SchedulerTest {
    /**
     * Board 1 turns its interface on, which wakes the others, and computes for ever. Board 0 waits in STOP until then
     * and ends the machine with status 7; the vector of BUS_SLOT at 10Ch leads there.
     */
    private static final byte[] WAKE = Words.of("00020000 00000008 303900ff0000 670a 33fc000100ff0300 60fe"
        + "33fc000800ff0202 4e722000 60fe" + "0000".repeat(114) + "00000110 33fc000700ff0008 60fe");
    private static final long LONG = 1_000_000;

    private static Hardware wake() {
        return new Hardware(Configuration.bare(2, 1 << 20), WAKE, List.of(), List.of());
    }

    /** A board that waits must not let the others run ahead of what will wake it. */
    @Test
    void aBoardThatIsWokenStopsTheOthersInTime() {
        Hardware sliced = wake();
        while (sliced.ending() == null) {
            sliced.run(sliced.now() + 1);
            assertTrue(sliced.now() < LONG, "it did not end");
        }
        sliced.run(LONG);
        assertEquals(7, sliced.ending().status());
        for (boolean reversed : new boolean[] {false, true}) {
            Hardware whole = wake();
            whole.runReversed(reversed);
            whole.run(LONG);
            assertEquals(sliced.ending(), whole.ending());
            assertEquals(sliced.now(), whole.now());
            assertEquals(sliced.digest(), whole.digest());
        }
    }

    /** Wherever a debugger's hook stops a board, all meet at a cycle whose state is that of a run without hook. */
    @Test
    void aStoppedMachineMeetsAtACycle() {
        for (int stop = 0; stop < 100; stop++) {
            Hardware machine = DeterminismTest.start();
            Cpu cpu = machine.board(stop % 3).cpu();
            long instructions = cpu.instructions() + 500 + 13L * stop;
            cpu.setHook(pc -> cpu.instructions() >= instructions);
            assertTrue(!machine.run(LONG), "the hook did not stop it");
            cpu.setHook(null);
            machine.run(Math.max(machine.now(), cpu.cycles));
            assertTrue(machine.now() >= cpu.cycles - 1000, "it met at " + machine.now());
            Hardware reference = DeterminismTest.start();
            reference.run(machine.now());
            assertEquals(reference.digest(), machine.digest(), "stop " + stop + " at cycle " + machine.now());
        }
    }

    private static final class Wire extends Port {
        Wire(BoardSide board, Backplane hub) {
            super("wire", board, hub);
        }

        void up() {
            toHub(1, 0, 0, null);
        }

        void down() {
            toBoard(1, 0, 0, 0, null);
        }

        @Override
        protected void hubReceives(int op, long a, long b, byte[] bytes) {
        }

        @Override
        protected void hubReset() {
        }

        @Override
        protected void boardReceives(int op, long a, long b, long c, byte[] bytes) {
        }
    }

    @Test
    void aMessageIntoThePastIsAnInternalDefect() {
        Configuration configuration = Configuration.bare(1, 1 << 20);
        Backplane hub = new Backplane(configuration);
        var board = new triplex.hw.board.Board(0, configuration, new byte[Layout.ROM_BYTES], hub, null);
        Wire wire = new Wire(board, hub);
        int lookahead = hub.lookahead();
        board.run(lookahead);
        wire.down();
        board.run(lookahead + 1);
        assertThrows(IllegalStateException.class, wire::down);
        assertThrows(IllegalStateException.class, () -> hub.isolate(0));
        long sent = board.now();
        hub.run(sent + lookahead);
        wire.up();
        hub.run(sent + 2L * lookahead);
        assertThrows(IllegalStateException.class, wire::up);
    }

    /** Frames in flight are shared by those who will receive them; loading another state must not mix them up. */
    @Test
    void loadingAStateLeavesSharedPayloadsAlone() {
        EventQueue queue = new EventQueue();
        byte[][] arrived = new byte[2][];
        MessageLine[] lines = new MessageLine[2];
        for (int k = 0; k < 2; k++) {
            int which = k;
            lines[k] = new MessageLine(queue, "line" + k, (stamp, op, a, b, c, bytes) -> arrived[which] = bytes);
        }
        lines[0].send(10, 0, 0, 0, 0, 0, new byte[] {1, 2});
        lines[1].send(10, 0, 0, 0, 0, 0, new byte[] {3, 4});
        State tape = new DeterminismTest.Tape();
        lines[0].state(tape);
        lines[1].state(tape);
        byte[] shared = {5, 6};
        for (MessageLine line : lines) {
            line.clear();
            line.send(10, 0, 0, 0, 0, 0, shared);
        }
        ((DeterminismTest.Tape) tape).rewind();
        lines[0].state(tape);
        lines[1].state(tape);
        queue.fire();
        queue.fire();
        assertArrayEquals(new byte[] {1, 2}, arrived[0]);
        assertArrayEquals(new byte[] {3, 4}, arrived[1]);
        assertArrayEquals(new byte[] {5, 6}, shared);
    }
}
