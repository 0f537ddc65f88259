package triplex.hw;

import java.util.zip.CRC32C;
import triplex.m68k.State;

/** A 64-bit digest of a state listing: values and their order, not names. Arrays of bytes enter by their CRC-32C. */
public final class StateDigest implements State {
    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private final CRC32C crc = new CRC32C();
    private long digest = 0x0123456789ABCDEFL;

    /** The digest of all that was visited. */
    public long value() {
        return digest;
    }

    private void mix(long value) {
        long mixed = (digest ^ value) * PRIME;
        digest = mixed ^ mixed >>> 29;
    }

    @Override
    public int i(String name, int value) {
        mix(value);
        return value;
    }

    @Override
    public long l(String name, long value) {
        mix(value);
        return value;
    }

    @Override
    public void ints(String name, int[] values) {
        for (int value : values) {
            mix(value);
        }
    }

    @Override
    public void bytes(String name, byte[] values) {
        crc.reset();
        crc.update(values);
        mix(crc.getValue() << 32 | values.length);
    }
}
