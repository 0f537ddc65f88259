package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Addresses of operands, looks at the maps, and accesses to RAM. */
abstract class Accesses extends Variables {
    private static final String UNIT = "triplex/m68k/BusUnit";
    private static final String HANDLE = "java/lang/invoke/VarHandle";

    /** A write whose page might have code. */
    private record Beside(Label label, Label back, int address, int index, int bytes, Label out) {
    }

    private final List<Beside> besides = new ArrayList<>();
    private final int[] steps = new int[16];

    Accesses(MethodVisitor m) {
        super(m);
    }

    /** Where the present instruction leaves before it has had any effect. */
    abstract Label out();

    /** A line for listings. */
    abstract void part(String text);

    /** What {@link #probe} left for the end of the method. */
    void endAccesses() {
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
    }

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
