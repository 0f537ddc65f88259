package triplex.hw;

import java.util.ArrayList;
import java.util.List;
import triplex.m68k.State;

/**
 * Alarms of one board or of the backplane, ordered by cycle and, within a cycle, by the order in which they were
 * created. Each alarm is pending at most once, so nothing is allocated once the machine is built.
 *
 * <p>A binary heap over the alarms; its shape has no influence on the order, because no two alarms compare equal.
 */
public final class EventQueue {
    /** The cycle of an alarm that is not set. */
    public static final long NEVER = Long.MAX_VALUE;

    /** One event that may be due at most once at a time. */
    public final class Alarm {
        private final int number;
        private final String name;
        private final Runnable action;
        private long due = NEVER;
        private int place = -1;

        private Alarm(int number, String name, Runnable action) {
            this.number = number;
            this.name = name;
            this.action = action;
        }

        /** The cycle at which it is due, or {@link #NEVER}. */
        public long due() {
            return due;
        }

        /** Sets or moves it; {@link #NEVER} clears it. */
        public void set(long cycle) {
            due = cycle;
            if (cycle == NEVER) {
                remove(this);
            } else if (place < 0) {
                heap[size] = this;
                place = size;
                size++;
                up(place);
            } else {
                down(up(place));
            }
            next = size == 0 ? NEVER : heap[0].due;
        }

        /** Takes it back. */
        public void clear() {
            set(NEVER);
        }
    }

    private final List<Alarm> alarms = new ArrayList<>();
    private Alarm[] heap = new Alarm[8];
    private int size;
    private long next = NEVER;

    /** Creates an alarm; the order of creation is its rank among those of the same cycle and is part of the machine. */
    public Alarm alarm(String name, Runnable action) {
        Alarm alarm = new Alarm(alarms.size(), name, action);
        alarms.add(alarm);
        if (heap.length < alarms.size()) {
            heap = java.util.Arrays.copyOf(heap, heap.length * 2);
        }
        return alarm;
    }

    /** The cycle of the first alarm, or {@link #NEVER}. */
    public long next() {
        return next;
    }

    /** Takes the first alarm off and runs its action. There must be one. */
    public void fire() {
        Alarm first = heap[0];
        first.clear();
        first.action.run();
    }

    /** The one list of the state. */
    public void state(State s) {
        for (Alarm alarm : alarms) {
            long due = s.l(alarm.name, alarm.due);
            if (due != alarm.due) {
                alarm.set(due);
            }
        }
    }

    private void remove(Alarm alarm) {
        int place = alarm.place;
        if (place < 0) {
            return;
        }
        alarm.place = -1;
        size--;
        Alarm last = heap[size];
        heap[size] = null;
        if (last != alarm) {
            heap[place] = last;
            last.place = place;
            down(up(place));
        }
    }

    private static boolean before(Alarm a, Alarm b) {
        return a.due < b.due || a.due == b.due && a.number < b.number;
    }

    private int up(int from) {
        int at = from;
        while (at > 0 && before(heap[at], heap[(at - 1) / 2])) {
            at = exchange(at, (at - 1) / 2);
        }
        return at;
    }

    private void down(int from) {
        int at = from;
        while (true) {
            int least = 2 * at + 1;
            if (least >= size) {
                return;
            }
            if (least + 1 < size && before(heap[least + 1], heap[least])) {
                least++;
            }
            if (!before(heap[least], heap[at])) {
                return;
            }
            at = exchange(at, least);
        }
    }

    private int exchange(int a, int b) {
        Alarm other = heap[b];
        heap[b] = heap[a];
        heap[a] = other;
        heap[b].place = b;
        other.place = a;
        return b;
    }
}
