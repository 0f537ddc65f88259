package triplex.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import triplex.hw.bus.Frame;

/**
 * Random traffic between all boards of a founded machine, and what must be true of it: whole frames, one order, no
 * loss.
 */
final class Traffic {
    private static final String LETTERS = "The quick brown fox jumps over the lazy dog, and so on ".repeat(80);

    private record Commit(long cycle, int number, byte[] frame) {
    }

    /** A frame in a transmit ring. */
    private record Sent(int descriptor, int tag) {
    }

    final Hardware machine;
    final Kernel[] kernels;
    private final SplittableRandom random;
    private final List<Commit> commits = new ArrayList<>();
    private final List<List<Sent>> sent = new ArrayList<>();
    private final int[] completed;
    private final int[] next;
    private final boolean[] gone;
    final Set<Integer> committedTags = new HashSet<>();
    private final Set<Integer> staleTags = new HashSet<>();
    int view = 1;
    int biggest = 300;

    Traffic(int boards, long seed) {
        kernels = Kernel.founded(boards);
        machine = kernels[0].machine;
        random = new SplittableRandom(seed);
        completed = new int[boards];
        next = new int[boards];
        gone = new boolean[boards];
        for (int k = 0; k < boards; k++) {
            sent.add(new ArrayList<>());
            completed[k] = kernels[k].get(Register.TX_CONSUMER);
        }
        machine.listen(new BusListener() {
            @Override
            public void committed(long cycle, int commit, byte[] frame) {
                commits.add(new Commit(cycle, commit, frame.clone()));
            }
        });
    }

    void gone(int slot) {
        gone[slot] = true;
    }

    boolean alive(int slot) {
        return !gone[slot];
    }

    /** Every kernel looks at its interface once: drains, collects statuses, and perhaps sends. */
    void turn(boolean sending) {
        for (int slot = 0; slot < kernels.length; slot++) {
            if (gone[slot]) {
                continue;
            }
            collect(slot);
            if (random.nextInt(4) != 0) {
                kernels[slot].drain();
            }
            while (sending && random.nextInt(3) == 0 && kernels[slot].canSend()) {
                send(slot);
            }
        }
    }

    private void send(int slot) {
        int live = 0;
        for (boolean dead : gone) {
            live += dead ? 0 : 1;
        }
        int count = 1 + random.nextInt(Math.min(4, live));
        List<Integer> slots = new ArrayList<>();
        int[] pairs = new int[2 * count];
        for (int k = 0; k < count; k++) {
            int to = random.nextInt(kernels.length);
            while (slots.contains(to) || gone[to]) {
                to = (to + 1) % kernels.length;
            }
            slots.add(to);
            pairs[2 * k] = to;
            pairs[2 * k + 1] = new int[] {1, 2, 4, 5}[random.nextInt(4)];
        }
        int tag = slot << 16 | next[slot]++;
        int parameters = 2 * random.nextInt(20);
        int data = random.nextInt(5) == 0 ? 2 * random.nextInt(biggest / 2) : 0;
        int at = random.nextInt(50);
        byte[] header = Kernel.header(Layout.KIND_DATA, view, tag, tag, tag, pairs);
        int descriptor = kernels[slot].send(header, LETTERS.substring(at, at + parameters),
            LETTERS.substring(at, at + data));
        sent.get(slot).add(new Sent(descriptor, tag));
    }

    private void collect(int slot) {
        Kernel kernel = kernels[slot];
        int end = kernel.get(Register.TX_CONSUMER);
        while (completed[slot] != end) {
            Sent first = sent.get(slot).remove(0);
            int status = kernel.status(first.descriptor());
            if (status == Layout.STATUS_COMMITTED) {
                assertTrue(committedTags.add(first.tag()));
            } else {
                assertEquals(Layout.STATUS_STALE, status);
                staleTags.add(first.tag());
            }
            completed[slot]++;
        }
    }

    /** Lets everything that is queued come to its end. */
    void finish() {
        for (int k = 0; k < 400 && (outstanding() || k < 20); k++) {
            machine.run(machine.now() + 5000);
            turn(false);
        }
        for (int slot = 0; slot < kernels.length; slot++) {
            if (!gone[slot]) {
                kernels[slot].drain();
            }
        }
        assertFalse(outstanding(), "frames that never end");
    }

    private boolean outstanding() {
        for (int slot = 0; slot < kernels.length; slot++) {
            if (!gone[slot] && !sent.get(slot).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** What each live board took is exactly what was committed to it, in commit order; statuses agree. */
    void check() {
        Set<Integer> tags = new HashSet<>();
        int last = -1;
        int[] sequence = new int[kernels.length];
        for (Commit commit : commits) {
            assertTrue(last < 0 || commit.number == last + 1);
            last = commit.number;
            if (Frame.kind(commit.frame) == Layout.KIND_DATA) {
                int tag = Frame.channel(commit.frame);
                assertTrue(tags.add(tag), "committed twice");
                assertFalse(staleTags.contains(tag), "told stale, but committed");
                assertTrue((tag & 0xFFFF) >= sequence[tag >> 16], "overtaken");
                sequence[tag >> 16] = tag & 0xFFFF;
            }
        }
        assertTrue(tags.containsAll(committedTags), "told committed, but not");
        for (Kernel kernel : kernels) {
            if (!gone[kernel.slot]) {
                assertEquals(expected(kernel.slot, true), taken(kernel, true));
                assertEquals(expected(kernel.slot, false), taken(kernel, false));
            }
        }
    }

    int commits() {
        return commits.size();
    }

    /** All that was committed, and when. */
    List<String> history() {
        return commits.stream().map(c -> c.cycle + ":" + c.number + ":" + text(c.frame, 0, c.frame.length)).toList();
    }

    private List<String> taken(Kernel kernel, boolean silent) {
        List<String> list = new ArrayList<>();
        for (Kernel.Entry entry : kernel.taken) {
            if (entry.silent() == silent) {
                list.add(entry.commit() + ":" + entry.kind() + ":" + entry.tag() + ":" + entry.parameters() + ":"
                    + entry.data());
            }
        }
        return list;
    }

    private List<String> expected(int slot, boolean silent) {
        List<String> list = new ArrayList<>();
        for (Commit commit : commits) {
            byte[] f = commit.frame;
            int roles = Frame.roles(f, slot);
            boolean view = Frame.kind(f) == Layout.KIND_VIEW;
            if (roles != 0 && (silent ? (roles & 6) != 0 : (roles & 1) != 0 || view)) {
                int p = Frame.parameters(f);
                boolean data = (roles & (silent ? 2 : 1)) != 0;
                list.add(commit.number + ":" + f[0] + ":" + java.nio.ByteBuffer.wrap(f).getInt(28) + ":"
                    + text(f, 32, p) + ":" + (data ? text(f, 32 + p, Frame.data(f)) : ""));
            }
        }
        return list;
    }

    private static String text(byte[] bytes, int at, int count) {
        return new String(bytes, at, count, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** The lowest live board excludes those that are gone, and all go on in the new view. */
    void exclude() {
        int members = 0;
        int dead = 0;
        int lowest = -1;
        for (int slot = 0; slot < kernels.length; slot++) {
            if (gone[slot]) {
                dead |= 1 << slot;
            } else {
                members |= 1 << slot;
                lowest = lowest < 0 ? slot : lowest;
            }
        }
        kernels[lowest].sendView(view + 1, members, dead, false);
        for (int k = 0; k < 200 && kernels[lowest].viewStatus() != Layout.STATUS_COMMITTED; k++) {
            machine.run(machine.now() + 1000);
            turn(false);
        }
        assertEquals(Layout.STATUS_COMMITTED, kernels[lowest].viewStatus());
        view++;
    }
}
