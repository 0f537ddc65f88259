package triplex.m68k.jit;

import triplex.m68k.Targets;
import triplex.m68k.Translator;

/**
 * What a region is made of besides the words in memory.
 *
 * @param targets where jumps went whose targets the words do not tell
 * @param visits see {@link Translator#translate}
 * @param through whether it goes on through code that has been compiled already, and only through what is executed
 */
record Search(Targets targets, Translator.Visits visits, boolean through) {
    /** Whether a region that begins elsewhere ends before this address. */
    boolean endsAt(int address) {
        return !through && visits.of(address) >= 0;
    }
}
