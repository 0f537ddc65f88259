package triplex.m68k;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Where compiled code lies in one processor's memory: finds the region that begins at an address, counts how often
 * addresses are reached, and drops regions whose words are written.
 *
 * <p>Whoever changes RAM other than through the processor's write maps calls {@link #written} first, and no write map
 * has an open entry for a page in which {@link #hasCode}. Nothing here is part of the machine's state.
 */
public final class CodeMap {
    /** At so many visits, twice as many ..., code made elsewhere is looked for; at {@code hot} it is compiled. */
    private static final int LOOK = 16;
    /** Visits of a page count half behind so many cycles (a power of two): what comes by seldom is never compiled. */
    private static final int HALF_LIFE = 26;
    private static final int NEVER = Short.MIN_VALUE;
    /** A page whose code was written so often by the processor is left to the interpreter. */
    private static final int MOST_DROPS = 50;
    /**
     * Left so often for other regions since any region has grown, a region is compiled anew, larger: in its first
     * generation, and in the second. Where code is soon compiled, {@code LEAST_PATIENCE} times {@code hot}.
     */
    private static final int[] PATIENCE = {4000, 20_000};
    private static final int LEAST_PATIENCE = 10;
    /** But not if so many instructions were executed for each time. */
    private static final int SELDOM = 2500;
    /** Of the entries that were found at computed addresses, so many are kept for each region (a power of two). */
    private static final int COMPUTED = 8;
    private static final int SHIFT = 12;
    private static final int PAGE = 1 << SHIFT;

    /** A region in this memory: the physical pages that its ranges touch and the virtual ones they stood at. */
    static final class Binding {
        final CompiledCode code;
        private final int pc;
        private final int[] heads;
        private final int[] virtual;
        private final int[] offsets;
        private final List<Entry> entries = new ArrayList<>();
        /** What was found last at the fixed addresses for which the region is left. */
        private final Entry[] links;
        /** The same at computed addresses, by their low bits. */
        private final Entry[] computed = new Entry[COMPUTED];
        /** So many more changes to other regions, and it may be compiled anew; not at all if negative. */
        private int patience;
        /** Number of regions that had grown, and of instructions, when patience began. */
        private int grown;
        private long began;

        Binding(Translation t, int[] virtual, int[] offsets) {
            code = t.code();
            pc = t.pc();
            heads = t.entries();
            this.virtual = virtual;
            this.offsets = offsets;
            links = new Entry[code.exits.links().length];
            patience = code.generation < PATIENCE.length ? 1 : -1;
            grown = -1;
        }
    }

    /** An address at which a region can be entered, and the queue that it expects there. */
    static final class Entry {
        final Binding region;
        final int index;
        private final int pc;
        private final int first;
        private final int second;
        /** The series of runs in which its pages were seen mapped as they have to be. */
        private long verified;
        /** Something else stands in its place. */
        private boolean gone;

        Entry(Binding region, Translation t, int index) {
            this.region = region;
            this.index = index;
            pc = t.entries()[index];
            first = t.word(pc);
            second = t.word(pc + 2);
        }

        void leave() {
            gone = true;
            verified = 0;
        }
    }

    private static final class Page {
        final Entry[] entries = new Entry[PAGE / 2];
        final short[] heat = new short[PAGE / 2];
        final long[] covered = new long[PAGE / 2 / 64];
        final List<Binding> covering = new ArrayList<>();
        int drops;
        private long epoch;

        void cool(long now) {
            if (epoch != now) {
                epoch = now;
                for (int k = 0; k < heat.length; k++) {
                    if (heat[k] > 0) {
                        heat[k] >>= 1;
                    }
                }
            }
        }
    }

    private final Translator translator;
    private final int hot;
    private final IntConsumer protect;
    private final Page[] pages;
    private final Targets targets = new Targets();
    /** Number of the present series of runs; nothing changes a map meanwhile. */
    private long series;
    private int grown;
    private Profile profile;
    /** The region for which the interpreter is watched; null if none. */
    private Binding growing;

    /**
     * Creates an empty one.
     *
     * @param hot visits after which an address is compiled, at least 1
     * @param ramBytes size of the RAM
     * @param protect is told the offset of a page that begins to have code: all open write maps must close
     */
    public CodeMap(Translator translator, int hot, int ramBytes, IntConsumer protect) {
        this.translator = translator;
        this.hot = Math.min(hot, Short.MAX_VALUE);
        this.protect = protect;
        pages = new Page[ramBytes + PAGE - 1 >> SHIFT];
    }

    /** The entry where the processor stands; null if there is none. */
    Entry find(Cpu cpu) {
        Entry entry = at(cpu, cpu.pc - 4);
        return entry != null && entry.first == cpu.ird && entry.second == cpu.irc && isMapped(cpu, entry.region)
            ? entry : null;
    }

    /** The entry that was made for an address as it is mapped now; null if there is none. */
    private Entry at(Cpu cpu, int at) {
        int e = cpu.programRead[at >>> SHIFT & 0xFFF];
        if (e < 0) {
            return null;
        }
        Page page = pages[e >>> SHIFT];
        if (page == null) {
            return null;
        }
        Entry entry = page.entries[(at & PAGE - 1) >>> 1];
        return entry == null || entry.pc != at ? null : entry;
    }

    private static boolean isMapped(Cpu cpu, Binding b) {
        for (int k = 0; k < b.virtual.length; k++) {
            if (cpu.programRead[b.virtual[k]] != b.offsets[k]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Runs compiled code from what {@link #find} returned, and other regions as one leads to the next. Meanwhile
     * nothing is asked of the bus, no map changes and no compiled word is written, so the queue, filled at the end,
     * need not be looked at between them. True if there may be code where the processor then stands; false if the
     * interpreter has to do the next instruction.
     */
    boolean run(Cpu cpu, Entry entry) {
        series++;
        Binding b = entry.region;
        int index = entry.index;
        int slice = b.code.slice();
        CompiledCode.begin(cpu, slice);
        while (true) {
            int clock = (int) cpu.time;
            int n = b.code.run(cpu, index);
            b.code.stayed((int) cpu.time - clock);
            Entry next;
            if (n >= 0) {
                next = b.links[n];
                if (next == null || next.verified != series) {
                    next = verified(cpu, next, b.code.exits.links()[n]);
                    b.links[n] = next;
                }
            } else if (n == CompiledCode.COMPUTED) {
                int k = cpu.exit >>> 1 & COMPUTED - 1;
                next = b.computed[k];
                if (next == null || next.pc != cpu.exit || next.verified != series) {
                    next = verified(cpu, null, cpu.exit);
                    b.computed[k] = next;
                }
            } else {
                cpu.time += b.code.exits.times()[~n];
                int address = b.code.exits.addresses()[~n];
                if (b.code.goOn(cpu, ~n)) {
                    slice = b.code.slice();
                    index = Arrays.binarySearch(b.heads, address);
                    continue;
                }
                CompiledCode.end(cpu, address);
                return false;
            }
            if (next == null) {
                CompiledCode.end(cpu, n >= 0 ? b.code.exits.links()[n] : cpu.exit);
                return true;
            }
            if (--b.patience == 0 && outgrown(cpu, b)) {
                CompiledCode.end(cpu, next.pc);
                return true;
            }
            b = next.region;
            index = next.index;
            if (b.code.slice() != slice) {
                slice = b.code.slice();
                CompiledCode.limit(cpu, slice);
            }
        }
    }

    /** An entry for an address that can be used now: the one known last, if it is still right, or another, or null. */
    private Entry verified(Cpu cpu, Entry last, int address) {
        Entry entry = last == null || last.gone ? at(cpu, address) : last;
        if (entry == null || entry.verified == series) {
            return entry;
        }
        if (isMapped(cpu, entry.region)) {
            entry.verified = series;
            return entry;
        }
        return last == entry ? verified(cpu, null, address) : null;
    }

    /** Compiles what the processor stands at, if it can be. */
    void compile(Cpu cpu) {
        int e = cpu.programRead[cpu.pc - 4 >>> SHIFT & 0xFFF];
        if (e >= 0 && find(cpu) == null) {
            Page page = page(e);
            page.cool(cpu.cycles >> HALF_LIFE);
            page.heat[(cpu.pc - 4 & PAGE - 1) >>> 1] = (short) (hot - 1);
            visit(cpu);
        }
    }

    private Page page(int offset) {
        Page page = pages[offset >>> SHIFT];
        if (page == null) {
            page = new Page();
            pages[offset >>> SHIFT] = page;
        }
        return page;
    }

    /** Counts a visit of where the processor stands, and compiles what has become hot. True if there is code now. */
    boolean visit(Cpu cpu) {
        int at = cpu.pc - 4;
        int e = cpu.programRead[at >>> SHIFT & 0xFFF];
        if (e < 0) {
            return false;
        }
        Page page = page(e);
        page.cool(cpu.cycles >> HALF_LIFE);
        int index = (at & PAGE - 1) >>> 1;
        int heat = page.heat[index];
        if (heat == NEVER) {
            return false;
        }
        heat++;
        page.heat[index] = (short) heat;
        if (heat < hot && (heat < LOOK || (heat & heat - 1) != 0) || page.drops > MOST_DROPS) {
            return false;
        }
        Entry old = page.entries[index];
        if (old != null && old.pc == at && heat < hot) {
            return false;
        }
        Translation t = translator.known(a -> word(cpu, a), at);
        if (t == null && heat >= hot) {
            t = translator.translate(a -> word(cpu, a), at, targets, a -> isEntry(cpu, a) ? 0 : -1, null);
            if (t == null) {
                page.heat[index] = NEVER;
                return false;
            }
        }
        if (t == null) {
            return false;
        }
        page.heat[index] = 0;
        bind(cpu, t, at);
        return true;
    }

    private boolean isEntry(Cpu cpu, int address) {
        return at(cpu, address) != null;
    }

    private int patience(int generation) {
        return Math.min(PATIENCE[generation], LEAST_PATIENCE * hot);
    }

    /** Whether a region has been left so often for others that it is to grow; then {@link #isWatching}. */
    private boolean outgrown(Cpu cpu, Binding region) {
        long now = cpu.instructions + (cpu.time >> 32);
        int patience = patience(region.code.generation);
        if (region.grown != grown || now - region.began > (long) patience * SELDOM) {
            region.patience = patience;
            region.grown = grown;
            region.began = now;
            return false;
        }
        if (profile == null) {
            profile = new Profile(hot);
        }
        profile.begin();
        growing = region;
        return true;
    }

    /** Whether the interpreter is to go on and to {@link #watch}. */
    boolean isWatching() {
        return growing != null;
    }

    /**
     * Counts the instruction that is about to be interpreted. When enough were, a region is compiled anew, larger,
     * through what was executed most, and with the targets seen.
     */
    void watch(Cpu cpu) {
        int pc = cpu.pc - 4;
        if (profile.jumpedFrom != Profile.NOWHERE) {
            targets.add(profile.jumpedFrom, pc);
        }
        profile.jumpedFrom = isComputed(cpu.ird) ? pc : Profile.NOWHERE;
        if (!profile.count(pc)) {
            return;
        }
        profile.jumpedFrom = Profile.NOWHERE;
        Binding region = growing;
        growing = null;
        if (isEntry(cpu, region.pc)) {
            Translation t = translator.translate(a -> word(cpu, a), region.pc, targets, profile::of, region.code);
            if (t != null) {
                bind(cpu, t, region.pc);
                grown++;
            }
        }
    }

    /** Whether an instruction is RTS, JSR or JMP. */
    private static boolean isComputed(int opcode) {
        return opcode == 0x4E75 || (opcode & 0xFF80) == 0x4E80;
    }

    private static int word(Cpu cpu, int address) {
        int e = cpu.programRead[address >>> SHIFT & 0xFFF];
        return e < 0 ? -1 : (short) BusUnit.WORD.get(cpu.ram, e + (address & PAGE - 1)) & 0xFFFF;
    }

    /** Enters a region in this memory; it replaces others where it can be entered. */
    private void bind(Cpu cpu, Translation t, int at) {
        List<Integer> virtual = new ArrayList<>();
        int[] ranges = t.ranges();
        for (int n = 0; n < ranges.length; n += 2) {
            for (int a = ranges[n] & -PAGE; a - ranges[n + 1] < 0; a += PAGE) {
                int v = a >>> SHIFT & 0xFFF;
                if (!virtual.contains(v)) {
                    virtual.add(v);
                }
            }
        }
        int[] v = virtual.stream().mapToInt(Integer::intValue).toArray();
        int[] offsets = new int[v.length];
        for (int k = 0; k < v.length; k++) {
            offsets[k] = cpu.programRead[v[k]];
        }
        Binding b = new Binding(t, v, offsets);
        for (int offset : offsets) {
            Page page = page(offset);
            boolean fresh = page.covering.isEmpty();
            page.covering.add(b);
            if (fresh) {
                protect.accept(offset);
            }
        }
        for (int n = 0; n < ranges.length; n += 2) {
            for (int a = ranges[n]; a != ranges[n + 1]; a += 2) {
                int w = (a & PAGE - 1) >>> 1;
                pages[cpu.programRead[a >>> SHIFT & 0xFFF] >>> SHIFT].covered[w >>> 6] |= 1L << w;
            }
        }
        for (int k = 0; k < t.entries().length; k++) {
            int pc = t.entries()[k];
            if (pc == at || t.pc() == at || !isEntry(cpu, pc)) {
                Entry entry = new Entry(b, t, k);
                b.entries.add(entry);
                Entry[] entries = page(cpu.programRead[pc >>> SHIFT & 0xFFF]).entries;
                int index = (pc & PAGE - 1) >>> 1;
                if (entries[index] != null) {
                    entries[index].leave();
                }
                entries[index] = entry;
            }
        }
    }

    /** Whether a page has compiled code, so that writes to it must be told. */
    public boolean hasCode(int offset) {
        Page page = pages[offset >>> SHIFT];
        return page != null && !page.covering.isEmpty();
    }

    /** Whether bytes that do not cross a page were compiled. */
    boolean isCode(int offset, int count) {
        Page page = pages[offset >>> SHIFT];
        return page != null && covers(page, offset & PAGE - 1, count);
    }

    private static boolean covers(Page page, int from, int count) {
        for (int w = from >>> 1; w <= from + count - 1 >>> 1; w++) {
            if ((page.covered[w >>> 6] >>> w & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The processor is about to write bytes that do not cross a page. */
    public void written(int offset, int count) {
        Page page = pages[offset >>> SHIFT];
        if (page != null && !page.covering.isEmpty() && covers(page, offset & PAGE - 1, count)) {
            drop(page);
            page.drops++;
        }
    }

    /** Something else, a DMA or a restored state, changes the bytes of a page. */
    public void replaced(int offset) {
        Page page = pages[offset >>> SHIFT];
        if (page != null) {
            drop(page);
            pages[offset >>> SHIFT] = null;
        }
    }

    private void drop(Page page) {
        for (Binding b : page.covering) {
            for (Entry entry : b.entries) {
                entry.leave();
                int index = (entry.pc & PAGE - 1) >>> 1;
                for (int offset : b.offsets) {
                    Page other = pages[offset >>> SHIFT];
                    if (other != null && other.entries[index] == entry) {
                        other.entries[index] = null;
                    }
                }
            }
        }
        page.covering.clear();
        Arrays.fill(page.covered, 0);
        Arrays.fill(page.heat, (short) 0);
    }
}
