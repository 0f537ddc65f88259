package triplex.hw.controller;

import triplex.hw.Parameters;
import triplex.m68k.State;

/**
 * One disk drive: a medium, the mechanism's times, a track buffer for reading, and a write cache that empties in order
 * of arrival. It is passive: the controller asks it how long things take and tells it when that time has come.
 *
 * <p>Contract for the time arguments: cycles of 100 ns, never decreasing from call to call. A sector counts as written
 * when {@link #finishWrite} is called at the cycle that {@link #beginWrite} returned. When the power goes while the
 * sector is under the head, its first part is new and its rest old: a torn sector.
 */
public final class Drive {
    /** Sectors that the write cache holds. */
    public static final int CACHE = 128;
    /** Unreadable sectors that a drive can have at once. */
    public static final int BAD_SECTORS = 64;

    private final DriveTimes times;
    private final int writeBehind;
    private Medium medium;
    private boolean present;

    private long freeAt;
    private int cylinder;
    private int bufferTrack = -1;
    private long bufferFrom;
    private long bufferUntil;

    private final int[] cacheSector = new int[CACHE];
    private final byte[] cacheData = new byte[CACHE * Medium.SECTOR];
    private int cacheHead;
    private int cacheCount;
    private boolean writing;
    private long writeBegins;
    /** The cycle at which the cache became not empty; it empties itself some time later, and then wholly. */
    private long cachedSince;
    private boolean emptying;
    private long accepted;
    private long written;
    private final int[] bad = new int[BAD_SECTORS];
    private WriteFault nextWrite = WriteFault.NONE;
    private int strayTarget;

    /** What goes wrong, unnoticed, with the next sector that is written. */
    public enum WriteFault {
        /** Nothing. */
        NONE,
        /** Its first half is new, the rest stays old. */
        TORN,
        /** It stays old. */
        LOST,
        /** It stays old, and another sector is written over. */
        MISDIRECTED
    }

    private static final WriteFault[] WRITE_FAULTS = WriteFault.values();

    /** A drive with a medium in it, at speed, heads at cylinder 0; {@code medium} null: an empty bay. */
    public Drive(Parameters.Drive parameters, Medium medium) {
        this.times = DriveTimes.of(parameters);
        this.writeBehind = parameters.writeBehind();
        this.medium = medium;
        this.present = medium != null;
        java.util.Arrays.fill(bad, -1);
    }

    /** True when it is in its bay and ready. */
    public boolean present() {
        return present;
    }

    /** Sectors of the medium; 0 when absent. */
    public int capacity() {
        return present ? medium.sectors() : 0;
    }

    /** True when writes are forbidden. */
    public boolean writeProtected() {
        return present && medium.writeProtected();
    }

    /** The medium, also while the drive is pulled; null for a bay that never held one. */
    public Medium medium() {
        return medium;
    }

    /** Sectors taken into the cache since power-up. */
    public long accepted() {
        return accepted;
    }

    /** How many of {@link #accepted} are on the medium (or lost with the power), in order of arrival. */
    public long written() {
        return written;
    }

    /** True when the cache can take a sector. */
    public boolean room() {
        return cacheCount < CACHE;
    }

    /** True while a sector is being written or waited for. */
    public boolean writing() {
        return writing;
    }

    /**
     * The cycle at which a sector's data is in the track buffer (or found in the cache). Moves the heads and starts to
     * fill the buffer with the whole track when it does not hold the sector. Only while {@link #writing} is false.
     */
    long beginRead(int sector, long now) {
        assert present && !writing : "a read while the heads write";
        if (newestInCache(sector) >= 0) {
            return now;
        }
        int track = times.track(sector);
        if (track == bufferTrack) {
            long ready = bufferReady(sector);
            if (ready <= bufferUntil) {
                freeAt = Math.max(freeAt, Math.min(ready, bufferUntil));
                return Math.max(now, ready);
            }
        }
        stopFilling(now);
        long start = Math.max(now, freeAt) + moveTo(sector);
        bufferTrack = track;
        bufferFrom = (start + times.sectorCycles() - 1) / times.sectorCycles() * times.sectorCycles();
        bufferUntil = Long.MAX_VALUE;
        long ready = bufferReady(sector);
        freeAt = ready;
        return ready;
    }

    /**
     * Copies a sector as it is after all accepted writes.
     *
     * @return false when it is unreadable
     */
    boolean read(int sector, byte[] into) {
        int at = newestInCache(sector);
        if (at >= 0) {
            System.arraycopy(cacheData, at * Medium.SECTOR, into, 0, Medium.SECTOR);
            return true;
        }
        if (badIndex(sector) >= 0) {
            return false;
        }
        medium.read(sector, into, 0);
        return true;
    }

    /** Takes a sector into the cache; {@link #room} must be true. */
    void accept(int sector, byte[] from, long now) {
        assert room();
        if (cacheCount == 0) {
            cachedSince = now;
            emptying = false;
        }
        int at = (cacheHead + cacheCount) % CACHE;
        cacheSector[at] = sector;
        System.arraycopy(from, 0, cacheData, at * Medium.SECTOR, Medium.SECTOR);
        cacheCount++;
        accepted++;
    }

    /** True when something is in the cache and the heads are not writing. */
    boolean canWrite() {
        return present && cacheCount > 0 && !writing;
    }

    /**
     * The cycle at which the drive begins to empty its cache by itself, at once when half full; only with {@link
     * #canWrite}.
     */
    long writesAt() {
        return emptying || cacheCount > CACHE / 2 ? 0 : cachedSince + writeBehind;
    }

    /** Sends the heads to the oldest sector in the cache; returns the cycle at which it will be on the medium. */
    long beginWrite(long now) {
        assert canWrite();
        int sector = cacheSector[cacheHead];
        stopFilling(now);
        long start = Math.max(now, freeAt) + moveTo(sector);
        long offset = (long) times.place(sector) * times.sectorCycles();
        long wait = Math.floorMod(offset - start, (long) times.revolution());
        writing = true;
        emptying = true;
        writeBegins = start + wait;
        freeAt = writeBegins + times.sectorCycles();
        return freeAt;
    }

    /** The sector of {@link #beginWrite} is on the medium; returns its number. */
    int finishWrite() {
        assert writing;
        int sector = cacheSector[cacheHead];
        writeOut(sector);
        int healed = badIndex(sector);
        if (healed >= 0) {
            bad[healed] = -1;
        }
        writing = false;
        dropOldest();
        return sector;
    }

    private void writeOut(int sector) {
        int from = cacheHead * Medium.SECTOR;
        WriteFault fault = nextWrite;
        nextWrite = WriteFault.NONE;
        switch (fault) {
            case NONE -> medium.write(sector, cacheData, from);
            case TORN -> tear(sector, Medium.SECTOR / 2);
            case MISDIRECTED -> medium.write(strayTarget, cacheData, from);
            case LOST -> { }
        }
    }

    /** The first bytes of the oldest sector in the cache reach the medium, the rest does not. */
    private void tear(int sector, int bytes) {
        byte[] torn = new byte[Medium.SECTOR];
        medium.read(sector, torn, 0);
        System.arraycopy(cacheData, cacheHead * Medium.SECTOR, torn, 0, bytes);
        medium.write(sector, torn, 0);
    }

    /** The next sector written goes wrong; {@code target} is the sector hit by a misdirected write. */
    void failNextWrite(WriteFault fault, int target) {
        nextWrite = fault;
        strayTarget = target;
    }

    /** One bit of a sector on the medium turns over, and the drive does not notice. */
    void rot(int sector) {
        byte[] bytes = new byte[Medium.SECTOR];
        medium.read(sector, bytes, 0);
        bytes[sector % Medium.SECTOR] ^= 1;
        medium.write(sector, bytes, 0);
    }

    /**
     * The power goes, or the drive is pulled: the cache is lost, a sector under the head is torn.
     *
     * @param now the cycle of the loss
     */
    void powerLoss(long now) {
        if (writing && now > writeBegins) {
            long done = Math.min(Medium.SECTOR, (now - writeBegins) * Medium.SECTOR / times.sectorCycles());
            tear(cacheSector[cacheHead], (int) done);
        }
        writing = false;
        while (cacheCount > 0) {
            dropOldest();
        }
        bufferTrack = -1;
        freeAt = now;
    }

    void pull(long now) {
        powerLoss(now);
        present = false;
    }

    /** Puts the drive back at speed, heads at cylinder 0; {@code other} null: with the medium that it had. */
    void insert(Medium other, long now) {
        if (other != null) {
            medium = other;
        }
        present = medium != null;
        cylinder = 0;
        bufferTrack = -1;
        freeAt = now;
    }

    /**
     * Makes a sector unreadable until it is written again.
     *
     * @return false when the drive has {@value #BAD_SECTORS} of them already
     */
    boolean spoil(int sector) {
        if (badIndex(sector) >= 0) {
            return true;
        }
        int free = badIndex(-1);
        if (free >= 0) {
            bad[free] = sector;
        }
        if (times.track(sector) == bufferTrack) {
            bufferTrack = -1;
        }
        return free >= 0;
    }

    /** The one list of its state; the medium's contents enter by their digest and are saved by the medium. */
    void state(State s) {
        present = s.b("present", present);
        freeAt = s.l("freeAt", freeAt);
        cylinder = s.i("cylinder", cylinder);
        bufferTrack = s.i("bufferTrack", bufferTrack);
        bufferFrom = s.l("bufferFrom", bufferFrom);
        bufferUntil = s.l("bufferUntil", bufferUntil);
        s.ints("cacheSector", cacheSector);
        s.bytes("cacheData", cacheData);
        cacheHead = s.i("cacheHead", cacheHead);
        cacheCount = s.i("cacheCount", cacheCount);
        writing = s.b("writing", writing);
        writeBegins = s.l("writeBegins", writeBegins);
        cachedSince = s.l("cachedSince", cachedSince);
        emptying = s.b("emptying", emptying);
        accepted = s.l("accepted", accepted);
        written = s.l("written", written);
        s.ints("bad", bad);
        nextWrite = WRITE_FAULTS[s.i("nextWrite", nextWrite.ordinal())];
        strayTarget = s.i("strayTarget", strayTarget);
        s.l("medium", medium == null ? 0 : medium.digest());
    }

    private long moveTo(int sector) {
        int to = times.cylinder(sector);
        long seek = times.seek(Math.abs(to - cylinder));
        cylinder = to;
        return seek;
    }

    private long bufferReady(int sector) {
        int first = (int) (bufferFrom / times.sectorCycles() % times.sectorsPerTrack());
        int after = Math.floorMod(times.place(sector) - first, times.sectorsPerTrack());
        return bufferFrom + (after + 1L) * times.sectorCycles();
    }

    private void stopFilling(long now) {
        if (bufferTrack >= 0) {
            bufferUntil = Math.min(bufferUntil, now);
        }
    }

    private int newestInCache(int sector) {
        for (int k = cacheCount - 1; k >= 0; k--) {
            int at = (cacheHead + k) % CACHE;
            if (cacheSector[at] == sector) {
                return at;
            }
        }
        return -1;
    }

    private int badIndex(int sector) {
        for (int k = 0; k < BAD_SECTORS; k++) {
            if (bad[k] == sector) {
                return k;
            }
        }
        return -1;
    }

    private void dropOldest() {
        cacheHead = (cacheHead + 1) % CACHE;
        cacheCount--;
        written++;
    }
}
