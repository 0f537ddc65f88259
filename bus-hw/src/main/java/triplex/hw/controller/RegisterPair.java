package triplex.hw.controller;

import triplex.m68k.State;

/**
 * The two halves of a port's 32-bit registers: reading the high word holds the low one; a written high word waits for
 * its low word, with which the register takes effect.
 */
final class RegisterPair {
    private int readLow;
    private int writeHigh;

    /** First half of a read. */
    int high(int value) {
        readLow = value & 0xFFFF;
        return value >>> 16;
    }

    /** Second half of a read. */
    int low() {
        return readLow;
    }

    /** First half of a write. */
    void writeHigh(int word) {
        writeHigh = word & 0xFFFF;
    }

    /** Second half of a write: the whole value. */
    int join(int word) {
        return writeHigh << 16 | word & 0xFFFF;
    }

    void state(State s) {
        readLow = s.i("readLow", readLow);
        writeHigh = s.i("writeHigh", writeHigh);
    }
}
