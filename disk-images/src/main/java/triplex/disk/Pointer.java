package triplex.disk;

/**
 * A parent's knowledge of a child block: where, since which generation, and the CRC of its bytes (SPEC.md, section 4).
 */
record Pointer(int block, int birth, int crc) {
    static final int SIZE = 12;
    /** A hole. */
    static final Pointer NONE = new Pointer(0, 0, 0);

    boolean isNone() {
        return block == 0;
    }

    static Pointer get(byte[] b, int at) {
        return new Pointer(Bytes.u32(b, at), Bytes.u32(b, at + 4), Bytes.u32(b, at + 8));
    }

    void put(byte[] b, int at) {
        Bytes.put32(b, at, block);
        Bytes.put32(b, at + 4, birth);
        Bytes.put32(b, at + 8, crc);
    }
}
