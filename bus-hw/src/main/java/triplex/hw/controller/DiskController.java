package triplex.hw.controller;

import java.util.ArrayList;
import java.util.List;
import triplex.hw.Backplane;
import triplex.hw.BoardSide;
import triplex.hw.Controller;
import triplex.hw.EventQueue;
import triplex.hw.Parameters;
import triplex.hw.Port;
import triplex.m68k.State;

/**
 * A dual-ported disk controller with one drive. Its registers stand in DESIGN.md.
 *
 * <p>What must hold: only the owner's port writes and flushes; a port executes one command at a time; the mechanism
 * serves one thing at a time, reads before the cache's own writing, but never two reads in a row while a FLUSH or a
 * full
 * cache waits. A sector that is wholly in the cache reaches the medium whatever happens to the board that sent it; of a
 * command that TAKE or a pull cuts off, the rest is dropped.
 */
public final class DiskController implements Controller {
    /** From a command's arrival to its execution, cycles: a microprogrammed controller's 100 microseconds. */
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
    public static final int LOST = 9;

    /** Values of DISK_COMMAND. */
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int FLUSH = 3;
    public static final int TAKE = 4;

    private static final int STATUS_READY = 1;
    private static final int STATUS_OWNS = 8;
    private static final int STATUS_PROTECTED = 16;

    private final int index;
    private final Drive drive;
    private final List<DiskPort> ports = new ArrayList<>();
    private Backplane hub;
    private DiskListener listener = new DiskListener() { };
    private EventQueue.Alarm mechanism;
    private int epoch;
    private int owner = -1;
    private long arrivals;
    private int reader = -1;
    private boolean readLast;

    /**
     * A controller without ports.
     *
     * @param index its number, 0 to 7
     * @param medium in its drive; null: the bay is empty
     */
    public DiskController(int index, Parameters parameters, Medium medium) {
        this.index = index;
        this.drive = new Drive(parameters.drive(), medium);
    }

    @Override
    public void connect(int number, BoardSide board, Backplane backplane) {
        if (hub == null) {
            hub = backplane;
            mechanism = hub.events().alarm("disk" + index + ".mechanism", this::mechanismDue);
        }
        DiskPort port = new DiskPort(this, index, number, board, backplane);
        ports.add(port);
        sendStatus(port);
    }

    /** Who hears of sectors written from now on. */
    public void setListener(DiskListener to) {
        listener = to;
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

    // The operator's side, at the hub's present cycle --------------------------------------------------------------

    /** Pulls the drive out: its cache is lost, commands end with error 1. */
    public void pullDrive() {
        drive.pull(hub.now());
        dropped();
        sendStatus();
    }

    /** Puts the drive back; {@code medium} null: with the medium it had. */
    public void insertDrive(Medium medium) {
        drive.insert(medium, hub.now());
        sendStatus();
    }

    @Override
    public Port port(int number) {
        return number < ports.size() ? ports.get(number) : null;
    }

    /** The power of the cabinet fails: the cache is lost, nobody owns the drive. */
    @Override
    public void powerLoss() {
        drive.powerLoss(hub.now());
        dropped();
        epoch = 0;
        owner = -1;
        sendStatus();
    }

    /** Makes a sector unreadable until it is written; false when the drive has too many of them. */
    public boolean spoil(int sector) {
        return drive.spoil(sector);
    }

    /** A bit of a sector turns over; nobody notices. The sector must exist. */
    public void rot(int sector) {
        drive.rot(sector);
    }

    /**
     * The next sector written goes wrong and is reported good; {@code target} must exist if the write is misdirected.
     */
    public void failNextWrite(Drive.WriteFault fault, int target) {
        drive.failNextWrite(fault, target);
    }

    private void dropped() {
        mechanism.clear();
        reader = -1;
        for (DiskPort p : ports) {
            if (p.hubPhase > DiskPort.ISSUED) {
                p.finish(NO_DRIVE);
            }
        }
    }

    private void sendStatus() {
        for (DiskPort p : ports) {
            sendStatus(p);
        }
    }

    private void sendStatus(DiskPort p) {
        int flags = (drive.present() ? STATUS_READY : 0) | (owner == p.number ? STATUS_OWNS : 0)
            | (drive.writeProtected() ? STATUS_PROTECTED : 0);
        p.sendStatus(flags, epoch, drive.capacity());
    }

    // Commands ---------------------------------------------------------------------------------------------------

    /** The port's board begins anew or is gone: its command ends where it is. */
    void abandon(DiskPort p) {
        p.hubPhase = DiskPort.IDLE;
        p.hubAlarm.clear();
        if (reader == p.number) {
            reader = -1;
        }
        sendStatus(p);
        serve();
    }

    /** The time has come that a port's command waited for. */
    void alarm(DiskPort p) {
        if (p.hubPhase == DiskPort.ISSUED) {
            start(p);
        } else {
            sectorReady(p);
        }
    }

    private void start(DiskPort p) {
        p.hubArrival = arrivals++;
        p.hubThrough = 0;
        switch (p.hubCommand) {
            case READ, WRITE -> startTransfer(p);
            case FLUSH -> startFlush(p);
            case TAKE -> take(p);
            default -> p.finish(BAD_ARGUMENT);
        }
    }

    private void startTransfer(DiskPort p) {
        boolean write = p.hubCommand == WRITE;
        p.hubCrc = 0;
        if (!drive.present()) {
            p.finish(NO_DRIVE);
        } else if (write && owner != p.number) {
            p.finish(NOT_OWNER);
        } else if (p.hubCount < 1 || p.hubCount > MAX_COUNT || p.hubSector < 0
                || p.hubSector > drive.capacity() - p.hubCount || write && drive.writeProtected()) {
            p.finish(BAD_ARGUMENT);
        } else if (write) {
            writeNext(p);
        } else {
            p.hubPhase = DiskPort.WAITS;
            serve();
        }
    }

    private void startFlush(DiskPort p) {
        if (!drive.present()) {
            p.finish(NO_DRIVE);
        } else if (owner != p.number) {
            p.finish(NOT_OWNER);
        } else {
            p.hubPhase = DiskPort.FLUSHES;
            p.hubFlushTarget = drive.accepted();
            written();
        }
    }

    private void take(DiskPort p) {
        if (Integer.compareUnsigned(p.hubEpoch, epoch) <= 0) {
            p.finish(NOT_GREATER);
            return;
        }
        epoch = p.hubEpoch;
        owner = p.number;
        for (DiskPort other : ports) {
            if (other != p && other.hubPhase >= DiskPort.WRITES) {
                other.finish(FENCED);
            }
        }
        sendStatus();
        p.finish(0);
        serve();
    }

    // Transfers --------------------------------------------------------------------------------------------------

    private void readNext(DiskPort p) {
        p.hubAlarm.set(drive.beginRead(p.hubSector + p.hubThrough, hub.now()));
    }

    private void sectorReady(DiskPort p) {
        byte[] bytes = new byte[Medium.SECTOR];
        if (!drive.read(p.hubSector + p.hubThrough, bytes)) {
            endRead(p, UNREADABLE);
            return;
        }
        p.hubCrc = Crc32c.update(p.hubCrc, bytes, 0, Medium.SECTOR);
        p.sendData(bytes);
    }

    private void endRead(DiskPort p, int error) {
        reader = -1;
        p.finish(error);
        serve();
    }

    private void writeNext(DiskPort p) {
        if (!drive.room()) {
            p.hubPhase = DiskPort.BLOCKED;
            serve();
            return;
        }
        p.hubPhase = DiskPort.WRITES;
        p.askForSector();
    }

    /** The board's answer to a sector sent or asked for. */
    void transferred(DiskPort p, int op, byte[] bytes) {
        boolean write = p.hubPhase == DiskPort.WRITES;
        if (op == DiskPort.FAILED) {
            if (write) {
                p.finish(DMA);
            } else {
                endRead(p, DMA);
            }
            return;
        }
        if (write) {
            p.hubCrc = Crc32c.update(p.hubCrc, bytes, 0, Medium.SECTOR);
            drive.accept(p.hubSector + p.hubThrough, bytes, hub.now());
            listener.accepted(index, p.hubSector + p.hubThrough, hub.now());
        }
        p.hubThrough++;
        boolean last = p.hubThrough == p.hubCount;
        if (!write) {
            if (last) {
                endRead(p, 0);
            } else {
                readNext(p);
            }
            return;
        }
        if (last) {
            p.finish(0);
        } else {
            writeNext(p);
        }
        serve();
    }

    // The mechanism ----------------------------------------------------------------------------------------------

    private void mechanismDue() {
        if (drive.writing()) {
            listener.written(index, drive.finishWrite(), hub.now());
            written();
        } else {
            serve();
        }
    }

    /** Some sector reached the medium, or a FLUSH arrived. */
    private void written() {
        for (DiskPort p : ports) {
            if (p.hubPhase == DiskPort.FLUSHES && drive.written() >= p.hubFlushTarget) {
                listener.flushed(index, hub.now());
                p.finish(0);
            } else if (p.hubPhase == DiskPort.BLOCKED && drive.room()) {
                writeNext(p);
            }
        }
        serve();
    }

    /** Gives the mechanism, if it is free, its next work. */
    private void serve() {
        if (reader >= 0 || drive.writing() || !drive.present()) {
            return;
        }
        DiskPort next = null;
        boolean urgent = false;
        for (DiskPort p : ports) {
            urgent |= p.hubPhase == DiskPort.FLUSHES || p.hubPhase == DiskPort.BLOCKED;
            if (p.hubPhase == DiskPort.WAITS && (next == null || p.hubArrival < next.hubArrival)) {
                next = p;
            }
        }
        if (next != null && !(urgent && readLast && drive.canWrite())) {
            reader = next.number;
            readLast = true;
            next.hubPhase = DiskPort.READS;
            readNext(next);
        } else if (!drive.canWrite()) {
            mechanism.clear();
        } else if (urgent || drive.writesAt() <= hub.now()) {
            readLast = false;
            mechanism.set(drive.beginWrite(hub.now()));
        } else {
            mechanism.set(drive.writesAt());
        }
    }

    /** The shared part; the ports are devices of their boards, which list them. */
    @Override
    public void state(State s) {
        epoch = s.i("epoch", epoch);
        owner = s.i("owner", owner);
        arrivals = s.l("arrivals", arrivals);
        reader = s.i("reader", reader);
        readLast = s.b("readLast", readLast);
        drive.state(s);
    }
}
