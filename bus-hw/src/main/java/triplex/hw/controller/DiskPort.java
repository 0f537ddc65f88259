package triplex.hw.controller;

import triplex.hw.Backplane;
import triplex.hw.Block;
import triplex.hw.BoardSide;
import triplex.hw.Device;
import triplex.hw.EventQueue;
import triplex.hw.Interrupt;
import triplex.hw.Port;
import triplex.hw.Register;
import triplex.m68k.State;

/**
 * One of a disk controller's two ports. On the board's side: registers, and the bursts between RAM and the messages to
 * and from the controller. On the hub's side: the progress of the port's one command.
 */
final class DiskPort extends Port implements Device {
    /** Board to hub. */
    static final int COMMAND = 1;
    static final int SECTOR = 2;
    static final int TAKEN = 3;
    static final int FAILED = 4;
    /** Hub to board. */
    private static final int STATUS = 1;
    private static final int DATA = 2;
    private static final int WANT = 3;
    private static final int DONE = 4;

    /** What a port's command is doing at the hub. */
    static final int IDLE = 0;
    /** It has arrived; the controller's microprogram looks at it. */
    static final int ISSUED = 1;
    /** A READ that waits for the mechanism. */
    static final int WAITS = 2;
    /** A READ that has the mechanism. */
    static final int READS = 3;
    /** A WRITE that waits for a sector from the board. */
    static final int WRITES = 4;
    /** A WRITE that waits for room in the cache. */
    static final int BLOCKED = 5;
    /** A FLUSH. */
    static final int FLUSHES = 6;

    private static final int WORDS = Medium.SECTOR / 2;
    private static final int BUSY = 2;
    private static final int HAS_DONE = 4;

    private final DiskController controller;
    private final int index;
    final int number;

    private int count;
    private int sector;
    private int address;
    private int epochArgument;
    private int error;
    private int crc;
    private boolean busy;
    private boolean done;
    private int shownFlags;
    private int shownEpoch;
    private int shownCapacity;

    final EventQueue.Alarm hubAlarm;
    int hubPhase;
    int hubCommand;
    int hubCount;
    int hubSector;
    int hubEpoch;
    int hubCrc;
    int hubThrough;
    long hubArrival;
    long hubFlushTarget;

    DiskPort(DiskController controller, int index, int number, BoardSide board, Backplane hub) {
        super("disk" + index + "." + number, board, hub);
        this.controller = controller;
        this.index = index;
        this.number = number;
        hubAlarm = hub.events().alarm("disk" + index + "." + number, () -> controller.alarm(this));
        board.attach(Block.DISK_PORT, index * Block.DISK_PORT.stride, this);
    }

    // The board's side -------------------------------------------------------------------------------------------

    @Override
    public int read(Register register) {
        return switch (register) {
            case DISK_STATUS -> shownFlags | (busy ? BUSY : 0) | (done ? HAS_DONE : 0);
            case DISK_ERROR -> error;
            case DISK_COUNT -> count;
            case DISK_SECTOR -> sector;
            case DISK_ADDRESS -> address;
            case DISK_EPOCH -> shownEpoch;
            case DISK_CRC -> crc;
            case DISK_CAPACITY -> shownCapacity;
            default -> 0;
        };
    }

    @Override
    public void write(Register register, int value) {
        if (register == Register.DISK_ACK) {
            done = false;
            board.request(Interrupt.DISK, index, false);
            return;
        }
        if (busy) {
            return;
        }
        switch (register) {
            case DISK_COUNT -> count = value & 0xFFFF;
            case DISK_SECTOR -> sector = value;
            case DISK_ADDRESS -> address = value;
            case DISK_EPOCH -> epochArgument = value;
            case DISK_COMMAND -> {
                busy = true;
                long words = (value & 0xFFFFL) << 16 | count | (address & 1L) << 32;
                toHub(COMMAND, words, (long) sector << 32 | epochArgument & 0xFFFF_FFFFL, null);
            }
            default -> { }
        }
    }

    @Override
    public void reset() {
        busy = false;
        done = false;
        count = 0;
        sector = 0;
        address = 0;
        epochArgument = 0;
        error = 0;
        crc = 0;
        shownFlags = 0;
        shownEpoch = 0;
        shownCapacity = 0;
        board.request(Interrupt.DISK, index, false);
    }

    @Override
    protected void boardReceives(int op, long a, long b, long c, byte[] bytes) {
        int at = address + (int) a * Medium.SECTOR;
        switch (op) {
            case STATUS -> {
                shownFlags = (int) a;
                shownEpoch = (int) b;
                shownCapacity = (int) c;
            }
            case DATA -> {
                board.burst(WORDS);
                toHub(board.store(at, bytes, 0, Medium.SECTOR) ? TAKEN : FAILED, a, 0, null);
            }
            case WANT -> {
                byte[] sent = new byte[Medium.SECTOR];
                board.burst(WORDS);
                boolean ram = board.fetch(at, sent, 0, Medium.SECTOR);
                toHub(ram ? SECTOR : FAILED, a, 0, ram ? sent : null);
            }
            case DONE -> done((int) a, (int) b);
            default -> throw new IllegalStateException("message " + op);
        }
    }

    @Override
    protected void boardMended() {
        if (busy) {
            done(DiskController.LOST, 0);
        }
    }

    private void done(int how, int sum) {
        busy = false;
        done = true;
        error = how;
        crc = sum;
        board.request(Interrupt.DISK, index, true);
    }

    // The hub's side ---------------------------------------------------------------------------------------------

    @Override
    protected void hubReceives(int op, long a, long b, byte[] bytes) {
        if (op == COMMAND) {
            hubPhase = ISSUED;
            hubCommand = (int) (a >> 16) & 0xFFFF;
            hubCount = (a >> 32) != 0 ? 0 : (int) a & 0xFFFF;
            hubSector = (int) (b >> 32);
            hubEpoch = (int) b;
            hubAlarm.set(hub.now() + DiskController.COMMAND_CYCLES);
        } else if (hubPhase == READS || hubPhase == WRITES) {
            controller.transferred(this, op, bytes);
        }
    }

    @Override
    protected void hubReset() {
        controller.abandon(this);
    }

    void sendStatus(int flags, int epoch, int capacity) {
        toBoard(STATUS, flags, epoch, capacity, null);
    }

    void sendData(byte[] bytes) {
        toBoard(DATA, hubThrough, 0, 0, bytes);
    }

    void askForSector() {
        toBoard(WANT, hubThrough, 0, 0, null);
    }

    /** Ends the command. */
    void finish(int how) {
        hubPhase = IDLE;
        hubAlarm.clear();
        toBoard(DONE, how, hubCrc, 0, null);
    }

    @Override
    public void state(State s) {
        super.state(s);
        count = s.i("count", count);
        sector = s.i("sector", sector);
        address = s.i("address", address);
        epochArgument = s.i("epochArgument", epochArgument);
        error = s.i("error", error);
        crc = s.i("crc", crc);
        busy = s.b("busy", busy);
        done = s.b("done", done);
        shownFlags = s.i("shownFlags", shownFlags);
        shownEpoch = s.i("shownEpoch", shownEpoch);
        shownCapacity = s.i("shownCapacity", shownCapacity);
        hubPhase = s.i("hubPhase", hubPhase);
        hubCommand = s.i("hubCommand", hubCommand);
        hubCount = s.i("hubCount", hubCount);
        hubSector = s.i("hubSector", hubSector);
        hubEpoch = s.i("hubEpoch", hubEpoch);
        hubCrc = s.i("hubCrc", hubCrc);
        hubThrough = s.i("hubThrough", hubThrough);
        hubArrival = s.l("hubArrival", hubArrival);
        hubFlushTarget = s.l("hubFlushTarget", hubFlushTarget);
    }
}
