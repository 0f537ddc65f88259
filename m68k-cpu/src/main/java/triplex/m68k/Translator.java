package triplex.m68k;

/** Makes compiled code; may be shared by all processors of the Java machine, also by several threads. */
public interface Translator {
    /**
     * Code made before for these words; null if there is none.
     *
     * @param memory program space as the processor sees it; -1 for words that it cannot read without asking the Bus
     */
    Translation known(WordSource memory, int pc);

    /**
     * Compiles the region of {@code pc}; null if its first instruction is one to be interpreted, or if a larger region
     * would be hardly larger.
     *
     * @param targets where jumps, calls and returns have gone whose targets the words do not tell
     * @param visits how often the instruction at an address was executed of late, if there is {@code outgrown}; else
     *     negative unless there is code that begins there
     * @param outgrown the region there, which was left often for other code: the new one is to have what was executed
     *     most. If null, the new one ends where there is code already
     */
    Translation translate(WordSource memory, int pc, Targets targets, Visits visits, CompiledCode outgrown);

    /** See {@link #translate}. */
    @FunctionalInterface
    interface Visits {
        /** For an even address. */
        long of(int address);
    }
}
