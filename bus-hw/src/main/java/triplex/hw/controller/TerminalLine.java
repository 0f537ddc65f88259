package triplex.hw.controller;

import triplex.hw.EventQueue;
import triplex.m68k.State;

/**
 * One line as the controller itself, the hub's side, knows it. Output bytes are numbered from 0 for ever (modulo 2^32).
 */
final class TerminalLine {
    /** Bytes of output kept until they are printed; a power of two. */
    static final int OUTPUT = 256;

    final EventQueue.Alarm sent;
    final RecordRing input = new RecordRing();
    boolean carrier = true;

    private final byte[] output = new byte[OUTPUT];
    /** Bytes printed; bytes accepted. */
    int printed;
    int accepted;
    /** A byte is on the wire; {@code shifting} is its value. */
    private boolean busy;
    private int shifting;
    /** The byte on the wire is in {@code printed} already, because a TAKE came. */
    private boolean counted;

    TerminalLine(EventQueue.Alarm sent) {
        this.sent = sent;
    }

    void put(int value) {
        assert accepted - printed < OUTPUT;
        output[accepted++ & OUTPUT - 1] = (byte) value;
    }

    /** Puts the next byte on the wire; false when there is none or one is on it already. */
    boolean shift() {
        if (busy || accepted == printed) {
            return false;
        }
        shifting = output[printed & OUTPUT - 1] & 0xFF;
        busy = true;
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

    /** Empties the queue; a byte on the wire goes out and counts as printed. */
    void take() {
        if (busy && !counted) {
            printed++;
            counted = true;
        }
        accepted = printed;
    }

    /** As after power-up; the far end keeps its carrier. */
    void powerLoss() {
        input.restart(0);
        printed = 0;
        accepted = 0;
        busy = false;
        sent.clear();
    }

    void state(State s) {
        input.state(s);
        carrier = s.b("carrier", carrier);
        s.bytes("output", output);
        printed = s.i("printed", printed);
        accepted = s.i("accepted", accepted);
        busy = s.b("busy", busy);
        shifting = s.i("shifting", shifting);
        counted = s.b("counted", counted);
    }
}
