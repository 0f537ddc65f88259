package triplex.hw.controller;

import triplex.m68k.State;

/**
 * One of a disk controller's two ports: the registers that its board sees and the progress of its one command. The
 * registers that name a command cannot change while one is under way.
 */
final class DiskPort {
    static final int STATUS = 0x00;
    static final int ERROR = 0x02;
    static final int COMMAND = 0x04;
    static final int COUNT = 0x06;
    static final int SECTOR = 0x08;
    static final int ADDRESS = 0x0C;
    static final int EPOCH = 0x10;
    static final int CRC = 0x14;
    static final int CAPACITY = 0x18;
    static final int ACK = 0x1C;

    /** What a port's command is doing. */
    static final int IDLE = 0;
    /** The doorbell has rung; the controller has not yet seen it. */
    static final int ISSUED = 1;
    /** A READ that waits for the mechanism. */
    static final int WAITS = 2;
    /** A READ that has the mechanism. */
    static final int READS = 3;
    /** A WRITE whose burst goes on. */
    static final int WRITES = 4;
    /** A WRITE that waits for room in the cache. */
    static final int BLOCKED = 5;
    /** A FLUSH. */
    static final int FLUSHES = 6;

    private final RegisterPair pair = new RegisterPair();
    boolean connected;
    int phase = IDLE;
    /** Grows with each command that ends, so that late events of an ended command are known. */
    int generation;
    int command;
    int count;
    int sector;
    int address;
    int epochArgument;
    int error;
    int crc;
    boolean done;
    /** Sectors of the command that are through. */
    int through;
    long arrival;
    long flushTarget;
    final byte[] buffer = new byte[Medium.SECTOR];

    /** A register as the board sees it; {@code status}, {@code epoch} and {@code capacity} come from the controller. */
    int read(int offset, int status, int epoch, int capacity) {
        return switch (offset) {
            case STATUS -> status;
            case ERROR -> error;
            case COUNT -> count;
            case SECTOR -> pair.high(sector);
            case ADDRESS -> pair.high(address);
            case EPOCH -> pair.high(epoch);
            case CRC -> pair.high(crc);
            case CAPACITY -> pair.high(capacity);
            case SECTOR + 2, ADDRESS + 2, EPOCH + 2, CRC + 2, CAPACITY + 2 -> pair.low();
            default -> 0;
        };
    }

    /** Stores an argument register; ignored while a command is under way. */
    void writeArgument(int offset, int value) {
        if (phase != IDLE) {
            return;
        }
        switch (offset) {
            case COUNT -> count = value & 0xFFFF;
            case SECTOR, ADDRESS, EPOCH -> pair.writeHigh(value);
            case SECTOR + 2 -> sector = pair.join(value);
            case ADDRESS + 2 -> address = pair.join(value);
            case EPOCH + 2 -> epochArgument = pair.join(value);
            default -> { }
        }
    }

    /** Ends the command. */
    void finish(int how) {
        phase = IDLE;
        generation++;
        error = how;
        done = true;
    }

    /** As after insertion of the board. */
    void reset() {
        phase = IDLE;
        generation++;
        error = 0;
        done = false;
        count = 0;
        sector = 0;
        address = 0;
        epochArgument = 0;
        crc = 0;
    }

    void state(State s) {
        pair.state(s);
        connected = s.b("connected", connected);
        phase = s.i("phase", phase);
        generation = s.i("generation", generation);
        command = s.i("command", command);
        count = s.i("count", count);
        sector = s.i("sector", sector);
        address = s.i("address", address);
        epochArgument = s.i("epochArgument", epochArgument);
        error = s.i("error", error);
        crc = s.i("crc", crc);
        done = s.b("done", done);
        through = s.i("through", through);
        arrival = s.l("arrival", arrival);
        flushTarget = s.l("flushTarget", flushTarget);
        s.bytes("buffer", buffer);
    }
}
