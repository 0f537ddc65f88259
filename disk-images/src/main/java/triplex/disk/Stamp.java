package triplex.disk;

import java.time.Instant;

/** A time as the disk keeps it: seconds since 1970 (unsigned 32 bits) and ticks of 100 ns (0 .. 9,999,999). */
public record Stamp(int seconds, int ticks) {
    static final int TICKS_PER_SECOND = 10_000_000;
    /** The fixed date of reproducible images: 1983-11-01. */
    public static final Stamp DEFAULT = new Stamp(436_492_800, 0);

    /** Times outside 1970 .. 2106 are taken to the nearer end. */
    public static Stamp of(Instant time) {
        long seconds = Math.max(0, Math.min(0xFFFF_FFFFL, time.getEpochSecond()));
        return new Stamp((int) seconds, time.getEpochSecond() == seconds ? time.getNano() / 100 : 0);
    }

    public Instant toInstant() {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(seconds), ticks * 100L);
    }

    boolean wellFormed() {
        return ticks >= 0 && ticks < TICKS_PER_SECOND;
    }

    static Stamp get(byte[] b, int at) {
        return new Stamp(Bytes.u32(b, at), Bytes.u32(b, at + 4));
    }

    void put(byte[] b, int at) {
        Bytes.put32(b, at, seconds);
        Bytes.put32(b, at + 4, ticks);
    }
}
