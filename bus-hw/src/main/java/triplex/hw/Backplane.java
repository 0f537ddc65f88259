package triplex.hw;

import java.util.ArrayList;
import java.util.List;
import triplex.m68k.State;

/**
 * The side of everything shared: the clock and alarms of the bus and the controllers, and the list of all ports.
 *
 * <p>It runs behind the boards or ahead of them, never by so much that a message could arrive in the past.
 */
public final class Backplane implements Clock {
    private final EventQueue events = new EventQueue();
    private final int lookahead;
    private final List<List<Port>> ports = new ArrayList<>();
    private long now;
    /** Everything before this cycle has been done; no part of the state. */
    private long done;

    Backplane(Configuration configuration) {
        lookahead = configuration.parameters().lookahead();
        for (int slot = 0; slot < configuration.boards().size(); slot++) {
            ports.add(new ArrayList<>());
        }
    }

    @Override
    public long now() {
        return now;
    }

    /** L, in cycles. */
    public int lookahead() {
        return lookahead;
    }

    /** The alarms of all shared parts; they fire exactly at their cycle. */
    public EventQueue events() {
        return events;
    }

    /** All ports of the board in a slot, in the order in which they were made. */
    public List<Port> ports(int slot) {
        return ports.get(slot);
    }

    void connect(Port port) {
        ports.get(port.board.slot()).add(port);
    }

    /** Cuts the board in a slot off from everything shared, now; it resets when it learns of that, L cycles later. */
    public void isolate(int slot) {
        for (Port port : ports.get(slot)) {
            port.cut();
        }
        if (!ports.get(slot).isEmpty()) {
            ports.get(slot).get(0).board.isolateAt(now + lookahead);
        }
    }

    /** A board has sent something at {@code cycle}: an answer may be there two lookaheads later. */
    void sent(BoardSide board, long cycle) {
        if (cycle + lookahead < done) {
            throw new IllegalStateException("board " + board.slot() + " sent at cycle " + cycle
                + " into the past of the backplane, which has run to " + done);
        }
        board.answerDue(cycle + 2L * lookahead);
    }

    /** Runs everything that is due before {@code bound}, and stops so that answers of boards cannot come too late. */
    void run(long bound) {
        long end = bound;
        while (events.next() < end) {
            now = events.next();
            end = Math.min(end, now + 2L * lookahead);
            events.fire();
        }
        done = Math.max(done, end);
    }

    /** The cycle before which everything has been done. */
    long done() {
        return done;
    }

    /** Another state was loaded. */
    void loaded() {
        done = 0;
    }

    /** All that is due before {@code cycle} has been done; the next action from outside happens at it. */
    void settle(long cycle) {
        if (events.next() < cycle) {
            throw new IllegalStateException("backplane settled before its events");
        }
        now = cycle;
    }

    void state(State s) {
        now = s.l("now", now);
        events.state(s);
    }
}
