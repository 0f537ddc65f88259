package triplex.m68k.jit;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Addresses of operands, looks at the maps, and accesses to RAM. */
abstract class Accesses extends Variables {
    /**
     * The last access by an address register, so far behind what the register holds now. Its index in RAM is in the
     * variable {@link #LAST}; for writes it is negative if the page was not open.
     */
    private record Near(int offset, int bytes, boolean write) {
        /** Whether it is enough that the last byte of another access is on the page, or its first if it is lower. */
        boolean reaches(int to, int count) {
            int distance = to - offset;
            return (count == 1 || bytes > 1 && (distance & 1) == 0) && (distance >= 0 || distance + count <= bytes);
        }
    }

    private final Near[] nears = new Near[8];
    private final int[] steps = new int[16];

    Accesses(MethodVisitor m) {
        super(m);
    }

    /** Where the present instruction leaves before it has had any effect. */
    abstract Label out();

    /** Pushes an address of memory as it is once the steps noted so far are done. */
    void address(Operand o) {
        if (o.mode() == Operand.Mode.ABSOLUTE) {
            constant(o.value());
        } else {
            int base = base(o);
            register(o.register());
            with(IADD, base);
        }
        index(o);
    }

    /** What is to be added to the register of an operand; notes its step. */
    private int base(Operand o) {
        int n = o.register();
        switch (o.mode()) {
            case POSTINCREMENT -> {
                steps[n] += o.value();
                return steps[n] - o.value();
            }
            case PREDECREMENT -> {
                steps[n] -= o.value();
                return steps[n];
            }
            default -> {
                return o.value() + steps[n];
            }
        }
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
        if (o.mode() != Operand.Mode.ABSOLUTE && o.index() < 0 && !o.program()) {
            return probe(o.register(), base(o), access, bytes);
        }
        int at = temporary();
        address(o);
        store(at);
        int index = temporary();
        look(o.program() ? PROGRAM : access == Access.READ ? READ : WRITE, at, bytes);
        m.visitInsn(DUP);
        store(index);
        if (access == Access.WRITE) {
            Label open = new Label();
            m.visitJumpInsn(IFGE, open);
            beside(at, bytes, index);
            m.visitLabel(open);
        } else {
            m.visitJumpInsn(IFLT, out());
        }
        return index;
    }

    /**
     * The same for what lies so far behind an address register. If the last access by that register was on the same
     * page, which the indices tell, the map is not looked at again.
     */
    int probe(int n, int offset, Access access, int bytes) {
        boolean write = access == Access.WRITE;
        int last = LAST + n - 8;
        int index = temporary();
        Label known = new Label();
        Near near = nears[n - 8];
        if (near != null && (near.write || !write) && near.reaches(offset, bytes)) {
            Label far = new Label();
            int distance = offset - near.offset;
            if (near.write) {
                load(last);
                m.visitJumpInsn(IFLT, far);
            }
            load(last);
            with(IADD, distance);
            m.visitInsn(DUP);
            store(index);
            if (distance >= 0) {
                with(IADD, bytes - 1);
            }
            load(last);
            m.visitInsn(IXOR);
            with(IUSHR, 12);
            m.visitJumpInsn(IFEQ, known);
            m.visitLabel(far);
        }
        int at = REGISTERS + n;
        note(at, false);
        if (offset != 0) {
            at = temporary();
            register(n);
            with(IADD, offset);
            store(at);
        }
        look(write ? WRITE : READ, at, bytes);
        m.visitInsn(DUP);
        store(index);
        Label end = new Label();
        if (write) {
            m.visitJumpInsn(IFGE, known);
            load(index);
            store(last);
            beside(at, bytes, index);
            m.visitJumpInsn(GOTO, end);
        } else {
            m.visitJumpInsn(IFLT, out());
        }
        m.visitLabel(known);
        load(index);
        store(last);
        m.visitLabel(end);
        nears[n - 8] = new Near(offset, bytes, write);
        return index;
    }

    private void beside(int at, int bytes, int index) {
        m.visitVarInsn(ALOAD, CPU);
        load(at);
        constant(bytes);
        call("beside", "(L" + CPU_CLASS + ";II)I");
        m.visitInsn(DUP);
        store(index);
        m.visitJumpInsn(IFLT, out());
    }

    /** Pushes the index in RAM of the bytes at an address in a variable; negative if the map has no fast way. */
    private void look(int map, int at, int bytes) {
        m.visitVarInsn(ALOAD, map);
        load(at);
        String name = bytes == 1 ? "byteAt" : bytes == 2 ? "wordAt" : bytes == 4 ? "longAt" : "bytesAt";
        if (bytes > 4) {
            constant(bytes);
        }
        call(name, bytes > 4 ? "([III)I" : "([II)I");
    }

    /** What is known from earlier blocks does not hold. */
    void forgetAccesses() {
        java.util.Arrays.fill(nears, null);
    }

    @Override
    void setRegister(int n) {
        if (n >= 8) {
            nears[n - 8] = null;
        }
        super.setRegister(n);
    }

    @Override
    void addToRegister(int n, int by) {
        if (n >= 8 && nears[n - 8] != null) {
            Near near = nears[n - 8];
            nears[n - 8] = new Near(near.offset - by, near.bytes, near.write);
        }
        super.addToRegister(n, by);
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
