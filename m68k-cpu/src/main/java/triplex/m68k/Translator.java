package triplex.m68k;

import java.util.function.IntPredicate;

/** Makes compiled code; may be shared by all processors of the Java machine, also by several threads. */
public interface Translator {
    /**
     * Code made before for these words; null if there is none.
     *
     * @param memory program space as the processor sees it; -1 for words that it cannot read without asking the Bus
     */
    Translation known(WordSource memory, int pc);

    /**
     * Compiles the region of {@code pc}; null if its first instruction is one to be interpreted.
     *
     * @param targets where jumps, calls and returns have gone whose targets the words do not tell
     * @param elsewhere addresses behind which there is code already, so that it need not be made again; null: the
     *     region was left often for such code, and is to be larger
     */
    Translation translate(WordSource memory, int pc, Targets targets, IntPredicate elsewhere);
}
