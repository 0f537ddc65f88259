package triplex.m68k.jit;

import static triplex.m68k.CompiledCode.ADD;
import static triplex.m68k.CompiledCode.ADDX;
import static triplex.m68k.CompiledCode.BITS;
import static triplex.m68k.CompiledCode.LOGIC;
import static triplex.m68k.CompiledCode.SUB;
import static triplex.m68k.CompiledCode.SUBX;
import static triplex.m68k.CompiledCode.ZERO_APART;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** MOVE, arithmetic and logic on operands of all kinds. */
final class DataEmitter implements Opcodes {
    private final Emitter e;
    private final Flags flags;
    private Op op;
    private boolean codes;
    private boolean x;

    DataEmitter(Emitter e, Flags flags) {
        this.e = e;
        this.flags = flags;
    }

    /** Emits an instruction of these families; false if it is of another. */
    boolean emit(Op next, boolean codesLive, boolean xLive) {
        op = next;
        codes = codesLive;
        x = xLive;
        switch (op.name()) {
            case "nop" -> e.commit();
            case "move" -> move();
            case "movea" -> moveAddress();
            case "moveq" -> moveQuick();
            case "add", "addi", "addq" -> addOrSubtract(ADD);
            case "sub", "subi", "subq" -> addOrSubtract(SUB);
            case "cmp", "cmpi", "cmpm" -> compare();
            case "and", "andi" -> logic(IAND);
            case "or", "ori" -> logic(IOR);
            case "eor", "eori" -> logic(IXOR);
            case "adda" -> toAddress(IADD);
            case "suba" -> toAddress(ISUB);
            case "cmpa" -> compareAddress();
            case "addx" -> extended(ADDX);
            case "subx" -> extended(SUBX);
            case "neg", "negx", "not", "clr", "tst" -> unary();
            case "ext" -> extend();
            case "swap" -> swap();
            case "s<cc>" -> setCondition();
            case "mulu", "muls" -> multiply();
            case "divu", "divs" -> divide();
            default -> {
                return false;
            }
        }
        return true;
    }

    private Place read(Operand o) {
        return new Place(e, o, op.size(), Emitter.Access.READ);
    }

    private Place write(Operand o) {
        return new Place(e, o, op.size(), Emitter.Access.WRITE);
    }

    private boolean toAddressRegister() {
        Operand d = op.destination();
        return d.mode() == Operand.Mode.REGISTER && d.register() >= 8;
    }

    /** Condition codes of the left-justified int on the stack as MOVE sets them; takes it off. */
    private void logical() {
        if (codes) {
            e.store(Emitter.A);
            flags.set(LOGIC);
        } else {
            e.m.visitInsn(POP);
            flags.forgetCodes();
        }
    }

    private void move() {
        Operand s = op.source();
        int v = e.temporary();
        Place from = read(s);
        if (!s.isMemory()) {
            // A register is read before the destination's mode steps it.
            from.load();
            e.store(v);
        }
        Place to = write(op.destination());
        e.commit();
        if (s.isMemory()) {
            from.load();
            e.store(v);
        }
        to.store(v);
        e.load(v);
        e.with(ISHL, Place.shift(op.size()));
        logical();
    }

    private void moveAddress() {
        Place from = read(op.source());
        e.commit();
        from.loadSigned();
        e.setRegister(op.destination().register());
    }

    private void moveQuick() {
        e.constant(op.source().value());
        e.m.visitInsn(DUP);
        e.setRegister(op.destination().register());
        logical();
    }

    /** The variables for the operands: those of the condition codes, of X, or temporary ones. */
    private int variable(int forCodes, int forX) {
        return codes ? forCodes : x ? forX : e.temporary();
    }

    private void arithmeticFlags(int kind) {
        if (codes) {
            flags.set(kind);
        } else {
            flags.forgetCodes();
        }
        if (x) {
            if (codes) {
                flags.setX(kind);
            } else {
                flags.setXInPlace(kind);
            }
        } else {
            flags.forgetX();
        }
    }

    private void addOrSubtract(int kind) {
        if (toAddressRegister()) {
            int n = op.destination().register();
            if (op.source().isImmediate()) {
                e.addToRegister(n, kind == ADD ? op.source().value() : -op.source().value());
                return;
            }
            toAddress(kind == ADD ? IADD : ISUB);
            return;
        }
        Place from = read(op.source());
        Place to = write(op.destination());
        e.commit();
        int s = variable(Emitter.A, Emitter.X_A);
        int d = variable(Emitter.B, Emitter.X_B);
        from.loadLeft();
        e.store(s);
        to.loadLeft();
        e.store(d);
        operate(kind == ADD ? IADD : ISUB, s, d, to);
        arithmeticFlags(kind);
    }

    private void operate(int opcode, int s, int d, Place to) {
        int r = e.temporary();
        e.load(d);
        e.load(s);
        e.m.visitInsn(opcode);
        e.store(r);
        to.storeLeft(r);
    }

    private void compare() {
        Place from = read(op.source());
        Place to = read(op.destination());
        e.commit();
        if (!codes) {
            flags.forgetCodes();
            return;
        }
        from.loadLeft();
        e.store(Emitter.A);
        to.loadLeft();
        e.store(Emitter.B);
        flags.set(SUB);
    }

    private void compareAddress() {
        Place from = read(op.source());
        e.commit();
        if (!codes) {
            flags.forgetCodes();
            return;
        }
        from.loadSigned();
        e.store(Emitter.A);
        e.register(op.destination().register());
        e.store(Emitter.B);
        flags.set(SUB);
    }

    private void toAddress(int opcode) {
        Place from = read(op.source());
        e.commit();
        int n = op.destination().register();
        e.register(n);
        from.loadSigned();
        e.m.visitInsn(opcode);
        e.setRegister(n);
    }

    private void logic(int opcode) {
        Place from = read(op.source());
        Place to = write(op.destination());
        e.commit();
        int r = e.temporary();
        from.loadLeft();
        to.loadLeft();
        e.m.visitInsn(opcode);
        e.store(r);
        to.storeLeft(r);
        e.load(r);
        logical();
    }

    /** ADDX, SUBX and NEGX: Z is cleared or unchanged, so the old one is wanted first. */
    private void extended(int kind) {
        Place from = op.operands().size() == 1 ? null : read(op.source());
        Place to = write(op.destination());
        e.commit();
        int z = e.temporary();
        int carry = e.temporary();
        int one = e.temporary();
        flags.zero();
        e.store(z);
        flags.x();
        e.with(ISHL, Place.shift(op.size()));
        e.store(one);
        (from == null ? to : from).loadLeft();
        e.store(Emitter.A);
        if (from == null) {
            e.constant(0);
        } else {
            to.loadLeft();
        }
        e.store(Emitter.B);
        e.load(Emitter.B);
        e.load(Emitter.A);
        e.m.visitInsn(kind == ADDX ? IADD : ISUB);
        e.load(one);
        e.m.visitInsn(kind == ADDX ? IADD : ISUB);
        e.store(Emitter.R);
        to.storeLeft(Emitter.R);
        carry(kind);
        e.store(carry);
        e.load(z);
        e.load(Emitter.R);
        e.m.visitInsn(IOR);
        e.store(Emitter.Z);
        flags.set(kind | ZERO_APART);
        e.load(carry);
        flags.setXSign();
    }

    /** Pushes an int whose sign is the carry: ADDX (s and d) or ((s or d) and not r), SUBX with not d. */
    private void carry(int kind) {
        for (int opcode : new int[] {IAND, IOR}) {
            e.load(Emitter.A);
            e.load(Emitter.B);
            if (kind == SUBX) {
                e.with(IXOR, -1);
            }
            e.m.visitInsn(opcode);
        }
        e.load(Emitter.R);
        if (kind == ADDX) {
            e.with(IXOR, -1);
        }
        e.m.visitInsn(IAND);
        e.m.visitInsn(IOR);
    }

    private void unary() {
        if (op.name().equals("negx")) {
            extended(SUBX);
            return;
        }
        Operand o = op.destination();
        Place to = op.name().equals("tst") ? read(o) : write(o);
        e.commit();
        int r = e.temporary();
        switch (op.name()) {
            case "tst" -> to.loadLeft();
            case "clr" -> {
                e.constant(0);
                e.store(r);
                to.store(r);
                e.load(r);
            }
            case "not" -> {
                to.loadLeft();
                e.with(IXOR, -1 << Place.shift(op.size()));
                e.store(r);
                to.storeLeft(r);
                e.load(r);
            }
            default -> {
                int s = variable(Emitter.A, Emitter.X_A);
                int d = variable(Emitter.B, Emitter.X_B);
                to.loadLeft();
                e.store(s);
                e.constant(0);
                e.store(d);
                operate(ISUB, s, d, to);
                arithmeticFlags(SUB);
                return;
            }
        }
        logical();
    }

    private void extend() {
        int n = op.destination().register();
        e.register(n);
        e.m.visitInsn(op.size() == Op.WORD ? I2B : I2S);
        if (op.size() == Op.LONG) {
            e.m.visitInsn(DUP);
            e.setRegister(n);
        } else {
            int v = e.temporary();
            e.store(v);
            new Place(e, op.destination(), Op.WORD, Emitter.Access.WRITE).store(v);
            e.load(v);
        }
        logical();
    }

    private void swap() {
        int n = op.destination().register();
        e.register(n);
        e.with(ISHL, 16);
        e.register(n);
        e.with(IUSHR, 16);
        e.m.visitInsn(IOR);
        e.m.visitInsn(DUP);
        e.setRegister(n);
        logical();
    }

    private void setCondition() {
        Place to = write(op.destination());
        e.commit();
        int v = e.temporary();
        int condition = op.condition();
        if (condition < 2) {
            e.constant(condition == 0 ? -1 : 0);
            e.store(v);
            to.store(v);
            return;
        }
        Label yes = new Label();
        Label done = new Label();
        flags.jump(condition, yes);
        e.constant(0);
        e.m.visitJumpInsn(GOTO, done);
        e.m.visitLabel(yes);
        e.constant(-1);
        e.m.visitLabel(done);
        e.store(v);
        to.store(v);
        if (op.destination().isData()) {
            e.load(v);
            e.with(IAND, 2);
            e.addClocks();
        }
    }

    private void multiply() {
        Place from = read(op.source());
        e.commit();
        boolean signed = op.name().equals("muls");
        int n = op.destination().register();
        int s = e.temporary();
        from.load();
        extendWord(signed);
        e.m.visitInsn(DUP);
        e.store(s);
        e.register(n);
        extendWord(signed);
        e.m.visitInsn(IMUL);
        e.m.visitInsn(DUP);
        e.setRegister(n);
        logical();
        e.load(s);
        e.call(op.name(), "(I)I");
        e.addClocks();
    }

    private void extendWord(boolean signed) {
        e.m.visitInsn(signed ? I2S : I2C);
    }

    /** By zero is left to the interpreter. An overflow leaves the register and sets N and V. */
    private void divide() {
        boolean signed = op.name().equals("divs");
        Place from = read(op.source());
        int n = op.destination().register();
        int s = e.temporary();
        int q = e.temporary();
        from.load();
        extendWord(signed);
        e.m.visitInsn(DUP);
        e.store(s);
        e.m.visitJumpInsn(IFEQ, e.out());
        e.commit();
        e.register(n);
        e.load(s);
        e.call(op.name(), "(II)I");
        e.addClocks();
        Label overflow = new Label();
        Label done = new Label();
        quotient(signed, IDIV, LDIV, n, s);
        e.m.visitInsn(DUP);
        e.store(q);
        e.m.visitInsn(DUP);
        e.m.visitInsn(signed ? I2S : I2C);
        e.m.visitJumpInsn(IF_ICMPNE, overflow);
        quotient(signed, IREM, LREM, n, s);
        e.with(ISHL, 16);
        e.load(q);
        e.m.visitInsn(I2C);
        e.m.visitInsn(IOR);
        e.setRegister(n);
        e.load(q);
        e.with(ISHL, 16);
        e.store(Emitter.A);
        flags.set(LOGIC);
        e.m.visitJumpInsn(GOTO, done);
        e.m.visitLabel(overflow);
        e.constant(0xA);
        e.store(Emitter.A);
        flags.set(BITS);
        e.m.visitLabel(done);
        flags.forgetCodes();
    }

    private void quotient(boolean signed, int opcode, int unsignedOpcode, int n, int s) {
        e.register(n);
        if (signed) {
            e.load(s);
            e.m.visitInsn(opcode);
            return;
        }
        e.m.visitInsn(I2L);
        e.m.visitLdcInsn(0xFFFFFFFFL);
        e.m.visitInsn(LAND);
        e.load(s);
        e.m.visitInsn(I2L);
        e.m.visitInsn(unsignedOpcode);
        e.m.visitInsn(L2I);
    }
}
