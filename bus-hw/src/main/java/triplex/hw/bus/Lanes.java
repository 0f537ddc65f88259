package triplex.hw.bus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import triplex.m68k.State;

/**
 * The three lanes: what becomes of a word on its way from a driver over the backplane to a receiver, and the vote.
 *
 * <p>A fault sits on a lane at a place: the backplane or one board's transceiver, which spoils what that board sends
 * and what it
 * receives. A dead lane carries zero. Without any fault nothing is computed word by word. Noise is a function of seed,
 * cycle and
 * place, so that it does not depend on how the machine is run.
 */
public final class Lanes {
    /** Number of lanes: A, B, C. */
    public static final int COUNT = 3;
    /** The place of a fault that all boards see; a board's transceiver is its slot. */
    public static final int BACKPLANE = -1;

    // Check-coded control words: any two differ in eight bits.
    static final int GRANT = 0x0FF0;
    static final int ACK = 0x33CC;
    static final int NAK = 0x55AA;
    static final int COMMIT = 0x6996;
    private static final int[] CODES = {GRANT, ACK, NAK, COMMIT};

    private static final int FIELDS = 4;
    private static final int DEAD = 0;
    private static final int STUCK_BITS = 1;
    private static final int STUCK_VALUE = 2;
    private static final int NOISE = 3;

    /** Fields of each (place, lane); copied on change, so that a frame under way can look back. */
    private int[] table;
    private final List<int[]> tables = new ArrayList<>();
    private final List<Long> since = new ArrayList<>();
    /** No fault now; and none since the present frame began. */
    private boolean sound = true;
    private boolean clean = true;
    private long seed = 1;

    Lanes(int slots) {
        table = new int[(slots + 1) * COUNT * FIELDS];
        tables.add(table);
        since.add(0L);
    }

    private static int at(int place, int lane) {
        return ((place + 1) * COUNT + lane) * FIELDS;
    }

    // Faults --------------------------------------------------------------------------------------------------------

    /** The lane carries zeros at this place from now on. */
    void dead(long now, int place, int lane) {
        change(now)[at(place, lane) + DEAD] = 1;
    }

    /** A bit, 0 to 15, is stuck at 0 or 1. */
    void stuck(long now, int place, int lane, int bit, int value) {
        int[] next = change(now);
        next[at(place, lane) + STUCK_BITS] |= 1 << bit;
        next[at(place, lane) + STUCK_VALUE] &= ~(1 << bit);
        next[at(place, lane) + STUCK_VALUE] |= value << bit;
    }

    /** Of 65,536 words {@code rate} have one bit turned over. */
    void noise(long now, int place, int lane, int rate, long noiseSeed) {
        change(now)[at(place, lane) + NOISE] = rate;
        seed = noiseSeed;
    }

    /** The lane is sound at this place again. */
    void mend(long now, int place, int lane) {
        int[] next = change(now);
        Arrays.fill(next, at(place, lane), at(place, lane) + FIELDS, 0);
        sound = true;
        for (int field : next) {
            sound &= field == 0;
        }
    }

    /** True while the lane has a fault anywhere: on the backplane or at a transceiver. */
    boolean faulty(int lane) {
        for (int k = 0; k < table.length; k++) {
            if (table[k] != 0 && k / FIELDS % COUNT == lane) {
                return true;
            }
        }
        return false;
    }

    private int[] change(long now) {
        table = table.clone();
        tables.add(table);
        since.add(now);
        clean = false;
        sound = false;
        return table;
    }

    /** A frame begins: older faults are of no more interest. */
    void begin() {
        if (tables.size() > 1) {
            tables.clear();
            since.clear();
            tables.add(table);
            since.add(0L);
        }
        clean = sound;
    }

    /** No fault from the beginning of the present frame to now. */
    boolean clean() {
        return clean;
    }

    private int[] tableAt(long cycle) {
        int k = tables.size() - 1;
        while (k > 0 && since.get(k) > cycle) {
            k--;
        }
        return tables.get(k);
    }

    // Words ---------------------------------------------------------------------------------------------------------

    private int pass(int[] faults, int place, int lane, int word, long cycle) {
        int at = at(place, lane);
        if (faults[at + DEAD] != 0) {
            return 0;
        }
        int result = word;
        if (faults[at + NOISE] != 0) {
            long hash = mix(seed + cycle * 0x9E3779B97F4A7C15L + at);
            if ((hash & 0xFFFF) < faults[at + NOISE]) {
                result ^= 1 << (hash >>> 16 & 15);
            }
        }
        return result & ~faults[at + STUCK_BITS] | faults[at + STUCK_VALUE];
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a good hash of a counter. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** The word that arrives at {@code to} on a lane; a place of {@link #BACKPLANE} is the arbiter itself. */
    private int carry(int[] faults, int from, int to, int lane, int word, long cycle) {
        int result = from == BACKPLANE ? word : pass(faults, from, lane, word, cycle);
        result = pass(faults, BACKPLANE, lane, result, cycle);
        return to == BACKPLANE ? result : pass(faults, to, lane, result, cycle + 1);
    }

    private static int vote(int a, int b, int c) {
        return a & b | a & c | b & c;
    }

    /** Sends a control word; the code that the far end reads, or -1 if none is valid. */
    int control(int code, int from, int to, long cycle) {
        if (clean) {
            return code;
        }
        int[] faults = tableAt(cycle);
        int a = carry(faults, from, to, 0, code, cycle);
        int b = carry(faults, from, to, 1, code, cycle);
        int c = carry(faults, from, to, 2, code, cycle);
        for (int word : new int[] {vote(a, b, c), a, b, c}) {
            for (int valid : CODES) {
                if (word == valid) {
                    return word;
                }
            }
        }
        return -1;
    }

    /**
     * One receiver's reading of a frame.
     *
     * @param frame what it accepts, or null: neither the vote nor any lane has a good CRC
     * @param disagreements words in which each lane differed from the vote
     */
    record Reading(byte[] frame, int[] disagreements) {
    }

    /** Carries a whole frame, whose first word is on the lanes at {@code start}, to one receiver. */
    Reading read(byte[] frame, int from, int to, long start, int wordCycles) {
        int words = Frame.words(frame);
        byte[] sent = Arrays.copyOf(frame, words * 2);
        CRC32C crc = new CRC32C();
        crc.update(frame);
        Frame.putLong(sent, frame.length, (int) crc.getValue());
        byte[][] streams = new byte[4][words * 2];
        int[] disagreements = new int[COUNT];
        int[] lane = new int[COUNT];
        for (int k = 0; k < words; k++) {
            long cycle = start + (long) k * wordCycles;
            int[] faults = tableAt(cycle);
            int word = Frame.word(sent, 2 * k);
            for (int n = 0; n < COUNT; n++) {
                lane[n] = carry(faults, from, to, n, word, cycle);
                Frame.putWord(streams[n + 1], 2 * k, lane[n]);
            }
            int voted = vote(lane[0], lane[1], lane[2]);
            Frame.putWord(streams[0], 2 * k, voted);
            for (int n = 0; n < COUNT; n++) {
                disagreements[n] += lane[n] == voted ? 0 : 1;
            }
        }
        for (byte[] stream : streams) {
            crc.reset();
            crc.update(stream, 0, frame.length);
            if ((int) crc.getValue() == Frame.longword(stream, frame.length)) {
                return new Reading(Arrays.copyOf(stream, frame.length), disagreements);
            }
        }
        return new Reading(null, disagreements);
    }

    void state(State s) {
        int count = s.i("tables", tables.size());
        while (tables.size() < count) {
            tables.add(new int[table.length]);
            since.add(0L);
        }
        while (tables.size() > count) {
            tables.remove(tables.size() - 1);
            since.remove(since.size() - 1);
        }
        for (int k = 0; k < count; k++) {
            int[] copy = tables.get(k).clone();
            s.ints("faults" + k, copy);
            tables.set(k, copy);
            since.set(k, s.l("since" + k, since.get(k)));
        }
        table = tables.get(count - 1);
        sound = s.b("sound", sound);
        clean = s.b("clean", clean);
        seed = s.l("seed", seed);
    }
}
