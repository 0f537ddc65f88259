package triplex.m68k.jit;

import java.util.Arrays;
import triplex.m68k.Bus;
import triplex.m68k.BusError;
import triplex.m68k.CodeMap;
import triplex.m68k.Cpu;
import triplex.m68k.Translator;

/**
 * A processor with RAM whose pages open at their first use, like those behind a map with referenced and dirty bits, a
 * page of registers with side effects and waits, and nothing above. Everything that happens outside goes into a sum.
 */
final class FuzzBoard implements Bus {
    static final int RAM = 0x40000;
    /** A page that never opens: each access counts, waits, and may raise or lower the interrupt level. */
    static final int IO = 0x30000;
    private static final int PAGES = 4096;

    final byte[] ram = new byte[RAM];
    final Cpu cpu = new Cpu(this, ram);
    private final CodeMap code;
    private final int[][] maps = new int[6][PAGES];
    long outside;
    /** Pages first read, fetched, written: what referenced and dirty bits would tell. */
    private final byte[] used = new byte[PAGES];

    /** Null as translator: the interpreter alone. */
    FuzzBoard(Translator translator, int hot) {
        for (int[] map : maps) {
            Arrays.fill(map, -1);
        }
        code = translator == null ? null : new CodeMap(translator, hot, RAM, this::protect);
        cpu.setCode(code);
        for (int mode = 0; mode < 8; mode += 4) {
            int first = first(mode);
            cpu.maps(mode + 1, maps[first], maps[first + 1]);
            cpu.maps(mode + 2, maps[first + 2], null);
        }
    }

    /** Of the maps of a mode: data read, data write, program. */
    private static int first(int fc) {
        return fc < 4 ? 0 : 3;
    }

    private void protect(int offset) {
        for (int k = 1; k < 6; k += 3) {
            for (int page = 0; page < PAGES; page++) {
                if (maps[k][page] == offset) {
                    maps[k][page] |= Cpu.CODE;
                }
            }
        }
    }

    /** Closes all pages, as a new map context does. */
    void close() {
        for (int[] map : maps) {
            Arrays.fill(map, -1);
        }
    }

    /** A change of memory from outside, as by DMA. */
    void store(int address, int word) {
        if (code != null) {
            code.replaced(address & -0x1000);
        }
        ram[address] = (byte) (word >> 8);
        ram[address + 1] = (byte) word;
    }

    /** A program at {@link FuzzProgram#CODE}, where the processor begins. */
    void load(int... words) {
        store(2, 0x9000);
        store(4, FuzzProgram.CODE >>> 16);
        store(6, FuzzProgram.CODE & 0xFFFF);
        for (int k = 0; k < words.length; k++) {
            store(FuzzProgram.CODE + 2 * k, words[k]);
        }
        cpu.reset();
    }

    /** A sum over memory and everything seen outside. */
    long sum() {
        return Arrays.hashCode(ram) * 31L + Arrays.hashCode(used) + outside * 0x9E3779B97F4A7C15L;
    }

    private void event(int kind, int fc, int address, int value) {
        outside = (outside ^ cpu.cycles * 64 + kind * 8 + fc ^ (long) address << 32 ^ value) * 0x100000001B3L;
    }

    private boolean isRam(int fc, int address, boolean write) {
        if (address >= RAM) {
            event(0, fc, address, 0);
            throw BusError.INSTANCE;
        }
        if ((address & -0x1000) == IO) {
            return false;
        }
        int page = address >>> 12;
        used[page] |= (byte) (1 << fc | (write ? 1 : 0));
        int offset = page << 12;
        boolean protectedPage = write && code != null && code.hasCode(offset);
        int which = write ? 1 : (fc & 3) == 2 ? 2 : 0;
        maps[first(fc) + which][page] = protectedPage ? offset | Cpu.CODE : offset;
        if (write) {
            // Open for writing means that reading is allowed too.
            maps[first(fc)][page] = offset;
            used[page] |= (byte) (1 << fc);
        }
        return true;
    }

    private int register(int kind, int fc, int address, int value) {
        event(kind, fc, address, value);
        cpu.waitStates(address & 6);
        int what = (int) (outside >>> 40);
        cpu.setIpl(what % 5 == 0 ? what >> 8 & 7 : 0);
        cpu.deadline = Math.min(cpu.deadline, cpu.cycles + (what & 0x1FF));
        return what & 0xFFFF;
    }

    @Override
    public int read8(int fc, int address) {
        return isRam(fc, address, false) ? ram[address] & 0xFF : register(1, fc, address, 0) & 0xFF;
    }

    @Override
    public int read16(int fc, int address) {
        return isRam(fc, address, false) ? (ram[address] & 0xFF) << 8 | ram[address + 1] & 0xFF
            : register(1, fc, address, 0);
    }

    private void written(int address, int count) {
        if (code != null) {
            code.written(address, count);
        }
    }

    @Override
    public void write8(int fc, int address, int value) {
        if (isRam(fc, address, true)) {
            written(address, 1);
            ram[address] = (byte) value;
        } else {
            register(2, fc, address, value);
        }
    }

    @Override
    public void write16(int fc, int address, int value) {
        if (isRam(fc, address, true)) {
            written(address, 2);
            ram[address] = (byte) (value >> 8);
            ram[address + 1] = (byte) value;
        } else {
            register(3, fc, address, value);
        }
    }

    @Override
    public int testAndSet(int fc, int address) {
        if (!isRam(fc, address, true)) {
            return register(4, fc, address, 0) & 0xFF;
        }
        written(address, 1);
        int old = ram[address] & 0xFF;
        ram[address] |= (byte) 0x80;
        return old;
    }

    @Override
    public int acknowledge(int level) {
        event(5, 7, level, 0);
        cpu.setIpl(0);
        return 64 + level;
    }

    @Override
    public void reset() {
        event(6, 0, 0, 0);
    }
}
