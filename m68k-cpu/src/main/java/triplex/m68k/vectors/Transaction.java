package triplex.m68k.vectors;

import java.util.Locale;

/**
 * What the bus does for some clocks.
 *
 * @param kind {@code n} idle, {@code r} read, {@code w} write, {@code t} the read-modify-write of TAS
 * @param clocks length
 * @param fc function code, 0 when idle
 * @param address byte address, 0 when idle
 * @param word true for a word, false for a byte
 * @param value the byte or word on the bus; for {@code t} the byte written
 */
record Transaction(char kind, int clocks, int fc, int address, boolean word, int value) {
    static Transaction idle(int clocks) {
        return new Transaction('n', clocks, 0, 0, false, 0);
    }

    @Override
    public String toString() {
        return kind == 'n' ? "n" + clocks
                : String.format(Locale.ROOT, "%c%d.%d[%06x]%s=%x", kind, clocks, fc, address, word ? ".w" : ".b",
                        value);
    }
}
