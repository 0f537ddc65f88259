package triplex.hw;

import static triplex.m68k.FunctionCode.SUPERVISOR_DATA;

import java.util.ArrayList;
import java.util.List;
import triplex.hw.board.Board;

/**
 * Plays the kernel of a board whose processor waits in STOP: writes its registers and reads its rings, at the present
 * cycle.
 */
final class Kernel {
    static final int TX = 0x10000;
    static final int TX_ENTRIES = 16;
    static final int VIEW_AT = 0x18000;
    static final int RX = 0x20000;
    static final int SX = 0x30000;
    static final int PAGES = 0x40000;
    static final int PAGE_ENTRIES = 64;
    static final int BODIES = 0x80000;
    static final int BUFFERS = 0xC0000;

    /** An entry as the kernel finds it. */
    record Entry(int slot, boolean silent, int commit, int kind, int source, int view, int tag, int roles, int flags,
            String parameters, String data) {
    }

    final Hardware machine;
    final Board board;
    final int slot;
    int ringSize = 32;
    int produced;
    final int[] consumed = new int[2];
    int pagesPosted;
    final List<Entry> taken = new ArrayList<>();

    Kernel(Hardware machine, int slot) {
        this.machine = machine;
        this.slot = slot;
        board = machine.board(slot);
    }

    /** A ROM whose program waits in STOP for ever. */
    static byte[] stopRom() {
        return new byte[] {0, 0, 0x10, 0, 0, 0, 0, 8, 0x4E, 0x72, 0x27, 0x00, 0x60, (byte) 0xFA};
    }

    static Hardware machine(int slots) {
        return new Hardware(Configuration.bare(slots, 1 << 20), stopRom(), List.of(), List.of());
    }

    int get(Register register) {
        int at = register.block.base + register.offset;
        int high = board.bus().read16(SUPERVISOR_DATA, at);
        return register.size == 4 ? high << 16 | board.bus().read16(SUPERVISOR_DATA, at + 2) : high;
    }

    void set(Register register, int value) {
        int at = register.block.base + register.offset;
        if (register.size == 1) {
            board.bus().write8(SUPERVISOR_DATA, at, value);
        } else if (register.size == 2) {
            board.bus().write16(SUPERVISOR_DATA, at, value & 0xFFFF);
        } else {
            board.bus().write16(SUPERVISOR_DATA, at, value >>> 16);
            board.bus().write16(SUPERVISOR_DATA, at + 2, value & 0xFFFF);
        }
    }

    int word(int at) {
        return board.peek(at) << 8 | board.peek(at + 1);
    }

    int longword(int at) {
        return word(at) << 16 | word(at + 2);
    }

    void put(int at, byte... bytes) {
        board.store(at, bytes, 0, bytes.length);
    }

    static byte[] header(int kind, int view, int channel, int sent, int tag, int... destinations) {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(40);
        buffer.put((byte) kind).put((byte) (destinations.length / 2)).put((byte) 0).put((byte) 0);
        for (int value : destinations) {
            buffer.put((byte) value);
        }
        buffer.position(12);
        buffer.putInt(view).putInt(channel).putInt(sent).position(28);
        buffer.putInt(tag);
        return buffer.array();
    }

    /** Turns the interface on, with empty rings and the given number of free pages. */
    void start(int pages) {
        set(Register.RX_BASE, RX);
        set(Register.RX_SIZE, ringSize);
        set(Register.SX_BASE, SX);
        set(Register.SX_SIZE, ringSize);
        set(Register.PAGE_BASE, PAGES);
        set(Register.PAGE_SIZE, PAGE_ENTRIES);
        set(Register.TX_BASE, TX);
        set(Register.TX_SIZE, TX_ENTRIES);
        set(Register.VIEW_BASE, VIEW_AT);
        set(Register.CONTROL, 1);
        produced = 0;
        consumed[0] = 0;
        consumed[1] = 0;
        pagesPosted = 0;
        for (int k = 0; k < pages; k++) {
            post(BUFFERS + k * 4096);
        }
    }

    void post(int page) {
        byte[] bytes = java.nio.ByteBuffer.allocate(4).putInt(page).array();
        put(PAGES + (pagesPosted & PAGE_ENTRIES - 1) * 4, bytes);
        pagesPosted = pagesPosted + 1 & 0xFFFF;
        set(Register.PAGE_PRODUCER, pagesPosted);
    }

    private void describe(int at, byte[] header, int bodies, String parameters, String data) {
        byte[] text = (parameters + data).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        put(bodies, text);
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(64).put(header, 0, 32);
        buffer.putShort(24, (short) parameters.length()).putShort(26, (short) data.length());
        buffer.putInt(32, bodies).putInt(36, bodies + parameters.length());
        put(at, buffer.array());
    }

    boolean canSend() {
        return (produced - get(Register.TX_CONSUMER) & 0xFFFF) < TX_ENTRIES;
    }

    /** Queues a frame in the ring and rings the doorbell; returns the address of its descriptor. */
    int send(byte[] header, String parameters, String data) {
        int entry = produced & TX_ENTRIES - 1;
        describe(TX + entry * 64, header, BODIES + entry * 8192, parameters, data);
        produced = produced + 1 & 0xFFFF;
        set(Register.TX_PRODUCER, produced);
        return TX + entry * 64;
    }

    /** Sends a VIEW frame from the view slot. */
    void sendView(int number, int members, int excluded, boolean founding) {
        byte[] header = header(Layout.KIND_VIEW, number, members, excluded, 0);
        header[3] = (byte) (founding ? 1 : 0);
        describe(VIEW_AT, header, BODIES + 0x30000, "partners", "");
        set(Register.VIEW_GO, 1);
    }

    int viewStatus() {
        return word(VIEW_AT + Layout.TX_STATUS);
    }

    int status(int descriptor) {
        return word(descriptor + Layout.TX_STATUS);
    }

    /** Takes what has arrived, silent queue first; page buffers are posted again. */
    void drain() {
        drain(true, Register.SX_PRODUCER, Register.SX_CONSUMER, SX);
        drain(false, Register.RX_PRODUCER, Register.RX_CONSUMER, RX);
    }

    void drain(boolean silent, Register producer, Register consumer, int base) {
        int queue = silent ? 1 : 0;
        int end = get(producer);
        while (consumed[queue] != end) {
            int at = base + (consumed[queue] & ringSize - 1) * Layout.RX_BYTES;
            taken.add(entry(at, silent));
            int page = longword(at + Layout.RX_PAGE);
            if (page != 0) {
                post(page);
            }
            consumed[queue] = consumed[queue] + 1 & 0xFFFF;
            set(consumer, consumed[queue]);
        }
    }

    private Entry entry(int at, boolean silent) {
        int page = longword(at + Layout.RX_PAGE);
        return new Entry(slot, silent, longword(at + Layout.RX_COMMIT), board.peek(at), board.peek(at + 2),
            longword(at + 12), longword(at + 28), word(at + Layout.RX_ROLES), word(at + Layout.RX_FLAGS),
            text(at + Layout.RX_PARAMETERS, word(at + 24)), page == 0 ? "" : text(page, word(at + 26)));
    }

    private String text(int at, int count) {
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < count; k++) {
            out.append((char) board.peek(at + k));
        }
        return out.toString();
    }

    /** A machine with all boards in one view, founded by board 0. */
    static Kernel[] founded(int slots) {
        Hardware machine = machine(slots);
        Kernel[] kernels = new Kernel[slots];
        machine.run(100);
        for (int slot = 0; slot < slots; slot++) {
            kernels[slot] = new Kernel(machine, slot);
            kernels[slot].start(16);
        }
        machine.run(1000);
        kernels[0].sendView(1, (1 << slots) - 1, 0, true);
        machine.run(10_000);
        for (Kernel kernel : kernels) {
            kernel.drain();
            kernel.taken.clear();
        }
        return kernels;
    }
}
