package triplex.hw.controller;

import triplex.hw.Backplane;
import triplex.hw.Block;
import triplex.hw.BoardSide;
import triplex.hw.Device;
import triplex.hw.Interrupt;
import triplex.hw.Port;
import triplex.hw.Register;
import triplex.m68k.State;

/**
 * One of a terminal controller's two ports: ownership, four line views, and the messages between board and controller.
 */
final class TerminalPort extends Port implements Device {
    /** Board to hub. */
    static final int TAKE = 1;
    static final int OUT = 2;
    static final int ACK = 3;
    /** Hub to board. */
    private static final int OWNER = 1;
    private static final int LINE = 2;
    private static final int RECORD = 3;
    private static final int RELEASED = 4;
    private static final int RESTART = 5;
    private static final int REFUSAL = 6;

    private final TerminalController controller;
    private final int index;
    final int number;
    private final LineView[] lines = new LineView[TerminalController.LINES];
    private boolean owns;
    private int shownEpoch;
    private int epochArgument;
    private int error;

    TerminalPort(TerminalController controller, int index, int number, BoardSide board, Backplane hub) {
        super("tty" + index + "." + number, board, hub);
        this.controller = controller;
        this.index = index;
        this.number = number;
        int at = index * Block.TTY_PORT.stride;
        board.attach(Block.TTY_PORT, at, this);
        for (int k = 0; k < lines.length; k++) {
            lines[k] = new LineView(this, k);
            board.attach(Block.TTY_LINE, at + k * Block.TTY_LINE.stride, lines[k]);
        }
    }

    // The board's side -------------------------------------------------------------------------------------------

    boolean owns() {
        return owns;
    }

    @Override
    public int read(Register register) {
        return switch (register) {
            case TTY_ERROR -> error;
            case TTY_EPOCH -> shownEpoch;
            case TTY_OWNER -> owns ? 1 : 0;
            default -> 0;
        };
    }

    @Override
    public void write(Register register, int value) {
        if (register == Register.TTY_EPOCH) {
            epochArgument = value;
        } else if (register == Register.TTY_COMMAND) {
            if (value != TerminalController.TAKE) {
                error = TerminalController.BAD_COMMAND;
            } else if (error != TerminalController.UNDER_WAY) {
                error = TerminalController.UNDER_WAY;
                toHub(TAKE, epochArgument, 0, null);
            }
        }
    }

    @Override
    public void reset() {
        owns = false;
        shownEpoch = 0;
        epochArgument = 0;
        error = 0;
        updateRequest();
    }

    void sendByte(int line, int value) {
        toHub(OUT, line, value, null);
    }

    void sendAck(int line, int below) {
        toHub(ACK, line, below, null);
    }

    void updateRequest() {
        boolean on = false;
        for (LineView line : lines) {
            on |= owns && line.requests();
        }
        board.request(Interrupt.TTY, index, on);
    }

    @Override
    protected void boardReceives(int op, long a, long b, long c, byte[] bytes) {
        switch (op) {
            case OWNER -> ownership(a != 0, (int) b, (int) c);
            case LINE -> {
                LineView line = lines[(int) a >> 1];
                line.carrier = (a & 1) != 0;
                line.printed = (int) b;
                line.accepted = (int) c;
            }
            case RECORD -> {
                LineView line = lines[(int) a >> 1];
                line.carrier = (a & 1) != 0;
                line.records.add((int) b, (int) (c >> 16), (int) c & 0xFFFF);
            }
            case RELEASED -> lines[(int) a].records.release((int) b);
            case RESTART -> lines[(int) a].records.restart((int) b);
            case REFUSAL -> error = (int) a;
            default -> throw new IllegalStateException("message " + op);
        }
        updateRequest();
    }

    @Override
    protected void boardMended() {
        if (error == TerminalController.UNDER_WAY) {
            error = TerminalController.LOST;
        }
    }

    private void ownership(boolean now, int epoch, int answer) {
        owns = now;
        shownEpoch = epoch;
        if (answer >= 0) {
            error = answer;
        }
        for (LineView line : lines) {
            if (now) {
                line.taken();
            } else {
                line.lost();
            }
        }
    }

    // The hub's side ---------------------------------------------------------------------------------------------

    @Override
    protected void hubReceives(int op, long a, long b, byte[] bytes) {
        controller.received(this, op, (int) a, (int) b);
    }

    @Override
    protected void hubReset() {
        controller.tellAll(this, -1);
    }

    /** Who owns the lines, after all is told; {@code answer} is 0 after this board's TAKE, -1 when it did not ask. */
    void tellOwner(boolean own, int epoch, int answer) {
        toBoard(OWNER, own ? 1 : 0, epoch, answer, null);
    }

    /** The board's TAKE has failed; nothing else has changed. */
    void tellRefusal(int why) {
        toBoard(REFUSAL, why, 0, 0, null);
    }

    void tellLine(int line, TerminalLine t) {
        toBoard(LINE, 2L * line + (t.carrier ? 1 : 0), t.printed, t.accepted, null);
    }

    void tellRecord(int line, TerminalLine t, int record) {
        RecordRing r = t.input;
        toBoard(RECORD, 2L * line + (t.carrier ? 1 : 0), r.kind(record),
            (long) r.data(record, 0) << 16 | r.data(record, 1), null);
    }

    void tellReleased(int line, int below) {
        toBoard(RELEASED, line, below, 0, null);
    }

    void tellRestart(int line, int record) {
        toBoard(RESTART, line, record, 0, null);
    }

    @Override
    public void state(State s) {
        super.state(s);
        owns = s.b("owns", owns);
        shownEpoch = s.i("shownEpoch", shownEpoch);
        epochArgument = s.i("epochArgument", epochArgument);
        error = s.i("error", error);
    }
}
