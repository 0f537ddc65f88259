package triplex.hw.bus;

import triplex.hw.BoardSide;
import triplex.hw.Interrupt;
import triplex.hw.Layout;
import triplex.hw.Register;
import triplex.m68k.State;

/** The receiving half of an interface, board's side: two rings and the ring of posted pages, filled by DMA. */
final class Receiver {
    /** Words of an entry that are always written: header, commit number, page, roles, flags. */
    private static final int ENTRY_WORDS = 22;

    private final BusInterface owner;
    private final BoardSide board;
    private final int[] base = new int[2];
    private final int[] size = new int[2];
    private final int[] producer = new int[2];
    private final int[] consumer = new int[2];
    private int pageBase;
    private int pageSize;
    private int pageProducer;
    private int pageConsumer;
    private int countReceived;
    private final byte[] entry = new byte[Layout.RX_BYTES];

    Receiver(BusInterface owner, BoardSide board) {
        this.owner = owner;
        this.board = board;
    }

    /** Entries of a ring, or 0 if the size written makes no sense: then it has no room. */
    int size(int queue) {
        int entries = size[queue];
        return entries >= 8 && entries <= 256 && Integer.bitCount(entries) == 1 ? entries : 0;
    }

    int consumer(int queue) {
        return consumer[queue];
    }

    int pagesPosted() {
        return pageSize > 0 && pageSize <= 1024 && Integer.bitCount(pageSize) == 1 ? pageProducer : 0;
    }

    int read(Register register) {
        return switch (register) {
            case RX_BASE -> base[0];
            case RX_SIZE -> size[0];
            case RX_PRODUCER -> producer[0];
            case RX_CONSUMER -> consumer[0];
            case SX_BASE -> base[1];
            case SX_SIZE -> size[1];
            case SX_PRODUCER -> producer[1];
            case SX_CONSUMER -> consumer[1];
            case PAGE_BASE -> pageBase;
            case PAGE_SIZE -> pageSize;
            case PAGE_PRODUCER -> pageProducer;
            case PAGE_CONSUMER -> pageConsumer;
            default -> countReceived;
        };
    }

    void write(Register register, int value) {
        switch (register) {
            case RX_BASE -> base[0] = value;
            case RX_SIZE -> size[0] = value & 0xFFFF;
            case RX_CONSUMER -> consume(0, value);
            case SX_BASE -> base[1] = value;
            case SX_SIZE -> size[1] = value & 0xFFFF;
            case SX_CONSUMER -> consume(1, value);
            case PAGE_BASE -> pageBase = value;
            case PAGE_SIZE -> pageSize = value & 0xFFFF;
            default -> pageProducer = value & 0xFFFF;
        }
    }

    private void consume(int queue, int value) {
        consumer[queue] = value & 0xFFFF;
        requests();
    }

    private void requests() {
        board.request(Interrupt.BUS_RX, 0, producer[0] != consumer[0]);
        int waiting = producer[1] - consumer[1] & 0xFFFF;
        board.request(Interrupt.BUS_SILENT, 0, waiting > 0 && waiting >= size[1] / 2);
    }

    /** Takes a committed frame: one DMA burst for entries and page, then the producers rise. */
    void deliver(byte[] frame, int roles, int commit) {
        int kind = Frame.kind(frame);
        boolean normal = Frame.enters(kind, roles, false);
        boolean silent = Frame.enters(kind, roles, true);
        int parameters = Frame.parameters(frame);
        int data = Frame.data(frame);
        int words = ((normal ? 1 : 0) + (silent ? 1 : 0)) * (ENTRY_WORDS + parameters / 2);
        int page = 0;
        if (Frame.takesPage(frame, roles)) {
            board.fetch(pageBase + (pageConsumer & pageSize - 1) * 4, entry, 0, 4);
            if (!owner.on()) {
                return;
            }
            page = Frame.longword(entry, 0);
            pageConsumer = pageConsumer + 1 & 0xFFFF;
            board.store(page, frame, Layout.FRAME_HEADER_BYTES + parameters, data);
            words += 2 + data / 2;
        }
        System.arraycopy(frame, 0, entry, 0, Layout.FRAME_HEADER_BYTES);
        java.util.Arrays.fill(entry, Layout.FRAME_HEADER_BYTES, Layout.RX_PARAMETERS, (byte) 0);
        Frame.putLong(entry, Layout.RX_COMMIT, commit);
        Frame.putWord(entry, Layout.RX_ROLES, roles);
        Frame.putWord(entry, Layout.RX_FLAGS, normal && silent ? Layout.RX_IN_BOTH : 0);
        System.arraycopy(frame, Layout.FRAME_HEADER_BYTES, entry, Layout.RX_PARAMETERS, parameters);
        if (silent) {
            put(1, (roles & Layout.ROLE_RECEIVER_BACKUP) != 0 ? page : 0, parameters);
        }
        if (normal) {
            put(0, (roles & Layout.ROLE_RECEIVER) != 0 ? page : 0, parameters);
        }
        board.burst(words);
        countReceived++;
        requests();
    }

    private void put(int queue, int page, int parameters) {
        int at = base[queue] + (producer[queue] & size[queue] - 1) * Layout.RX_BYTES;
        Frame.putLong(entry, Layout.RX_PAGE, page);
        board.store(at, entry, 0, 2 * ENTRY_WORDS);
        if (parameters > 0) {
            board.store(at + Layout.RX_PARAMETERS, entry, Layout.RX_PARAMETERS, parameters);
        }
        producer[queue] = producer[queue] + 1 & 0xFFFF;
    }

    /** The interface is switched off: empty queues. */
    void clear() {
        for (int queue = 0; queue < 2; queue++) {
            producer[queue] = 0;
            consumer[queue] = 0;
        }
        pageProducer = 0;
        pageConsumer = 0;
        requests();
    }

    void reset() {
        for (int queue = 0; queue < 2; queue++) {
            base[queue] = 0;
            size[queue] = 0;
        }
        pageBase = 0;
        pageSize = 0;
        countReceived = 0;
    }

    void state(State s) {
        s.ints("base", base);
        s.ints("rxSize", size);
        s.ints("producer", producer);
        s.ints("consumer", consumer);
        pageBase = s.i("pageBase", pageBase);
        pageSize = s.i("pageSize", pageSize);
        pageProducer = s.i("pageProducer", pageProducer);
        pageConsumer = s.i("pageConsumer", pageConsumer);
        countReceived = s.i("countReceived", countReceived);
    }
}
