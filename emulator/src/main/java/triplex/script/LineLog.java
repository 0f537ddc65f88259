package triplex.script;

import java.util.Arrays;

/** What a terminal line has printed: the last part of it, with offsets counted from the beginning of the run. */
public final class LineLog {
    private static final int KEPT = 1 << 20;

    private byte[] bytes = new byte[1 << 12];
    private int size;
    private long dropped;

    /** Appends a byte; of more than 2 MiB only the last 1 MiB stay. */
    public void add(int value) {
        if (size == bytes.length) {
            if (size >= 2 * KEPT) {
                System.arraycopy(bytes, size - KEPT, bytes, 0, KEPT);
                dropped += size - KEPT;
                size = KEPT;
            } else {
                bytes = Arrays.copyOf(bytes, size * 2);
            }
        }
        bytes[size++] = (byte) value;
    }

    /** Offset behind the last byte. */
    public long end() {
        return dropped + size;
    }

    /** Offset of the first place at or after {@code from} where the text stands; -1 when it does not. */
    public long find(byte[] text, long from) {
        int last = size - text.length;
        for (int k = (int) Math.max(0, from - dropped); k <= last; k++) {
            if (Arrays.equals(bytes, k, k + text.length, text, 0, text.length)) {
                return dropped + k;
            }
        }
        return -1;
    }

    /** The bytes from an offset on, as far as they are kept. */
    public byte[] from(long offset) {
        return Arrays.copyOfRange(bytes, (int) Math.max(0, Math.min(size, offset - dropped)), size);
    }
}
