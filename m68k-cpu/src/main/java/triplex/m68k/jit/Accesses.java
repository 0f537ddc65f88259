package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Addresses of operands, looks at the maps, and accesses to RAM. */
abstract class Accesses extends Variables {
    /** What the emitters asked for in the present block. */
    private final List<Groups.Probe> probes = new ArrayList<>();
    private Groups groups;
    /** By address register: number of its present value, what steps added to that, and what before this instruction. */
    private final int[] values = new int[8];
    private final int[] stepped = new int[8];
    private int[] before = stepped.clone();
    private int op;
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

    /** Where bytes are in RAM: a variable with an index, and the distance from there. */
    record At(int variable, int distance) {
    }

    /** Leaves unless the bytes at an operand can be had; returns where they are. */
    At probe(Operand o, Access access, int bytes) {
        if (o.mode() != Operand.Mode.ABSOLUTE && o.index() < 0 && !o.program()) {
            return probe(o.register(), base(o), access, bytes);
        }
        int at = temporary();
        address(o);
        store(at);
        int index = temporary();
        look(o.program() ? PROGRAM : access == Access.READ ? READ : WRITE, at, bytes);
        leaveUnlessOpen(at, bytes, index, access == Access.WRITE);
        return new At(index, 0);
    }

    /** The same for what lies so far behind an address register. */
    At probe(int n, int offset, Access access, int bytes) {
        boolean write = access == Access.WRITE;
        Groups.Share share = groups == null ? null : groups.share(probes.size());
        int r = n - 8;
        probes.add(new Groups.Probe(op, n, values[r], stepped[r] + offset, before[r], bytes, write));
        if (share != null) {
            return new At(GROUPS + share.group().number(), share.distance());
        }
        int index = temporary();
        int at = REGISTERS + n;
        note(at, false);
        if (offset != 0) {
            at = temporary();
            register(n);
            with(IADD, offset);
            store(at);
        }
        if (write && groups == null) {
            m.visitVarInsn(ALOAD, CPU);
            load(at);
            constant(bytes);
            call("writeAt", "(L" + CPU_CLASS + ";II)I");
            leaveUnlessOpen(at, bytes, index, false);
        } else {
            look(write ? WRITE : READ, at, bytes);
            leaveUnlessOpen(at, bytes, index, write);
        }
        return new At(index, 0);
    }

    /** The int on the stack is the index in RAM for this variable, or negative if the map has no fast way. */
    private void leaveUnlessOpen(int at, int bytes, int index, boolean write) {
        m.visitInsn(DUP);
        store(index);
        if (!write) {
            m.visitJumpInsn(IFLT, out());
            return;
        }
        Label open = new Label();
        m.visitJumpInsn(IFGE, open);
        beside(at, bytes, index);
        m.visitLabel(open);
    }

    /** Looks at the accesses that begin with this instruction of the block; goes to its other version if need be. */
    void lookTogether(int number) {
        op = number;
        before = stepped.clone();
        if (groups == null) {
            return;
        }
        for (Groups.Group group : groups.before(number)) {
            m.visitVarInsn(ALOAD, group.write() ? WRITE : READ);
            register(group.register());
            with(IADD, group.from());
            constant(group.bytes());
            call(group.even() ? "bytesAt" : "spanAt", "([III)I");
            m.visitInsn(DUP);
            store(GROUPS + group.number());
            m.visitJumpInsn(IFLT, groups.apart(number));
        }
    }

    /** A block begins; without groups, each access is looked at by itself. */
    void beginAccesses(Groups together) {
        groups = together;
        probes.clear();
        Arrays.fill(values, 0);
        Arrays.fill(stepped, 0);
    }

    /** What was asked for since the block began. */
    List<Groups.Probe> probes() {
        return probes;
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

    @Override
    void setRegister(int n) {
        if (n >= 8) {
            values[n - 8]++;
            stepped[n - 8] = 0;
        }
        super.setRegister(n);
    }

    @Override
    void addToRegister(int n, int by) {
        if (n >= 8) {
            stepped[n - 8] += by;
        }
        super.addToRegister(n, by);
    }

    /** Pushes the index in RAM of the byte so far behind a place. */
    void index(At at, int offset) {
        load(at.variable);
        with(IADD, at.distance + offset);
    }

    /** Pushes the bytes so far behind a place, sign-extended. */
    void fetch(At at, int offset, int bytes) {
        m.visitVarInsn(ALOAD, RAM);
        index(at, offset);
        constant(bytes);
        call("get", "([BII)I");
    }

    /** Writes the low bytes of a variable so far behind a place. */
    void put(At at, int offset, int bytes, int value) {
        m.visitVarInsn(ALOAD, RAM);
        index(at, offset);
        load(value);
        constant(bytes);
        call("put", "([BIII)V");
    }
}
