package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes bytecode for one region: the variables, guest registers, time, and the ways out. What instructions do stands
 * in the emitters of the families.
 *
 * <p>An instruction is emitted in this order: addresses, a look at the map for each access, then effects. Behind the
 * first effect it can no longer leave.
 */
final class Emitter implements Opcodes {
    static final String BASE = "triplex/m68k/CompiledCode";
    static final String CPU_CLASS = "triplex/m68k/Cpu";
    private static final String UNIT = "triplex/m68k/BusUnit";
    private static final String HANDLE = "java/lang/invoke/VarHandle";

    static final int CPU = 1;
    private static final int TIME = 2;
    private static final int RAM = 4;
    private static final int READ = 5;
    private static final int WRITE = 6;
    private static final int PROGRAM = 7;
    private static final int REGISTERS = 8;
    static final int KIND = 24;
    static final int A = 25;
    static final int B = 26;
    static final int R = 27;
    static final int Z = 28;
    static final int X_KIND = 29;
    static final int X_A = 30;
    static final int X_B = 31;
    static final int EXIT = 32;
    private static final int START = 33;
    private static final int FIRST_TEMPORARY = 34;

    /** Names of the variables that are no registers; the long of time takes two. */
    private static final Map<Integer, String> VARIABLES = Map.ofEntries(Map.entry(0, "this"), Map.entry(CPU, "cpu"),
        Map.entry(TIME, "time"), Map.entry(RAM, "ram"), Map.entry(READ, "readMap"), Map.entry(WRITE, "writeMap"),
        Map.entry(PROGRAM, "programMap"), Map.entry(KIND, "kind"), Map.entry(A, "a"), Map.entry(B, "b"),
        Map.entry(R, "r"), Map.entry(Z, "z"), Map.entry(X_KIND, "xKind"), Map.entry(X_A, "xA"), Map.entry(X_B, "xB"),
        Map.entry(EXIT, "exit"), Map.entry(START, "start"));

    /** A way out: time that has passed in the block so far, and where the interpreter goes on. */
    private record Way(Label label, int address, int count, int cost) {
    }

    /** A write whose page might have code. */
    private record Beside(Label label, Label back, int address, int index, int bytes, Label out) {
    }

    final MethodVisitor m;
    /** Null unless somebody wants to read what is emitted. */
    private final Listing listing;
    private final Label exit = new Label();
    private final Label prologue = new Label();
    private final List<Way> ways = new ArrayList<>();
    private final List<Beside> besides = new ArrayList<>();
    private int used;
    private int changed;
    private int temporary;
    private final int[] steps = new int[16];

    private Op op;
    private int count;
    private int cost;
    private Label out;

    Emitter(MethodVisitor m) {
        this.m = m;
        listing = m instanceof Listing l ? l : null;
    }

    /** Name of a variable in listings. */
    static String variable(int n) {
        if (n >= REGISTERS && n < REGISTERS + 16) {
            return (n < REGISTERS + 8 ? "d" : "a") + (n - REGISTERS & 7);
        }
        return n >= FIRST_TEMPORARY ? "t" + (n - FIRST_TEMPORARY) : VARIABLES.get(n);
    }

    private void part(String text) {
        if (listing != null) {
            listing.part(text);
        }
    }

    // The method ----------------------------------------------------------------------------------------------------

    void begin() {
        m.visitCode();
        part("-- begin");
        m.visitJumpInsn(GOTO, prologue);
    }

    /** Ways out, the common exit, and the prologue, which stands last because only now all registers are known. */
    void end(Region region, Label last) {
        for (Beside s : besides) {
            part("-- a write whose page might have code");
            m.visitLabel(s.label);
            m.visitVarInsn(ALOAD, CPU);
            load(s.address);
            constant(s.bytes);
            call("beside", "(L" + CPU_CLASS + ";II)I");
            m.visitInsn(DUP);
            store(s.index);
            m.visitJumpInsn(IFLT, s.out);
            m.visitJumpInsn(GOTO, s.back);
        }
        for (Way way : ways) {
            part("-- to the interpreter at " + Integer.toHexString(way.address));
            m.visitLabel(way.label);
            addTime(way.count, way.cost);
            constant(way.address);
            store(EXIT);
            m.visitJumpInsn(GOTO, exit);
        }
        part("-- the common way out");
        m.visitLabel(exit);
        m.visitVarInsn(ALOAD, CPU);
        m.visitFieldInsn(GETFIELD, CPU_CLASS, "r", "[I");
        m.visitVarInsn(ASTORE, FIRST_TEMPORARY);
        for (int n = 0; n < 16; n++) {
            if ((changed >> n & 1) != 0) {
                m.visitVarInsn(ALOAD, FIRST_TEMPORARY);
                constant(n);
                load(REGISTERS + n);
                m.visitInsn(IASTORE);
            }
        }
        m.visitVarInsn(ALOAD, CPU);
        load(EXIT);
        m.visitVarInsn(LLOAD, TIME);
        for (int v : new int[] {START, KIND, A, B, R, Z, X_KIND, X_A, X_B}) {
            load(v);
        }
        call("leave", "(L" + CPU_CLASS + ";IJIIIIIIIII)V");
        m.visitInsn(RETURN);
        part("-- the way in");
        prologue();
        enter(region);
        m.visitLabel(last);
        m.visitMaxs(0, 0);
        m.visitEnd();
    }

    private void prologue() {
        m.visitLabel(prologue);
        field("ram", "[B", RAM);
        field("dataRead", "[I", READ);
        field("dataWrite", "[I", WRITE);
        field("programRead", "[I", PROGRAM);
        field("r", "[I", FIRST_TEMPORARY);
        for (int n = 0; n < 16; n++) {
            if ((used >> n & 1) != 0) {
                m.visitVarInsn(ALOAD, FIRST_TEMPORARY);
                constant(n);
                m.visitInsn(IALOAD);
                store(REGISTERS + n);
            }
        }
        for (int v : new int[] {KIND, A, B, R, Z, X_KIND, X_A, X_B, EXIT}) {
            constant(0);
            store(v);
        }
        m.visitVarInsn(ALOAD, CPU);
        call("clock", "(L" + CPU_CLASS + ";)I");
        m.visitInsn(DUP);
        store(START);
        m.visitInsn(I2L);
        m.visitVarInsn(LSTORE, TIME);
    }

    /** To the block where the processor stands. */
    private void enter(Region region) {
        int[] entries = region.entries();
        Label[] labels = new Label[entries.length];
        for (int k = 0; k < entries.length; k++) {
            labels[k] = region.blocks.get(entries[k]).label;
        }
        m.visitVarInsn(ALOAD, CPU);
        m.visitFieldInsn(GETFIELD, CPU_CLASS, "pc", "I");
        with(IADD, -4);
        m.visitLookupSwitchInsn(region.blocks.get(region.head).label, entries, labels);
    }

    private void field(String name, String type, int to) {
        m.visitVarInsn(ALOAD, CPU);
        m.visitFieldInsn(GETFIELD, CPU_CLASS, name, type);
        m.visitVarInsn(ASTORE, to);
    }

    // Blocks, instructions, time ------------------------------------------------------------------------------------

    void beginBlock(Block block) {
        part("-- block " + Integer.toHexString(block.start));
        m.visitLabel(block.label);
        count = 0;
        cost = 0;
        if (block.checked) {
            Label late = new Label();
            ways.add(new Way(late, block.start, 0, 0));
            m.visitVarInsn(LLOAD, TIME);
            m.visitInsn(L2I);
            if (block.bound == 0) {
                m.visitJumpInsn(IFGE, late);
            } else {
                constant(-block.bound);
                m.visitJumpInsn(IF_ICMPGE, late);
            }
        }
    }

    void beginOp(Op next) {
        if (listing != null) {
            listing.instruction(next);
        }
        op = next;
        out = null;
        temporary = FIRST_TEMPORARY;
    }

    /** Its constant clocks are added where the block is left. */
    void endOp() {
        count++;
        cost += op.cost();
    }

    /** Where the present instruction leaves before it has had any effect. */
    Label out() {
        if (out == null) {
            out = new Label();
            ways.add(new Way(out, op.address(), count, cost));
        }
        return out;
    }

    private void addTime(int instructions, int clocks) {
        if (instructions != 0 || clocks != 0) {
            m.visitVarInsn(LLOAD, TIME);
            m.visitLdcInsn(((long) instructions << 32) + clocks);
            m.visitInsn(LADD);
            m.visitVarInsn(LSTORE, TIME);
        }
    }

    /** The block ends here behind instructions whose clocks are counted, and the present one with these clocks. */
    void passTime(int clocks) {
        addTime(count + 1, cost + clocks);
    }

    /** The block ends behind its last instruction, all counted. */
    void passTime() {
        addTime(count, cost);
    }

    /** Adds the int on the stack to the clock. */
    void addClocks() {
        m.visitInsn(I2L);
        m.visitVarInsn(LLOAD, TIME);
        m.visitInsn(LADD);
        m.visitVarInsn(LSTORE, TIME);
    }

    /** Leaves the region for the address in {@link #EXIT}; time and steps are done. */
    void leave() {
        m.visitJumpInsn(GOTO, exit);
    }

    /** The same, and tells by which jump: somebody may look where it goes. */
    void leaveUnknown(int from) {
        m.visitVarInsn(ALOAD, CPU);
        constant(from);
        m.visitFieldInsn(PUTFIELD, CPU_CLASS, "jumpedFrom", "I");
        leave();
    }

    // Registers and variables -----------------------------------------------------------------------------------------

    int temporary() {
        return temporary++;
    }

    void load(int variable) {
        m.visitVarInsn(ILOAD, variable);
    }

    void store(int variable) {
        m.visitVarInsn(ISTORE, variable);
    }

    /** Pushes a guest register. */
    void register(int n) {
        used |= 1 << n;
        load(REGISTERS + n);
    }

    void setRegister(int n) {
        used |= 1 << n;
        changed |= 1 << n;
        store(REGISTERS + n);
    }

    void addToRegister(int n, int by) {
        if (by != 0) {
            used |= 1 << n;
            changed |= 1 << n;
            if (by == (short) by) {
                m.visitIincInsn(REGISTERS + n, by);
            } else {
                load(REGISTERS + n);
                constant(by);
                m.visitInsn(IADD);
                store(REGISTERS + n);
            }
        }
    }

    void constant(int value) {
        if (value >= -1 && value <= 5) {
            m.visitInsn(ICONST_0 + value);
        } else if (value == (byte) value) {
            m.visitIntInsn(BIPUSH, value);
        } else if (value == (short) value) {
            m.visitIntInsn(SIPUSH, value);
        } else {
            m.visitLdcInsn(value);
        }
    }

    /** An operation with a constant; nothing for the identity. */
    void with(int opcode, int value) {
        boolean identity = value == 0 && opcode != IAND;
        if (!identity) {
            constant(value);
            m.visitInsn(opcode);
        }
    }

    void call(String name, String type) {
        m.visitMethodInsn(INVOKESTATIC, BASE, name, type, false);
    }

    // Addresses and accesses ----------------------------------------------------------------------------------------

    /** Pushes an address of memory as it is once the steps noted so far are done. */
    void address(Operand o) {
        int base = o.value();
        switch (o.mode()) {
            case ABSOLUTE -> {
                constant(base);
                index(o);
                return;
            }
            case POSTINCREMENT -> {
                base = steps[o.register()];
                steps[o.register()] += o.value();
            }
            case PREDECREMENT -> {
                steps[o.register()] -= o.value();
                base = steps[o.register()];
            }
            default -> base += steps[o.register()];
        }
        register(o.register());
        with(IADD, base);
        index(o);
    }

    private void index(Operand o) {
        if (o.index() >= 0) {
            register(o.index());
            with(IADD, steps[o.index()]);
            if (!o.indexLong()) {
                m.visitInsn(I2S);
            }
            m.visitInsn(IADD);
        }
    }

    /** Notes that a register changes by so much when the effects begin. */
    void step(int n, int by) {
        steps[n] += by;
    }

    /** The effects begin: registers step. */
    void commit() {
        for (int n = 0; n < 16; n++) {
            addToRegister(n, steps[n]);
            steps[n] = 0;
        }
    }

    /** What a place is to be used for. */
    enum Access { READ, WRITE }

    /** Leaves unless the bytes at an operand can be had; returns the variable with their index in RAM. */
    int probe(Operand o, Access access, int bytes) {
        int at;
        if (o.mode() == Operand.Mode.INDIRECT && o.value() == 0 && o.index() < 0 && steps[o.register()] == 0) {
            used |= 1 << o.register();
            at = REGISTERS + o.register();
        } else {
            at = temporary();
            address(o);
            store(at);
        }
        return probe(at, o.program() ? PROGRAM : access == Access.READ ? READ : WRITE, bytes);
    }

    /** The same for an address in a variable; the map is that of data. */
    int probe(int at, Access access, int bytes) {
        return probe(at, access == Access.READ ? READ : WRITE, bytes);
    }

    private int probe(int at, int map, int bytes) {
        int entry = temporary();
        int index = temporary();
        m.visitVarInsn(ALOAD, map);
        load(at);
        with(IUSHR, 12);
        with(IAND, 0xFFF);
        m.visitInsn(IALOAD);
        m.visitInsn(DUP);
        store(entry);
        if (bytes > 1) {
            load(at);
            with(ISHL, 31);
            m.visitInsn(IOR);
        }
        if (bytes > 2) {
            constant(0x1000 - bytes);
            load(at);
            with(IAND, 0xFFF);
            m.visitInsn(ISUB);
            m.visitInsn(IOR);
        }
        Label back = null;
        if (map == WRITE) {
            Label slow = new Label();
            back = new Label();
            besides.add(new Beside(slow, back, at, index, bytes, out()));
            m.visitJumpInsn(IFLT, slow);
        } else {
            m.visitJumpInsn(IFLT, out());
        }
        load(entry);
        load(at);
        with(IAND, 0xFFF);
        m.visitInsn(IADD);
        store(index);
        if (back != null) {
            m.visitLabel(back);
        }
        return index;
    }

    private void handle(int bytes) {
        m.visitFieldInsn(GETSTATIC, UNIT, bytes == 2 ? "WORD" : "LONG", "L" + HANDLE + ";");
    }

    /** Pushes the bytes at {@code index + offset}, sign-extended. */
    void fetch(int index, int offset, int bytes) {
        if (bytes > 1) {
            handle(bytes);
        }
        m.visitVarInsn(ALOAD, RAM);
        load(index);
        with(IADD, offset);
        if (bytes == 1) {
            m.visitInsn(BALOAD);
        } else {
            m.visitMethodInsn(INVOKEVIRTUAL, HANDLE, "get", bytes == 2 ? "([BI)S" : "([BI)I", false);
        }
    }

    /** Writes the low bytes of a variable at {@code index + offset}. */
    void put(int index, int offset, int bytes, int value) {
        if (bytes > 1) {
            handle(bytes);
        }
        m.visitVarInsn(ALOAD, RAM);
        load(index);
        with(IADD, offset);
        load(value);
        if (bytes == 1) {
            m.visitInsn(BASTORE);
        } else {
            if (bytes == 2) {
                m.visitInsn(I2S);
            }
            m.visitMethodInsn(INVOKEVIRTUAL, HANDLE, "set", bytes == 2 ? "([BIS)V" : "([BII)V", false);
        }
    }
}
