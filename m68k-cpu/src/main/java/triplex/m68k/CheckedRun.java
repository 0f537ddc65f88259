package triplex.m68k;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs compiled code after the interpreter has done the same on a shadow, whose writes go nowhere, and compares
 * registers, queue, clock and the memory written. The shadow stops before an instruction that needs the outside;
 * compiled code must have stopped there or before.
 */
final class CheckedRun implements Bus {
    /** Cycles that compiled code may run between two comparisons. */
    private static final int SLICE = 2000;

    /** An access that the maps do not answer. */
    private static final class Outside extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final Outside INSTANCE = new Outside();

        private Outside() {
            super(null, null, false, false);
        }
    }

    private record Write(long instruction, int index, byte value) {
    }

    private final Cpu cpu;
    private final Cpu shadow;
    private final List<long[]> states = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final Map<Integer, Byte> memory = new TreeMap<>();

    CheckedRun(Cpu cpu) {
        this.cpu = cpu;
        shadow = new Cpu(this, new byte[0]);
    }

    /** False if the interpreter has to go on, since compiled code executed nothing. */
    boolean run(CompiledCode code, int entry) {
        long deadline = cpu.deadline;
        cpu.deadline = Math.min(deadline, cpu.cycles + SLICE);
        interpret();
        int begin = cpu.pc();
        long before = cpu.instructions;
        code.runAlone(cpu, entry);
        cpu.deadline = deadline;
        compare(begin, (int) (cpu.instructions - before));
        return cpu.instructions != before;
    }

    private static long[] state(Cpu c) {
        long[] s = new long[23];
        for (int n = 0; n < 16; n++) {
            s[n] = c.r[n];
        }
        s[16] = c.otherSp;
        s[17] = c.sr();
        s[18] = c.pc();
        s[19] = c.ird;
        s[20] = c.irc;
        s[21] = c.cycles;
        s[22] = c.instructions;
        return s;
    }

    private void interpret() {
        states.clear();
        writes.clear();
        memory.clear();
        shadow.setSr(cpu.sr());
        System.arraycopy(cpu.r, 0, shadow.r, 0, 16);
        shadow.otherSp = cpu.otherSp;
        shadow.setPrefetch(cpu.pc(), cpu.ird, cpu.irc);
        shadow.cycles = cpu.cycles;
        shadow.instructions = cpu.instructions;
        states.add(state(shadow));
        try {
            while (shadow.cycles < cpu.deadline && !shadow.stopped() && !shadow.halted()) {
                shadow.executeOne();
                states.add(state(shadow));
            }
        } catch (Outside e) {
            // Compiled code has to leave before this instruction.
        }
    }

    private void compare(int begin, int count) {
        if (count >= states.size()) {
            throw new EngineDifference(String.format(Locale.ROOT, "compiled code of %06x ran %d instructions,"
                + " further than it may,"
                + " to %06x at cycle %d", begin & 0xFFFFFF, count,
                cpu.pc() & 0xFFFFFF, cpu.cycles));
        }
        long[] wanted = states.get(count);
        long[] found = state(cpu);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < found.length; k++) {
            if (found[k] != wanted[k]) {
                text.append(String.format(Locale.ROOT, " %s %x instead of %x;", name(k), found[k], wanted[k]));
            }
        }
        Map<Integer, Byte> last = new TreeMap<>();
        for (Write w : writes) {
            if (w.instruction <= wanted[22]) {
                last.put(w.index, w.value);
            }
        }
        last.forEach((index, value) -> {
            if (cpu.ram[index] != value) {
                text.append(String.format(Locale.ROOT, " RAM %06x %02x instead of %02x;", index,
                    cpu.ram[index] & 0xFF, value & 0xFF));
            }
        });
        if (text.length() > 0) {
            int at = count == 0 ? begin : (int) states.get(count - 1)[18];
            throw new EngineDifference(String.format(Locale.ROOT, "compiled code differs from the interpreter"
                + " behind %06x (%s), cycle %d, region entered at %06x:%s", at & 0xFFFFFF,
                Disassembler.disassemble(a -> word(FunctionCode.USER_PROGRAM | cpu.dataFc & 4, a), at).text(),
                cpu.cycles, begin & 0xFFFFFF, text));
        }
    }

    private static String name(int k) {
        return switch (k) {
            case 16 -> "other stack pointer";
            case 17 -> "sr";
            case 18 -> "pc";
            case 19, 20 -> "prefetch" + (k - 19);
            case 21 -> "cycles";
            case 22 -> "instructions";
            default -> (k < 8 ? "d" : "a") + (k & 7);
        };
    }

    private int word(int fc, int address) {
        int e = cpu.readMaps[fc][address >>> 12 & 0xFFF];
        return e < 0 ? 0 : (short) BusUnit.WORD.get(cpu.ram, e + (address & 0xFFF)) & 0xFFFF;
    }

    private int index(int[] map, int address) {
        int e = map[address >>> 12];
        if (e == -1) {
            throw Outside.INSTANCE;
        }
        return (e & ~BusUnit.CODE) + (address & 0xFFF);
    }

    private void write(int index, int value) {
        memory.put(index, (byte) value);
        writes.add(new Write(shadow.instructions, index, (byte) value));
    }

    private int read(int index) {
        Byte written = memory.get(index);
        return (written == null ? cpu.ram[index] : written) & 0xFF;
    }

    @Override
    public int read8(int fc, int address) {
        return read(index(cpu.readMaps[fc], address));
    }

    @Override
    public int read16(int fc, int address) {
        int index = index(cpu.readMaps[fc], address);
        return read(index) << 8 | read(index + 1);
    }

    @Override
    public void write8(int fc, int address, int value) {
        write(index(cpu.writeMaps[fc], address), value);
    }

    @Override
    public void write16(int fc, int address, int value) {
        int index = index(cpu.writeMaps[fc], address);
        write(index, value >> 8);
        write(index + 1, value);
    }

    @Override
    public int testAndSet(int fc, int address) {
        int index = index(cpu.writeMaps[fc], address);
        int old = read(index);
        write(index, old | 0x80);
        return old;
    }

    @Override
    public int acknowledge(int level) {
        throw Outside.INSTANCE;
    }

    @Override
    public void reset() {
        throw Outside.INSTANCE;
    }
}
