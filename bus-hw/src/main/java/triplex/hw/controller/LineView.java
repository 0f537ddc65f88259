package triplex.hw.controller;

import triplex.hw.Device;
import triplex.hw.Register;
import triplex.m68k.State;

/** One line as a board sees it: its registers, and what the controller has told about the line. */
final class LineView implements Device {
    /** The room that TTY_ROOM speaks of, bytes. */
    private static final int ROOM = 64;
    private static final int ALL_REQUESTS = 7;

    private final TerminalPort port;
    private final int line;
    final RecordRing records = new RecordRing();
    int printed;
    /** What the controller had accepted when it last spoke. */
    int accepted;
    boolean carrier;
    private int number;
    private int offset;
    private int refused;
    private int enable;
    /** The owner's NEXT: what the controller will have accepted when all has arrived that is on its way. */
    private int next;

    LineView(TerminalPort port, int line) {
        this.port = port;
        this.line = line;
    }

    @Override
    public int read(Register register) {
        return switch (register) {
            case TTY_STATUS -> status();
            case TTY_KIND -> records.kind(number);
            case TTY_DATA -> records.data(number, 0);
            case TTY_DATA2 -> records.data(number, 1);
            case TTY_NUMBER -> number;
            case TTY_ACK -> records.released;
            case TTY_NEXT -> next();
            case TTY_PRINTED -> printed;
            case TTY_OFFSET -> offset;
            case TTY_REFUSED -> refused;
            case TTY_ENABLE -> enable;
            default -> 0;
        };
    }

    @Override
    public void write(Register register, int value) {
        if (!port.owns()) {
            return;
        }
        switch (register) {
            case TTY_NUMBER -> number = value;
            case TTY_OFFSET -> offset = value;
            case TTY_ENABLE -> enable = value & ALL_REQUESTS;
            case TTY_OUT -> out(value & 0xFF);
            case TTY_ACK -> {
                if (records.release(value)) {
                    port.sendAck(line, value);
                }
            }
            default -> { }
        }
        port.updateRequest();
    }

    private void out(int value) {
        int ahead = offset - next;
        offset++;
        if (ahead < 0) {
            return;
        }
        if (ahead > 0 || next - printed >= TerminalLine.OUTPUT) {
            refused = refused + 1 & 0xFFFF;
            return;
        }
        next++;
        port.sendByte(line, value);
    }

    private int next() {
        return port.owns() ? next : accepted;
    }

    private int status() {
        int held = next() - printed;
        return (records.has(number) ? 1 : 0) | (held <= TerminalLine.OUTPUT - ROOM ? 2 : 0) | (held == 0 ? 4 : 0)
            | (carrier ? 8 : 0);
    }

    boolean requests() {
        return (enable & status()) != 0;
    }

    /** The board owns the controller from now on. */
    void taken() {
        next = accepted;
        refused = 0;
    }

    /** The other board has taken it. */
    void lost() {
        enable = 0;
    }

    @Override
    public void reset() {
        records.restart(0);
        printed = 0;
        accepted = 0;
        carrier = false;
        number = 0;
        offset = 0;
        refused = 0;
        enable = 0;
        next = 0;
    }

    @Override
    public void state(State s) {
        records.state(s);
        printed = s.i("printed", printed);
        accepted = s.i("accepted", accepted);
        carrier = s.b("carrier", carrier);
        number = s.i("number", number);
        offset = s.i("offset", offset);
        refused = s.i("refused", refused);
        enable = s.i("enable", enable);
        next = s.i("next", next);
    }
}
