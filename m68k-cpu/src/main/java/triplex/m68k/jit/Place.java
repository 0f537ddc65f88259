package triplex.m68k.jit;

import org.objectweb.asm.Opcodes;

/** An operand whose address has been looked at: a register, a constant or bytes in RAM. */
final class Place implements Opcodes {
    private final Emitter e;
    private final Operand operand;
    private final int size;
    /** Null unless it is in RAM. */
    private final Accesses.At at;

    /** Takes the operand's address and leaves unless it can be had. */
    Place(Emitter e, Operand operand, int size, Emitter.Access access) {
        this.e = e;
        this.operand = operand;
        this.size = size;
        at = operand.isMemory() ? e.probe(operand, access, 1 << size) : null;
    }

    static int shift(int size) {
        return size == Op.BYTE ? 24 : size == Op.WORD ? 16 : 0;
    }

    /** Pushes the value; bits above the size are undefined. */
    void load() {
        if (operand.isImmediate()) {
            e.constant(operand.value());
        } else if (operand.isMemory()) {
            e.fetch(at, 0, 1 << size);
        } else {
            e.register(operand.register());
        }
    }

    /** Pushes the value, left-justified. */
    void loadLeft() {
        if (operand.isImmediate()) {
            e.constant(operand.value() << shift(size));
        } else {
            load();
            e.with(ISHL, shift(size));
        }
    }

    /** Pushes the value, sign-extended. */
    void loadSigned() {
        if (operand.isImmediate()) {
            int s = shift(size);
            e.constant(operand.value() << s >> s);
            return;
        }
        load();
        if (!operand.isMemory()) {
            signExtend(e, size);
        }
    }

    static void signExtend(Emitter e, int size) {
        if (size == Op.BYTE) {
            e.m.visitInsn(I2B);
        } else if (size == Op.WORD) {
            e.m.visitInsn(I2S);
        }
    }

    /** Writes the low bits of a variable. */
    void store(int value) {
        if (operand.isMemory()) {
            e.put(at, 0, 1 << size, value);
        } else if (size == Op.LONG) {
            e.load(value);
            e.setRegister(operand.register());
        } else {
            e.register(operand.register());
            e.load(value);
            e.call(size == Op.BYTE ? "withByte" : "withWord", "(II)I");
            e.setRegister(operand.register());
        }
    }

    /** Writes a left-justified variable. */
    void storeLeft(int value) {
        if (size == Op.LONG) {
            store(value);
            return;
        }
        if (operand.isMemory()) {
            int v = e.temporary();
            e.load(value);
            e.with(ISHR, shift(size));
            e.store(v);
            e.put(at, 0, 1 << size, v);
        } else {
            e.register(operand.register());
            e.load(value);
            e.call(size == Op.BYTE ? "withLeftByte" : "withLeftWord", "(II)I");
            e.setRegister(operand.register());
        }
    }
}
