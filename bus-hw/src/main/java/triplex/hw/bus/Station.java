package triplex.hw.bus;

import triplex.hw.EventQueue;
import triplex.hw.Layout;
import triplex.m68k.State;

/**
 * What the shared side of the bus knows of one slot's interface: as of L cycles ago where it comes from the board.
 *
 * <p>Its own are the view that the interface is in, which changes at COMMIT, and the count of what it has accepted.
 */
final class Station {
    static final int RING = 0;
    static final int VIEW_SLOT = 1;
    static final int NORMAL = 0;
    static final int SILENT = 1;

    final int slot;
    final BusInterface port;
    /** A board is in the slot. */
    boolean present;
    /** Its interface is on: the READY line is up. */
    boolean ready;
    long readySince;
    /** The view that it is in; 0 none. */
    int view;

    final int[] size = new int[2];
    private final int[] produced = new int[2];
    private final int[] consumed = new int[2];
    private int pagesPosted;
    private int pagesTaken;

    /** Frames waiting to be sent: of the ring, of the view slot. */
    final byte[][] waiting = new byte[2][];
    final int[] attempts = new int[2];
    final EventQueue.Alarm[] retry = new EventQueue.Alarm[2];
    boolean babbling;

    // Evidence
    int accused;
    int absentAnswers;
    boolean tripped;
    /** It has dropped READY while it was a member of the present view. */
    boolean lost;
    /** Since when it refuses everything with unmoved consumers; -1: it does not. */
    long refusingSince = -1;

    Station(int slot, BusInterface port) {
        this.slot = slot;
        this.port = port;
    }

    void switchOn(long now) {
        ready = true;
        readySince = now;
    }

    /** The board began anew, was cut off or pulled. */
    void drop() {
        lost |= view != 0;
        ready = false;
        view = 0;
        babbling = false;
        tripped = false;
        accused = 0;
        refusingSince = -1;
        pagesPosted = 0;
        pagesTaken = 0;
        for (int k = 0; k < 2; k++) {
            size[k] = 0;
            produced[k] = 0;
            consumed[k] = 0;
            forget(k);
        }
    }

    void forget(int which) {
        waiting[which] = null;
        attempts[which] = 0;
        retry[which].clear();
    }

    boolean wantsBus(int which) {
        return waiting[which] != null && retry[which].due() == EventQueue.NEVER;
    }

    void consumer(int queue, int value) {
        if (consumed[queue] != (value & 0xFFFF)) {
            consumed[queue] = value & 0xFFFF;
            refusingSince = -1;
        }
    }

    void pages(int posted) {
        pagesPosted = posted & 0xFFFF;
    }

    private int free(int queue) {
        return size[queue] - (produced[queue] - consumed[queue] & 0xFFFF);
    }

    /** Room in each queue that the frame enters, and a page if it needs one. */
    boolean hasRoom(byte[] frame, int roles) {
        int kind = Frame.kind(frame);
        int least = kind == Layout.KIND_VIEW ? 1 : Layout.RX_RESERVED + 1;
        if (Frame.enters(kind, roles, false) && free(NORMAL) < least
                || Frame.enters(kind, roles, true) && free(SILENT) < least) {
            return false;
        }
        return !Frame.takesPage(frame, roles) || (pagesPosted - pagesTaken & 0xFFFF) != 0;
    }

    /** It has accepted the frame: counts what it will take. */
    void accept(byte[] frame, int roles) {
        int kind = Frame.kind(frame);
        if (Frame.enters(kind, roles, false)) {
            produced[NORMAL] = produced[NORMAL] + 1 & 0xFFFF;
        }
        if (Frame.enters(kind, roles, true)) {
            produced[SILENT] = produced[SILENT] + 1 & 0xFFFF;
        }
        if (Frame.takesPage(frame, roles)) {
            pagesTaken = pagesTaken + 1 & 0xFFFF;
        }
        refusingSince = -1;
    }

    void clearEvidence() {
        lost = false;
        tripped = false;
        absentAnswers = 0;
        refusingSince = -1;
    }

    void state(State s) {
        present = s.b("present", present);
        ready = s.b("ready", ready);
        readySince = s.l("readySince", readySince);
        view = s.i("view", view);
        s.ints("size", size);
        s.ints("produced", produced);
        s.ints("consumed", consumed);
        pagesPosted = s.i("pagesPosted", pagesPosted);
        pagesTaken = s.i("pagesTaken", pagesTaken);
        s.ints("attempts", attempts);
        for (int which = 0; which < 2; which++) {
            int length = s.i("waiting" + which, waiting[which] == null ? -1 : waiting[which].length);
            if (length < 0) {
                waiting[which] = null;
            } else {
                byte[] frame = waiting[which] != null && waiting[which].length == length ? waiting[which].clone()
                    : new byte[length];
                s.bytes("frame" + which, frame);
                waiting[which] = frame;
            }
        }
        babbling = s.b("babbling", babbling);
        accused = s.i("accused", accused);
        absentAnswers = s.i("absentAnswers", absentAnswers);
        tripped = s.b("tripped", tripped);
        lost = s.b("lost", lost);
        refusingSince = s.l("refusingSince", refusingSince);
    }
}
