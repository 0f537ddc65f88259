package triplex.machine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import triplex.hw.BusListener;
import triplex.hw.Layout;
import triplex.hw.Register;

/**
 * Proves while a machine runs that its bus keeps its promise. What is compared: the frames that the arbiter committed,
 * and the entries that each board's kernel took out of the rings in its RAM (it says so by writing a consumer
 * register).
 *
 * <p>It must hold: commit numbers rise by one; each board consumes, in each queue, exactly the frames that were
 * committed
 * with a role that enters this queue, in the order of their commits, with the header as sent. A board that was reset,
 * pulled, or switched its interface off begins anew: what was on its way to it then is nobody's.
 */
public final class LockstepChecker implements BusListener {
    private static final int MOST_REPORTS = 20;
    private static final int QUEUES = 2;

    private record Expected(long cycle, int commit, byte[] header) {
    }

    private final Machine machine;
    private final long transit;
    private final List<List<ArrayDeque<Expected>>> expected = new ArrayList<>();
    private final int[][] consumers;
    private final long[] resetAt;
    private final List<String> violations = new ArrayList<>();
    private int lastCommit;
    private boolean committedBefore;
    private long frames;
    private long consumed;

    /** Begins to check; the machine must not have run yet. */
    public LockstepChecker(Machine machine) {
        this.machine = machine;
        int boards = machine.spec().boards();
        transit = 4L * machine.hardware().configuration().parameters().lookahead();
        consumers = new int[boards][QUEUES];
        resetAt = new long[boards];
        Arrays.fill(resetAt, -transit);
        for (int slot = 0; slot < boards; slot++) {
            expected.add(List.of(new ArrayDeque<>(), new ArrayDeque<>()));
        }
        machine.listen(this);
    }

    /** A state of this checker, which goes with a saved state of its machine. */
    public static final class Saved {
        private final List<List<ArrayDeque<Expected>>> expected = new ArrayList<>();
        private final int[][] consumers;
        private final long[] resetAt;
        private final int lastCommit;
        private final boolean committedBefore;

        private Saved(LockstepChecker c) {
            c.expected.forEach(q -> expected.add(List.of(new ArrayDeque<>(q.get(0)), new ArrayDeque<>(q.get(1)))));
            consumers = Arrays.stream(c.consumers).map(int[]::clone).toArray(int[][]::new);
            resetAt = c.resetAt.clone();
            lastCommit = c.lastCommit;
            committedBefore = c.committedBefore;
        }
    }

    /** Keeps what has been seen, beside a saved state of the machine. */
    public Saved save() {
        return new Saved(this);
    }

    /** Goes back, when the machine has gone back to the state saved at that time; what was found is forgotten. */
    public void restore(Saved saved) {
        violations.clear();
        for (int slot = 0; slot < consumers.length; slot++) {
            for (int queue = 0; queue < QUEUES; queue++) {
                expected.get(slot).get(queue).clear();
                expected.get(slot).get(queue).addAll(saved.expected.get(slot).get(queue));
                consumers[slot][queue] = saved.consumers[slot][queue];
            }
            resetAt[slot] = saved.resetAt[slot];
        }
        lastCommit = saved.lastCommit;
        committedBefore = saved.committedBefore;
    }

    /** Frames committed so far. */
    public long frames() {
        return frames;
    }

    /** Entries that boards have consumed so far, each compared. */
    public long consumed() {
        return consumed;
    }

    /** What went wrong, one line each, the first 20; empty when nothing has. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    private void report(String format, Object... arguments) {
        if (violations.size() < MOST_REPORTS) {
            violations.add(String.format(java.util.Locale.ROOT, format, arguments));
        }
    }

    @Override
    public void committed(long cycle, int commit, byte[] frame) {
        frames++;
        if (committedBefore && commit != lastCommit + 1) {
            report("cycle %d: commit %d follows %d", cycle, commit, lastCommit);
        }
        committedBefore = true;
        lastCommit = commit;
        ByteBuffer f = ByteBuffer.wrap(frame);
        Expected entry = new Expected(cycle, commit, Arrays.copyOf(frame, Layout.FRAME_HEADER_BYTES));
        int kind = f.get(Layout.FRAME_KIND);
        if (kind == Layout.KIND_VIEW) {
            int members = f.getInt(Layout.FRAME_CHANNEL);
            for (int slot = 0; slot < consumers.length; slot++) {
                if ((members >> slot & 1) != 0) {
                    expected.get(slot).get(0).add(entry);
                }
            }
            return;
        }
        for (int k = 0; k < f.get(Layout.FRAME_DESTINATIONS); k++) {
            int slot = f.get(Layout.FRAME_DESTINATION + 2 * k);
            int roles = f.get(Layout.FRAME_DESTINATION + 2 * k + 1);
            if (kind == Layout.KIND_BOOT || (roles & Layout.ROLE_RECEIVER) != 0) {
                expected.get(slot).get(0).add(entry);
            }
            if ((roles & (Layout.ROLE_RECEIVER_BACKUP | Layout.ROLE_SENDER_BACKUP)) != 0) {
                expected.get(slot).get(1).add(entry);
            }
        }
    }

    @Override
    public void consumed(long cycle, int slot, boolean silent, int value) {
        int queue = silent ? 1 : 0;
        int count = value - consumers[slot][queue] & 0xFFFF;
        int size = machine.hardware().bus().peek(slot, silent ? Register.SX_SIZE : Register.RX_SIZE);
        int base = machine.hardware().bus().peek(slot, silent ? Register.SX_BASE : Register.RX_BASE);
        if (count > size) {
            report("cycle %d: board %d consumes %d entries of a ring of %d", cycle, slot, count, size);
            consumers[slot][queue] = value;
            return;
        }
        BoardView view = new BoardView(machine.hardware(), slot);
        for (int k = 0; k < count; k++) {
            int index = consumers[slot][queue] + k & size - 1;
            compare(cycle, slot, queue, view, base + index * Layout.RX_BYTES);
        }
        consumers[slot][queue] = value;
    }

    private void compare(long cycle, int slot, int queue, BoardView view, int at) {
        int commit = view.longAt(at + Layout.RX_COMMIT);
        ArrayDeque<Expected> waiting = expected.get(slot).get(queue);
        while (!waiting.isEmpty() && waiting.peek().commit() != commit
                && waiting.peek().cycle() < resetAt[slot] + transit) {
            waiting.poll();
        }
        Expected next = waiting.poll();
        consumed++;
        String which = queue == 0 ? "normal" : "silent";
        if (next == null) {
            report("cycle %d: board %d has commit %d in its %s queue, which nobody sent it", cycle, slot, commit,
                which);
            return;
        }
        if (next.commit() != commit) {
            report("cycle %d: board %d takes commit %d out of its %s queue, but %d is next", cycle, slot, commit, which,
                next.commit());
            return;
        }
        for (int k = 0; k < Layout.FRAME_HEADER_BYTES; k++) {
            if (view.physical(at + k) != (next.header()[k] & 0xFF)) {
                report("cycle %d: board %d has byte %d of the header of commit %d wrong", cycle, slot, k, commit);
                return;
            }
        }
    }

    @Override
    public void off(long cycle, int slot) {
        begin(cycle, slot);
    }

    @Override
    public void reset(long cycle, int slot, int cause) {
        begin(cycle, slot);
    }

    private void begin(long cycle, int slot) {
        resetAt[slot] = cycle;
        for (int queue = 0; queue < QUEUES; queue++) {
            consumers[slot][queue] = 0;
            expected.get(slot).get(queue).removeIf(e -> e.cycle() < cycle);
        }
    }
}
