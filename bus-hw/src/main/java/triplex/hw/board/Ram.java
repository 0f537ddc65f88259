package triplex.hw.board;

import java.util.Arrays;
import triplex.hw.Layout;
import triplex.m68k.CodeMap;
import triplex.m68k.State;

/**
 * The RAM of a board: zero at power-up, with a note of the pages written since then and since the last mark.
 *
 * <p>Whoever writes a page must have called {@link #touch} for it since power-up and since the last {@link #mark}.
 * Bytes
 * with bad parity are few; a page that has one must not stand in any fast map.
 */
public final class Ram {
    private static final int SHIFT = 12;

    final byte[] bytes;
    private final long[] touched;
    private final long[] changed;
    private int[] badBytes = new int[0];
    /** What {@link #changed} is counted from. */
    private RamImage base;
    /** Compiled code, told of every change; null if there is none. No part of the state. */
    private CodeMap code;
    private final byte[] page = new byte[Layout.PAGE_BYTES];

    Ram(int size) {
        bytes = new byte[size];
        touched = new long[(size >> SHIFT) + 63 >> 6];
        changed = new long[touched.length];
    }

    int size() {
        return bytes.length;
    }

    void setCode(CodeMap map) {
        code = map;
    }

    /** Whether the page of this address has compiled code, so that writes to it must come here. */
    boolean hasCode(int address) {
        return code != null && code.hasCode(address);
    }

    /** The bytes of a page change, other than by the processor. */
    void replace(int number) {
        if (code != null) {
            code.replaced(number << SHIFT);
        }
    }

    /** Notes that the page of this address is about to be written. */
    void touch(int address) {
        int number = address >>> SHIFT;
        long bit = 1L << number;
        touched[number >> 6] |= bit;
        changed[number >> 6] |= bit;
    }

    /** Forgets which pages were written; {@link #changed} tells those written from now on. */
    void mark() {
        Arrays.fill(changed, 0);
    }

    /** A copy of all; from now on {@link #restore} of it copies back only what was changed meanwhile. */
    RamImage save() {
        byte[][] pages = new byte[bytes.length >> SHIFT][];
        for (int number = 0; number < pages.length; number++) {
            if (touched(number)) {
                pages[number] = Arrays.copyOfRange(bytes, number << SHIFT, number + 1 << SHIFT);
            }
        }
        base = new RamImage(pages, badBytes.clone());
        mark();
        return base;
    }

    void restore(RamImage image) {
        boolean all = image != base;
        for (int number = 0; number < image.pages.length; number++) {
            if (!all && !changed(number)) {
                continue;
            }
            byte[] saved = image.pages[number];
            int at = number << SHIFT;
            if (saved == null || !Arrays.equals(saved, 0, saved.length, bytes, at, at + saved.length)) {
                replace(number);
            }
            if (saved != null) {
                System.arraycopy(saved, 0, bytes, at, saved.length);
                touched[number >> 6] |= 1L << number;
            } else if (touched(number) || all) {
                Arrays.fill(bytes, number << SHIFT, number + 1 << SHIFT, (byte) 0);
                touched[number >> 6] &= ~(1L << number);
            }
        }
        badBytes = image.badBytes.clone();
        base = image;
        mark();
    }

    /** Whether a page was written, or might differ, since the last mark. */
    public boolean changed(int number) {
        return (changed[number >> 6] >>> number & 1) != 0;
    }

    /** Whether a page was written since power-up. */
    public boolean touched(int number) {
        return (touched[number >> 6] >>> number & 1) != 0;
    }

    /** Power-up: all zero, good parity. */
    void clear() {
        for (int number = 0; number < bytes.length >> SHIFT; number++) {
            if (touched(number)) {
                replace(number);
                Arrays.fill(bytes, number << SHIFT, number + 1 << SHIFT, (byte) 0);
            }
        }
        for (int k = 0; k < touched.length; k++) {
            changed[k] |= touched[k];
        }
        Arrays.fill(touched, 0);
        badBytes = new int[0];
    }

    int read8(int address) {
        return bytes[address] & 0xFF;
    }

    int read16(int address) {
        return (bytes[address] & 0xFF) << 8 | bytes[address + 1] & 0xFF;
    }

    void write8(int address, int value) {
        mend(address, 1);
        changeCode(address, 1);
        bytes[address] = (byte) value;
    }

    void write16(int address, int value) {
        mend(address, 2);
        changeCode(address, 2);
        bytes[address] = (byte) (value >> 8);
        bytes[address + 1] = (byte) value;
    }

    private void changeCode(int address, int count) {
        if (code != null) {
            code.written(address, count);
        }
    }

    boolean contains(int address, int count) {
        return address >= 0 && count >= 0 && address <= bytes.length - count;
    }

    // Parity ----------------------------------------------------------------------------------------------------

    /** The byte at this address has bad parity from now until it is written. */
    void spoil(int address) {
        if (!bad(address, 1)) {
            badBytes = Arrays.copyOf(badBytes, badBytes.length + 1);
            badBytes[badBytes.length - 1] = address;
        }
    }

    boolean bad(int address, int count) {
        for (int at : badBytes) {
            if (at >= address && at < address + count) {
                return true;
            }
        }
        return false;
    }

    boolean badPage(int address) {
        return badBytes.length > 0 && bad(address & -Layout.PAGE_BYTES, Layout.PAGE_BYTES);
    }

    /** Writing gives good parity again. */
    void mend(int address, int count) {
        if (badBytes.length > 0 && bad(address, count)) {
            int[] left = new int[badBytes.length];
            int n = 0;
            for (int at : badBytes) {
                if (at < address || at >= address + count) {
                    left[n++] = at;
                }
            }
            badBytes = Arrays.copyOf(left, n);
        }
    }

    void state(State s) {
        int bad = s.i("badBytes", badBytes.length);
        if (bad != badBytes.length) {
            badBytes = new int[bad];
        }
        s.ints("bad", badBytes);
        for (int k = 0; k < touched.length; k++) {
            long pages = s.l("touched" + k, touched[k]);
            long gone = touched[k] & ~pages;
            for (; gone != 0; gone &= gone - 1) {
                int number = k * 64 + Long.numberOfTrailingZeros(gone);
                replace(number);
                Arrays.fill(bytes, number << SHIFT, number + 1 << SHIFT, (byte) 0);
                changed[k] |= 1L << number;
            }
            touched[k] = pages;
        }
        for (int number = 0; number < bytes.length >> SHIFT; number++) {
            if (touched(number)) {
                page(s, number);
            }
        }
    }

    private void page(State s, int number) {
        int at = number << SHIFT;
        System.arraycopy(bytes, at, page, 0, page.length);
        s.bytes("page" + number, page);
        if (!Arrays.equals(page, 0, page.length, bytes, at, at + page.length)) {
            replace(number);
            System.arraycopy(page, 0, bytes, at, page.length);
            changed[number >> 6] |= 1L << number;
        }
    }
}
