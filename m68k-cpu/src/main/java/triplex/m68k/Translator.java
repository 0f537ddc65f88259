package triplex.m68k;

/** Makes compiled code; may be shared by all processors of the Java machine, also by several threads. */
public interface Translator {
    /**
     * Code made before for these words; null if there is none.
     *
     * @param memory program space as the processor sees it; -1 for words that it cannot read without asking the Bus
     */
    Translation known(WordSource memory, int pc);

    /** Compiles the region that begins at {@code pc}; null if its first instruction is one to be interpreted. */
    Translation translate(WordSource memory, int pc);
}
