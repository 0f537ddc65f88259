package triplex.m68k.jit;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Addresses of operands, looks at the maps, and accesses to RAM. */
abstract class Accesses extends Variables {
    private final int[] steps = new int[16];

    Accesses(MethodVisitor m) {
        super(m);
    }

    /** Where the present instruction leaves before it has had any effect. */
    abstract Label out();

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
            note(REGISTERS + o.register(), false);
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
        int index = temporary();
        boolean write = map == WRITE;
        if (write) {
            m.visitVarInsn(ALOAD, CPU);
        }
        m.visitVarInsn(ALOAD, map);
        load(at);
        String name = bytes == 1 ? "Byte" : bytes == 2 ? "Word" : bytes == 4 ? "Long" : "Bytes";
        if (bytes > 4 || bytes == 3) {
            constant(bytes);
        }
        call((write ? "write" : "read") + name, (write ? "(L" + CPU_CLASS + ";[II" : "([II")
            + (name.equals("Bytes") ? "I)I" : ")I"));
        m.visitInsn(DUP);
        store(index);
        m.visitJumpInsn(IFLT, out());
        return index;
    }

    /** Pushes the bytes at {@code index + offset}, sign-extended. */
    void fetch(int index, int offset, int bytes) {
        m.visitVarInsn(ALOAD, RAM);
        load(index);
        with(IADD, offset);
        if (bytes == 1) {
            m.visitInsn(BALOAD);
        } else {
            call(bytes == 2 ? "word" : "longWord", "([BI)I");
        }
    }

    /** Writes the low bytes of a variable at {@code index + offset}. */
    void put(int index, int offset, int bytes, int value) {
        m.visitVarInsn(ALOAD, RAM);
        load(index);
        with(IADD, offset);
        load(value);
        if (bytes == 1) {
            m.visitInsn(BASTORE);
        } else {
            call(bytes == 2 ? "putWord" : "putLong", "([BII)V");
        }
    }
}
