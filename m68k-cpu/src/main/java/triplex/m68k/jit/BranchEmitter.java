package triplex.m68k.jit;

import java.util.TreeSet;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Branches, calls and returns: jumps inside the method as far as their targets are known, else ways out. */
final class BranchEmitter implements Opcodes {
    private static final int SP = 15;
    /** A return compares with at most so many return points before it leaves. */
    private static final int MOST_RETURNS = 12;

    private final Emitter e;
    private final Flags flags;
    private final AddressEmitter addresses;
    private final Region region;
    private Op op;
    private Block ending;
    private Block following;

    BranchEmitter(Emitter e, Flags flags, AddressEmitter addresses, Region region) {
        this.e = e;
        this.flags = flags;
        this.addresses = addresses;
        this.region = region;
    }

    /** Emits the end of a block, with the time that has passed in it; {@code next} is emitted behind it. */
    void end(Block block, Block next) {
        ending = block;
        following = next;
        op = block.last();
        if (!op.endsBlock()) {
            e.passTime();
            go(op.end());
            return;
        }
        e.beginOp(op);
        switch (op.name()) {
            case "b<cc>" -> conditional();
            case "db<cc>" -> decrement();
            case "bra", "jmp" -> jump();
            case "rts" -> back();
            default -> call();
        }
    }

    /** Continues at an address whose words can be fetched. */
    private void go(int to) {
        Block block = region.next(ending, to);
        if (block == null) {
            e.leave(to);
        } else if (block != following) {
            e.m.visitJumpInsn(GOTO, block.label);
        }
    }

    /** Leaves for the interpreter unless the queue can be filled at a fixed address. */
    private void check(int to) {
        if (!region.blocks.containsKey(to) && !region.isMapped(to)) {
            e.m.visitVarInsn(ALOAD, Emitter.CPU);
            e.constant(to);
            e.call("reachable", "(L" + Emitter.CPU_CLASS + ";I)Z");
            e.m.visitJumpInsn(IFEQ, e.out());
        }
    }

    private void conditional() {
        Label notTaken = new Label();
        flags.jump(op.condition() ^ 1, notTaken);
        check(op.target());
        e.passTime(op.taken());
        Block kept = following;
        following = null;
        go(op.target());
        following = kept;
        e.m.visitLabel(notTaken);
        e.passTime(op.cost());
        go(op.end());
    }

    private void decrement() {
        boolean never = op.condition() == 0;
        if (never || !region.blocks.containsKey(op.target()) && !region.isMapped(op.target())) {
            if (never) {
                e.passTime(op.cost());
                go(op.end());
            } else {
                e.m.visitJumpInsn(GOTO, e.out());
            }
            return;
        }
        Label holds = new Label();
        Label expired = new Label();
        if (op.condition() != 1) {
            flags.jump(op.condition(), holds);
        }
        int n = op.source().register();
        int old = e.temporary();
        e.register(n);
        e.store(old);
        e.load(old);
        e.with(IAND, ~0xFFFF);
        e.load(old);
        e.with(IADD, -1);
        e.with(IAND, 0xFFFF);
        e.m.visitInsn(IOR);
        e.setRegister(n);
        e.load(old);
        e.m.visitInsn(I2C);
        e.m.visitJumpInsn(IFEQ, expired);
        e.passTime(op.taken());
        Block kept = following;
        following = null;
        go(op.target());
        e.m.visitLabel(expired);
        e.passTime(op.expired());
        if (op.condition() != 1) {
            go(op.end());
            e.m.visitLabel(holds);
            e.passTime(op.cost());
        }
        following = kept;
        go(op.end());
    }

    private void jump() {
        int target = Region.target(op);
        if ((target & 1) == 0) {
            check(target);
            e.passTime(op.cost());
            go(target);
            return;
        }
        e.address(op.source());
        e.store(Emitter.EXIT);
        dispatch(region.seen(op), 0);
    }

    private void checkExit() {
        e.m.visitVarInsn(ALOAD, Emitter.CPU);
        e.load(Emitter.EXIT);
        e.call("reachable", "(L" + Emitter.CPU_CLASS + ";I)Z");
        e.m.visitJumpInsn(IFEQ, e.out());
    }

    private void call() {
        int target = Region.target(op);
        boolean inside = (target & 1) == 0 && region.blocks.containsKey(target);
        int to = e.temporary();
        if (!inside) {
            if ((target & 1) == 0) {
                e.constant(target);
            } else {
                e.address(op.source());
            }
            e.store(to);
        }
        Accesses.At at = addresses.push();
        if (!inside) {
            e.m.visitVarInsn(ALOAD, Emitter.CPU);
            e.load(to);
            e.index(at, 0);
            e.call("reachableBefore", "(L" + Emitter.CPU_CLASS + ";II)Z");
            e.m.visitJumpInsn(IFEQ, e.out());
        }
        int back = e.temporary();
        e.constant(op.end());
        e.store(back);
        e.put(at, 0, 4, back);
        e.addToRegister(SP, -4);
        e.passTime(op.cost());
        if (inside) {
            go(target);
            return;
        }
        if ((target & 1) == 0) {
            e.leave(target);
            return;
        }
        TreeSet<Integer> seen = region.seen(op);
        int[] keys = seen.stream().mapToInt(Integer::intValue).toArray();
        if (keys.length > 0) {
            Label other = new Label();
            Label[] labels = seen.stream().map(pc -> region.blocks.get(pc).label).toArray(Label[]::new);
            e.load(to);
            e.m.visitLookupSwitchInsn(other, keys, labels);
            e.m.visitLabel(other);
        }
        e.load(to);
        e.store(Emitter.EXIT);
        e.leaveUnknown();
    }

    private void back() {
        Accesses.At at = e.probe(Operand.indirect(Operand.Mode.INDIRECT, SP, 0), Emitter.Access.READ, 4);
        e.fetch(at, 0, 4);
        e.store(Emitter.EXIT);
        TreeSet<Integer> points = region.seen(op);
        for (int point : region.returns) {
            if (points.size() < MOST_RETURNS) {
                points.add(point);
            }
        }
        dispatch(points, 4);
    }

    /** Goes to one of some blocks if the address in EXIT is theirs, else out of the region. */
    private void dispatch(TreeSet<Integer> points, int sp) {
        int[] keys = points.stream().mapToInt(Integer::intValue).toArray();
        Label other = new Label();
        Label[] labels = new Label[keys.length];
        for (int k = 0; k < keys.length; k++) {
            labels[k] = new Label();
        }
        if (keys.length > 0) {
            e.load(Emitter.EXIT);
            e.m.visitLookupSwitchInsn(other, keys, labels);
            e.m.visitLabel(other);
        }
        checkExit();
        e.addToRegister(SP, sp);
        e.passTime(op.cost());
        e.leaveUnknown();
        for (int k = 0; k < keys.length; k++) {
            e.m.visitLabel(labels[k]);
            e.addToRegister(SP, sp);
            e.passTime(op.cost());
            e.m.visitJumpInsn(GOTO, region.blocks.get(keys[k]).label);
        }
    }
}
