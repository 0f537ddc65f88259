package triplex.hw.bus;

import triplex.hw.Backplane;
import triplex.hw.Block;
import triplex.hw.BusListener;
import triplex.hw.EventQueue;
import triplex.hw.Layout;
import triplex.hw.Parameters;
import triplex.hw.board.Board;
import triplex.m68k.State;

/**
 * The tri-redundant bus: the arbiter, one transmission at a time, responses, COMMIT.
 *
 * <p>All that happens here happens at the backplane's time. The arbiter's own decisions are taken to be sound; what
 * can fail are
 * boards, their transceivers and the lanes.
 */
public final class TriBus {
    private static final int IDLE = 0;
    private static final int WORDS = 1;
    private static final int COMMITTING = 2;
    private static final int BABBLE = 3;
    /** Attempts from one notice to the board to the next. */
    private static final int NOTICE = 16;

    private final Parameters parameters;
    private final Backplane hub;
    private final Station[] stations;
    private final Lanes lanes;
    private final Views views;
    private final EventQueue.Alarm alarm;
    private final EventQueue.Alarm kick;
    private BusListener listener = new BusListener() { };

    private int phase = IDLE;
    /** The frame on the bus, its sender and which of the sender's slots it came from. */
    private byte[] frame;
    private int sender;
    private int which;
    private long start;
    private boolean aborted;
    private int lastGranted;
    private int commits;

    /** Connects all boards. */
    public TriBus(Parameters parameters, Backplane hub, Board[] boards) {
        this.parameters = parameters;
        this.hub = hub;
        stations = new Station[boards.length];
        lastGranted = boards.length - 1;
        lanes = new Lanes(boards.length);
        alarm = hub.events().alarm("bus", this::next);
        kick = hub.events().alarm("arbiter", this::arbitrate);
        for (int slot = 0; slot < boards.length; slot++) {
            BusInterface port = new BusInterface(boards[slot], hub, this, boards.length);
            boards[slot].attach(Block.BUS_INTERFACE, 0, port);
            Station station = new Station(slot, port);
            stations[slot] = station;
            for (int k = 0; k < 2; k++) {
                station.retry[k] = hub.events().alarm("retry" + k, this::arbitrate);
            }
        }
        views = new Views(parameters, hub, stations);
    }

    // From boards and operator ------------------------------------------------------------------------------------

    Station station(int slot) {
        return stations[slot];
    }

    BusListener listener() {
        return listener;
    }

    /** Who hears of frames and views. */
    public void listen(BusListener to) {
        listener = to;
    }

    /** A board was put into a slot. */
    public void inserted(int slot) {
        stations[slot].present = true;
        stations[slot].absentAnswers = 0;
    }

    /** A board was pulled: what it was sending is cut off in this cycle. */
    public void pulled(int slot) {
        stations[slot].present = false;
    }

    /** The interface of a board begins anew, is cut off or gone. */
    void dropped(int slot) {
        Station station = stations[slot];
        boolean was = station.ready && !station.tripped;
        if (phase == WORDS && sender == slot && hub.now() < start + (long) parameters.busWord() * Frame.words(frame)) {
            aborted = true;
        }
        if (phase == BABBLE && sender == slot) {
            alarm.set(hub.now());
        }
        station.drop();
        views.forget();
        if (was) {
            broadcast(1 << slot);
            listener.ready(hub.now(), slot, false);
        }
        station.port.tellPresent(presentMask(), 0);
    }

    void switchedOn(int slot, int normal, int silent) {
        Station station = stations[slot];
        station.switchOn(hub.now());
        station.size[Station.NORMAL] = normal;
        station.size[Station.SILENT] = silent;
        broadcast(1 << slot);
        listener.ready(hub.now(), slot, true);
    }

    private int presentMask() {
        int mask = 0;
        for (Station station : stations) {
            if (station.present && station.ready && !station.tripped) {
                mask |= 1 << station.slot;
            }
        }
        return mask;
    }

    private void broadcast(int changed) {
        int mask = presentMask();
        for (Station station : stations) {
            if (station.present) {
                station.port.tellPresent(mask, changed);
            }
        }
    }

    void request(int slot, int from, byte[] bytes) {
        Station station = stations[slot];
        if (!station.ready) {
            return;
        }
        station.waiting[from] = bytes;
        station.attempts[from] = 0;
        arbitrate();
    }

    /** The board takes its view frame back; too late if it is on the bus. */
    void withdraw(int slot) {
        boolean sending = phase != IDLE && sender == slot && which == Station.VIEW_SLOT;
        if (!sending && stations[slot].waiting[Station.VIEW_SLOT] != null) {
            complete(stations[slot], Station.VIEW_SLOT, Layout.STATUS_STALE, 0, 0);
        }
    }

    /** A board's interface sends without end when it is next given the bus. */
    public void babble(int slot) {
        stations[slot].babbling = true;
        kick.set(hub.now());
    }

    // Lane faults, from the present cycle on ----------------------------------------------------------------------

    /** The lane (0 to 2) carries zeros; {@code place} is a slot or {@link Lanes#BACKPLANE}. */
    public void laneDead(int place, int lane) {
        lanes.dead(hub.now(), place, lane);
    }

    /** A bit (0 to 15) of the lane is stuck at {@code value}. */
    public void laneStuck(int place, int lane, int bit, int value) {
        lanes.stuck(hub.now(), place, lane, bit, value);
    }

    /** Of 65,536 words {@code rate} have one bit turned over. */
    public void laneNoise(int place, int lane, int rate, long seed) {
        lanes.noise(hub.now(), place, lane, rate, seed);
    }

    /** The lane is sound again. */
    public void laneMend(int place, int lane) {
        lanes.mend(hub.now(), place, lane);
    }

    /** For displays: the lane has a fault somewhere. */
    public boolean laneFaulty(int lane) {
        return lanes.faulty(lane);
    }

    // Arbitration ---------------------------------------------------------------------------------------------------

    private void arbitrate() {
        if (phase != IDLE) {
            return;
        }
        lanes.begin();
        for (int k = 1; k <= stations.length; k++) {
            Station station = stations[(lastGranted + k) % stations.length];
            if (station.babbling && station.present && !station.tripped) {
                lastGranted = station.slot;
                sender = station.slot;
                phase = BABBLE;
                alarm.set(hub.now() + parameters.babble());
                return;
            }
            if (granted(station, Station.VIEW_SLOT) || granted(station, Station.RING)) {
                return;
            }
        }
    }

    private boolean granted(Station station, int from) {
        if (!station.wantsBus(from)) {
            return false;
        }
        if (views.stale(station, station.waiting[from])) {
            complete(station, from, Layout.STATUS_STALE, 0, 0);
            return false;
        }
        if (station.tripped || lanes.control(Lanes.GRANT, Lanes.BACKPLANE, station.slot, hub.now()) != Lanes.GRANT) {
            station.absentAnswers++;
            tryAgain(station, from, Layout.STATUS_FAULT, 0, 0);
            return false;
        }
        lastGranted = station.slot;
        phase = WORDS;
        frame = station.waiting[from];
        sender = station.slot;
        which = from;
        aborted = false;
        start = hub.now() + parameters.grant();
        alarm.set(start + (long) parameters.busWord() * Frame.words(frame) + parameters.response());
        return true;
    }

    private void next() {
        switch (phase) {
            case WORDS -> respond();
            case COMMITTING -> commit();
            case BABBLE -> trip();
            default -> throw new IllegalStateException("the bus is idle");
        }
    }

    private void trip() {
        phase = IDLE;
        if (stations[sender].babbling) {
            stations[sender].babbling = false;
            stations[sender].tripped = true;
            if (stations[sender].ready) {
                broadcast(1 << sender);
                listener.ready(hub.now(), sender, false);
            }
        }
        arbitrate();
    }

    // The response slot -----------------------------------------------------------------------------------------------

    private void respond() {
        int refused = 0;
        int absent = 0;
        int damaged = 0;
        int kind = Frame.kind(frame);
        if (kind == Layout.KIND_VIEW) {
            refused = views.withoutEvidence(frame);
        }
        for (int mask = Frame.destinations(frame); mask != 0; mask &= mask - 1) {
            int slot = Integer.numberOfTrailingZeros(mask);
            int bit = 1 << slot;
            switch (answer(stations[slot])) {
                case Layout.STATUS_COMMITTED -> { }
                case Layout.STATUS_REFUSED -> refused |= bit;
                case Layout.STATUS_FAULT -> damaged |= bit;
                default -> absent |= bit;
            }
        }
        if ((refused | absent | damaged) == 0) {
            phase = COMMITTING;
            alarm.set(hub.now() + parameters.commit());
            return;
        }
        phase = IDLE;
        int status = damaged != 0 ? Layout.STATUS_FAULT : absent != 0 ? Layout.STATUS_ABSENT : Layout.STATUS_REFUSED;
        if (stations[sender].waiting[which] == frame) {
            tryAgain(stations[sender], which, status, refused | damaged, absent);
        }
        arbitrate();
    }

    /** What one addressed board answers, as the arbiter reads it: COMMITTED stands for ACK, FAULT for NAK. */
    private int answer(Station station) {
        if (!station.present || !station.ready || station.readySince > start || station.tripped
                || !views.belongs(station, frame, sender)) {
            station.absentAnswers++;
            return Layout.STATUS_ABSENT;
        }
        boolean damaged = aborted;
        if (!lanes.clean() && !aborted) {
            Lanes.Reading reading = lanes.read(frame, sender, station.slot, start, parameters.busWord());
            damaged = reading.frame() == null;
            int[] counts = reading.disagreements();
            if ((counts[0] | counts[1] | counts[2]) != 0) {
                station.port.tellLanes(counts[0], counts[1], counts[2]);
            }
        }
        boolean room = station.hasRoom(frame, Frame.roles(frame, station.slot));
        int code = damaged || !room ? Lanes.NAK : Lanes.ACK;
        if (lanes.control(code, station.slot, Lanes.BACKPLANE, hub.now()) != code) {
            station.absentAnswers++;
            return Layout.STATUS_ABSENT;
        }
        station.absentAnswers = 0;
        if (damaged) {
            return Layout.STATUS_FAULT;
        }
        if (!room && station.refusingSince < 0) {
            station.refusingSince = hub.now();
        }
        return room ? Layout.STATUS_COMMITTED : Layout.STATUS_REFUSED;
    }

    private void tryAgain(Station station, int from, int status, int refused, int absent) {
        int attempts = ++station.attempts[from];
        listener.failed(hub.now(), station.slot, status, refused, absent);
        if (Frame.kind(station.waiting[from]) == Layout.KIND_BOOT) {
            station.forget(from);
            station.port.tellStatus(from, status, attempts, refused, absent, 0);
            return;
        }
        station.retry[from].set(hub.now() + parameters.retry());
        if (attempts % NOTICE == 1) {
            station.port.tellStatus(from, status, attempts, refused, absent, 0);
        }
    }

    private void complete(Station station, int from, int status, int attempts, int commit) {
        int all = status == Layout.STATUS_COMMITTED ? attempts : station.attempts[from];
        station.forget(from);
        station.port.tellStatus(from, status, all, 0, 0, commit);
    }

    // The commit slot -------------------------------------------------------------------------------------------------

    private void commit() {
        phase = IDLE;
        byte[] committed = frame;
        frame = null;
        commits++;
        boolean view = Frame.kind(committed) == Layout.KIND_VIEW;
        int deaf = 0;
        int taken = 0;
        for (int mask = Frame.destinations(committed) | 1 << sender; mask != 0; mask &= mask - 1) {
            Station station = stations[Integer.numberOfTrailingZeros(mask)];
            if (!station.present || !station.ready) {
                continue;
            }
            if (lanes.control(Lanes.COMMIT, Lanes.BACKPLANE, station.slot, hub.now()) != Lanes.COMMIT) {
                deaf |= 1 << station.slot;
            } else {
                taken |= 1 << station.slot;
            }
        }
        for (int mask = deaf; mask != 0; mask &= mask - 1) {
            hub.isolate(Integer.numberOfTrailingZeros(mask));
        }
        listener.committed(hub.now(), commits, committed);
        if (view) {
            takeView(committed, taken);
        }
        for (int mask = Frame.destinations(committed) & taken; mask != 0; mask &= mask - 1) {
            Station station = stations[Integer.numberOfTrailingZeros(mask)];
            int roles = Frame.roles(committed, station.slot);
            station.accept(committed, roles);
            station.port.tellFrame(committed, roles, commits);
        }
        Station from = stations[sender];
        if ((taken >>> sender & 1) != 0 && from.waiting[which] == committed) {
            complete(from, which, Layout.STATUS_COMMITTED, from.attempts[which] + 1, commits);
        }
        if (view) {
            completeStale();
        }
        arbitrate();
    }

    private void takeView(byte[] committed, int taken) {
        int excluded = views.take(committed, taken);
        views.forget();
        listener.view(hub.now(), views.number(), views.members(), excluded);
        for (int mask = excluded; mask != 0; mask &= mask - 1) {
            int slot = Integer.numberOfTrailingZeros(mask);
            if (slot < stations.length && stations[slot].present) {
                hub.isolate(slot);
                stations[slot].clearEvidence();
            }
        }
    }

    /** What waits under an older view will never be sent. */
    private void completeStale() {
        for (Station station : stations) {
            for (int k = 0; k < 2; k++) {
                boolean own = station.slot == sender && k == which;
                if (!own && station.waiting[k] != null && views.stale(station, station.waiting[k])) {
                    complete(station, k, Layout.STATUS_STALE, 0, 0);
                }
            }
        }
    }

    // For monitors and checkers ------------------------------------------------------------------------------------

    /** A register of a board's bus interface, without side effects. */
    public int peek(int slot, triplex.hw.Register register) {
        return stations[slot].port.read(register);
    }

    /** Number of the view that the arbiter is in; 0 before founding. */
    public int viewNumber() {
        return views.number();
    }

    /** Members of that view. */
    public int viewMembers() {
        return views.members();
    }

    /** Number of the last commit. */
    public int commits() {
        return commits;
    }

    /** The slots whose READY line is up. */
    public int readyMask() {
        return presentMask();
    }

    /** The one list of the state of the bus's shared side and of the interfaces' delay lines. */
    public void state(State s) {
        phase = s.i("phase", phase);
        sender = s.i("sender", sender);
        which = s.i("which", which);
        start = s.l("start", start);
        aborted = s.b("aborted", aborted);
        lastGranted = s.i("lastGranted", lastGranted);
        commits = s.i("commits", commits);
        // Before the stations list theirs, which renews the arrays: a frame on the bus is the very one that waits.
        boolean own = s.b("own", frame != null && stations[sender].waiting[which] == frame);
        lanes.state(s);
        views.state(s);
        for (Station station : stations) {
            station.state(s);
        }
        int length = s.i("onBus", frame == null ? -1 : frame.length);
        if (length < 0) {
            frame = null;
        } else if (own) {
            frame = stations[sender].waiting[which];
        } else {
            byte[] copy = frame != null && frame.length == length ? frame.clone() : new byte[length];
            s.bytes("frame", copy);
            frame = copy;
        }
    }
}
