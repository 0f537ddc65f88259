package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;

/**
 * Which accesses of a block, by one address register that only steps between them, are looked at together: if all of
 * their bytes lie on one open page, nothing is left to be looked at. Else another version of the block goes on, which
 * looks at each access by itself.
 */
final class Groups {
    /** A group is no longer than this: the longer, the more often it reaches over the end of a page. */
    private static final int MOST_BYTES = 256;
    /** Each has a variable while its block lasts. */
    private static final int MOST = 8;
    /** Another version of the block is worth its bytecode if so many looks at the maps are saved. */
    private static final int LEAST_SAVED = 2;

    /**
     * An access as an emitter asks for it.
     *
     * @param op number of its instruction in the block
     * @param value tells values of the register apart that differ by more than steps
     * @param offset from that value
     * @param before what the register was stepped by when the instruction began
     */
    record Probe(int op, int register, int value, int offset, int before, int bytes, boolean write) {
    }

    /**
     * Accesses in one look.
     *
     * @param op number of the instruction before which it is taken
     * @param from first byte, from the register's value there
     * @param bytes an even number if that address has to be
     * @param even whether the first byte has to have an even address
     * @param number from 0, less than {@link #MOST}
     */
    record Group(int op, int register, int from, int bytes, boolean write, boolean even, int number) {
    }

    /** An access: the group it belongs to and the distance from the group's first byte. */
    record Share(Group group, int distance) {
    }

    private final Map<Integer, Share> shares = new LinkedHashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final Map<Integer, Label> apart = new LinkedHashMap<>();

    /** Of all accesses of a block, in the order in which they are emitted. */
    Groups(List<Probe> probes) {
        boolean[] done = new boolean[probes.size()];
        for (int k = 0; k < done.length && groups.size() < MOST; k++) {
            if (!done[k]) {
                gather(probes, k, done);
            }
        }
        if (shares.size() - groups.size() < LEAST_SAVED) {
            groups.clear();
            shares.clear();
        }
    }

    private void gather(List<Probe> probes, int first, boolean[] done) {
        Probe p = probes.get(first);
        List<Integer> members = new ArrayList<>();
        int from = p.offset;
        int to = p.offset;
        int parity = -1;
        boolean write = false;
        for (int k = first; k < done.length; k++) {
            Probe q = probes.get(k);
            if (done[k] || q.register != p.register || q.value != p.value) {
                continue;
            }
            int least = Math.min(from, q.offset);
            int most = Math.max(to, q.offset + q.bytes);
            boolean fits = q.bytes == 1 || parity < 0 || parity == (q.offset & 1);
            if (fits && most - least < MOST_BYTES) {
                from = least;
                to = most;
                parity = q.bytes == 1 ? parity : q.offset & 1;
                write |= q.write;
                members.add(k);
            }
        }
        if (members.size() < 2) {
            return;
        }
        if (parity >= 0 && (from & 1) != parity) {
            from--;
        }
        int bytes = parity >= 0 ? to - from + 1 & -2 : to - from;
        Group group = new Group(p.op, p.register, from - p.before, bytes, write, parity >= 0, groups.size());
        groups.add(group);
        apart.computeIfAbsent(p.op, k -> new Label());
        for (int k : members) {
            done[k] = true;
            shares.put(k, new Share(group, probes.get(k).offset - from));
        }
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** The groups that are looked at before an instruction of the block. */
    List<Group> before(int op) {
        return groups.stream().filter(group -> group.op == op).toList();
    }

    /** The share of an access, counted from 0; null if it stands alone. */
    Share share(int probe) {
        return shares.get(probe);
    }

    /** The first instruction before which a group is looked at. */
    int first() {
        return groups.stream().mapToInt(Group::op).min().orElseThrow();
    }

    /** Where the other version of the block goes on with an instruction; null if nothing leads there. */
    Label apart(int op) {
        return apart.get(op);
    }
}
