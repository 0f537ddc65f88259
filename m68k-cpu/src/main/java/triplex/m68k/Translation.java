package triplex.m68k;

/**
 * A compiled region and the words it was made from.
 *
 * @param pc address of its first instruction, 32 bits
 * @param code what to run
 * @param entries addresses at which it can be entered, ascending; the first instruction is among them
 * @param ranges pairs of first address and address after the last byte, of all words that were used, without overlaps
 * @param words the words of all ranges, in this order
 */
public record Translation(int pc, CompiledCode code, int[] entries, int[] ranges, char[] words) {
    /** The word used at an address of a range. */
    int word(int address) {
        int k = 0;
        for (int n = 0; n < ranges.length; n += 2) {
            if (address - ranges[n] >= 0 && address - ranges[n + 1] < 0) {
                return words[k + (address - ranges[n]) / 2];
            }
            k += (ranges[n + 1] - ranges[n]) / 2;
        }
        throw new IllegalArgumentException("no word at " + Integer.toHexString(address));
    }

    /** Whether the memory still holds these words. */
    public boolean matches(WordSource memory) {
        int k = 0;
        for (int n = 0; n < ranges.length; n += 2) {
            for (int a = ranges[n]; a != ranges[n + 1]; a += 2) {
                if (memory.word(a) != words[k++]) {
                    return false;
                }
            }
        }
        return true;
    }
}
