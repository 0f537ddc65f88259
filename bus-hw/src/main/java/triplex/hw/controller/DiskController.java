package triplex.hw.controller;

import triplex.m68k.State;

/**
 * A dual-ported disk controller with one drive. Its registers stand in DESIGN.md.
 *
 * <p>What must hold: only the owner's port writes, flushes; a port executes one command at a time; the mechanism serves
 * one thing at a time, reads before the cache's own writing, but never two reads in a row while a FLUSH or a full cache
 * waits. A sector that is wholly in the cache reaches the medium whatever happens to the board that sent it; of a
 * command that TAKE or a pull cuts off, the rest is dropped.
 */
public final class DiskController {
    /** From the doorbell to the execution of a command, cycles: a microprogrammed controller's 100 microseconds. */
    public static final int COMMAND_CYCLES = 1_000;
    /** Sectors of one command, at most. */
    public static final int MAX_COUNT = 128;

    /** Values of DISK_ERROR. */
    public static final int NO_DRIVE = 1;
    public static final int NOT_OWNER = 2;
    public static final int UNREADABLE = 3;
    public static final int BAD_ARGUMENT = 4;
    public static final int DMA = 5;
    public static final int FENCED = 6;
    public static final int NOT_GREATER = 7;

    /** Values of DISK_COMMAND. */
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int FLUSH = 3;
    public static final int TAKE = 4;

    private static final int START = 0;
    private static final int SECTOR_READY = 1;
    private static final int BURST_ENDS = 2;
    private static final int WRITTEN = 3;

    private final ControllerHost host;
    private final Drive drive;
    private final DiskPort[] ports = {new DiskPort(), new DiskPort()};
    private int epoch;
    private int owner = -1;
    private long arrivals;
    private int reader = -1;
    private boolean readLast;
    /** Grows when the drive loses power, so that the end of a lost write is known. */
    private int driveGeneration;

    /** A controller whose ports are both unconnected. */
    public DiskController(ControllerHost host, Drive drive) {
        this.host = host;
        this.drive = drive;
    }

    /** The drive, for looking; it changes only through this controller. */
    public Drive drive() {
        return drive;
    }

    /** The owner epoch, unsigned. */
    public int epoch() {
        return epoch;
    }

    /** The port that owns the drive, or -1. */
    public int owner() {
        return owner;
    }

    // The boards' side -------------------------------------------------------------------------------------------

    /** Reads a register word; {@code offset} is even, 0 to 1FEh. Side effect: the latch of 32-bit registers only. */
    public int read(int port, int offset) {
        DiskPort p = ports[port];
        if (!p.connected) {
            return 0;
        }
        int status = (drive.present() ? 1 : 0) | (p.phase != DiskPort.IDLE ? 2 : 0) | (p.done ? 4 : 0)
            | (owner == port ? 8 : 0) | (drive.writeProtected() ? 16 : 0);
        return p.read(offset, status, epoch, drive.capacity());
    }

    /** Writes a register word at cycle {@code now}. Bytes have no effect: call this for words only. */
    public void write(int port, int offset, int value, long now) {
        DiskPort p = ports[port];
        if (!p.connected) {
            return;
        }
        if (offset == DiskPort.ACK) {
            p.done = false;
            host.request(port, false);
        } else if (offset == DiskPort.COMMAND) {
            if (p.phase == DiskPort.IDLE) {
                p.phase = DiskPort.ISSUED;
                p.command = value & 0xFFFF;
                host.at(now + COMMAND_CYCLES, START, tag(port));
            }
        } else {
            p.writeArgument(offset, value);
        }
    }

    /** True when the port requests service. */
    public boolean requests(int port) {
        return ports[port].done;
    }

    /**
     * A board comes to the port (inserted, reset or re-admitted) or goes from it (pulled, without power, isolated).
     * Either way the port's command ends where it is, without a word to anybody.
     */
    public void connect(int port, boolean present, long now) {
        DiskPort p = ports[port];
        p.connected = present;
        p.reset();
        host.request(port, false);
        if (reader == port) {
            reader = -1;
        }
        serve(now);
    }

    // The operator's side ----------------------------------------------------------------------------------------

    /** Pulls the drive out: its cache is lost, commands end with error 1. */
    public void pullDrive(long now) {
        drive.pull(now);
        dropped(now);
    }

    /** Puts the drive back; {@code medium} null: with the medium it had. */
    public void insertDrive(Medium medium, long now) {
        drive.insert(medium, now);
    }

    /** The power of the cabinet fails: the cache is lost. The boards' side is told by {@link #connect}. */
    public void powerLoss(long now) {
        drive.powerLoss(now);
        dropped(now);
        epoch = 0;
        owner = -1;
    }

    /** Makes a sector unreadable until it is written; false when the drive has too many of them. */
    public boolean spoil(int sector) {
        return drive.spoil(sector);
    }

    private void dropped(long now) {
        driveGeneration++;
        reader = -1;
        for (int k = 0; k < 2; k++) {
            if (ports[k].phase > DiskPort.ISSUED) {
                finish(k, NO_DRIVE);
            }
        }
        serve(now);
    }

    // Time -------------------------------------------------------------------------------------------------------

    /** What {@link ControllerHost#at} was asked for has come. */
    public void event(int code, int argument, long now) {
        if (code == WRITTEN) {
            if (argument == driveGeneration) {
                drive.finishWrite();
                written(now);
            }
            return;
        }
        int port = argument & 1;
        DiskPort p = ports[port];
        if (argument != tag(port)) {
            return;
        }
        switch (code) {
            case START -> start(port, p, now);
            case SECTOR_READY -> sectorReady(port, p, now);
            case BURST_ENDS -> burstEnds(port, p, now);
            default -> throw new IllegalStateException("event " + code);
        }
    }

    private void start(int port, DiskPort p, long now) {
        p.arrival = arrivals++;
        p.through = 0;
        switch (p.command) {
            case READ, WRITE -> startTransfer(port, p, now);
            case FLUSH -> startFlush(port, p, now);
            case TAKE -> take(port, p, now);
            default -> finish(port, BAD_ARGUMENT);
        }
    }

    private void startTransfer(int port, DiskPort p, long now) {
        boolean write = p.command == WRITE;
        p.crc = 0;
        if (!drive.present()) {
            finish(port, NO_DRIVE);
        } else if (write && owner != port) {
            finish(port, NOT_OWNER);
        } else if (p.count < 1 || p.count > MAX_COUNT || p.sector < 0 || p.sector > drive.capacity() - p.count
                || (p.address & 1) != 0 || write && drive.writeProtected()) {
            finish(port, BAD_ARGUMENT);
        } else if (write) {
            writeNext(port, p, now);
        } else {
            p.phase = DiskPort.WAITS;
            serve(now);
        }
    }

    private void startFlush(int port, DiskPort p, long now) {
        if (!drive.present()) {
            finish(port, NO_DRIVE);
        } else if (owner != port) {
            finish(port, NOT_OWNER);
        } else {
            p.phase = DiskPort.FLUSHES;
            p.flushTarget = drive.accepted();
            written(now);
        }
    }

    private void take(int port, DiskPort p, long now) {
        if (Integer.compareUnsigned(p.epochArgument, epoch) <= 0) {
            finish(port, NOT_GREATER);
            return;
        }
        epoch = p.epochArgument;
        owner = port;
        DiskPort other = ports[1 - port];
        if (other.phase >= DiskPort.WRITES) {
            finish(1 - port, FENCED);
        }
        finish(port, 0);
        serve(now);
    }

    // Reading ----------------------------------------------------------------------------------------------------

    private void readNext(int port, DiskPort p, long now) {
        host.at(drive.beginRead(p.sector + p.through, now), SECTOR_READY, tag(port));
    }

    private void sectorReady(int port, DiskPort p, long now) {
        if (!drive.read(p.sector + p.through, p.buffer)) {
            endRead(port, UNREADABLE, now);
            return;
        }
        long end = host.dma(port, true, p.address + p.through * Medium.SECTOR, p.buffer, Medium.SECTOR, now);
        if (end < 0) {
            endRead(port, DMA, now);
            return;
        }
        host.at(end, BURST_ENDS, tag(port));
    }

    private void endRead(int port, int error, long now) {
        reader = -1;
        finish(port, error);
        serve(now);
    }

    // Writing ----------------------------------------------------------------------------------------------------

    private void writeNext(int port, DiskPort p, long now) {
        if (!drive.room()) {
            p.phase = DiskPort.BLOCKED;
            serve(now);
            return;
        }
        p.phase = DiskPort.WRITES;
        long end = host.dma(port, false, p.address + p.through * Medium.SECTOR, p.buffer, Medium.SECTOR, now);
        if (end < 0) {
            finish(port, DMA);
            return;
        }
        host.at(end, BURST_ENDS, tag(port));
    }

    private void burstEnds(int port, DiskPort p, long now) {
        p.crc = Crc32c.update(p.crc, p.buffer, 0, Medium.SECTOR);
        boolean write = p.phase == DiskPort.WRITES;
        if (write) {
            drive.accept(p.sector + p.through, p.buffer);
        }
        p.through++;
        boolean last = p.through == p.count;
        if (write) {
            if (last) {
                finish(port, 0);
            } else {
                writeNext(port, p, now);
            }
            serve(now);
        } else if (last) {
            endRead(port, 0, now);
        } else {
            readNext(port, p, now);
        }
    }

    /** Some sector reached the medium, or a FLUSH arrived. */
    private void written(long now) {
        for (int k = 0; k < 2; k++) {
            DiskPort p = ports[k];
            if (p.phase == DiskPort.FLUSHES && drive.written() >= p.flushTarget) {
                finish(k, 0);
            } else if (p.phase == DiskPort.BLOCKED && drive.room()) {
                writeNext(k, p, now);
            }
        }
        serve(now);
    }

    /** Gives the mechanism, if it is free, its next work. */
    private void serve(long now) {
        if (reader >= 0 || drive.writing() || !drive.present()) {
            return;
        }
        int next = -1;
        boolean urgent = false;
        for (int k = 0; k < 2; k++) {
            DiskPort p = ports[k];
            urgent |= p.phase == DiskPort.FLUSHES || p.phase == DiskPort.BLOCKED;
            if (p.phase == DiskPort.WAITS && (next < 0 || p.arrival < ports[next].arrival)) {
                next = k;
            }
        }
        if (next >= 0 && !(urgent && readLast && drive.canWrite())) {
            reader = next;
            readLast = true;
            ports[next].phase = DiskPort.READS;
            readNext(next, ports[next], now);
        } else if (drive.canWrite()) {
            readLast = false;
            host.at(drive.beginWrite(now), WRITTEN, driveGeneration);
        }
    }

    private void finish(int port, int error) {
        ports[port].finish(error);
        host.request(port, true);
    }

    private int tag(int port) {
        return ports[port].generation << 1 | port;
    }

    /** The one list of its state, the drive's included. */
    public void state(State s) {
        epoch = s.i("epoch", epoch);
        owner = s.i("owner", owner);
        arrivals = s.l("arrivals", arrivals);
        reader = s.i("reader", reader);
        readLast = s.b("readLast", readLast);
        driveGeneration = s.i("driveGeneration", driveGeneration);
        ports[0].state(s);
        ports[1].state(s);
        drive.state(s);
    }
}
