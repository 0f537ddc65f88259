package triplex.m68k.jit;

import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The variables of a region's method, guest registers among them, and short forms of common bytecode. */
abstract class Variables implements Opcodes {
    static final String BASE = "triplex/m68k/CompiledCode";
    static final String CPU_CLASS = "triplex/m68k/Cpu";

    static final int CPU = 1;
    /** Parameter: number of the entry. */
    static final int ENTRY = 2;
    static final int RAM = 4;
    static final int READ = 5;
    static final int WRITE = 6;
    static final int PROGRAM = 7;
    static final int REGISTERS = 8;
    static final int KIND = 24;
    static final int A = 25;
    static final int B = 26;
    static final int R = 27;
    static final int Z = 28;
    static final int X_KIND = 29;
    static final int X_A = 30;
    static final int X_B = 31;
    /** An address until it is known whether there is a block. */
    static final int EXIT = 32;
    static final int TIME = 33;
    /** For each group of accesses the index in RAM of its first byte. */
    static final int GROUPS = 35;
    static final int FIRST_TEMPORARY = 43;

    /** Names of the variables that are no registers; the long of time takes two. */
    private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(0, "this"), Map.entry(CPU, "cpu"),
        Map.entry(ENTRY, "entry"), Map.entry(TIME, "time"), Map.entry(RAM, "ram"), Map.entry(READ, "readMap"),
        Map.entry(WRITE, "writeMap"), Map.entry(PROGRAM, "programMap"), Map.entry(KIND, "kind"), Map.entry(A, "a"),
        Map.entry(B, "b"), Map.entry(R, "r"), Map.entry(Z, "z"), Map.entry(X_KIND, "xKind"), Map.entry(X_A, "xA"),
        Map.entry(X_B, "xB"), Map.entry(EXIT, "exit"));

    final MethodVisitor m;
    /** Bit sets of variables below {@link #EXIT}: those that are looked at, and those that change. */
    private int used;
    private int changed;
    private int temporary;

    Variables(MethodVisitor m) {
        this.m = m;
    }

    /** Name of a variable in listings. */
    static String variable(int n) {
        if (n >= REGISTERS && n < REGISTERS + 16) {
            return (n < REGISTERS + 8 ? "d" : "a") + (n - REGISTERS & 7);
        }
        return n >= FIRST_TEMPORARY ? "t" + (n - FIRST_TEMPORARY) : n >= GROUPS ? "group" + (n - GROUPS) : NAMES.get(n);
    }

    /** Whether the method needs what a register or variable of the condition codes held before. */
    boolean isUsed(int variable) {
        return ((used | changed) >>> variable & 1) != 0;
    }

    /** Whether a register or variable of the condition codes may hold another value at the end. */
    boolean isChanged(int variable) {
        return (changed >>> variable & 1) != 0;
    }

    /** No temporary variable is in use any more. */
    void forgetTemporaries() {
        temporary = FIRST_TEMPORARY;
    }

    int temporary() {
        return temporary++;
    }

    void load(int variable) {
        note(variable, false);
        m.visitVarInsn(ILOAD, variable);
    }

    void store(int variable) {
        note(variable, true);
        m.visitVarInsn(ISTORE, variable);
    }

    /** Notes that code which is not written by these methods looks at a variable or changes it. */
    void note(int variable, boolean change) {
        if (variable < EXIT) {
            used |= 1 << variable;
            changed |= change ? 1 << variable : 0;
        }
    }

    /** Pushes a guest register. */
    void register(int n) {
        load(REGISTERS + n);
    }

    void setRegister(int n) {
        store(REGISTERS + n);
    }

    void addToRegister(int n, int by) {
        if (by != 0) {
            note(REGISTERS + n, true);
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
}
