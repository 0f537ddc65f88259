package triplex.hw.bus;

import triplex.hw.Backplane;
import triplex.hw.BoardSide;
import triplex.hw.BusListener;
import triplex.hw.Device;
import triplex.hw.Interrupt;
import triplex.hw.Layout;
import triplex.hw.Port;
import triplex.hw.Register;
import triplex.m68k.State;

/** A board's bus interface: its registers and the messages between it and the arbiter. */
final class BusInterface extends Port implements Device {
    // Board to arbiter.
    static final int ON = 1;
    static final int CONSUMER = 2;
    static final int PAGES = 3;
    static final int ACCUSE = 4;
    static final int REQUEST = 5;
    static final int WITHDRAW = 6;
    // Arbiter to board.
    static final int STATUS = 1;
    static final int DELIVER = 2;
    static final int VIEW = 3;
    static final int PRESENT = 4;
    static final int LANES = 5;

    private final TriBus bus;
    private final Transmitter transmitter;
    private final Receiver receiver;
    private boolean on;
    private int view;
    private int members;
    private int present;
    private boolean presentKnown;
    private int slotChange;
    private final int[] laneCounts = new int[3];

    BusInterface(BoardSide board, Backplane hub, TriBus bus, int slots) {
        super("bus", board, hub);
        this.bus = bus;
        transmitter = new Transmitter(this, board, slots);
        receiver = new Receiver(this, board);
    }

    boolean on() {
        return on;
    }

    int view() {
        return view;
    }

    void request(int which, byte[] frame) {
        toHub(REQUEST, which, 0, frame);
    }

    BusListener listener() {
        return bus.listener();
    }

    // Board's side ------------------------------------------------------------------------------------------------

    @Override
    public int read(Register register) {
        return switch (register) {
            case CONTROL -> on ? Layout.BUS_ON : 0;
            case STATUS -> (view != 0 ? Layout.BUS_HAS_VIEW : 0) | transmitter.status();
            case VIEW -> view;
            case MEMBERS -> members;
            case PRESENT -> present;
            case SLOT_CHANGE -> slotChange;
            case COUNT_LANE_A -> laneCounts[0];
            case COUNT_LANE_B -> laneCounts[1];
            case COUNT_LANE_C -> laneCounts[2];
            case TX_BASE, TX_SIZE, TX_PRODUCER, TX_CONSUMER, VIEW_BASE, COUNT_SENT, COUNT_WORDS, COUNT_REFUSED ->
                transmitter.read(register);
            default -> receiver.read(register);
        };
    }

    @Override
    public void write(Register register, int value) {
        switch (register) {
            case CONTROL -> control((value & Layout.BUS_ON) != 0);
            case SLOT_CHANGE -> changeSlots(slotChange & ~value);
            case ACCUSE -> toHub(ACCUSE, value, 0, null);
            case VIEW_GO -> {
                if ((value & 1) == 0) {
                    if (transmitter.viewBusy()) {
                        toHub(WITHDRAW, 0, 0, null);
                    }
                } else {
                    transmitter.sendView();
                }
            }
            case TX_BASE, TX_SIZE, TX_PRODUCER, TX_ACK, VIEW_BASE, VIEW_ACK -> transmitter.write(register, value);
            default -> writeReceiver(register, value);
        }
    }

    private void writeReceiver(Register register, int value) {
        receiver.write(register, value);
        if (!on) {
            return;
        }
        switch (register) {
            case RX_CONSUMER -> consumed(Station.NORMAL, value & 0xFFFF);
            case SX_CONSUMER -> consumed(Station.SILENT, value & 0xFFFF);
            case PAGE_PRODUCER -> toHub(PAGES, value & 0xFFFF, 0, null);
            default -> { }
        }
    }

    private void consumed(int queue, int value) {
        toHub(CONSUMER, queue, value, null);
        bus.listener().consumed(board.now(), board.slot(), queue == Station.SILENT, value);
    }

    private void control(boolean wanted) {
        if (wanted && !on) {
            on = true;
            toHub(ON, receiver.size(Station.NORMAL), receiver.size(Station.SILENT), null);
            toHub(CONSUMER, Station.NORMAL, receiver.consumer(Station.NORMAL), null);
            toHub(CONSUMER, Station.SILENT, receiver.consumer(Station.SILENT), null);
            toHub(PAGES, receiver.pagesPosted(), 0, null);
            transmitter.look();
        } else if (!wanted && on) {
            switchOff();
            restart();
            bus.listener().off(board.now(), board.slot());
        }
    }

    private void switchOff() {
        on = false;
        view = 0;
        members = 0;
        transmitter.clear();
        receiver.clear();
    }

    @Override
    public void reset() {
        switchOff();
        transmitter.reset();
        receiver.reset();
        present = 0;
        presentKnown = false;
        java.util.Arrays.fill(laneCounts, 0);
        changeSlots(0);
    }

    private void changeSlots(int mask) {
        slotChange = mask & ~(1 << board.slot());
        board.request(Interrupt.BUS_SLOT, 0, slotChange != 0);
    }

    @Override
    protected void boardReceives(int op, long a, long b, long c, byte[] bytes) {
        switch (op) {
            case STATUS -> transmitter.finish((int) a & 0xFF, (int) a >> 8 & 0xFF, (int) a >>> 16,
                (int) (b >>> 32), (int) b, (int) c);
            case DELIVER -> receiver.deliver(bytes, (int) (a >>> 32), (int) a);
            case VIEW -> {
                view = (int) a;
                members = (int) b;
            }
            case PRESENT -> {
                int changed = (int) b | (presentKnown ? present ^ (int) a : 0);
                present = (int) a;
                presentKnown = true;
                changeSlots(slotChange | changed);
            }
            case LANES -> {
                laneCounts[0] += (int) a;
                laneCounts[1] += (int) b;
                laneCounts[2] += (int) c;
            }
            default -> throw new IllegalStateException("unknown message " + op);
        }
    }

    // Arbiter's side ----------------------------------------------------------------------------------------------

    @Override
    protected void hubReceives(int op, long a, long b, byte[] bytes) {
        int slot = board.slot();
        switch (op) {
            case ON -> bus.switchedOn(slot, (int) a, (int) b);
            case CONSUMER -> bus.station(slot).consumer((int) a, (int) b);
            case PAGES -> bus.station(slot).pages((int) a);
            case ACCUSE -> bus.station(slot).accused = (int) a;
            case REQUEST -> bus.request(slot, (int) a, bytes);
            case WITHDRAW -> bus.withdraw(slot);
            default -> throw new IllegalStateException("unknown message " + op);
        }
    }

    @Override
    protected void hubReset() {
        bus.dropped(board.slot());
    }

    void tellStatus(int which, int status, int attempts, int refused, int absent, int commit) {
        toBoard(STATUS, which | status << 8 | (long) (attempts & 0xFFFF) << 16,
            (long) refused << 32 | absent & 0xFFFFFFFFL, commit, null);
    }

    void tellFrame(byte[] frame, int roles, int commit) {
        toBoard(DELIVER, (long) roles << 32 | commit & 0xFFFFFFFFL, 0, 0, frame);
    }

    void tellView(int number, int mask) {
        toBoard(VIEW, number, mask, 0, null);
    }

    void tellPresent(int mask, int changed) {
        toBoard(PRESENT, mask, changed, 0, null);
    }

    void tellLanes(int a, int b, int c) {
        toBoard(LANES, a, b, c, null);
    }

    @Override
    public void state(State s) {
        super.state(s);
        on = s.b("on", on);
        view = s.i("view", view);
        members = s.i("members", members);
        present = s.i("present", present);
        presentKnown = s.b("presentKnown", presentKnown);
        slotChange = s.i("slotChange", slotChange);
        s.ints("laneCounts", laneCounts);
        transmitter.state(s);
        receiver.state(s);
    }
}
