package triplex.m68k;

/**
 * A region of 68000 code as code of the Java machine; {@code triplex.m68k.jit} makes subclasses of it. What stands here
 * is called by them.
 *
 * <p>Compiled code executes whole instructions only: it leaves before an instruction that it cannot do without an
 * exception, a bus access or a look at the deadline. Condition codes are kept as the operands of the instruction that
 * set them: a kind and up to four ints, called {@code a}, {@code b}, {@code r}, {@code z} below. Operands and results
 * are left-justified as in {@link Alu}.
 */
public abstract class CompiledCode {
    /** Condition codes (or X) are in the processor's own fields. */
    public static final int FIELDS = 0;
    /** N and Z of {@code a}; V and C clear. */
    public static final int LOGIC = 1;
    /** Those of {@code b + a}. */
    public static final int ADD = 2;
    /** Those of {@code b - a}. */
    public static final int SUB = 3;
    /** N and Z of {@code a}, C the sign of {@code b}, V clear. */
    public static final int SHIFT = 4;
    /** The four low bits of {@code a}: N, Z, V, C. */
    public static final int BITS = 5;
    /** N of {@code r}, the sum of {@code b}, {@code a} and X. */
    public static final int ADDX = 6;
    /** N of {@code r}, the difference of {@code b}, {@code a} and X. */
    public static final int SUBX = 7;
    /** As SHIFT, V the sign of {@code r}. */
    public static final int ARITHMETIC_SHIFT = 8;
    /** Added to a kind: Z is set if {@code z} is zero, whatever the kind says. */
    public static final int ZERO_APART = 16;
    /** X is the sign of {@code a}. X has also the kinds FIELDS, ADD and SUB. */
    public static final int SIGN = 1;

    /** A region runs no longer than this many cycles at once, so that its clock fits in an int. */
    public static final int LONGEST = 1 << 30;

    /**
     * A region in which the program stayed so long once is left and entered again behind slices of so many cycles: Java
     * counts calls, and compiles a method that is called seldom and loops long once for each of its loops, which costs
     * more than all the rest. Behind so many slices they become so many times as long, up to an end.
     */
    private static final int LONG_STAY = 2000;
    private static final int FIRST_SLICE = 500;
    private static final int SLICES = 200_000;
    private static final int LONGER = 4;
    private static final int LONGEST_SLICE = 1_000_000;

    /** What {@link #run} returns when it was left for the address in {@link Cpu#exit}. */
    static final int COMPUTED = Integer.MIN_VALUE;

    /**
     * Ways out. Those to the interpreter, before an instruction that only it can do, have numbers from 0.
     *
     * @param addresses where the interpreter goes on, by number
     * @param times what then has to be added to the time
     * @param bounds the way is taken so many clocks before the deadline, or sooner for another reason; negative if the
     *     deadline is none of its reasons
     * @param links the fixed addresses for which the region is left
     */
    public record Exits(int[] addresses, long[] times, int[] bounds, int[] links) {
    }

    Exits exits;
    int generation;
    /** Several threads may count; nothing but speed depends on it. */
    private int slice = LONGEST;
    private int slices;

    /** For subclasses. */
    protected CompiledCode() {
    }

    /** How often the code at its beginning was compiled anew because it was left for other code. */
    public final int generation() {
        return generation;
    }

    /**
     * Executes from one of the region's entries until it leaves the region or something unusual comes. The state is
     * then that of an instruction boundary, but for what {@link #end} does.
     *
     * @param entry number of the entry, ascending by address
     * @return the number of a link; {@link #COMPUTED}; or, negated bit by bit, the number of a way to the interpreter
     */
    protected abstract int run(Cpu cpu, int entry);

    /** How many cycles it should run at once, at most. */
    final int slice() {
        return slice;
    }

    /** Behind a run of so many cycles. */
    final void stayed(int clocks) {
        if (clocks > LONG_STAY && slices == 0) {
            slice = FIRST_SLICE;
            slices = 1;
        }
    }

    /** Between two runs: the next ends behind so many clocks, or at the deadline. */
    static void limit(Cpu cpu, int most) {
        int clock = (int) cpu.time;
        int passed = clock - cpu.timeBegan;
        int more = clock + (int) Math.max(0, Math.min(Math.min(cpu.deadline - cpu.cycles, LONGEST) - passed, most));
        cpu.time -= more;
        cpu.timeBegan -= more;
    }

    /** Before one or several runs of so many clocks: the clock counts up from a negative number to their end. */
    static void begin(Cpu cpu, int most) {
        cpu.timeBegan = (int) Math.max(cpu.cycles - cpu.deadline, -most);
        cpu.time = cpu.timeBegan;
        cpu.kind = FIELDS;
        cpu.xKind = FIELDS;
    }

    /**
     * Behind a run that took this way to the interpreter: gives more clocks if it did so only for want of them and the
     * deadline is far enough. Then it has to be entered again where it was left.
     */
    final boolean goOn(Cpu cpu, int way) {
        int bound = exits.bounds[way];
        int clock = (int) cpu.time;
        if (bound < 0 || clock < -bound) {
            return false;
        }
        int passed = clock - cpu.timeBegan;
        long left = Math.min(cpu.deadline - cpu.cycles, LONGEST) - passed;
        if (left <= bound) {
            return false;
        }
        if (slice < LONGEST_SLICE && ++slices >= SLICES) {
            slice *= LONGER;
            slices = 1;
        }
        limit(cpu, slice + bound);
        return true;
    }

    /** Behind the last run: brings clock, condition codes and the queue to where the interpreter expects them. */
    static void end(Cpu cpu, int pc) {
        int clock = (int) cpu.time;
        cpu.cycles += clock - cpu.timeBegan;
        cpu.instructions += cpu.time - clock >> 32;
        int x = x(cpu, cpu.xKind, cpu.xA, cpu.xB);
        flags(cpu, cpu.kind, cpu.codeA, cpu.codeB, cpu.codeR, cpu.codeZ);
        cpu.x = x;
        cpu.pc = pc + 4;
        int e = cpu.programRead[pc >>> 12 & 0xFFF];
        int at = e + (pc & 0xFFF);
        cpu.ird = (short) BusUnit.WORD.get(cpu.ram, at) & 0xFFFF;
        if ((pc & 0xFFF) == 0xFFE) {
            at = cpu.programRead[pc + 2 >>> 12 & 0xFFF] - 2;
        }
        cpu.irc = (short) BusUnit.WORD.get(cpu.ram, at + 2) & 0xFFFF;
    }

    /** One run with all that belongs to it. */
    final void runAlone(Cpu cpu, int entry) {
        begin(cpu, LONGEST);
        int n = run(cpu, entry);
        if (n >= 0) {
            end(cpu, exits.links[n]);
        } else if (n == COMPUTED) {
            end(cpu, cpu.exit);
        } else {
            cpu.time += exits.times[~n];
            end(cpu, exits.addresses[~n]);
        }
    }

    /** Brings the condition codes, apart from X, into the processor's fields. */
    private static void flags(Cpu cpu, int kind, int a, int b, int r, int z) {
        switch (kind & 15) {
            case LOGIC -> Alu.logic(cpu, a);
            case ADD -> Alu.add(cpu, a, b);
            case SUB -> Alu.cmp(cpu, a, b);
            case SHIFT -> {
                Alu.logic(cpu, a);
                cpu.c = b;
            }
            case ARITHMETIC_SHIFT -> {
                Alu.logic(cpu, a);
                cpu.c = b;
                cpu.v = r;
            }
            case BITS -> {
                cpu.n = a << 28;
                cpu.z = ~a & 4;
                cpu.v = a << 30;
                cpu.c = a << 31;
            }
            case ADDX -> {
                cpu.n = r;
                cpu.v = Alu.addOverflow(a, b, r);
                cpu.c = Alu.addCarry(a, b, r);
            }
            case SUBX -> {
                cpu.n = r;
                cpu.v = Alu.subOverflow(a, b, r);
                cpu.c = Alu.subCarry(a, b, r);
            }
            default -> {
                // FIELDS: they are there.
            }
        }
        if (kind >= ZERO_APART) {
            cpu.z = z;
        }
    }

    /** X, 0 or 1. */
    protected static int x(Cpu cpu, int kind, int a, int b) {
        return switch (kind) {
            case SIGN -> a >>> 31;
            case ADD -> Alu.addCarry(a, b, a + b) >>> 31;
            case SUB -> Alu.subCarry(a, b, b - a) >>> 31;
            default -> cpu.x;
        };
    }

    /** A word that is zero when Z is set. */
    protected static int zero(Cpu cpu, int kind, int a, int b, int z) {
        if (kind >= ZERO_APART) {
            return z;
        }
        return switch (kind) {
            case ADD -> a + b;
            case SUB -> b - a;
            case BITS -> ~a & 4;
            case FIELDS -> cpu.z;
            default -> a;
        };
    }

    /** Whether a condition holds; the fields of the processor are used for the work. */
    protected static boolean condition(Cpu cpu, int condition, int kind, int a, int b, int r, int z) {
        if (kind != FIELDS) {
            // The fields are only looked at again under the kind FIELDS, which no code has after another kind.
            int x = cpu.x;
            flags(cpu, kind, a, b, r, z);
            cpu.x = x;
        }
        return cpu.condition(condition);
    }

    /**
     * The index in RAM of a byte; negative if the map has no fast way. A page's offset is a multiple of its size.
     *
     * <p>Where the map is the identity, the index is the address itself, and who goes on with it need not wait for the
     * map's entry. So that is looked for first. (In a page that is closed the entry is -1; its complement has all high
     * bits only if the address is negative.)
     */
    protected static int byteAt(int[] map, int address) {
        int entry = map[address >>> 12 & 0xFFF];
        return ((entry ^ address) & -0x1000) == 0 ? address : entry | address & 0xFFF;
    }

    /** The same for a word; negative at an odd address too. */
    protected static int wordAt(int[] map, int address) {
        int entry = map[address >>> 12 & 0xFFF];
        return ((entry ^ address) & -0xFFF) == 0 ? address : entry | address & 0xFFF | address << 31;
    }

    /** The same for a long; negative too if it does not lie in one page. */
    protected static int longAt(int[] map, int address) {
        int entry = map[address >>> 12 & 0xFFF];
        int offset = entry ^ address;
        if (((offset | offset + 2) & -0xFFF) == 0) {
            return address;
        }
        offset = address & 0xFFF;
        return entry | offset | -(offset + 2 & 0x1001);
    }

    /** The same for more bytes, an even number. */
    protected static int bytesAt(int[] map, int address, int count) {
        int entry = map[address >>> 12 & 0xFFF];
        int offset = entry ^ address;
        if (((offset | offset + count - 2) & -0xFFF) == 0) {
            return address;
        }
        offset = address & 0xFFF;
        return entry | offset | (address << 31 | 0x1000 - count - offset) >> 31;
    }

    /** The same where an odd address and an odd number are allowed. */
    protected static int spanAt(int[] map, int address, int count) {
        int entry = map[address >>> 12 & 0xFFF];
        int offset = entry ^ address;
        if (((offset | offset + count - 1) & -0x1000) == 0) {
            return address;
        }
        offset = address & 0xFFF;
        return entry | offset | (0x1000 - count - offset) >> 31;
    }

    /**
     * The index in RAM of a write that the map does not answer at once, if that is only because its page has code of
     * which it hits nothing; else -1.
     */
    protected static int beside(Cpu cpu, int address, int count) {
        int e = cpu.dataWrite[address >>> 12 & 0xFFF];
        int o = address & 0xFFF;
        if (e == -1 || count != 1 && (address & 1) != 0 || o + count > 0x1000) {
            return -1;
        }
        int index = (e & ~BusUnit.CODE) + o;
        return cpu.code.isCode(index, count) ? -1 : index;
    }

    /** The index in RAM of a write of any length; negative if the interpreter has to do it. */
    protected static int writeAt(Cpu cpu, int address, int count) {
        int index = count == 1 ? byteAt(cpu.dataWrite, address) : bytesAt(cpu.dataWrite, address, count);
        return index >= 0 ? index : beside(cpu, address, count);
    }

    /**
     * One, two or four bytes at an index, sign-extended. For the JVM's first compiler this and {@link #put} are just
     * too long to be inlined; else the handles of many accesses take more registers than it has for a method.
     */
    protected static int get(byte[] ram, int index, int bytes) {
        return switch (bytes) {
            case 1 -> ram[index];
            case 2 -> (short) BusUnit.WORD.get(ram, index);
            default -> (int) BusUnit.LONG.get(ram, index);
        };
    }

    /** Writes the low one, two or four bytes of a value. */
    protected static void put(byte[] ram, int index, int value, int bytes) {
        switch (bytes) {
            case 1 -> ram[index] = (byte) value;
            case 2 -> BusUnit.WORD.set(ram, index, (short) value);
            default -> BusUnit.LONG.set(ram, index, value);
        }
    }

    /** A register's value with another low byte. */
    protected static int withByte(int old, int value) {
        return old & ~0xFF | value & 0xFF;
    }

    /** A register's value with another low word. */
    protected static int withWord(int old, int value) {
        return old & ~0xFFFF | value & 0xFFFF;
    }

    /** The same for a left-justified byte. */
    protected static int withLeftByte(int old, int value) {
        return old & ~0xFF | value >>> 24;
    }

    /** The same for a left-justified word. */
    protected static int withLeftWord(int old, int value) {
        return old & ~0xFFFF | value >>> 16;
    }

    /** V of a shift to the left, as a sign: whether the sign ever changes. The value is left-justified. */
    protected static int overflow(int value, int count) {
        long wide = (long) value << 32;
        return wide << count >> count == wide ? 0 : -1;
    }

    /** The X of a shift, as a sign: that from before if the count is zero. */
    protected static int shiftedX(int count, int carry, int x) {
        return count == 0 ? x << 31 : carry;
    }

    /** Whether the queue can be filled at {@code pc} without any surprise. */
    protected static boolean reachable(Cpu cpu, int pc) {
        return (pc & 1) == 0 && (pc & 0xFFF) != 0xFFE && cpu.programRead[pc >>> 12 & 0xFFF] >= 0;
    }

    /** The same for JSR, which reads the first word at {@code pc} before it writes to {@code index} in RAM. */
    protected static boolean reachableBefore(Cpu cpu, int pc, int index) {
        return reachable(cpu, pc)
            && (cpu.programRead[pc >>> 12 & 0xFFF] ^ index) >>> 12 != 0;
    }

    /**
     * A shift or rotation by a count in a register, 0 to 63; condition codes go to the fields.
     *
     * @param kind as in {@link Shifts}
     * @param value zero-extended
     */
    protected static int shift(Cpu cpu, int kind, int bits, int value, int count, int x) {
        cpu.x = x;
        return Shifts.shift(cpu, kind, bits, value, count);
    }

    /** Clocks of MULU after its prefetch above the least. */
    public static int mulu(int source) {
        return 2 * Integer.bitCount(source & 0xFFFF);
    }

    /** Clocks of MULS after its prefetch above the least. */
    public static int muls(int source) {
        return 2 * Integer.bitCount((source << 1 ^ source) & 0xFFFF);
    }

    /** Clocks of DIVU before its prefetch. */
    public static int divu(int dividend, int divisor) {
        return Alu.divuIdle(dividend, divisor);
    }

    /** Clocks of DIVS before its prefetch. */
    public static int divs(int dividend, int divisor) {
        return Alu.divsIdle(dividend, divisor);
    }
}
