package triplex.m68k;

/** How often instructions at virtual addresses were interpreted of late: what is worth to be in one region. */
final class Profile {
    /** Instructions counted before somebody looks: for each visit after which code is compiled, and at most. */
    private static final int EACH = 75;
    private static final int WINDOW = 30_000;
    /** No instruction stands at an odd address. */
    static final int NOWHERE = 1;
    private static final int SHIFT = 12;
    private static final int PAGES = 0x1000;

    private final int[][] counts = new int[PAGES][];
    private final int window;
    private int left;
    /** The instruction counted last if it jumps to what its words do not tell; else {@link #NOWHERE}. */
    int jumpedFrom = NOWHERE;

    Profile(int hot) {
        window = Math.min(WINDOW, EACH * hot);
    }

    /** A new window; what was seen in earlier ones counts half. */
    void begin() {
        left = window;
        for (int[] page : counts) {
            if (page != null) {
                for (int k = 0; k < page.length; k++) {
                    page[k] >>= 1;
                }
            }
        }
    }

    /** Counts the instruction at an even address; true if the window is full. */
    boolean count(int pc) {
        int p = pc >>> SHIFT & PAGES - 1;
        int[] page = counts[p];
        if (page == null) {
            page = new int[1 << SHIFT - 1];
            counts[p] = page;
        }
        page[(pc & (1 << SHIFT) - 1) >>> 1]++;
        return --left <= 0;
    }

    /** How often the instruction at an even address was counted. */
    long of(int pc) {
        int[] page = counts[pc >>> SHIFT & PAGES - 1];
        return page == null ? 0 : page[(pc & (1 << SHIFT) - 1) >>> 1];
    }
}
