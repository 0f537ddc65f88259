package triplex.hw.bus;

import triplex.hw.BoardSide;
import triplex.hw.EventQueue;
import triplex.hw.Interrupt;
import triplex.hw.Layout;
import triplex.hw.Register;
import triplex.m68k.State;

/**
 * The sending half of an interface, board's side: fetches descriptors by DMA, one frame of the ring and one of the
 * view slot
 * at a time, and writes their status back.
 */
final class Transmitter {
    private static final int DESCRIPTOR_WORDS = 20;
    private static final int STATUS_WORDS = 8;

    private final BusInterface owner;
    private final BoardSide board;
    private final int slots;
    private final EventQueue.Alarm fetchView;
    private final EventQueue.Alarm fetchRing;
    private int base;
    private int size;
    private int producer;
    private int consumer;
    private int viewBase;
    private boolean ringBusy;
    private boolean viewBusy;
    /** Attempts of the frame under way that COUNT_REFUSED has already. */
    private final int[] counted = new int[2];
    private final int[] words = new int[2];
    /** The frame under way is a BOOT frame: one attempt only. */
    private final boolean[] boot = new boolean[2];
    private int countSent;
    private int countWords;
    private int countRefused;

    Transmitter(BusInterface owner, BoardSide board, int slots) {
        this.owner = owner;
        this.board = board;
        this.slots = slots;
        fetchView = board.events().alarm("fetchView", () -> fetch(Station.VIEW_SLOT, viewBase));
        fetchRing = board.events().alarm("fetchRing", this::fetchNext);
    }

    int status() {
        return (ringBusy ? Layout.BUS_TRANSMITTING : 0) | (viewBusy ? Layout.BUS_VIEW_BUSY : 0);
    }

    boolean viewBusy() {
        return viewBusy;
    }

    int read(Register register) {
        return switch (register) {
            case TX_BASE -> base;
            case TX_SIZE -> size;
            case TX_PRODUCER -> producer;
            case TX_CONSUMER -> consumer;
            case VIEW_BASE -> viewBase;
            case COUNT_SENT -> countSent;
            case COUNT_WORDS -> countWords;
            default -> countRefused;
        };
    }

    void write(Register register, int value) {
        switch (register) {
            case TX_BASE -> base = value;
            case TX_SIZE -> size = value & 0xFFFF;
            case TX_PRODUCER -> {
                producer = value & 0xFFFF;
                look();
            }
            case TX_ACK -> board.request(Interrupt.BUS_TX, Station.RING, false);
            case VIEW_BASE -> viewBase = value;
            default -> board.request(Interrupt.BUS_TX, Station.VIEW_SLOT, false);
        }
    }

    /** Fetches the next entry of the ring at the next instruction boundary, if there is one. */
    void look() {
        if (owner.on() && !ringBusy && producer != consumer && sizeIsGood()) {
            ringBusy = true;
            fetchRing.set(board.now());
        }
    }

    private boolean sizeIsGood() {
        return size > 0 && size <= 256 && Integer.bitCount(size) == 1;
    }

    void sendView() {
        if (owner.on() && !viewBusy) {
            viewBusy = true;
            fetchView.set(board.now());
        }
    }

    private int entry() {
        return base + (consumer & size - 1) * Layout.TX_BYTES;
    }

    private void fetchNext() {
        fetch(Station.RING, entry());
    }

    private void fetch(int which, int at) {
        byte[] descriptor = new byte[40];
        boolean ok = board.fetch(at, descriptor, 0, descriptor.length);
        boolean sensible = ok && Frame.sensible(descriptor, which == Station.VIEW_SLOT, board.slot(), slots);
        int status = !sensible ? Layout.STATUS_BAD : stale(descriptor) ? Layout.STATUS_STALE : Layout.STATUS_QUEUED;
        counted[which] = 0;
        boot[which] = Frame.kind(descriptor) == Layout.KIND_BOOT;
        if (status != Layout.STATUS_QUEUED) {
            board.burst(DESCRIPTOR_WORDS);
            if (owner.on()) {
                finish(which, status, 0, 0, 0, 0);
            }
            return;
        }
        byte[] frame = java.util.Arrays.copyOf(descriptor, Frame.length(descriptor));
        frame[Layout.FRAME_SOURCE] = (byte) board.slot();
        int parameters = Frame.parameters(frame);
        int data = Frame.data(frame);
        java.util.Arrays.fill(frame, Layout.FRAME_HEADER_BYTES, frame.length, (byte) 0);
        int body = Layout.FRAME_HEADER_BYTES;
        ok = parameters == 0
            || board.fetch(Frame.longword(descriptor, Layout.TX_PARAMETERS_AT), frame, body, parameters);
        ok &= data == 0 || board.fetch(Frame.longword(descriptor, Layout.TX_DATA_AT), frame, body + parameters, data);
        board.burst(DESCRIPTOR_WORDS + (parameters + data) / 2);
        if (!owner.on()) {
            return;
        }
        if (!ok) {
            finish(which, Layout.STATUS_BAD, 0, 0, 0, 0);
            return;
        }
        words[which] = Frame.words(frame);
        owner.request(which, frame);
    }

    /** The interface itself completes what belongs to another view than the one it is in. */
    private boolean stale(byte[] header) {
        return switch (Frame.kind(header)) {
            case Layout.KIND_VIEW -> false;
            case Layout.KIND_BOOT -> owner.view() != 0 && Frame.view(header) != owner.view();
            default -> owner.view() == 0 || Frame.view(header) != owner.view();
        };
    }

    /** Writes the status of an entry; committed, stale and bad ones are complete, and BOOT frames always. */
    void finish(int which, int status, int attempts, int refused, int absent, int commit) {
        byte[] result = new byte[2 * STATUS_WORDS];
        Frame.putWord(result, 0, status);
        Frame.putWord(result, 2, attempts);
        Frame.putLong(result, 4, refused);
        Frame.putLong(result, 8, absent);
        Frame.putLong(result, 12, commit);
        board.store((which == Station.RING ? entry() : viewBase) + Layout.TX_STATUS, result, 0, result.length);
        board.burst(STATUS_WORDS);
        int failed = status == Layout.STATUS_COMMITTED ? attempts - 1 : attempts;
        countRefused += failed - counted[which] & 0xFFFF;
        counted[which] = failed;
        if (status == Layout.STATUS_COMMITTED) {
            countSent++;
            countWords += words[which];
        }
        if (boot[which] || status == Layout.STATUS_COMMITTED || status == Layout.STATUS_STALE
                || status == Layout.STATUS_BAD) {
            if (which == Station.RING) {
                consumer = consumer + 1 & 0xFFFF;
                ringBusy = false;
                look();
            } else {
                viewBusy = false;
            }
        }
        board.request(Interrupt.BUS_TX, which, true);
    }

    /** The interface is switched off: nothing is queued or under way. */
    void clear() {
        producer = 0;
        consumer = 0;
        ringBusy = false;
        viewBusy = false;
        fetchRing.clear();
        fetchView.clear();
        board.request(Interrupt.BUS_TX, Station.RING, false);
        board.request(Interrupt.BUS_TX, Station.VIEW_SLOT, false);
    }

    void reset() {
        base = 0;
        size = 0;
        viewBase = 0;
        countSent = 0;
        countWords = 0;
        countRefused = 0;
    }

    void state(State s) {
        base = s.i("txBase", base);
        size = s.i("txSize", size);
        producer = s.i("txProducer", producer);
        consumer = s.i("txConsumer", consumer);
        viewBase = s.i("viewBase", viewBase);
        ringBusy = s.b("ringBusy", ringBusy);
        viewBusy = s.b("viewBusy", viewBusy);
        s.ints("counted", counted);
        s.ints("words", words);
        boot[0] = s.b("boot0", boot[0]);
        boot[1] = s.b("boot1", boot[1]);
        countSent = s.i("countSent", countSent);
        countWords = s.i("countWords", countWords);
        countRefused = s.i("countRefused", countRefused);
    }
}
