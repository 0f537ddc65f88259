package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;

/** A basic block: entered only at its first instruction, left only behind its last, but for interpreted ones. */
final class Block {
    final int start;
    final List<Op> ops = new ArrayList<>();
    final Label label = new Label();
    /** Addresses where it may go on, inside or outside the region; behind a call: the target and the return point. */
    final List<Integer> next = new ArrayList<>();
    /** In a round of a loop, by address: the blocks it goes on at instead of those of the region with that address. */
    Map<Integer, Block> rounds = Collections.emptyMap();
    /** Whether it looks at the deadline before it begins. */
    boolean checked;
    /** The most clocks from its beginning to the beginning of the last instruction before the next look. */
    int bound;

    Block(int start) {
        this.start = start;
    }

    /** The same block in a further round of its loop. */
    Block copy() {
        Block copy = new Block(start);
        copy.ops.addAll(ops);
        copy.next.addAll(next);
        return copy;
    }

    Op last() {
        return ops.get(ops.size() - 1);
    }

    int most() {
        int sum = 0;
        for (Op op : ops) {
            sum += op.most();
        }
        return sum;
    }
}
