package triplex.m68k.vectors;

/**
 * The processor and memory before or after one instruction.
 *
 * @param registers D0 to D7, A0 to A6, USP, SSP, SR, PC; the PC is the address of the word in {@code prefetch0}
 * @param prefetch0 first word of the queue
 * @param prefetch1 second word of the queue
 * @param addresses byte addresses of the memory that matters
 * @param bytes the memory at {@code addresses}
 */
record Snapshot(int[] registers, int prefetch0, int prefetch1, int[] addresses, byte[] bytes) {
    static final int USP = 15;
    static final int SSP = 16;
    static final int SR = 17;
    static final int PC = 18;
    static final int REGISTERS = 19;
    static final String[] NAMES = {"d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "a0", "a1", "a2", "a3", "a4", "a5",
        "a6", "usp", "ssp", "sr", "pc"};
}
