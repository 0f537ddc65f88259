package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import triplex.m68k.CompiledCode;
import triplex.m68k.Targets;
import triplex.m68k.Translation;
import triplex.m68k.Translator;
import triplex.m68k.WordSource;

/**
 * All compiled regions of this Java machine, by address and words: processes that run the same program, boards, and
 * machines that follow each other share them. Safe for several threads.
 */
public final class CodeCache implements Translator {
    /** The one that machines share. */
    public static final CodeCache SHARED = new CodeCache(50);

    /** When so many are kept, all are forgotten; processors keep what they use. */
    private static final int MOST_REGIONS = 10_000;

    private final Map<Long, List<Translation>> known = new LinkedHashMap<>();
    private final RegionCompiler compiler = new RegionCompiler();
    /** A region that is compiled anew may be so many times as long: the JVM's compilers take long over long methods. */
    private static final int LARGE = 6;

    private final int mostInstructions;
    private int count;
    private long bytes;
    private String listing;

    /** An empty one whose regions have at most so many instructions, at least 1. */
    public CodeCache(int mostInstructions) {
        this.mostInstructions = mostInstructions;
    }

    private static long key(WordSource memory, int pc) {
        return (long) pc << 32 | (memory.word(pc) & 0xFFFFL) << 16 | memory.word(pc + 2) & 0xFFFFL;
    }

    @Override
    public synchronized Translation known(WordSource memory, int pc) {
        for (Translation t : known.getOrDefault(key(memory, pc), List.of())) {
            if (t.matches(memory)) {
                return t;
            }
        }
        return null;
    }

    @Override
    public synchronized Translation translate(WordSource memory, int pc, Targets targets, Visits visits,
        CompiledCode outgrown) {
        Translation same = null;
        if (outgrown != null) {
            for (Translation t : known.getOrDefault(key(memory, pc), List.of())) {
                if (t.pc() == pc && t.code().generation() > outgrown.generation() && t.matches(memory)) {
                    return t;
                }
                same = t.code() == outgrown ? t : same;
            }
        }
        RegionCompiler.Compiled compiled = compiler.compile(memory, pc, new Search(targets, visits, outgrown != null),
            outgrown == null ? mostInstructions : LARGE * mostInstructions);
        if (compiled == null || same != null && Arrays.equals(compiled.region().ranges(), same.ranges())) {
            return null;
        }
        Translation t = RegionCompiler.load(compiled, memory, outgrown == null ? 0 : outgrown.generation() + 1);
        if (compiled.listing() != null) {
            listing = compiled.listing();
        }
        bytes += compiled.bytes().length;
        if (count++ >= MOST_REGIONS) {
            known.clear();
            count = 1;
        }
        // The newest comes first: it knows most.
        for (int entry : t.entries()) {
            known.computeIfAbsent(key(memory, entry), k -> new ArrayList<>()).add(0, t);
        }
        return t;
    }

    /**
     * From now on regions with an instruction at an even address are listed while they are compiled. Those kept so far
     * are forgotten, so that none is used without having been listed.
     */
    public synchronized void list(int pc) {
        known.clear();
        count = 0;
        listing = null;
        compiler.list(pc);
    }

    /**
     * The newest region with an instruction at the address of {@link #list}: a line about it, then guest instructions
     * and the bytecode beside them, in the order of the method; null if none was compiled.
     */
    public synchronized String listing() {
        return listing;
    }

    /** Bytes of all classes made so far. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Regions kept. */
    public synchronized int size() {
        return count;
    }
}
