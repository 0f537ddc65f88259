package triplex.hw;

import triplex.m68k.State;

/** A delay line: messages leave in the order in which they entered, each at its own cycle. */
final class MessageLine {
    /** Takes a message at the far end. */
    interface Receiver {
        void receive(int stamp, int op, long a, long b, long c, byte[] bytes);
    }

    private final EventQueue.Alarm alarm;
    private final Receiver receiver;
    private final String name;
    private int first;
    private int count;
    private long[] due = new long[8];
    private int[] stamps = new int[8];
    private int[] ops = new int[8];
    private long[] a = new long[8];
    private long[] b = new long[8];
    private long[] c = new long[8];
    private byte[][] payloads = new byte[8][];

    MessageLine(EventQueue queue, String name, Receiver receiver) {
        this.name = name;
        this.receiver = receiver;
        alarm = queue.alarm(name, this::arrive);
    }

    void send(long cycle, int stamp, int op, long valueA, long valueB, long valueC, byte[] bytes) {
        if (count == due.length) {
            grow(count * 2);
        }
        int at = (first + count) % due.length;
        if (count > 0 && cycle < due[(at + due.length - 1) % due.length]) {
            throw new IllegalStateException(name + ": a message would overtake another");
        }
        due[at] = cycle;
        stamps[at] = stamp;
        ops[at] = op;
        a[at] = valueA;
        b[at] = valueB;
        c[at] = valueC;
        payloads[at] = bytes;
        count++;
        if (count == 1) {
            alarm.set(cycle);
        }
    }

    void clear() {
        while (count > 0) {
            drop();
        }
        alarm.clear();
    }

    private void drop() {
        payloads[first] = null;
        first = (first + 1) % due.length;
        count--;
    }

    private void arrive() {
        int at = first;
        int stamp = stamps[at];
        int op = ops[at];
        long valueA = a[at];
        long valueB = b[at];
        long valueC = c[at];
        byte[] bytes = payloads[at];
        drop();
        if (count > 0) {
            alarm.set(due[first]);
        }
        receiver.receive(stamp, op, valueA, valueB, valueC, bytes);
    }

    /** Unrolls the ring so that its first message stands at place 0. */
    private void grow(int capacity) {
        due = unroll(due, capacity);
        a = unroll(a, capacity);
        b = unroll(b, capacity);
        c = unroll(c, capacity);
        int[] newStamps = new int[capacity];
        int[] newOps = new int[capacity];
        byte[][] newPayloads = new byte[capacity][];
        for (int k = 0; k < count; k++) {
            int at = (first + k) % stamps.length;
            newStamps[k] = stamps[at];
            newOps[k] = ops[at];
            newPayloads[k] = payloads[at];
        }
        stamps = newStamps;
        ops = newOps;
        payloads = newPayloads;
        first = 0;
    }

    private long[] unroll(long[] ring, int capacity) {
        long[] result = new long[capacity];
        for (int k = 0; k < count; k++) {
            result[k] = ring[(first + k) % ring.length];
        }
        return result;
    }

    void state(State s) {
        grow(due.length);
        int had = count;
        count = s.i(name + ".count", count);
        if (count > due.length) {
            int wanted = count;
            count = had;
            grow(Integer.highestOneBit(wanted) * 2);
            count = wanted;
        }
        for (int k = 0; k < count; k++) {
            due[k] = s.l("due", due[k]);
            stamps[k] = s.i("stamp", stamps[k]);
            ops[k] = s.i("op", ops[k]);
            a[k] = s.l("a", a[k]);
            b[k] = s.l("b", b[k]);
            c[k] = s.l("c", c[k]);
            payloads[k] = payload(s, payloads[k]);
        }
        for (int k = count; k < had; k++) {
            payloads[k] = null;
        }
    }

    private static byte[] payload(State s, byte[] bytes) {
        int length = s.i("bytes", bytes == null ? -1 : bytes.length);
        if (length < 0) {
            return null;
        }
        // A copy, because loading writes into it and the same frame may be on its way to other boards too.
        byte[] result = bytes != null && bytes.length == length ? bytes.clone() : new byte[length];
        s.bytes("payload", result);
        return result;
    }
}
