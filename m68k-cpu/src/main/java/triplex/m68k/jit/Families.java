package triplex.m68k.jit;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The emitters of all families of instructions, writing one method. */
final class Families {
    final Emitter e;
    final Flags flags;
    private final DataEmitter data;
    private final ShiftEmitter shifts;
    private final AddressEmitter addresses;
    private final BranchEmitter branches;

    Families(MethodVisitor m, Region region) {
        e = new Emitter(m, region.className());
        flags = new Flags(e);
        data = new DataEmitter(e, flags);
        shifts = new ShiftEmitter(e, flags);
        addresses = new AddressEmitter(e);
        branches = new BranchEmitter(e, flags, addresses, region);
    }

    /** The accesses of a block that are looked at together: found by emitting it to nowhere. */
    static Groups groups(Block block, Region region) {
        Families nowhere = new Families(new MethodVisitor(Opcodes.ASM9) { }, region);
        nowhere.block(block, null, new Groups(List.of()));
        return new Groups(nowhere.e.probes());
    }

    /**
     * Emits a block; {@code next} is emitted behind it. Returns what was known of the condition codes where the version
     * that takes its accesses one by one may begin; null if there is none.
     */
    Flags.Known block(Block block, Block next, Groups groups) {
        e.beginBlock(block, groups);
        Liveness live = new Liveness(block.ops);
        Flags.Known known = null;
        for (int k = 0; k < block.ops.size(); k++) {
            if (!groups.isEmpty() && k == groups.first()) {
                known = flags.known();
            }
            op(block, k, live);
        }
        branches.end(block, next);
        return known;
    }

    /** Emits the other version of a block, from the first instruction before which accesses are looked at together. */
    void apart(Block block, Groups groups, Flags.Known known) {
        flags.restore(known);
        e.resumeBlock(block, groups.first());
        Liveness live = new Liveness(block.ops);
        for (int k = groups.first(); k < block.ops.size(); k++) {
            Label label = groups.apart(k);
            if (label != null) {
                e.m.visitLabel(label);
            }
            op(block, k, live);
        }
        branches.end(block, null);
    }

    /** An instruction that does not end the block. */
    private void op(Block block, int number, Liveness live) {
        Op op = block.ops.get(number);
        if (op.endsBlock()) {
            return;
        }
        e.beginOp(op);
        boolean codes = live.codes(number);
        boolean x = live.x(number);
        if (!data.emit(op, codes, x) && !shifts.emit(op, codes, x) && !addresses.emit(op)) {
            throw new IllegalStateException("no emitter for " + op);
        }
        e.endOp();
    }
}
