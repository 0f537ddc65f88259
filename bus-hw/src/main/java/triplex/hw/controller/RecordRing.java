package triplex.hw.controller;

import triplex.m68k.State;

/** Input records of a line, numbered from 0 for ever (modulo 2^32); each stays until it is released. */
final class RecordRing {
    /** Kinds of records. */
    static final int NONE = 0;
    static final int BYTE = 1;
    static final int WINDOW = 2;
    static final int HANG_UP = 3;
    static final int CARRIER = 4;

    /** Records kept; a power of two. */
    static final int RECORDS = 1024;
    private static final int RECORD_BYTES = 5;

    private final byte[] records = new byte[RECORDS * RECORD_BYTES];
    /** Number of the oldest record kept; of the next to come. */
    int released;
    int next;

    boolean room() {
        return next - released < RECORDS;
    }

    void add(int kind, int data, int data2) {
        assert room();
        int at = (next++ & RECORDS - 1) * RECORD_BYTES;
        records[at] = (byte) kind;
        records[at + 1] = (byte) (data >> 8);
        records[at + 2] = (byte) data;
        records[at + 3] = (byte) (data2 >> 8);
        records[at + 4] = (byte) data2;
    }

    /** True when the record is there: neither released nor still to come. */
    boolean has(int number) {
        int age = number - released;
        return age >= 0 && age < next - released;
    }

    /** Kind of a record; NONE when it is not there. */
    int kind(int number) {
        return has(number) ? records[(number & RECORDS - 1) * RECORD_BYTES] : NONE;
    }

    /** First (0) or second (1) data word of a record; 0 when it is not there. */
    int data(int number, int which) {
        int at = (number & RECORDS - 1) * RECORD_BYTES + 1 + 2 * which;
        return has(number) ? (records[at] & 0xFF) << 8 | records[at + 1] & 0xFF : 0;
    }

    /** Releases all records below a number; false when the number lies outside of what is held. */
    boolean release(int below) {
        int many = below - released;
        if (many <= 0 || many > next - released) {
            return false;
        }
        released = below;
        return true;
    }

    /** Empty, the next record being {@code number}. */
    void restart(int number) {
        released = number;
        next = number;
    }

    void state(State s) {
        s.bytes("records", records);
        released = s.i("released", released);
        next = s.i("next", next);
    }
}
