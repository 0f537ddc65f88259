package triplex.m68k;

import java.util.ArrayList;
import java.util.List;

/** A processor with 1 MiB of RAM at 0 that answers with BERR elsewhere and writes down its bus cycles. */
final class TestBoard implements Bus {
    static final int CODE = 0x1000;
    static final int SSP = 0x8000;
    static final int USP = 0x9000;

    final byte[] ram = new byte[1 << 20];
    final Cpu cpu = new Cpu(this, ram);
    final List<String> log = new ArrayList<>();
    int vector = 64;
    int resets;

    /** Puts words at 0x1000, handlers at 0x2000 + 16 * vector, and begins there in supervisor mode, mask 0. */
    TestBoard(int... code) {
        for (int v = 0; v < 256; v++) {
            poke32(v * 4, handler(v));
            poke16(handler(v), 0x4E71);
            poke16(handler(v) + 2, 0x4E71);
        }
        poke32(0, SSP);
        poke32(4, CODE);
        for (int k = 0; k < code.length; k++) {
            poke16(CODE + 2 * k, code[k]);
        }
        cpu.reset();
        cpu.setUsp(USP);
        cpu.setSr(0x2000);
        log.clear();
    }

    static int handler(int vector) {
        return 0x2000 + 16 * vector;
    }

    /** Lets the processor reach RAM without the bus. */
    TestBoard mapped() {
        int[] map = new int[4096];
        java.util.Arrays.fill(map, -1);
        for (int page = 0; page < 256; page++) {
            map[page] = page << 12;
        }
        for (int fc : new int[] {1, 2, 5, 6}) {
            cpu.maps(fc, map, map);
        }
        return this;
    }

    /** Steps once and returns the clocks it took. */
    long step() {
        long before = cpu.cycles;
        cpu.step();
        return cpu.cycles - before;
    }

    int peek16(int address) {
        return (ram[address] & 0xFF) << 8 | ram[address + 1] & 0xFF;
    }

    int peek32(int address) {
        return peek16(address) << 16 | peek16(address + 2);
    }

    void poke16(int address, int value) {
        ram[address] = (byte) (value >> 8);
        ram[address + 1] = (byte) value;
    }

    void poke32(int address, int value) {
        poke16(address, value >>> 16);
        poke16(address + 2, value);
    }

    private void check(int address) {
        if (address >= ram.length) {
            log.add(String.format("berr%x@%d", address, cpu.cycles));
            throw BusError.INSTANCE;
        }
    }

    @Override
    public int read8(int fc, int address) {
        check(address);
        log.add(String.format("r%d.%x", fc, address));
        return ram[address] & 0xFF;
    }

    @Override
    public int read16(int fc, int address) {
        check(address);
        log.add(String.format("r%d.%x", fc, address));
        return peek16(address);
    }

    @Override
    public void write8(int fc, int address, int value) {
        check(address);
        log.add(String.format("w%d.%x=%x", fc, address, value));
        ram[address] = (byte) value;
    }

    @Override
    public void write16(int fc, int address, int value) {
        check(address);
        log.add(String.format("w%d.%x=%x", fc, address, value));
        poke16(address, value);
    }

    @Override
    public int testAndSet(int fc, int address) {
        check(address);
        log.add(String.format("t%d.%x", fc, address));
        int old = ram[address] & 0xFF;
        ram[address] |= (byte) 0x80;
        return old;
    }

    @Override
    public int acknowledge(int level) {
        log.add("iack" + level + "@" + cpu.cycles);
        return vector;
    }

    @Override
    public void reset() {
        resets++;
    }
}
