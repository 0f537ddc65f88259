package triplex.hw.controller;

import triplex.m68k.State;

/** What one port keeps of one line: the registers that only its own board changes. */
final class TerminalPort {
    static final int STATUS = 0x00;
    static final int KIND = 0x02;
    static final int DATA = 0x04;
    static final int DATA2 = 0x06;
    static final int NUMBER = 0x08;
    static final int ACK = 0x0C;
    static final int NEXT = 0x10;
    static final int PRINTED = 0x14;
    static final int OFFSET = 0x18;
    static final int OUT = 0x1C;
    static final int REFUSED = 0x1E;
    static final int ENABLE = 0x20;

    /** The room that STATUS bit 1 speaks of, bytes. */
    private static final int ROOM = 64;

    private final RegisterPair pair = new RegisterPair();
    private int number;
    private int ack;
    private int offset;
    private int refused;
    private int enable;
    /** The owner's view of NEXT: bytes that the controller will have accepted when its writes have arrived. */
    private int next;

    int ack() {
        return ack;
    }

    int read(int register, TerminalLine line, boolean owner) {
        return switch (register) {
            case STATUS -> status(line, owner);
            case KIND -> line.kind(number);
            case DATA -> line.data(number, 0);
            case DATA2 -> line.data(number, 1);
            case NUMBER -> pair.high(number);
            case ACK -> pair.high(ack);
            case NEXT -> pair.high(next(line, owner));
            case PRINTED -> pair.high(line.printed);
            case OFFSET -> pair.high(offset);
            case REFUSED -> refused;
            case ENABLE -> enable;
            case NUMBER + 2, ACK + 2, NEXT + 2, PRINTED + 2, OFFSET + 2 -> pair.low();
            default -> 0;
        };
    }

    private int next(TerminalLine line, boolean owner) {
        return owner ? next : line.accepted;
    }

    private int status(TerminalLine line, boolean owner) {
        int held = next(line, owner) - line.printed;
        return (line.has(number) ? 1 : 0) | (held <= TerminalLine.OUTPUT - ROOM ? 2 : 0) | (held == 0 ? 4 : 0)
            | (line.carrier ? 8 : 0);
    }

    /** True when this line wants service of the owner. */
    boolean requests(TerminalLine line) {
        return (enable & status(line, true) & 7) != 0;
    }

    /** Writes a word register; true when ACK took effect. */
    boolean write(int register, int value) {
        switch (register) {
            case NUMBER, ACK, OFFSET -> pair.writeHigh(value);
            case NUMBER + 2 -> number = pair.join(value);
            case OFFSET + 2 -> offset = pair.join(value);
            case ENABLE -> enable = value & 7;
            case ACK + 2 -> {
                ack = pair.join(value);
                return true;
            }
            default -> { }
        }
        return false;
    }

    /** The owner wrote a byte to OUT; true when it goes to the controller. OFFSET rises in any case. */
    boolean out(TerminalLine line) {
        int ahead = offset - next;
        offset++;
        if (ahead < 0) {
            return false;
        }
        if (ahead > 0 || next - line.printed >= TerminalLine.OUTPUT) {
            refused = refused + 1 & 0xFFFF;
            return false;
        }
        next++;
        return true;
    }

    /** This port has taken the controller. */
    void take(TerminalLine line) {
        next = line.accepted;
        refused = 0;
    }

    /** The other port has taken it, or the board is gone. */
    void lose() {
        enable = 0;
    }

    void reset() {
        number = 0;
        ack = 0;
        offset = 0;
        refused = 0;
        enable = 0;
    }

    void state(State s) {
        pair.state(s);
        number = s.i("number", number);
        ack = s.i("ack", ack);
        offset = s.i("offset", offset);
        refused = s.i("refused", refused);
        enable = s.i("enable", enable);
        next = s.i("next", next);
    }
}
