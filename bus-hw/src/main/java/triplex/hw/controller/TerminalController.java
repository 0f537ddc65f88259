package triplex.hw.controller;

import java.util.ArrayList;
import java.util.List;
import triplex.hw.Backplane;
import triplex.hw.BoardSide;
import triplex.hw.Controller;
import triplex.hw.Port;
import triplex.m68k.State;

/**
 * A dual-ported controller of four terminal lines. Its registers stand in DESIGN.md.
 *
 * <p>What must hold: only the owner's writes have effect; a byte whose transmission has begun is printed, whoever takes
 * the controller meanwhile; an input record stays until the owner releases it, and both boards see the same records.
 */
public final class TerminalController implements Controller {
    /** Lines of a controller. */
    public static final int LINES = 4;
    /** Bits a second of a line when nothing else is said. */
    public static final int BAUD = 38_400;
    /** TTY_COMMAND: take the controller. */
    public static final int TAKE = 4;
    /** Values of TTY_ERROR. */
    public static final int BAD_COMMAND = 4;
    public static final int NOT_GREATER = 7;
    public static final int UNDER_WAY = 8;
    public static final int LOST = 9;

    private final int index;
    private final int byteCycles;
    private final TerminalLine[] lines = new TerminalLine[LINES];
    private final List<TerminalPort> ports = new ArrayList<>();
    private Backplane hub;
    private LineListener listener;
    private int epoch;
    private int owner = -1;

    /**
     * A controller without ports.
     *
     * @param index its number, 0 or 1
     * @param baud bits a second; a byte has 10 bits (8N1) and takes 100,000,000 / baud cycles, rounded down
     */
    public TerminalController(int index, int baud) {
        this.index = index;
        this.byteCycles = 100_000_000 / baud;
    }

    @Override
    public void connect(int number, BoardSide board, Backplane backplane) {
        if (hub == null) {
            hub = backplane;
            for (int k = 0; k < LINES; k++) {
                int line = k;
                lines[k] = new TerminalLine(hub.events().alarm("tty" + index + ".line" + k, () -> sent(line)));
            }
        }
        TerminalPort port = new TerminalPort(this, index, number, board, backplane);
        ports.add(port);
        tellAll(port, -1);
    }

    /** Who sees the output; null: nobody. No part of the machine's state. */
    public void setListener(LineListener listener) {
        this.listener = listener;
    }

    /** Cycles of one byte on the wire. */
    public int byteCycles() {
        return byteCycles;
    }

    /** The port that owns the lines, or -1. */
    public int owner() {
        return owner;
    }

    /** Bytes printed on a line since power-up, modulo 2^32. */
    public int printed(int line) {
        return lines[line].printed;
    }

    // The terminals' side, at the hub's present cycle --------------------------------------------------------------

    /** Records that a line can take now before something is lost. */
    public int inputRoom(int line) {
        return RecordRing.RECORDS - (lines[line].input.next - lines[line].input.released);
    }

    /** A byte arrives on a line; false: no room, it is lost. */
    public boolean input(int line, int value) {
        return record(line, RecordRing.BYTE, value & 0xFF, 0);
    }

    /** The terminal's window has a new size; false: no room, it is lost. */
    public boolean window(int line, int rows, int columns) {
        return record(line, RecordRing.WINDOW, rows & 0xFFFF, columns & 0xFFFF);
    }

    /** Carrier comes (true) or the line is hung up; false: no room, it is lost. */
    public boolean carrier(int line, boolean on) {
        lines[line].carrier = on;
        return record(line, on ? RecordRing.CARRIER : RecordRing.HANG_UP, 0, 0);
    }

    private boolean record(int line, int kind, int data, int data2) {
        TerminalLine t = lines[line];
        if (!t.input.room()) {
            return false;
        }
        int record = t.input.next;
        t.input.add(kind, data, data2);
        for (TerminalPort port : ports) {
            port.tellRecord(line, t, record);
        }
        return true;
    }

    @Override
    public Port port(int number) {
        return number < ports.size() ? ports.get(number) : null;
    }

    /** The power of the cabinet fails: nobody owns the lines, queues are empty, numbers start from 0. */
    @Override
    public void powerLoss() {
        epoch = 0;
        owner = -1;
        for (TerminalLine line : lines) {
            line.powerLoss();
        }
        for (TerminalPort port : ports) {
            tellAll(port, -1);
        }
    }

    // The boards' messages ---------------------------------------------------------------------------------------

    void received(TerminalPort port, int op, int a, int b) {
        if (op == TerminalPort.TAKE) {
            take(port, a);
        } else if (port.number == owner) {
            if (op == TerminalPort.OUT) {
                lines[a].put(b);
                shift(a);
            } else if (lines[a].input.release(b)) {
                for (TerminalPort other : ports) {
                    if (other != port) {
                        other.tellReleased(a, b);
                    }
                }
            }
        }
    }

    private void take(TerminalPort port, int wanted) {
        if (Integer.compareUnsigned(wanted, epoch) <= 0) {
            port.tellRefusal(NOT_GREATER);
            return;
        }
        epoch = wanted;
        owner = port.number;
        for (TerminalLine line : lines) {
            line.take();
        }
        for (TerminalPort p : ports) {
            tellAll(p, p == port ? 0 : -1);
        }
    }

    /** Tells a board all that it must know of the lines; ends with who owns them. */
    void tellAll(TerminalPort port, int answer) {
        for (int k = 0; k < LINES; k++) {
            TerminalLine t = lines[k];
            port.tellLine(k, t);
            port.tellRestart(k, t.input.released);
            for (int record = t.input.released; record != t.input.next; record++) {
                port.tellRecord(k, t, record);
            }
        }
        port.tellOwner(owner == port.number, epoch, answer);
    }

    private void shift(int k) {
        if (lines[k].shift()) {
            lines[k].sent.set(hub.now() + byteCycles);
        }
    }

    private void sent(int k) {
        int value = lines[k].sent();
        if (listener != null) {
            listener.printed(index * LINES + k, value, hub.now());
        }
        for (TerminalPort port : ports) {
            port.tellLine(k, lines[k]);
        }
        shift(k);
    }

    /** The shared part; ports and line views are devices of their boards, which list them. */
    @Override
    public void state(State s) {
        epoch = s.i("epoch", epoch);
        owner = s.i("owner", owner);
        for (TerminalLine line : lines) {
            line.state(s);
        }
    }
}
