package triplex.m68k;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Where computed jumps, calls and returns were seen to go. Only a hint: code that uses it compares first. */
public final class Targets {
    private static final int MOST_JUMPS = 4096;
    private static final int MOST = 24;
    private static final int[] NONE = {};

    private final Map<Integer, int[]> known = new TreeMap<>();

    void add(int from, int to) {
        int[] old = known.getOrDefault(from, NONE);
        for (int k : old) {
            if (k == to) {
                return;
            }
        }
        if (old.length < MOST && (old.length > 0 || known.size() < MOST_JUMPS)) {
            int[] more = Arrays.copyOf(old, old.length + 1);
            more[old.length] = to;
            known.put(from, more);
        }
    }

    /** The addresses that a jump at {@code from} went to, at most 24, in the order in which they were seen. */
    public int[] of(int from) {
        return known.getOrDefault(from, NONE);
    }
}
