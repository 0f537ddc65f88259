package triplex.hw;

import triplex.m68k.State;

/**
 * The connection of one board to a shared part (the bus, a controller): both ends and the two delay lines between.
 *
 * <p>A subclass keeps the fields of the two sides apart: what is named {@code atBoard...} or is a register belongs to
 * the
 * board's side and may use {@link #board}; what is named {@code atHub...} belongs to the shared side and may use {@link
 * #hub}. A message takes L cycles; it arrives at the board at the first instruction boundary after that, at the hub
 * exactly then.
 *
 * <p>Eras keep the two sides honest about resets. When the board resets, its side begins a new era; the hub learns
 * that L
 * cycles later ({@link #hubReset}), and what it sent to an older era is dropped on arrival. When the hub cuts the port
 * off (isolation, pull), everything that the board sends is dropped until it has taken note of the cut.
 */
public abstract class Port {
    private static final int RESET = -1;
    private static final int MENDED = -2;

    protected final BoardSide board;
    protected final Backplane hub;
    private final MessageLine up;
    private final MessageLine down;
    private int boardEra;
    private int hubEra;
    private int boardCut;
    private int hubCut;
    private boolean cutOff;
    private boolean severed;

    /** Connects a board; its delay lines take the next places in both event queues. */
    @SuppressWarnings("this-escape") // The hub calls back only when the machine runs, and that is later.
    protected Port(String name, BoardSide board, Backplane hub) {
        this.board = board;
        this.hub = hub;
        up = new MessageLine(hub.events(), name + ".up", this::arriveAtHub);
        down = new MessageLine(board.events(), name + ".down", this::arriveAtBoard);
        hub.connect(this);
    }

    /** Board's side: sends to the hub; arrives L cycles after the board's present cycle. */
    protected final void toHub(int op, long a, long b, byte[] bytes) {
        long now = board.now();
        up.send(now + hub.lookahead(), boardCut, op, a, b, 0, bytes);
        hub.sent(board, now);
    }

    /** Hub's side: sends to the board; arrives L cycles after the hub's present cycle. */
    protected final void toBoard(int op, long a, long b, long c, byte[] bytes) {
        long due = hub.now() + hub.lookahead();
        board.expect(due);
        down.send(due, hubEra, op, a, b, c, bytes);
    }

    /** Hub's side: a message from the board. */
    protected abstract void hubReceives(int op, long a, long b, byte[] bytes);

    /** Hub's side: the board has begun anew, was pulled or cut off; whatever it had under way is void. */
    protected abstract void hubReset();

    /** Board's side, at an instruction boundary: a message from the hub. */
    protected abstract void boardReceives(int op, long a, long b, long c, byte[] bytes);

    /** Board's side: begins a new era; what the hub has sent or still sends to the old one will be dropped. */
    public final void restart() {
        boardEra++;
        down.clear();
        toHub(RESET, boardEra, 0, null);
    }

    /** Board's side: the cable was cut, and is whole again; an answer that was awaited will not come. */
    protected void boardMended() {
    }

    /**
     * At the present cycle of both sides: the cable between them is cut or whole again. What arrives meanwhile is
     * lost; the shared side drops what it had under way. When the cable is mended it says so and tells anew what the
     * board must know; what the board sent before it knew is lost, too, so nothing arrives behind a gap.
     */
    final void sever(boolean on) {
        if (on != severed) {
            severed = on;
            if (!on) {
                hubCut++;
                toBoard(MENDED, hubCut, 0, 0, null);
            }
            hubReset();
        }
    }

    /** Whether the cable is cut now. */
    public final boolean severed() {
        return severed;
    }

    /** Hub's side: nothing counts that the board sent before it learned of this; a port already cut off stays so. */
    final void cut() {
        if (!cutOff) {
            cutOff = true;
            hubCut++;
            hubReset();
        }
    }

    /** Board's side: it takes note of the cut, at least L cycles after it; a reset follows at once. */
    public final void acknowledgeCut() {
        boardCut = hubCut;
    }

    /** Both sides: the board leaves its slot; what is under way in either direction is lost. */
    public final void unplug() {
        hubReset();
        up.clear();
        down.clear();
        boardEra++;
        hubEra = boardEra;
        cutOff = false;
        boardCut = hubCut;
    }

    private void arriveAtHub(int stamp, int op, long a, long b, long c, byte[] bytes) {
        if (op == RESET && !cutOff) {
            hubCut = stamp; // It has reset before it could learn that the cable is mended.
        }
        if (stamp != hubCut) {
            return;
        }
        if (op == RESET) {
            // A board that resets behind a cut cable is in a new era when the cable is mended.
            hubEra = (int) a;
            cutOff = false;
            hubReset();
        } else if (!severed) {
            hubReceives(op, a, b, bytes);
        }
    }

    private void arriveAtBoard(int stamp, int op, long a, long b, long c, byte[] bytes) {
        if (severed || stamp != boardEra) {
            return;
        }
        if (op == MENDED) {
            boardCut = (int) a;
            boardMended();
        } else {
            boardReceives(op, a, b, c, bytes);
        }
    }

    /** The delay lines and eras; a subclass adds its own fields after calling this. */
    public void state(State s) {
        up.state(s);
        down.state(s);
        boardEra = s.i("boardEra", boardEra);
        hubEra = s.i("hubEra", hubEra);
        boardCut = s.i("boardCut", boardCut);
        hubCut = s.i("hubCut", hubCut);
        cutOff = s.b("cutOff", cutOff);
        severed = s.b("severed", severed);
    }
}
