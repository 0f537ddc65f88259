package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import triplex.m68k.Targets;
import triplex.m68k.WordSource;

/** The basic blocks that are reached from one instruction by branches and calls with known targets. */
final class Region {
    /** A look at the deadline is due after so many clocks at the latest. */
    private static final int LONGEST_PATH = 200;
    private static final int MOST_PAGES = 4;

    /** A place to be looked at; the hottest first, of equal ones the oldest. */
    private record Todo(int at, long heat, int order) implements Comparable<Todo> {
        @Override
        public int compareTo(Todo other) {
            return heat != other.heat ? Long.compare(other.heat, heat) : Integer.compare(order, other.order);
        }
    }

    final int head;
    final SortedMap<Integer, Block> blocks = new TreeMap<>();
    /** All blocks as they are emitted: those above, and further rounds of small loops. */
    final List<Block> order = new ArrayList<>();
    /** Where calls inside the region return to. */
    final TreeSet<Integer> returns = new TreeSet<>();
    private final Targets targets;
    private final Map<Integer, Op> ops = new LinkedHashMap<>();
    private final Set<Integer> pages = new LinkedHashSet<>();
    private final Set<Integer> entered = new LinkedHashSet<>();
    private final Set<Integer> leaders = new LinkedHashSet<>();
    private int found;

    private Region(int head, Targets targets) {
        this.head = head;
        this.targets = targets;
    }

    /** Null if the first instruction is one to be interpreted. */
    static Region find(Decoder decoder, WordSource memory, int head, Search search, int most, int rounds) {
        Region region = new Region(head, search.targets());
        region.explore(decoder, memory, search, most);
        if (region.ops.isEmpty()) {
            return null;
        }
        region.form();
        region.looks();
        Loops.unroll(region, rounds);
        region.bounds();
        return region;
    }

    private boolean pageAllowed(int from, int to) {
        Set<Integer> more = new LinkedHashSet<>(pages);
        more.add(from >>> 12);
        more.add(to - 1 >>> 12);
        if (more.size() > MOST_PAGES) {
            return false;
        }
        pages.addAll(more);
        return true;
    }

    private void explore(Decoder decoder, WordSource memory, Search search, int most) {
        PriorityQueue<Todo> open = new PriorityQueue<>();
        open.add(new Todo(head, Long.MAX_VALUE, 0));
        while (!open.isEmpty()) {
            Todo next = open.poll();
            int at = next.at;
            if (!leaders.add(at)) {
                continue;
            }
            while (ops.size() < most && !ops.containsKey(at) && (at == head || !search.endsAt(at))) {
                Op op = decoder.decode(memory, at);
                if (op == null || !pageAllowed(at, op.end() + 4)) {
                    break;
                }
                ops.put(at, op);
                at = op.end();
                if (op.endsBlock()) {
                    follow(op, search, open);
                    break;
                }
            }
        }
    }

    private static int callTarget(Op op) {
        if (op.name().equals("bsr")) {
            return op.target();
        }
        Operand o = op.operands().isEmpty() ? null : op.source();
        return o != null && o.mode() == Operand.Mode.ABSOLUTE && o.index() < 0 ? o.value() : 1;
    }

    /** The address that a branch, jump or call surely goes to; odd if it is not known. */
    static int target(Op op) {
        return switch (op.name()) {
            case "b<cc>", "bra", "db<cc>" -> op.target();
            case "bsr", "jsr", "jmp" -> callTarget(op);
            default -> 1;
        };
    }

    private void follow(Op op, Search search, PriorityQueue<Todo> open) {
        if (op.isConditional() || op.isCall()) {
            add(op.end(), search, open);
        }
        int target = target(op);
        if ((target & 1) == 0) {
            add(target, search, open);
        } else if (!op.name().equals("rts")) {
            for (int seen : targets.of(op.address())) {
                add(seen, search, open);
            }
        }
    }

    /** What was executed most comes first, and what never was not at all; without counts, what is nearest. */
    private void add(int at, Search search, PriorityQueue<Todo> open) {
        long heat = search.through() ? search.visits().of(at) : 0;
        if (heat > 0 || !search.through()) {
            open.add(new Todo(at, heat, found++));
        }
    }

    /** The blocks to which a computed jump, call or return goes often. */
    TreeSet<Integer> seen(Op op) {
        TreeSet<Integer> seen = new TreeSet<>();
        for (int target : targets.of(op.address())) {
            if (blocks.containsKey(target)) {
                seen.add(target);
            }
        }
        return seen;
    }

    private void form() {
        for (int leader : leaders) {
            if (!ops.containsKey(leader)) {
                continue;
            }
            Block block = new Block(leader);
            int at = leader;
            while (true) {
                Op op = ops.get(at);
                block.ops.add(op);
                at = op.end();
                if (op.endsBlock()) {
                    if (op.isConditional() || op.isCall()) {
                        block.next.add(at);
                    }
                    if ((target(op) & 1) == 0) {
                        block.next.add(target(op));
                    }
                    if (op.isCall()) {
                        returns.add(at);
                    }
                    for (int seen : targets.of(op.address())) {
                        entered.add(seen);
                    }
                    break;
                }
                if (leaders.contains(at) || !ops.containsKey(at)) {
                    block.next.add(at);
                    break;
                }
            }
            blocks.put(leader, block);
        }
        returns.removeIf(at -> !blocks.containsKey(at));
    }

    /** Every cycle through the region looks at the deadline, and so does every block that is entered from elsewhere. */
    private void looks() {
        blocks.get(head).checked = true;
        for (int to : entered) {
            if (blocks.containsKey(to)) {
                blocks.get(to).checked = true;
            }
        }
        for (Block block : blocks.values()) {
            for (int to : block.next) {
                Block target = blocks.get(to);
                if (target != null && (to - block.start <= 0 || block.last().isCall())) {
                    target.checked = true;
                }
            }
        }
    }

    /** Between two looks at the deadline pass at most so many clocks, and those of the rounds of one loop. */
    private void bounds() {
        List<Block> reverse = new ArrayList<>(order);
        java.util.Collections.reverse(reverse);
        for (Block block : reverse) {
            int longest = -1;
            for (int to : block.next) {
                Block target = next(block, to);
                if (target != null && !target.checked) {
                    if (target.rounds.isEmpty() && target.bound + block.most() > LONGEST_PATH) {
                        target.checked = true;
                    } else {
                        longest = Math.max(longest, target.bound);
                    }
                }
            }
            block.bound = longest >= 0 ? block.most() + longest : block.most() - block.last().most();
        }
    }

    /** The block at which another goes on with an address; null if that is outside. */
    Block next(Block from, int to) {
        Block other = from.rounds.get(to);
        return other != null ? other : blocks.get(to);
    }

    /** Name of the class made of it. */
    String className() {
        return "triplex/m68k/Region" + Integer.toHexString(head);
    }

    /** Whether an instruction stands there. */
    boolean has(int address) {
        return ops.containsKey(address);
    }

    int instructions() {
        return ops.size();
    }

    /** Where it can be entered: at the blocks that look at the deadline. */
    int[] entries() {
        return blocks.values().stream().filter(block -> block.checked).mapToInt(block -> block.start).toArray();
    }

    /** All words used: pairs of an address and the one after the last byte, ascending, without overlaps. */
    int[] ranges() {
        List<Integer> list = new ArrayList<>();
        for (Op op : new TreeMap<>(ops).values()) {
            int from = op.address();
            int to = op.end() + 4;
            int n = list.size();
            if (n > 0 && from - list.get(n - 1) <= 0) {
                list.set(n - 1, Math.max(to, list.get(n - 1)));
            } else {
                list.add(from);
                list.add(to);
            }
        }
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether the queue can be filled there without any effect while the region's pages stay mapped. */
    boolean isMapped(int address) {
        return pages.contains(address >>> 12) && pages.contains(address + 2 >>> 12);
    }
}
