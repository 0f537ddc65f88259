package triplex.m68k.jit;

import org.objectweb.asm.Opcodes;

/** LEA, PEA, LINK, UNLK, EXG and MOVEM. */
final class AddressEmitter implements Opcodes {
    private static final int SP = 15;

    private final Emitter e;
    private Op op;

    AddressEmitter(Emitter e) {
        this.e = e;
    }

    /** Emits an instruction of these families; false if it is of another. */
    boolean emit(Op next) {
        op = next;
        switch (op.name()) {
            case "lea" -> lea();
            case "pea" -> pea();
            case "link" -> link();
            case "unlk" -> unlink();
            case "exg" -> exchange();
            case "movem" -> {
                if ((op.word() & 0x400) == 0) {
                    storeRegisters();
                } else {
                    loadRegisters();
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void lea() {
        Operand o = op.source();
        int n = op.destination().register();
        if (o.mode() == Operand.Mode.INDIRECT && o.index() < 0 && o.register() == n) {
            e.addToRegister(n, o.value());
        } else {
            e.address(o);
            e.setRegister(n);
        }
    }

    /** Looks at the long below the stack pointer; returns where it is. The stack pointer stays. */
    Accesses.At push() {
        return e.probe(SP, -4, Emitter.Access.WRITE, 4);
    }

    private void pea() {
        int a = e.temporary();
        e.address(op.source());
        e.store(a);
        Accesses.At at = push();
        e.put(at, 0, 4, a);
        e.addToRegister(SP, -4);
    }

    private void link() {
        int n = op.source().register();
        int sp = e.temporary();
        int v = e.temporary();
        Accesses.At at = push();
        e.register(n);
        e.store(v);
        e.register(SP);
        e.with(IADD, -4);
        e.store(sp);
        e.put(at, 0, 4, v);
        e.load(sp);
        e.setRegister(n);
        e.load(sp);
        e.with(IADD, op.destination().value());
        e.setRegister(SP);
    }

    private void unlink() {
        int n = op.source().register();
        int a = e.temporary();
        e.register(n);
        e.store(a);
        Accesses.At at = e.probe(n, 0, Emitter.Access.READ, 4);
        e.load(a);
        e.with(IADD, 4);
        e.setRegister(SP);
        e.fetch(at, 0, 4);
        e.setRegister(n);
    }

    private void exchange() {
        int m = op.source().register();
        int n = op.destination().register();
        e.register(m);
        e.register(n);
        e.setRegister(m);
        e.setRegister(n);
    }

    /** All registers in one look at the map: the bytes must lie in one page. */
    private void storeRegisters() {
        Operand o = op.destination();
        boolean down = o.mode() == Operand.Mode.PREDECREMENT;
        int list = op.source().value();
        if (down) {
            list = Integer.reverse(list) >>> 16;
        }
        int each = op.bytes();
        int total = Integer.bitCount(list) * each;
        if (total == 0) {
            return;
        }
        Accesses.At at = down ? e.probe(o.register(), -total, Emitter.Access.WRITE, total)
            : e.probe(o, Emitter.Access.WRITE, total);
        int offset = 0;
        int v = e.temporary();
        for (int n = 0; n < 16; n++) {
            if ((list >> n & 1) != 0) {
                e.register(n);
                e.store(v);
                e.put(at, offset, each, v);
                offset += each;
            }
        }
        if (down) {
            e.addToRegister(o.register(), -total);
        }
    }

    /** One word more than needed is read. */
    private void loadRegisters() {
        Operand o = op.source();
        boolean up = o.mode() == Operand.Mode.POSTINCREMENT;
        int list = op.destination().value();
        int each = op.bytes();
        int total = Integer.bitCount(list) * each;
        Operand whole = up ? Operand.indirect(Operand.Mode.INDIRECT, o.register(), 0) : o;
        Accesses.At at = e.probe(whole, Emitter.Access.READ, total + 2);
        int offset = 0;
        for (int n = 0; n < 16; n++) {
            if ((list >> n & 1) != 0) {
                if (!up || n != o.register()) {
                    e.fetch(at, offset, each);
                    e.setRegister(n);
                }
                offset += each;
            }
        }
        if (up) {
            e.addToRegister(o.register(), total);
        }
    }
}
