package triplex.hw.controller;

import triplex.m68k.State;

/**
 * A dual-ported controller of four terminal lines. Its registers stand in DESIGN.md.
 *
 * <p>What must hold: only the owner's writes have effect; they reach the lines {@link #delay} cycles later, so that no
 * port shows what the other board does at present; a byte whose transmission has begun is printed, whoever takes the
 * controller meanwhile; an input record stays until the owner releases it.
 */
public final class TerminalController {
    /** Lines of a controller. */
    public static final int LINES = 4;
    /** Offset of the registers that belong to no line. */
    public static final int COMMON = 0x100;
    /** TTY_COMMAND: take the controller. */
    public static final int TAKE = 4;
    /** Values of TTY_ERROR. */
    public static final int BAD_COMMAND = 4;
    public static final int NOT_GREATER = 7;
    public static final int UNDER_WAY = 8;

    private static final int COMMAND = COMMON;
    private static final int ERROR = COMMON + 2;
    private static final int EPOCH = COMMON + 4;
    private static final int OWNER = COMMON + 8;

    private static final int EVENT_TAKE = 0;
    private static final int EVENT_OUT = 1;
    private static final int EVENT_ACK = 2;
    private static final int EVENT_SENT = 3;

    private final ControllerHost host;
    private final int firstLine;
    private final long delay;
    private final int byteCycles;
    private LineListener listener;

    private final TerminalLine[] lines = new TerminalLine[LINES];
    private final TerminalPort[][] ports = new TerminalPort[2][LINES];
    private final RegisterPair[] pairs = {new RegisterPair(), new RegisterPair()};
    private final boolean[] connected = new boolean[2];
    private final int[] argument = new int[2];
    private final int[] error = new int[2];
    private int epoch;
    private int owner = -1;
    /** Grows with each change of owner and each loss of the owner's board: writes on their way are then dropped. */
    private int generation;

    /**
     * A controller whose ports are both unconnected.
     *
     * @param firstLine number of its line 0 as the listener is told
     * @param delay least cycles from one board to another, L
     * @param baud bits a second; a byte has 10 bits (8N1) and takes 10 * 10,000,000 / baud cycles, rounded down
     */
    public TerminalController(ControllerHost host, int firstLine, long delay, int baud) {
        this.host = host;
        this.firstLine = firstLine;
        this.delay = delay;
        this.byteCycles = 100_000_000 / baud;
        for (int k = 0; k < LINES; k++) {
            lines[k] = new TerminalLine();
            ports[0][k] = new TerminalPort();
            ports[1][k] = new TerminalPort();
        }
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

    // The boards' side -------------------------------------------------------------------------------------------

    /** Reads a register word; {@code offset} is even, 0 to 3FEh. Side effect: the latches of 32-bit registers only. */
    public int read(int port, int offset) {
        if (!connected[port]) {
            return 0;
        }
        if (offset < COMMON) {
            int k = offset >> 6;
            return ports[port][k].read(offset & 0x3F, lines[k], owner == port);
        }
        return switch (offset) {
            case ERROR -> error[port];
            case EPOCH -> pairs[port].high(epoch);
            case EPOCH + 2 -> pairs[port].low();
            case OWNER -> owner == port ? 1 : 0;
            default -> 0;
        };
    }

    /** Writes a register word at cycle {@code now}. */
    public void write(int port, int offset, int value, long now) {
        if (!connected[port]) {
            return;
        }
        if (offset >= COMMON) {
            writeCommon(port, offset, value, now);
        } else if (owner == port) {
            int k = offset >> 6;
            if (ports[port][k].write(offset & 0x3F, value)) {
                host.at(now + delay, EVENT_ACK, tag(port, k));
            }
            host.request(port, requests(port));
        }
    }

    /** Writes a register byte at cycle {@code now}; TTY_OUT is the only one. */
    public void writeByte(int port, int offset, int value, long now) {
        int k = offset >> 6;
        if (!connected[port] || owner != port || k >= LINES || (offset & 0x3F) != TerminalPort.OUT) {
            return;
        }
        if (ports[port][k].out(lines[k])) {
            host.at(now + delay, EVENT_OUT, tag(port, k) | value & 0xFF);
        }
        host.request(port, requests(port));
    }

    private void writeCommon(int port, int offset, int value, long now) {
        switch (offset) {
            case EPOCH -> pairs[port].writeHigh(value);
            case EPOCH + 2 -> argument[port] = pairs[port].join(value);
            case COMMAND -> {
                if (value != TAKE) {
                    error[port] = BAD_COMMAND;
                } else if (error[port] != UNDER_WAY) {
                    error[port] = UNDER_WAY;
                    host.at(now + delay, EVENT_TAKE, tag(port, 0));
                }
            }
            default -> { }
        }
    }

    /** True when the port requests service. */
    public boolean requests(int port) {
        if (owner != port || !connected[port]) {
            return false;
        }
        for (int k = 0; k < LINES; k++) {
            if (ports[port][k].requests(lines[k])) {
                return true;
            }
        }
        return false;
    }

    /** A board comes to the port, or goes from it (pulled, without power, isolated); it stays owner of the lines. */
    public void connect(int port, boolean present) {
        connected[port] = present;
        error[port] = 0;
        for (TerminalPort p : ports[port]) {
            p.reset();
        }
        if (owner == port) {
            generation++;
        }
        for (int k = 0; k < LINES; k++) {
            if (owner == port) {
                ports[port][k].take(lines[k]);
            }
        }
        requestBoth();
    }

    /** The cabinet's power fails: nobody owns the lines, queues are empty, numbers start from 0. */
    public void powerLoss() {
        epoch = 0;
        owner = -1;
        generation++;
        for (TerminalLine line : lines) {
            line.powerLoss();
        }
        requestBoth();
    }

    // The terminals' side ----------------------------------------------------------------------------------------

    /** Records that a line can take now before something is lost. */
    public int inputRoom(int line) {
        return TerminalLine.RECORDS - (lines[line].next - lines[line].released);
    }

    /** A byte arrives on a line; false: no room, it is lost. */
    public boolean input(int line, int value) {
        return record(line, TerminalLine.BYTE, value & 0xFF, 0);
    }

    /** The terminal's window has a new size; false: no room, it is lost. */
    public boolean window(int line, int rows, int columns) {
        return record(line, TerminalLine.WINDOW, rows & 0xFFFF, columns & 0xFFFF);
    }

    /** Carrier comes (true) or the line is hung up; false: no room, it is lost. */
    public boolean carrier(int line, boolean on) {
        return record(line, on ? TerminalLine.CARRIER : TerminalLine.HANG_UP, 0, 0);
    }

    private boolean record(int line, int kind, int data, int data2) {
        boolean kept = lines[line].add(kind, data, data2);
        requestBoth();
        return kept;
    }

    // Time -------------------------------------------------------------------------------------------------------

    /** What {@link ControllerHost#at} was asked for has come. */
    public void event(int code, int arg, long now) {
        int k = arg >> 8 & 3;
        int port = arg >> 10 & 1;
        if (code == EVENT_SENT) {
            if (lines[k].busy && arg >>> 11 == lines[k].shifts) {
                sent(k, now);
            }
        } else if (code == EVENT_TAKE) {
            take(port);
        } else if (arg >>> 11 == (generation & 0x1FFFFF)) {
            if (code == EVENT_OUT) {
                lines[k].put(arg & 0xFF);
                shift(k, now);
            } else {
                lines[k].release(ports[port][k].ack());
            }
        }
        requestBoth();
    }

    private void take(int port) {
        if (!connected[port] || error[port] != UNDER_WAY) {
            return;
        }
        if (Integer.compareUnsigned(argument[port], epoch) <= 0) {
            error[port] = NOT_GREATER;
            return;
        }
        epoch = argument[port];
        error[port] = 0;
        owner = port;
        generation++;
        for (int k = 0; k < LINES; k++) {
            lines[k].take();
            ports[port][k].take(lines[k]);
            ports[1 - port][k].lose();
        }
    }

    private void shift(int k, long now) {
        if (lines[k].shift()) {
            host.at(now + byteCycles, EVENT_SENT, lines[k].shifts << 11 | k << 8);
        }
    }

    private void sent(int k, long now) {
        int value = lines[k].sent();
        if (listener != null) {
            listener.printed(firstLine + k, value, now);
        }
        shift(k, now);
    }

    private void requestBoth() {
        host.request(0, requests(0));
        host.request(1, requests(1));
    }

    private int tag(int port, int line) {
        return generation << 11 | port << 10 | line << 8;
    }

    /** The one list of its state. */
    public void state(State s) {
        epoch = s.i("epoch", epoch);
        owner = s.i("owner", owner);
        generation = s.i("generation", generation);
        s.ints("argument", argument);
        s.ints("error", error);
        for (int port = 0; port < 2; port++) {
            connected[port] = s.b("connected" + port, connected[port]);
            pairs[port].state(s);
            for (TerminalPort p : ports[port]) {
                p.state(s);
            }
        }
        for (TerminalLine line : lines) {
            line.state(s);
        }
    }
}
