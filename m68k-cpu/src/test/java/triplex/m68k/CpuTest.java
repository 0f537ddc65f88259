package triplex.m68k;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CpuTest {
    /** A saver that can also load, by name. */
    private static final class Listing implements State {
        final Map<String, Long> values = new TreeMap<>();
        boolean loading;

        @Override
        public int i(String name, int value) {
            return (int) l(name, value);
        }

        @Override
        public long l(String name, long value) {
            if (loading) {
                return values.get(name);
            }
            assertEquals(null, values.put(name, value), name + " is listed twice");
            return value;
        }
    }

    private static Map<String, Long> state(Cpu cpu) {
        Listing listing = new Listing();
        cpu.state(listing);
        return listing.values;
    }

    /** A board filled with random words whose exceptions all lead back into random code. */
    private static TestBoard random(long seed) {
        Random random = new Random(seed);
        int[] code = new int[512];
        for (int k = 0; k < code.length; k++) {
            code[k] = random.nextInt(65536);
        }
        TestBoard b = new TestBoard(code);
        for (int address = 0x4000; address < 0x7000; address++) {
            b.ram[address] = (byte) random.nextInt(256);
        }
        for (int v = 2; v < 256; v++) {
            b.poke32(v * 4, 0x1000 + (random.nextInt(0x3000) & ~1));
        }
        for (int n = 0; n < 8; n++) {
            b.cpu.setD(n, random.nextInt());
            if (n < 7) {
                b.cpu.setA(n, random.nextInt(0xF000) & ~1);
            }
        }
        return b;
    }

    @Test
    void pageMapsAndBusGiveTheSameRun() {
        int executed = 0;
        for (long seed = 0; seed < 60; seed++) {
            TestBoard slow = random(seed);
            TestBoard fast = random(seed).mapped();
            for (int k = 0; k < 200 && !slow.cpu.halted(); k++) {
                int ipl = k % 50 == 49 ? 7 : 0;
                slow.cpu.setIpl(ipl);
                fast.cpu.setIpl(ipl);
                slow.cpu.step();
                fast.cpu.step();
                slow.log.clear();
                fast.log.clear();
                assertEquals(state(slow.cpu), state(fast.cpu), "seed " + seed + " step " + k);
                executed++;
            }
            assertArrayEquals(slow.ram, fast.ram, "seed " + seed);
        }
        assertTrue(executed > 4000, executed + " steps");
    }

    @Test
    void stateRoundTripContinuesTheSame() {
        for (long seed = 0; seed < 20; seed++) {
            TestBoard a = random(seed).mapped();
            a.cpu.run(3000);
            TestBoard b = random(seed).mapped();
            Listing listing = new Listing();
            a.cpu.state(listing);
            listing.loading = true;
            b.cpu.state(listing);
            System.arraycopy(a.ram, 0, b.ram, 0, a.ram.length);
            assertEquals(state(a.cpu), state(b.cpu));
            a.cpu.run(9000);
            b.cpu.run(9000);
            assertEquals(state(a.cpu), state(b.cpu), "seed " + seed);
            assertArrayEquals(a.ram, b.ram);
        }
    }

    @Test
    void runStopsAtTheFirstBoundaryAfterTheDeadline() {
        TestBoard b = new TestBoard(0x4E71, 0x4E71, 0x4E71, 0x4E71);
        long begin = b.cpu.cycles;
        b.cpu.run(begin + 5);
        assertEquals(begin + 8, b.cpu.cycles);
        assertEquals(2, b.cpu.instructions());
        b.cpu.run(begin + 8);
        assertEquals(begin + 8, b.cpu.cycles);
    }

    @Test
    void busMayLowerTheDeadlineAndAddWaits() {
        int[] code = {0x3010, 0x4E71, 0x4E71, 0x4E71};
        TestBoard b = new TestBoard(code);
        Cpu[] cpu = new Cpu[1];
        Bus waiting = new Bus() {
            @Override
            public int read8(int fc, int address) {
                return b.read8(fc, address);
            }

            @Override
            public int read16(int fc, int address) {
                if (address == 0x5000) {
                    cpu[0].deadline = cpu[0].cycles;
                    cpu[0].waitStates(100);
                }
                return b.read16(fc, address);
            }

            @Override
            public void write8(int fc, int address, int value) {
                b.write8(fc, address, value);
            }

            @Override
            public void write16(int fc, int address, int value) {
                b.write16(fc, address, value);
            }

            @Override
            public int testAndSet(int fc, int address) {
                return b.testAndSet(fc, address);
            }

            @Override
            public int acknowledge(int level) {
                return -1;
            }

            @Override
            public void reset() {
                b.reset();
            }
        };
        cpu[0] = new Cpu(waiting, b.ram);
        cpu[0].reset();
        cpu[0].setA(0, 0x5000);
        long begin = cpu[0].cycles;
        cpu[0].run(begin + 10000);
        assertEquals(108, cpu[0].cycles - begin);
        assertEquals(1, cpu[0].instructions());
    }

    @Test
    void hookSeesEachInstructionAndStopsBeforeIt() {
        TestBoard b = new TestBoard(0x4E71, 0x4E71, 0x4E71, 0x60FE);
        ArrayDeque<Integer> seen = new ArrayDeque<>();
        b.cpu.setHook(pc -> {
            seen.add(pc);
            return pc == TestBoard.CODE + 4;
        });
        b.cpu.run(b.cpu.cycles + 1000);
        assertEquals(TestBoard.CODE + 4, b.cpu.pc());
        assertEquals(3, seen.size());
        b.cpu.run(b.cpu.cycles + 1);
        assertEquals(TestBoard.CODE + 6, b.cpu.pc());
        assertEquals(3, seen.size(), "continuing does not ask again about the same instruction");
        b.cpu.setHook(null);
        b.cpu.run(b.cpu.cycles + 20);
        assertEquals(3, seen.size());
    }

    @Test
    void setPcFetchesTheQueue() {
        TestBoard b = new TestBoard(0x1111, 0x2222, 0x3333);
        long before = b.cpu.cycles;
        b.cpu.setPc(TestBoard.CODE + 2);
        assertEquals(8, b.cpu.cycles - before);
        assertEquals(0x2222, b.cpu.prefetch(0));
        assertEquals(0x3333, b.cpu.prefetch(1));
        assertThrows(IllegalArgumentException.class, () -> b.cpu.setPc(1));
    }

    @Test
    void stackPointersFollowTheMode() {
        TestBoard b = new TestBoard();
        b.cpu.setSr(0x2000);
        b.cpu.setA(7, 0x111);
        b.cpu.setUsp(0x222);
        b.cpu.setSr(0x0000);
        assertEquals(0x222, b.cpu.a(7));
        assertEquals(0x111, b.cpu.ssp());
        b.cpu.setSsp(0x333);
        b.cpu.setA(7, 0x444);
        b.cpu.setSr(0x2000);
        assertEquals(0x333, b.cpu.a(7));
        assertEquals(0x444, b.cpu.usp());
        b.cpu.setSr(0xFFFF);
        assertEquals(0xA71F, b.cpu.sr());
    }
}
