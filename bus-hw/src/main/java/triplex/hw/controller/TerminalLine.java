package triplex.hw.controller;

import triplex.m68k.State;

/**
 * One line of a terminal controller, as the controller itself knows it. Input records and output bytes are numbered
 * from 0 for ever (modulo 2^32).
 */
final class TerminalLine {
    /** Kinds of input records. */
    static final int NONE = 0;
    static final int BYTE = 1;
    static final int WINDOW = 2;
    static final int HANG_UP = 3;
    static final int CARRIER = 4;

    /** Records kept until they are released; a power of two. */
    static final int RECORDS = 1024;
    /** Bytes of output kept until they are printed; a power of two. */
    static final int OUTPUT = 256;
    private static final int RECORD_BYTES = 5;

    private final byte[] records = new byte[RECORDS * RECORD_BYTES];
    /** Number of the oldest record not released; of the next to come. */
    int released;
    int next;
    boolean carrier = true;

    private final byte[] output = new byte[OUTPUT];
    /** Bytes printed; bytes accepted. */
    int printed;
    int accepted;
    /** A byte is on the wire; {@code shifting} is its value. */
    boolean busy;
    int shifting;
    /** Counts the bytes put on the wire, so that the end of a lost one is known. */
    int shifts;
    /** The byte on the wire is in {@code printed} already, because a TAKE came. */
    boolean counted;

    boolean inputRoom() {
        return next - released < RECORDS;
    }

    boolean add(int kind, int data, int data2) {
        if (!inputRoom()) {
            return false;
        }
        int at = (next++ & RECORDS - 1) * RECORD_BYTES;
        records[at] = (byte) kind;
        records[at + 1] = (byte) (data >> 8);
        records[at + 2] = (byte) data;
        records[at + 3] = (byte) (data2 >> 8);
        records[at + 4] = (byte) data2;
        if (kind == HANG_UP || kind == CARRIER) {
            carrier = kind == CARRIER;
        }
        return true;
    }

    /** True when the record is there: neither released nor still to come. */
    boolean has(int number) {
        int age = number - released;
        return age >= 0 && age < next - released;
    }

    int kind(int number) {
        return has(number) ? records[(number & RECORDS - 1) * RECORD_BYTES] : NONE;
    }

    /** First or second data word of a record; 0 when it is not there. */
    int data(int number, int which) {
        int at = (number & RECORDS - 1) * RECORD_BYTES + 1 + 2 * which;
        return has(number) ? (records[at] & 0xFF) << 8 | records[at + 1] & 0xFF : 0;
    }

    /** Releases all records below a number; numbers outside of what is held are ignored. */
    void release(int below) {
        int many = below - released;
        if (many > 0 && many <= next - released) {
            released = below;
        }
    }

    boolean outputRoom() {
        return accepted - printed < OUTPUT;
    }

    void put(int value) {
        output[accepted++ & OUTPUT - 1] = (byte) value;
    }

    /** Puts the next byte on the wire; false when there is none or one is on it already. */
    boolean shift() {
        if (busy || accepted == printed) {
            return false;
        }
        shifting = output[printed & OUTPUT - 1] & 0xFF;
        busy = true;
        shifts = shifts + 1 & 0xFFFFF;
        counted = false;
        return true;
    }

    /** The byte on the wire has gone out; returns it. */
    int sent() {
        busy = false;
        if (!counted) {
            printed++;
        }
        return shifting;
    }

    /** As after power-up; the far end keeps its carrier. */
    void powerLoss() {
        released = 0;
        next = 0;
        printed = 0;
        accepted = 0;
        busy = false;
    }

    /** Empties the queue; a byte on the wire goes out and counts as printed. */
    void take() {
        if (busy && !counted) {
            printed++;
            counted = true;
        }
        accepted = printed;
    }

    void state(State s) {
        s.bytes("records", records);
        released = s.i("released", released);
        next = s.i("next", next);
        carrier = s.b("carrier", carrier);
        s.bytes("output", output);
        printed = s.i("printed", printed);
        accepted = s.i("accepted", accepted);
        busy = s.b("busy", busy);
        shifting = s.i("shifting", shifting);
        shifts = s.i("shifts", shifts);
        counted = s.b("counted", counted);
    }
}
