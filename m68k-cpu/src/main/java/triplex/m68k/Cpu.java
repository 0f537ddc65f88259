package triplex.m68k;

/**
 * The MC68000: an interpreter whose registers, memory, prefetch queue, bus cycles and clock are exact.
 *
 * <p>One instance is used by one thread. The order of lines in an instruction's body (see {@link InstructionTable}) is
 * the order of its cycles on the bus. Sources: M68000 User's Manual, M68000 Programmer's Reference Manual.
 */
public final class Cpu extends BusUnit {
    /** Rare states: when any of these bits is set, {@link #boundary} looks closer before the next instruction. */
    static final int TRACE = 1;
    static final int STOPPED = 2;
    static final int HALTED = 4;
    static final int INTERRUPT = 8;
    static final int HOOKED = 16;

    /** Length of the longest instruction. */
    private static final int MOST_BYTES = 10;

    /** D0 to D7, A0 to A7; A7 is the active stack pointer. */
    final int[] r = new int[16];
    /** The stack pointer of the other mode. */
    int otherSp;
    boolean supervisor = true;
    boolean trace;
    int mask = 7;

    /** Condition codes: N is the sign of {@code n}, Z means {@code z == 0}, V and C are the signs; X is 0 or 1. */
    int n;
    int z = 1;
    int v;
    int c;
    int x;

    int rare;
    /** The word of the instruction being executed; unlike {@code ird} it stays until the next instruction begins. */
    int opcode;
    /** Address of the memory operand read last by {@link EffectiveAddress}. */
    int address;
    /** What a fault would interrupt; see {@link Exceptions}. */
    int processing;
    /** Set by an instruction that trapped without being executed and so is not traced. */
    boolean notExecuted;
    private int ipl;
    private boolean levelSeven;
    long instructions;
    /**
     * While compiled code runs: instructions in the high half, and in the low one cycles to the deadline, negative, as
     * they were at the beginning and now; and the condition codes as {@link CompiledCode} describes them.
     */
    int timeBegan;
    long time;
    int kind;
    int codeA;
    int codeB;
    int codeR;
    int codeZ;
    int xKind;
    int xA;
    int xB;
    /** Where a computed jump, call or return leaves compiled code for. */
    int exit;
    /** Compiled code, or null: everything is interpreted. */
    CodeMap code;
    private CheckedRun checked;
    private Hook hook;
    private long hookPassed = -1;

    /**
     * Creates a processor that has not been reset yet.
     *
     * @param bus answers what the page maps do not
     * @param ram the memory that the page maps point into; shared with the board
     */
    public Cpu(Bus bus, byte[] ram) {
        super(bus, ram);
    }

    /** Data register {@code n}, 0 to 7. */
    public int d(int n) {
        return r[n & 7];
    }

    /** Sets data register {@code n}, 0 to 7. */
    public void setD(int n, int value) {
        r[n & 7] = value;
    }

    /** Address register {@code n}, 0 to 7; 7 is the active stack pointer. */
    public int a(int n) {
        return r[8 + (n & 7)];
    }

    /** Sets address register {@code n}, 0 to 7; 7 is the active stack pointer. */
    public void setA(int n, int value) {
        r[8 + (n & 7)] = value;
    }

    /** Address of the instruction to be executed next, 32 bits as the processor holds it; 24 reach the bus. */
    public int pc() {
        return pc - 4;
    }

    /**
     * Continues at {@code address}, which must be even: refills the prefetch queue by two word reads of program space
     * (8 clocks, a Bus may throw), like a jump.
     */
    public void setPc(int address) {
        if ((address & 1) != 0) {
            throw new IllegalArgumentException("odd program counter");
        }
        pc = address;
        ird = fetch();
        irc = fetch();
    }

    /** Sets the program counter and both words of the prefetch queue without any bus cycle. */
    public void setPrefetch(int address, int first, int second) {
        pc = address + 4;
        ird = first & 0xFFFF;
        irc = second & 0xFFFF;
    }

    /** Word 0 (the next instruction word) or 1 (the word after it) of the prefetch queue. */
    public int prefetch(int index) {
        return index == 0 ? ird : irc;
    }

    /** The user stack pointer, whichever is active. */
    public int usp() {
        return supervisor ? otherSp : r[15];
    }

    /** Sets the user stack pointer, whichever is active. */
    public void setUsp(int value) {
        if (supervisor) {
            otherSp = value;
        } else {
            r[15] = value;
        }
    }

    /** The supervisor stack pointer, whichever is active. */
    public int ssp() {
        return supervisor ? r[15] : otherSp;
    }

    /** Sets the supervisor stack pointer, whichever is active. */
    public void setSsp(int value) {
        if (supervisor) {
            r[15] = value;
        } else {
            otherSp = value;
        }
    }

    /** The status register: T, S, interrupt mask, X, N, Z, V, C. */
    public int sr() {
        return (trace ? 0x8000 : 0) | (supervisor ? 0x2000 : 0) | mask << 8 | ccr();
    }

    /**
     * Sets the status register; bits that do not exist are ignored. Changing S exchanges the stack pointers and maps.
     */
    public void setSr(int sr) {
        setCcr(sr);
        setSupervisor((sr & 0x2000) != 0);
        trace = (sr & 0x8000) != 0;
        mask = sr >> 8 & 7;
        updateRare();
    }

    int ccr() {
        return x << 4 | n >>> 31 << 3 | (z == 0 ? 4 : 0) | v >>> 31 << 1 | c >>> 31;
    }

    void setCcr(int ccr) {
        x = ccr >> 4 & 1;
        n = ccr << 28;
        z = ~ccr & 4;
        v = ccr << 30;
        c = ccr << 31;
    }

    /** Condition 0 to 15 (Programmer's Reference Manual, table 3-19). */
    boolean condition(int code) {
        return switch (code) {
            case 0 -> true;
            case 1 -> false;
            case 2 -> c >= 0 && z != 0;
            case 3 -> c < 0 || z == 0;
            case 4 -> c >= 0;
            case 5 -> c < 0;
            case 6 -> z != 0;
            case 7 -> z == 0;
            case 8 -> v >= 0;
            case 9 -> v < 0;
            case 10 -> n >= 0;
            case 11 -> n < 0;
            case 12 -> (n ^ v) >= 0;
            case 13 -> (n ^ v) < 0;
            case 14 -> z != 0 && (n ^ v) >= 0;
            default -> z == 0 || (n ^ v) < 0;
        };
    }

    void setSupervisor(boolean s) {
        if (s != supervisor) {
            supervisor = s;
            int sp = r[15];
            r[15] = otherSp;
            otherSp = sp;
            dataFc = s ? FunctionCode.SUPERVISOR_DATA : FunctionCode.USER_DATA;
            selectMaps();
        }
    }

    /** Instructions begun since power-up; an instruction that ends in an exception counts, an interrupt does not. */
    public long instructions() {
        return instructions;
    }

    /**
     * Power-up reset: reads SSP and PC through supervisor program space at 0 (40 clocks). D0 to A6 and USP, undefined
     * on a real chip, become 0.
     */
    public void reset() {
        java.util.Arrays.fill(r, 0);
        otherSp = 0;
        supervisor = true;
        dataFc = FunctionCode.SUPERVISOR_DATA;
        selectMaps();
        trace = false;
        mask = 7;
        levelSeven = false;
        setCcr(0);
        rare &= HOOKED;
        Exceptions.reset(this);
        updateRare();
    }

    /**
     * Executes until the first instruction boundary with {@code cycles >= deadline}; the deadline begins as
     * {@code until} and a Bus may lower it. Returns early only when a {@link Hook} asks for it. A stopped processor
     * with nothing pending and a halted one let the time pass: {@code cycles} becomes the deadline.
     */
    public void run(long until) {
        deadline = until;
        while (cycles < deadline) {
            try {
                if (code == null ? execute() : executeCompiled()) {
                    return;
                }
            } catch (AddressError e) {
                Exceptions.addressError(this);
            } catch (BusError e) {
                Exceptions.busError(this);
            }
        }
    }

    /**
     * Executes one instruction, or takes one pending exception; a hook that objects, STOP with nothing pending and
     * a halt make it return at once without letting time pass.
     */
    public void step() {
        if ((rare & HALTED) != 0 || (rare & (STOPPED | INTERRUPT)) == STOPPED) {
            return;
        }
        run(cycles + 1);
    }

    /**
     * Executes just the instruction in the queue, from STOP or halt too, without the trace exception that may follow it
     * and without looking at interrupts: what single-instruction vectors record.
     */
    public void executeOne() {
        rare &= ~(STOPPED | HALTED);
        processing = Exceptions.INSTRUCTION;
        instructions++;
        opcode = ird;
        try {
            InstructionTable.BODIES[ird].run(this, ird);
        } catch (AddressError e) {
            Exceptions.addressError(this);
        } catch (BusError e) {
            Exceptions.busError(this);
        }
    }

    /**
     * Executes just the instruction in the queue as compiled code. False if compiled code leaves it to the interpreter;
     * then nothing has changed.
     */
    public boolean executeOneCompiled() {
        deadline = cycles + 1;
        code.compile(this);
        CodeMap.Entry entry = code.find(this);
        if (entry == null) {
            return false;
        }
        long before = instructions;
        entry.region.code.runAlone(this, entry.index);
        return instructions != before;
    }

    /** True when a hook made it return. */
    private boolean execute() {
        Body[] bodies = InstructionTable.BODIES;
        while (cycles < deadline) {
            if (rare != 0) {
                if (boundary()) {
                    return true;
                }
                continue;
            }
            int op = ird;
            opcode = op;
            instructions++;
            bodies[op].run(this, op);
        }
        return false;
    }

    /**
     * The same with compiled code where there is some. Where jumps arrive, and what follows compiled code and the first
     * instruction after it, is counted.
     */
    private boolean executeCompiled() {
        boolean arrived = false;
        boolean left = false;
        while (cycles < deadline) {
            if (rare != 0 || code.isWatching()) {
                if (rare != 0 && boundary()) {
                    return true;
                }
                watched();
                arrived = true;
                continue;
            }
            CodeMap.Entry entry = code.find(this);
            if (entry == null && arrived && code.visit(this)) {
                entry = code.find(this);
            }
            if (entry != null) {
                if (checked == null ? code.run(this, entry) : checked.run(entry.region.code, entry.index)) {
                    arrived = true;
                    continue;
                }
                left = true;
                if (cycles >= deadline) {
                    return false;
                }
            }
            int from = pc;
            interpret();
            arrived = left || pc - from < 0 || pc - from > MOST_BYTES;
            left = false;
        }
        return false;
    }

    /** Interprets while the code map wants to see where the program goes. */
    private void watched() {
        while (cycles < deadline && rare == 0 && code.isWatching()) {
            code.watch(this);
            interpret();
        }
    }

    private void interpret() {
        int op = ird;
        opcode = op;
        instructions++;
        InstructionTable.BODIES[op].run(this, op);
    }

    /** One instruction or one step of a rare state. True when a hook made it stop. */
    private boolean boundary() {
        if ((rare & HALTED) != 0) {
            cycles = deadline;
            return false;
        }
        if ((rare & INTERRUPT) != 0) {
            levelSeven = false;
            Exceptions.interrupt(this, ipl);
            return false;
        }
        if ((rare & STOPPED) != 0) {
            cycles = deadline;
            return false;
        }
        if ((rare & HOOKED) != 0 && hookPassed != instructions) {
            hookPassed = instructions;
            if (hook.before(pc())) {
                return true;
            }
        }
        hookPassed = -1;
        boolean traced = trace;
        int op = ird;
        opcode = op;
        notExecuted = false;
        instructions++;
        InstructionTable.BODIES[op].run(this, op);
        if (traced && !notExecuted) {
            Exceptions.trace(this);
        }
        return false;
    }

    /**
     * The level on the pins IPL2 to IPL0, 0 to 7, sampled at instruction boundaries. Levels 1 to 6 count while above
     * the mask; level 7 counts once for each change to it.
     */
    public void setIpl(int level) {
        if (level == 7 && ipl != 7) {
            levelSeven = true;
        }
        if (level != 7) {
            levelSeven = false;
        }
        ipl = level;
        updateRare();
    }

    void updateRare() {
        int bits = rare & (STOPPED | HALTED | HOOKED);
        if (trace) {
            bits |= TRACE;
        }
        if (levelSeven || ipl > mask) {
            bits |= INTERRUPT;
        }
        rare = bits;
    }

    void stop() {
        rare |= STOPPED;
    }

    void halt() {
        rare |= HALTED;
    }

    /** True after STOP until the next interrupt. */
    public boolean stopped() {
        return (rare & STOPPED) != 0;
    }

    /** True after a double bus fault until {@link #reset}. */
    public boolean halted() {
        return (rare & HALTED) != 0;
    }

    /** From now on compiled code is made and run; with null everything is interpreted. The results are the same. */
    public void setCode(CodeMap map) {
        code = map;
        checked = null;
    }

    /** From now on whatever compiled code does is done by the interpreter too and compared; slow. */
    public void checkCode() {
        checked = new CheckedRun(this);
    }

    /** Installs or, with null, removes the hook called before each instruction; costs nothing when there is none. */
    public void setHook(Hook hook) {
        this.hook = hook;
        hookPassed = -1;
        rare = hook == null ? rare & ~HOOKED : rare | HOOKED;
    }

    /** The one list of the processor's state for save, load and digest. The page maps belong to the board. */
    public void state(State s) {
        cycles = s.l("cycles", cycles);
        instructions = s.l("instructions", instructions);
        int sr = s.i("sr", sr());
        int usp = s.i("usp", usp());
        int ssp = s.i("ssp", ssp());
        setSr(sr);
        setUsp(usp);
        setSsp(ssp);
        for (int k = 0; k < 8; k++) {
            r[k] = s.i("d" + k, r[k]);
        }
        for (int k = 0; k < 7; k++) {
            r[8 + k] = s.i("a" + k, r[8 + k]);
        }
        pc = s.i("pc", pc - 4) + 4;
        ird = s.i("prefetch0", ird);
        irc = s.i("prefetch1", irc);
        ipl = s.i("ipl", ipl);
        levelSeven = s.b("levelSeven", levelSeven);
        rare = s.i("rare", rare & (STOPPED | HALTED)) | rare & HOOKED;
        updateRare();
    }
}
