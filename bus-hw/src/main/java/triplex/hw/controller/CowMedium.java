package triplex.hw.controller;

import java.util.Arrays;

/**
 * A medium whose changes lie beside another one, sector by sector. It serves as overlay (the base stays untouched) and,
 * with write-through, as the layer that can go back to a saved state: arrays of sectors that a saved state shares are
 * never written again.
 *
 * <p>Invariant: {@code changed[k] == null} means that sector k is as it was at the beginning; when the base has been
 * written through, {@code original[k]} then holds that beginning.
 */
public final class CowMedium implements Medium {
    /**
     * A saved state: immutable; restores into the medium that made it and into overlays of a base with equal contents.
     */
    public static final class Saved {
        private final CowMedium owner;
        private final byte[][] changed;
        private final long digest;

        private Saved(CowMedium owner) {
            this.owner = owner;
            this.changed = owner.changed.clone();
            this.digest = owner.digest;
        }
    }

    private final Medium base;
    private final boolean writeThrough;
    private final byte[][] changed;
    private final byte[][] original;
    private final byte[] scratch = new byte[SECTOR];
    private long digest;

    /**
     * Lays an empty layer over a medium.
     *
     * @param base the contents at the beginning; from now on written by nobody else
     * @param writeThrough true: the base always holds the present contents; false: the base is never written
     */
    public CowMedium(Medium base, boolean writeThrough) {
        this.base = base;
        this.writeThrough = writeThrough;
        this.changed = new byte[base.sectors()][];
        this.original = new byte[writeThrough ? base.sectors() : 0][];
    }

    @Override
    public int sectors() {
        return changed.length;
    }

    @Override
    public boolean writeProtected() {
        return writeThrough && base.writeProtected();
    }

    @Override
    public void read(int sector, byte[] into, int offset) {
        byte[] held = changed[sector];
        if (held == null && writeThrough) {
            held = original[sector];
        }
        if (held == null) {
            base.read(sector, into, offset);
        } else {
            System.arraycopy(held, 0, into, offset, SECTOR);
        }
    }

    /** The contents that it began with, whatever was written since; only for reading. */
    public Medium beginning() {
        return new Medium() {
            @Override
            public int sectors() {
                return changed.length;
            }

            @Override
            public void read(int sector, byte[] into, int offset) {
                byte[] held = writeThrough ? original[sector] : null;
                if (held == null) {
                    base.read(sector, into, offset);
                } else {
                    System.arraycopy(held, 0, into, offset, SECTOR);
                }
            }

            @Override
            public void write(int sector, byte[] from, int offset) {
                throw new UnsupportedOperationException("the beginning of a medium is only read");
            }
        };
    }

    @Override
    public void write(int sector, byte[] from, int offset) {
        if (writeThrough) {
            if (original[sector] == null) {
                byte[] first = new byte[SECTOR];
                base.read(sector, first, 0);
                original[sector] = first;
            }
            base.write(sector, from, offset);
        }
        digest -= hash(sector, changed[sector]);
        changed[sector] = Arrays.copyOfRange(from, offset, offset + SECTOR);
        digest += hash(sector, changed[sector]);
    }

    /**
     * Of the changes since the beginning; independent of their order. The beginning is named by the image's own digest.
     */
    @Override
    public long digest() {
        return digest;
    }

    /** Sectors written since the beginning. */
    public int changedSectors() {
        int n = 0;
        for (byte[] sector : changed) {
            n += sector == null ? 0 : 1;
        }
        return n;
    }

    /** Keeps the present contents; costs one pointer a sector. */
    public Saved save() {
        return new Saved(this);
    }

    /**
     * Goes back to saved contents; with write-through, rewrites the sectors of the base that differ. That another
     * overlay's
     * base has the same contents is the caller's word.
     *
     * @throws IllegalArgumentException when a medium of another size, or another one written through, made the state
     */
    public void restore(Saved saved) {
        if (saved.owner != this && (writeThrough || saved.owner.writeThrough
            || saved.changed.length != changed.length)) {
            throw new IllegalArgumentException("saved by another medium");
        }
        for (int k = 0; k < changed.length; k++) {
            if (changed[k] != saved.changed[k]) {
                changed[k] = saved.changed[k];
                if (writeThrough) {
                    read(k, scratch, 0);
                    base.write(k, scratch, 0);
                }
            }
        }
        digest = saved.digest;
    }

    private static long hash(int sector, byte[] bytes) {
        if (bytes == null) {
            return 0;
        }
        long h = sector + 0x9E3779B97F4A7C15L;
        for (byte b : bytes) {
            h = (h ^ b & 0xFF) * 0x100000001B3L;
        }
        h ^= h >>> 29;
        return h * 0xBF58476D1CE4E5B9L;
    }
}
