package triplex.m68k.jit;

import java.util.function.IntConsumer;
import triplex.m68k.CodeMap;
import triplex.m68k.Cpu;

/** How instructions are executed. The results are the same at every cycle. */
public enum Engine {
    /** One by one. */
    INTERP,
    /** What is executed often becomes code of the Java machine. */
    JIT,
    /** Both, compared: {@link triplex.m68k.EngineDifference} at the first difference. */
    CHECK;

    /** What is used unless somebody asks for another. */
    public static final Engine STANDARD = JIT;

    /**
     * Visits after which an address is compiled, at most 32767: in a machine with an operating system, and in one that
     * runs a single program. Java's own compilers take some 30 ms over a region, which has to be entered some 100,000
     * times to be worth that; a system has thousands of them, a program has few. The property, for tests and
     * measurements, replaces both.
     */
    private static final int HOT = Integer.getInteger("triplex.jit.hot", 30_000);
    private static final int HOT_ALONE = Math.min(HOT, 400);
    /** Whoever compares wants to see much compiled. */
    private static final int HOT_CHECKED = 200;

    /** The engine of this name, in lower case; null if there is none. */
    public static Engine of(String name) {
        for (Engine engine : values()) {
            if (engine.text().equals(name)) {
                return engine;
            }
        }
        return null;
    }

    /** Its name in options. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * Makes a processor use this engine from its next instruction on.
     *
     * @param ramBytes size of its RAM
     * @param alone a single program runs there
     * @param protect as for {@link CodeMap}
     * @return what must be told of writes; null if nothing
     */
    public CodeMap install(Cpu cpu, int ramBytes, boolean alone, IntConsumer protect) {
        int hot = alone ? HOT_ALONE : HOT;
        CodeMap map = this == INTERP ? null : new CodeMap(CodeCache.SHARED,
            this == CHECK ? Math.min(hot, HOT_CHECKED) : hot, ramBytes, protect);
        cpu.setCode(map);
        if (this == CHECK) {
            cpu.checkCode();
        }
        return map;
    }
}
