package triplex.m68k.jit;

import static triplex.m68k.CompiledCode.ADD;
import static triplex.m68k.CompiledCode.FIELDS;
import static triplex.m68k.CompiledCode.LOGIC;
import static triplex.m68k.CompiledCode.SHIFT;
import static triplex.m68k.CompiledCode.SIGN;
import static triplex.m68k.CompiledCode.SUB;
import static triplex.m68k.CompiledCode.ZERO_APART;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Condition codes in compiled code. An instruction only stores its operands and what kind of operation it was; the
 * variables hold that at every moment, and the JVM's compiler throws away what nobody asks for. Inside a block the kind
 * is mostly known while emitting, so a branch compares the operands.
 */
final class Flags implements Opcodes {
    private static final int UNKNOWN = -1;
    private static final String CPU = "L" + Emitter.CPU_CLASS + ";";

    private final Emitter e;
    private int kind = UNKNOWN;
    private boolean zeroApart;
    private int xKind = UNKNOWN;

    Flags(Emitter e) {
        this.e = e;
    }

    /** What is known at the beginning of a block that several ways lead to. */
    void forget() {
        kind = UNKNOWN;
        zeroApart = false;
        xKind = UNKNOWN;
    }

    /** What is known while emitting: the kinds of N, Z, V and C, and of X. */
    record Known(int kind, boolean zeroApart, int xKind) {
    }

    Known known() {
        return new Known(kind, zeroApart, xKind);
    }

    void restore(Known known) {
        kind = known.kind;
        zeroApart = known.zeroApart;
        xKind = known.xKind;
    }

    // Setting -------------------------------------------------------------------------------------------------------

    /** The operands are in the variables. */
    void set(int newKind) {
        kind = newKind;
        zeroApart = newKind >= ZERO_APART;
        e.constant(newKind);
        e.store(Emitter.KIND);
        kind &= ZERO_APART - 1;
    }

    /** X of an addition or subtraction like the one just set. */
    void setX(int newKind) {
        xKind = newKind;
        e.constant(newKind);
        e.store(Emitter.X_KIND);
        e.load(Emitter.A);
        e.store(Emitter.X_A);
        e.load(Emitter.B);
        e.store(Emitter.X_B);
    }

    /** The same when the operands are already in the variables of X. */
    void setXInPlace(int newKind) {
        xKind = newKind;
        e.constant(newKind);
        e.store(Emitter.X_KIND);
    }

    /** Nothing is known of N, Z, V and C, or the next instruction sets them before anybody asks. */
    void forgetCodes() {
        kind = UNKNOWN;
        zeroApart = false;
    }

    /** The same for X. */
    void forgetX() {
        xKind = UNKNOWN;
    }

    /** X is the sign of the int on the stack. */
    void setXSign() {
        e.store(Emitter.X_A);
        e.constant(SIGN);
        e.store(Emitter.X_KIND);
        xKind = SIGN;
    }

    /** A method has set the fields of the processor. */
    void setFields(boolean withX) {
        set(FIELDS);
        if (withX) {
            xKind = FIELDS;
            e.constant(FIELDS);
            e.store(Emitter.X_KIND);
        }
    }

    /** Only Z changes: set if the int on the stack is zero. */
    void setZero() {
        e.store(Emitter.Z);
        if (kind == UNKNOWN) {
            e.load(Emitter.KIND);
            e.constant(ZERO_APART);
            e.m.visitInsn(IOR);
            e.store(Emitter.KIND);
        } else {
            e.constant(kind | ZERO_APART);
            e.store(Emitter.KIND);
        }
        zeroApart = true;
    }

    // Asking --------------------------------------------------------------------------------------------------------

    /** Pushes X, 0 or 1. */
    void x() {
        if (xKind == SIGN) {
            e.load(Emitter.X_A);
            e.with(IUSHR, 31);
            return;
        }
        e.m.visitVarInsn(ALOAD, Emitter.CPU);
        if (xKind == UNKNOWN) {
            e.load(Emitter.X_KIND);
        } else {
            e.constant(xKind);
        }
        e.load(Emitter.X_A);
        e.load(Emitter.X_B);
        e.call("x", "(" + CPU + "III)I");
    }

    /** Pushes an int that is zero when Z is set. */
    void zero() {
        if (zeroApart) {
            e.load(Emitter.Z);
        } else if (kind == LOGIC || kind == SHIFT) {
            e.load(Emitter.A);
        } else {
            e.m.visitVarInsn(ALOAD, Emitter.CPU);
            kind();
            e.load(Emitter.A);
            e.load(Emitter.B);
            e.load(Emitter.Z);
            e.call("zero", "(" + CPU + "IIII)I");
        }
    }

    private void kind() {
        if (kind == UNKNOWN) {
            e.load(Emitter.KIND);
        } else {
            e.constant(zeroApart ? kind | ZERO_APART : kind);
        }
    }

    /** Jumps if a condition (2 to 15) holds. */
    void jump(int condition, Label to) {
        boolean equality = condition == 6 || condition == 7;
        if (equality && (zeroApart || kind == LOGIC || kind == SHIFT)) {
            zero();
            e.m.visitJumpInsn(condition == 7 ? IFEQ : IFNE, to);
        } else if (zeroApart || !direct(condition, to)) {
            e.m.visitVarInsn(ALOAD, Emitter.CPU);
            e.constant(condition);
            kind();
            e.load(Emitter.A);
            e.load(Emitter.B);
            e.load(Emitter.R);
            e.load(Emitter.Z);
            e.call("condition", "(" + CPU + "IIIIII)Z");
            e.m.visitJumpInsn(IFNE, to);
        }
    }

    private boolean direct(int condition, Label to) {
        return switch (kind) {
            case SUB -> subtraction(condition, to);
            case LOGIC -> logic(condition, to);
            case ADD -> addition(condition, to);
            case SHIFT -> shift(condition, to);
            default -> false;
        };
    }

    private boolean subtraction(int condition, Label to) {
        int signed = switch (condition) {
            case 6 -> IF_ICMPNE;
            case 7 -> IF_ICMPEQ;
            case 12 -> IF_ICMPGE;
            case 13 -> IF_ICMPLT;
            case 14 -> IF_ICMPGT;
            case 15 -> IF_ICMPLE;
            default -> 0;
        };
        if (signed != 0) {
            e.load(Emitter.B);
            e.load(Emitter.A);
            e.m.visitJumpInsn(signed, to);
            return true;
        }
        int unsigned = switch (condition) {
            case 2 -> IFGT;
            case 3 -> IFLE;
            case 4 -> IFGE;
            case 5 -> IFLT;
            default -> 0;
        };
        if (unsigned != 0) {
            unsigned(Emitter.B);
            unsigned(Emitter.A);
            e.m.visitInsn(LCMP);
            e.m.visitJumpInsn(unsigned, to);
            return true;
        }
        if (condition == 10 || condition == 11) {
            e.load(Emitter.B);
            e.load(Emitter.A);
            e.m.visitInsn(ISUB);
            e.m.visitJumpInsn(condition == 10 ? IFGE : IFLT, to);
            return true;
        }
        return false;
    }

    /** Unsigned comparisons are done in 64 bits: compilers of some Java machines fold others wrongly. */
    private void unsigned(int variable) {
        e.load(variable);
        e.m.visitInsn(I2L);
        e.m.visitLdcInsn(0xFFFFFFFFL);
        e.m.visitInsn(LAND);
    }

    private boolean logic(int condition, Label to) {
        int jump = switch (condition) {
            case 2 -> IFNE;
            case 3 -> IFEQ;
            case 10, 12 -> IFGE;
            case 11, 13 -> IFLT;
            case 14 -> IFGT;
            case 15 -> IFLE;
            default -> 0;
        };
        if (jump != 0) {
            e.load(Emitter.A);
            e.m.visitJumpInsn(jump, to);
        } else if (condition == 4 || condition == 8) {
            e.m.visitJumpInsn(GOTO, to);
        }
        return true;
    }

    private boolean addition(int condition, Label to) {
        int jump = switch (condition) {
            case 6 -> IFNE;
            case 7 -> IFEQ;
            case 10 -> IFGE;
            case 11 -> IFLT;
            default -> 0;
        };
        if (jump != 0) {
            e.load(Emitter.A);
            e.load(Emitter.B);
            e.m.visitInsn(IADD);
            e.m.visitJumpInsn(jump, to);
            return true;
        }
        if (condition == 4 || condition == 5) {
            unsigned(Emitter.A);
            unsigned(Emitter.B);
            e.m.visitInsn(LADD);
            e.constant(32);
            e.m.visitInsn(LUSHR);
            e.m.visitInsn(L2I);
            e.m.visitJumpInsn(condition == 4 ? IFEQ : IFNE, to);
            return true;
        }
        return false;
    }

    private boolean shift(int condition, Label to) {
        int jump = switch (condition) {
            case 10 -> IFGE;
            case 11 -> IFLT;
            default -> 0;
        };
        if (jump != 0) {
            e.load(Emitter.A);
            e.m.visitJumpInsn(jump, to);
            return true;
        }
        if (condition == 4 || condition == 5) {
            e.load(Emitter.B);
            e.m.visitJumpInsn(condition == 4 ? IFGE : IFLT, to);
            return true;
        }
        return false;
    }
}
