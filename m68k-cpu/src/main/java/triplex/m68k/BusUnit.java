package triplex.m68k;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The processor's bus interface: clock, page maps, prefetch queue and the record of the access in progress.
 *
 * <p>The queue holds two words: {@code ird}, the word being or about to be decoded, and {@code irc}, the word after it.
 * {@code pc} is the address of the next word to be fetched, so at an instruction boundary it is the instruction's
 * address plus 4. It is always even: every jump checks its target first.
 *
 * <p>An access first looks at the map of its function code. An entry of at least 0 is the offset of a page in
 * {@code ram}; a negative one, like an odd word address, leads to the slow method, which leaves a record of the access
 * for the exception frame and asks the {@link Bus}.
 */
abstract class BusUnit {
    static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int[] UNMAPPED = new int[4096];

    static {
        java.util.Arrays.fill(UNMAPPED, -1);
    }

    /** In an entry of a write map: the page has compiled code. */
    public static final int CODE = 0x80000000;

    /** Clock cycles (100 ns at 10 MHz) since power-up; exact at each call to the {@link Bus}. */
    public long cycles;
    /**
     * {@link Cpu#run} returns at the first instruction boundary with {@code cycles >= deadline}; a Bus may lower it.
     */
    public long deadline;

    final Bus bus;
    final byte[] ram;
    int pc;
    int ird;
    int irc;
    /** Function code of data accesses in the present mode: 1 or 5; program accesses have this plus 1. */
    int dataFc = FunctionCode.SUPERVISOR_DATA;
    int[] dataRead = UNMAPPED;
    int[] dataWrite = UNMAPPED;
    int[] programRead = UNMAPPED;
    int[][] readMaps = new int[8][];
    int[][] writeMaps = new int[8][];

    /** The access in progress, valid when a slow method throws. */
    int accessAddress;
    int accessFc;
    boolean accessRead;

    BusUnit(Bus bus, byte[] ram) {
        this.bus = bus;
        this.ram = ram;
        java.util.Arrays.fill(readMaps, UNMAPPED);
        java.util.Arrays.fill(writeMaps, UNMAPPED);
    }

    /**
     * Installs the page maps of one function code. Each has 4,096 entries, one per 4 KiB page of the 24-bit space: the
     * offset of the page in {@code ram}, or -1 to ask the Bus. The arrays are shared: the board may change entries
     * at any time, also inside a call to the Bus. Null means all -1. Program space is never written. A page that is
     * open for writing can be read at the same offset without any effect. In the write map {@link #CODE} added to an
     * offset asks the Bus like -1; it says that only compiled code forbids the fast way.
     */
    public final void maps(int fc, int[] read, int[] write) {
        readMaps[fc] = read == null ? UNMAPPED : read;
        writeMaps[fc] = write == null ? UNMAPPED : write;
        selectMaps();
    }

    final void selectMaps() {
        dataRead = readMaps[dataFc];
        dataWrite = writeMaps[dataFc];
        programRead = readMaps[dataFc + 1];
    }

    /** Called by a Bus inside an access: the access takes {@code clocks} more than the least. */
    public final void waitStates(int clocks) {
        cycles += clocks;
    }

    final void idle(int clocks) {
        cycles += clocks;
    }

    final int readB(int a) {
        int e = dataRead[(a >>> 12) & 0xFFF];
        if (e >= 0) {
            cycles += 4;
            return ram[e + (a & 0xFFF)] & 0xFF;
        }
        return slowReadB(dataFc, a);
    }

    final int readW(int a) {
        int e = dataRead[(a >>> 12) & 0xFFF];
        if ((e | -(a & 1)) >= 0) {
            cycles += 4;
            return (short) WORD.get(ram, e + (a & 0xFFF)) & 0xFFFF;
        }
        return slowReadW(dataFc, a);
    }

    final int readL(int a) {
        int e = dataRead[(a >>> 12) & 0xFFF];
        int o = a & 0xFFF;
        if ((e | -(a & 1) | 0xFFC - o) >= 0) {
            cycles += 8;
            return (int) LONG.get(ram, e + o);
        }
        int high = readW(a);
        return high << 16 | readW(a + 2);
    }

    final void writeB(int a, int v) {
        int e = dataWrite[(a >>> 12) & 0xFFF];
        if (e >= 0) {
            cycles += 4;
            ram[e + (a & 0xFFF)] = (byte) v;
        } else {
            slowWriteB(a, v);
        }
    }

    final void writeW(int a, int v) {
        int e = dataWrite[(a >>> 12) & 0xFFF];
        if ((e | -(a & 1)) >= 0) {
            cycles += 4;
            WORD.set(ram, e + (a & 0xFFF), (short) v);
        } else {
            slowWriteW(a, v);
        }
    }

    /** High word first. */
    final void writeL(int a, int v) {
        int e = dataWrite[(a >>> 12) & 0xFFF];
        int o = a & 0xFFF;
        if ((e | -(a & 1) | 0xFFC - o) >= 0) {
            cycles += 8;
            LONG.set(ram, e + o, v);
        } else {
            writeW(a, v >>> 16);
            writeW(a + 2, v);
        }
    }

    /** Low word first: MOVE.L and MOVEM.L to -(An), ADDX.L and SUBX.L. */
    final void writeLowHigh(int a, int v) {
        int e = dataWrite[(a >>> 12) & 0xFFF];
        int o = a & 0xFFF;
        if ((e | -(a & 1) | 0xFFC - o) >= 0) {
            cycles += 8;
            LONG.set(ram, e + o, v);
        } else {
            writeW(a + 2, v);
            writeW(a, v >>> 16);
        }
    }

    final int readProgramB(int a) {
        int e = programRead[(a >>> 12) & 0xFFF];
        if (e >= 0) {
            cycles += 4;
            return ram[e + (a & 0xFFF)] & 0xFF;
        }
        return slowReadB(dataFc + 1, a);
    }

    final int readProgramW(int a) {
        int e = programRead[(a >>> 12) & 0xFFF];
        if ((e | -(a & 1)) >= 0) {
            cycles += 4;
            return (short) WORD.get(ram, e + (a & 0xFFF)) & 0xFFFF;
        }
        return slowReadW(dataFc + 1, a);
    }

    final int readProgramL(int a) {
        int high = readProgramW(a);
        return high << 16 | readProgramW(a + 2);
    }

    final int fetch() {
        int a = pc;
        int e = programRead[(a >>> 12) & 0xFFF];
        int w;
        if (e >= 0) {
            cycles += 4;
            w = (short) WORD.get(ram, e + (a & 0xFFF)) & 0xFFFF;
        } else {
            w = slowReadW(dataFc + 1, a);
        }
        pc = a + 2;
        return w;
    }

    /** Takes the extension word out of the queue and refills it. */
    final int extension() {
        int w = irc;
        irc = fetch();
        return w;
    }

    /** Moves the queue on by one word: the next instruction word comes to {@code ird}. */
    final void prefetch() {
        ird = irc;
        irc = fetch();
    }

    private void access(int fc, int a, boolean read) {
        accessAddress = a;
        accessFc = fc;
        accessRead = read;
    }

    final void addressError(int fc, int a, boolean read) {
        access(fc, a, read);
        throw AddressError.INSTANCE;
    }

    final int slowReadB(int fc, int a) {
        access(fc, a, true);
        int v = bus.read8(fc, a & 0xFFFFFF);
        cycles += 4;
        return v;
    }

    final int slowReadW(int fc, int a) {
        access(fc, a, true);
        if ((a & 1) != 0) {
            throw AddressError.INSTANCE;
        }
        int v = bus.read16(fc, a & 0xFFFFFF);
        cycles += 4;
        return v;
    }

    private void slowWriteB(int a, int v) {
        access(dataFc, a, false);
        bus.write8(dataFc, a & 0xFFFFFF, v & 0xFF);
        cycles += 4;
    }

    private void slowWriteW(int a, int v) {
        access(dataFc, a, false);
        if ((a & 1) != 0) {
            throw AddressError.INSTANCE;
        }
        bus.write16(dataFc, a & 0xFFFFFF, v & 0xFFFF);
        cycles += 4;
    }

    /** The read-modify-write cycle of TAS: ten clocks. */
    final int testAndSet(int a) {
        int read = dataRead[(a >>> 12) & 0xFFF];
        int write = dataWrite[(a >>> 12) & 0xFFF];
        int v;
        if ((read | write) >= 0 && read == write) {
            v = ram[read + (a & 0xFFF)] & 0xFF;
            ram[read + (a & 0xFFF)] = (byte) (v | 0x80);
        } else {
            access(dataFc, a, false);
            v = bus.testAndSet(dataFc, a & 0xFFFFFF);
        }
        cycles += 10;
        return v;
    }
}
