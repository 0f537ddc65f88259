package triplex.hw.controller;

/**
 * CRC-32C (Castagnoli, reflected polynomial 82F63B78h) as the disk controller computes it while it transfers. Unlike
 * the class library's, its running value is a plain int that can be saved.
 */
final class Crc32c {
    private static final int[] TABLE = new int[256];

    static {
        for (int k = 0; k < 256; k++) {
            int c = k;
            for (int bit = 0; bit < 8; bit++) {
                c = (c & 1) != 0 ? c >>> 1 ^ 0x82F63B78 : c >>> 1;
            }
            TABLE[k] = c;
        }
    }

    private Crc32c() {
    }

    /** The CRC of everything so far and {@code length} more bytes; 0 is the CRC of nothing. */
    static int update(int crc, byte[] bytes, int offset, int length) {
        int c = ~crc;
        for (int k = offset; k < offset + length; k++) {
            c = c >>> 8 ^ TABLE[(c ^ bytes[k]) & 0xFF];
        }
        return ~c;
    }
}
