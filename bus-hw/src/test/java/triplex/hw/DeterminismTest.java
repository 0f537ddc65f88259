package triplex.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import triplex.m68k.State;

/**
 * Busy processors that poll their interfaces and saturate the bus: the digest must not depend on how the machine is
 * run.
 */
class DeterminismTest {
    /**
     * For ever: if RX_PRODUCER differs from RX_CONSUMER, write it there; if TX_CONSUMER equals TX_PRODUCER, queue one
     * more;
     * count at 2000; divide, which takes a time that depends on the count.
     */
    private static final byte[] BUSY = Words.of("00010000 00000008 303900ff0346 b07900ff0348 6708 33c000ff0348 5283"
        + "323900ff0328 b27900ff0326 6608 5241 33c100ff0326 5282 21c22000 2802 88fc0007 60c6");
    private static final long END = 200_000;

    /** What happens from outside, always at the same cycles. */
    static Hardware start() {
        Hardware machine = new Hardware(Configuration.bare(3, 1 << 20), BUSY, List.of(), List.of());
        machine.run(5);
        Kernel[] k = new Kernel[3];
        for (int slot = 0; slot < 3; slot++) {
            k[slot] = new Kernel(machine, slot);
            for (int entry = 0; entry < Kernel.TX_ENTRIES; entry++) {
                int other = (slot + 1 + entry % 2) % 3;
                k[slot].put(Kernel.TX + entry * 64, describe(entry, other, slot));
            }
        }
        for (Kernel kernel : k) {
            kernel.start(0);
        }
        k[0].sendView(1, 7, 0, true);
        return machine;
    }

    private static byte[] describe(int entry, int to, int slot) {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(64);
        bytes.put(Kernel.header(Layout.KIND_DATA, 1, 7, 0, entry, to, 1, slot, 1), 0, 32);
        bytes.putShort(24, (short) (2 * entry)).putInt(32, 0x2000);
        return bytes.array();
    }

    private static void act(Hardware machine, long cycle) {
        if (cycle == 80_000) {
            machine.inject(Fault.parse("lane B stuck 3=1"));
        } else if (cycle == 120_000) {
            machine.inject(Fault.parse("board 1 pull"));
        } else if (cycle == 150_000) {
            machine.inject(Fault.parse("board 1 insert"));
        }
    }

    private static final long[] CHECKS = {10_000, 40_000, 80_000, 120_000, 120_001, 150_000, 170_000, END};

    private static List<Long> digests(Hardware machine, SplittableRandom cuts) {
        List<Long> list = new ArrayList<>();
        for (long check : CHECKS) {
            while (cuts != null && machine.now() < check) {
                machine.run(Math.min(check, machine.now() + 1 + cuts.nextInt(1500)));
            }
            machine.run(check);
            list.add(machine.digest());
            act(machine, check);
        }
        assertTrue(machine.bus().commits() > 100, "only " + machine.bus().commits());
        return list;
    }

    @Test
    void orderOfBoardsAndCutsOfTimeMakeNoDifference() {
        List<Long> reference = digests(start(), null);
        assertEquals(reference, digests(start(), null));
        assertEquals(reference, digests(start(), new SplittableRandom(3)));
        Hardware reversed = start();
        reversed.runReversed(true);
        assertEquals(reference, digests(reversed, new SplittableRandom(4)));
    }

    @Test
    void aStateSavedAnywhereGoesOnAsIfNothingHadHappened() {
        List<Long> reference = digests(start(), null);
        Hardware other = new Hardware(Configuration.bare(3, 1 << 20), BUSY, List.of(), List.of());
        Hardware machine = start();
        List<Long> found = new ArrayList<>();
        for (long check : CHECKS) {
            long middle = (machine.now() + check) / 2;
            machine.run(middle);
            Tape tape = new Tape();
            machine.state(tape);
            machine.memoryState(tape);
            tape.rewind();
            other.load(tape);
            assertEquals(machine.digest(), other.digest());
            Hardware swap = machine;
            machine = other;
            other = swap;
            machine.run(check);
            found.add(machine.digest());
            act(machine, check);
        }
        assertEquals(reference, found);
    }

    /** Taking a digest or saving a state at any moment, also while a frame is on the bus, is only looking. */
    @Test
    void lookingChangesNothing() {
        Hardware alone = start();
        alone.run(20_000);
        Hardware watched = start();
        while (watched.now() < 20_000) {
            watched.run(watched.now() + 35);
            watched.state(new Tape());
        }
        alone.run(watched.now());
        assertEquals(alone.digest(), watched.digest());
    }

    @Test
    void goingBackToAnImageCopiesOnlyChangedPages() {
        Hardware machine = start();
        machine.run(40_000);
        Tape tape = new Tape();
        machine.state(tape);
        MemoryImage image = machine.saveMemory();
        long before = machine.digest();
        List<Long> digests = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            machine.run(90_000 + 10_000 * round);
            machine.run(100_000 + 10_000 * round);
            tape.rewind();
            machine.state(tape);
            machine.restoreMemory(image);
            machine.loaded();
            assertEquals(before, machine.digest());
            machine.run(80_000);
            digests.add(machine.digest());
            tape.rewind();
            machine.state(tape);
            machine.restoreMemory(image);
            machine.loaded();
        }
        assertEquals(digests.get(0), digests.get(1));
        assertEquals(digests.get(0), digests.get(2));
    }

    /** A listing of longs, written in the first pass and given back in the next. */
    static final class Tape implements State {
        private final List<Long> values = new ArrayList<>();
        private int next;
        private boolean reading;

        void rewind() {
            next = 0;
            reading = true;
        }

        @Override
        public int i(String name, int value) {
            return (int) l(name, value);
        }

        @Override
        public long l(String name, long value) {
            if (reading) {
                return values.get(next++);
            }
            values.add(value);
            return value;
        }
    }
}
