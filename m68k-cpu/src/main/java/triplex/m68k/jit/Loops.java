package triplex.m68k.jit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Small innermost loops are emitted several times, round behind round. Only the first round looks at the deadline, and
 * what is known of condition codes at the end of a round holds in the next one.
 */
final class Loops {
    /** Instructions of all rounds of a loop; one that moves several registers counts as {@link #MOVEM_SIZE}. */
    private static final int MOST_SIZE = 32;
    private static final int MOVEM_SIZE = 16;
    /** Instructions added to a region: more than that, beside its other code, does not fit into a method. */
    private static final int MOST_ADDED = 96;
    /** Clocks of all rounds of a loop at most, so that few are left to the interpreter before a deadline. */
    private static final int MOST_CLOCKS = 400;

    private Loops() {
    }

    /** Puts the blocks of the region in order, with up to so many rounds of each small loop. */
    static void unroll(Region region, int most) {
        TreeSet<Integer> done = new TreeSet<>();
        int room = MOST_ADDED;
        Map<Integer, List<Integer>> before = before(region);
        for (Block block : region.blocks.values()) {
            if (done.contains(block.start)) {
                continue;
            }
            TreeSet<Integer> loop = loop(region, block, before);
            int size = size(region, loop);
            int rounds = Math.min(most, rounds(region, loop, size));
            if (rounds > 1 && (rounds - 1) * size <= room) {
                room -= (rounds - 1) * size;
                emit(region, block, loop, rounds);
                done.addAll(loop);
            } else {
                region.order.add(block);
            }
        }
    }

    /** For each block the blocks that may go on with it. */
    private static Map<Integer, List<Integer>> before(Region region) {
        Map<Integer, List<Integer>> before = new LinkedHashMap<>();
        for (Block block : region.blocks.values()) {
            for (int to : block.next) {
                before.computeIfAbsent(to, k -> new ArrayList<>()).add(block.start);
            }
        }
        return before;
    }

    /** The blocks of the innermost loop that begins with a block, by address; empty if there is none. */
    private static TreeSet<Integer> loop(Region region, Block head, Map<Integer, List<Integer>> before) {
        TreeSet<Integer> loop = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        for (int from : before.getOrDefault(head.start, List.of())) {
            if (from - head.start >= 0) {
                open.add(from);
            }
        }
        while (!open.isEmpty()) {
            Block block = region.blocks.get(open.remove());
            if (!loop.add(block.start) || block == head) {
                continue;
            }
            if (block.start - head.start < 0 || block.checked) {
                return new TreeSet<>();
            }
            open.addAll(before.getOrDefault(block.start, List.of()));
        }
        return loop.contains(head.start) ? loop : new TreeSet<>();
    }

    /** In instructions. */
    private static int size(Region region, TreeSet<Integer> loop) {
        int size = 0;
        for (int at : loop) {
            for (Op op : region.blocks.get(at).ops) {
                size += op.name().equals("movem") ? MOVEM_SIZE : 1;
            }
        }
        return size;
    }

    /** How many are worth it; 1 if there is no loop, or one that calls or jumps where only the run tells. */
    private static int rounds(Region region, TreeSet<Integer> loop, int size) {
        int clocks = 0;
        for (int at : loop) {
            Block block = region.blocks.get(at);
            if (block.last().endsBlock() && (Region.target(block.last()) & 1) != 0 || block.last().isCall()) {
                return 1;
            }
            clocks += block.most();
        }
        return loop.isEmpty() ? 1 : Math.min(MOST_SIZE / size, MOST_CLOCKS / clocks);
    }

    /** Puts so many rounds of a loop in order: each goes on with the next one, the last with the first. */
    private static void emit(Region region, Block head, TreeSet<Integer> loop, int rounds) {
        List<Map<Integer, Block>> all = new ArrayList<>();
        for (int k = 0; k < rounds; k++) {
            Map<Integer, Block> round = new LinkedHashMap<>();
            for (int at : loop) {
                Block block = region.blocks.get(at);
                round.put(at, k == 0 ? block : block.copy());
            }
            all.add(round);
        }
        for (int k = 0; k < rounds; k++) {
            Map<Integer, Block> next = new LinkedHashMap<>(all.get(k));
            next.put(head.start, all.get((k + 1) % rounds).get(head.start));
            for (int at : loop) {
                Block block = all.get(k).get(at);
                block.rounds = next;
                region.order.add(block);
            }
        }
    }
}
