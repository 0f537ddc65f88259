package triplex.m68k.jit;

import static triplex.m68k.CompiledCode.ARITHMETIC_SHIFT;
import static triplex.m68k.CompiledCode.SHIFT;

import java.util.List;
import org.objectweb.asm.Opcodes;

/** Shifts, rotations and single bits. */
final class ShiftEmitter implements Opcodes {
    /** In the order of the numbers by which the interpreter knows them. */
    private static final List<String> KINDS = List.of("asr", "asl", "lsr", "lsl", "roxr", "roxl", "ror", "rol");

    private final Emitter e;
    private final Flags flags;
    private Op op;
    private boolean codes;
    private boolean x;

    ShiftEmitter(Emitter e, Flags flags) {
        this.e = e;
        this.flags = flags;
    }

    /** Emits an instruction of these families; false if it is of another. */
    boolean emit(Op next, boolean codesLive, boolean xLive) {
        op = next;
        codes = codesLive;
        x = xLive;
        switch (op.name()) {
            case "asr", "asl", "lsr", "lsl", "ror", "rol", "roxr", "roxl" -> shift();
            case "btst", "bchg", "bclr", "bset" -> bit();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void shift() {
        Operand o = op.destination();
        boolean memory = op.operands().size() == 1;
        Place to = new Place(e, o, op.size(), Emitter.Access.WRITE);
        e.commit();
        boolean counted = !memory && !op.source().isImmediate();
        if (counted && !op.name().startsWith("ro")) {
            byRegister(to);
        } else if (counted || op.name().startsWith("rox")) {
            byMethod(to, memory);
        } else {
            fixed(to, memory ? 1 : op.source().value());
        }
    }

    /** Counts in a register, and rotations through X. */
    private void byMethod(Place to, boolean memory) {
        int bits = 8 << op.size();
        int count = e.temporary();
        int r = e.temporary();
        if (memory) {
            e.constant(1);
        } else if (op.source().isImmediate()) {
            e.constant(op.source().value());
        } else {
            e.register(op.source().register());
            e.with(IAND, 63);
        }
        e.store(count);
        e.m.visitVarInsn(ALOAD, Emitter.CPU);
        e.constant(KINDS.indexOf(op.name()));
        e.constant(bits);
        to.loadLeft();
        e.with(IUSHR, 32 - bits);
        e.load(count);
        flags.x();
        e.call("shift", "(L" + Emitter.CPU_CLASS + ";IIIII)I");
        e.store(r);
        to.store(r);
        flags.setFields(true);
        if (!memory && !op.source().isImmediate()) {
            e.load(count);
            e.with(ISHL, 1);
            e.addClocks();
        }
    }

    /**
     * A shift by a count in a register, 0 to 63, in 64 bits: the operand stands in the upper half, the last bit that
     * falls out of it on its other side.
     */
    private void byRegister(Place to) {
        int count = e.temporary();
        int v = e.temporary();
        int r = e.temporary();
        int carry = e.temporary();
        int wide = e.temporary();
        e.temporary();
        boolean left = op.name().endsWith("sl");
        e.register(op.source().register());
        e.with(IAND, 63);
        e.store(count);
        to.loadLeft();
        e.store(v);
        e.load(v);
        int s = left ? 0 : Place.shift(op.size());
        e.with(op.name().equals("lsr") ? IUSHR : ISHR, s);
        e.m.visitInsn(I2L);
        if (left) {
            e.m.visitLdcInsn(0xFFFFFFFFL);
            e.m.visitInsn(LAND);
        } else {
            e.constant(32);
            e.m.visitInsn(LSHL);
        }
        e.load(count);
        e.m.visitInsn(left ? LSHL : op.name().equals("lsr") ? LUSHR : LSHR);
        e.m.visitInsn(DUP2);
        e.m.visitVarInsn(LSTORE, wide);
        half(left ? 0 : 32);
        e.with(ISHL, s);
        e.store(r);
        e.m.visitVarInsn(LLOAD, wide);
        half(left ? 1 : 0);
        e.store(carry);
        to.storeLeft(r);
        if (op.name().equals("asl") && codes) {
            e.load(v);
            e.load(count);
            e.call("overflow", "(II)I");
            e.store(Emitter.R);
        }
        if (x) {
            e.load(count);
            e.load(carry);
            flags.x();
            e.call("shiftedX", "(III)I");
            flags.setXSign();
        }
        codes(r, carry);
        e.load(count);
        e.with(ISHL, 1);
        e.addClocks();
    }

    /** Those of a result whose carry is the sign of another value, if they are wanted. */
    private void codes(int result, int carry) {
        if (!codes) {
            flags.forgetCodes();
            return;
        }
        e.load(result);
        e.store(Emitter.A);
        e.load(carry);
        e.store(Emitter.B);
        flags.set(op.name().equals("asl") ? ARITHMETIC_SHIFT : SHIFT);
    }

    /** From the long on the stack, the int that begins at this bit. */
    private void half(int bit) {
        if (bit > 0) {
            e.constant(bit);
            e.m.visitInsn(LUSHR);
        }
        e.m.visitInsn(L2I);
    }

    /** By a constant of 1 to 8; the carry is the sign of B. */
    private void fixed(Place to, int count) {
        int s = Place.shift(op.size());
        int v = e.temporary();
        int r = e.temporary();
        int carry = e.temporary();
        to.loadLeft();
        e.store(v);
        switch (op.name()) {
            case "lsl", "asl" -> {
                simple(v, ISHL, count, 0, r);
                simple(v, ISHL, count - 1, 0, carry);
                if (op.name().equals("asl") && codes) {
                    overflow(v, count);
                }
            }
            case "lsr", "asr" -> {
                int opcode = op.name().equals("lsr") ? IUSHR : ISHR;
                wide(v, opcode, s, count, r);
                e.load(v);
                e.with(opcode, s);
                e.with(ISHL, 32 - count);
                e.store(carry);
            }
            default -> rotate(v, s, op.name().equals("rol") ? count : (32 - s) - count, r, carry);
        }
        to.storeLeft(r);
        codes(r, carry);
        if (x && !op.name().startsWith("ro")) {
            e.load(carry);
            flags.setXSign();
        }
    }

    private void simple(int from, int opcode, int count, int then, int to) {
        e.load(from);
        e.with(opcode, count);
        e.with(ISHL, then);
        e.store(to);
    }

    /** A shift to the right of a left-justified value: the bits that fall out of the operand go. */
    private void wide(int from, int opcode, int s, int count, int to) {
        if (s + count > 31) {
            e.load(from);
            e.with(opcode, s);
            e.with(opcode, count);
            e.with(ISHL, s);
            e.store(to);
        } else {
            simple(from, opcode, s + count, s, to);
        }
    }

    /** V: the bits that pass the sign, and the sign after it, are not all the same. */
    private void overflow(int v, int count) {
        int top = e.temporary();
        e.load(v);
        e.with(ISHR, 31 - count);
        e.store(top);
        if (op.size() == Op.BYTE && count == 8) {
            // All bits leave: only zero does not overflow.
            e.load(v);
            e.with(IUSHR, 24);
        } else {
            e.load(top);
            e.load(top);
            e.with(ISHR, 31);
            e.m.visitInsn(IXOR);
        }
        e.m.visitInsn(INEG);
        e.store(Emitter.R);
    }

    /** To the left; C is the lowest bit of ROL's result, the highest of ROR's. */
    private void rotate(int v, int s, int count, int r, int carry) {
        int bits = 32 - s;
        int left = count % bits;
        e.load(v);
        e.with(ISHL, left);
        e.load(v);
        e.with(IUSHR, bits - left);
        e.m.visitInsn(IOR);
        if (s > 0) {
            e.with(IAND, -1 << s);
        }
        if (left == 0) {
            e.m.visitInsn(POP);
            e.load(v);
        }
        e.store(r);
        e.load(r);
        if (op.name().equals("rol")) {
            e.with(ISHL, 31 - s);
        }
        e.store(carry);
    }

    private void bit() {
        boolean test = op.name().equals("btst");
        Operand o = op.destination();
        Place to = new Place(e, o, op.size(), test ? Emitter.Access.READ : Emitter.Access.WRITE);
        e.commit();
        int mask = op.size() == Op.LONG ? 31 : 7;
        int bit = e.temporary();
        int v = e.temporary();
        if (op.source().isImmediate()) {
            e.constant(1 << (op.source().value() & mask));
        } else {
            e.constant(1);
            e.register(op.source().register());
            e.with(IAND, mask);
            e.m.visitInsn(ISHL);
        }
        e.store(bit);
        to.load();
        e.store(v);
        e.load(v);
        e.load(bit);
        e.m.visitInsn(IAND);
        flags.setZero();
        if (test) {
            return;
        }
        if (op.size() == Op.LONG && !op.source().isImmediate()) {
            // The upper half costs two clocks more; the lower one was measured.
            e.register(op.source().register());
            e.with(IUSHR, 3);
            e.with(IAND, 2);
            e.addClocks();
        }
        e.load(v);
        e.load(bit);
        switch (op.name()) {
            case "bchg" -> e.m.visitInsn(IXOR);
            case "bset" -> e.m.visitInsn(IOR);
            default -> {
                e.with(IXOR, -1);
                e.m.visitInsn(IAND);
            }
        }
        e.store(v);
        to.store(v);
    }
}
