package triplex.m68k;

/** Called before each instruction while installed by {@link Cpu#setHook}: breakpoints, traces, profilers. */
@FunctionalInterface
public interface Hook {
    /**
     * Looks at the processor before it executes the instruction at {@code pc}.
     *
     * @return true to make {@link Cpu#run} return before that instruction
     */
    boolean before(int pc);
}
