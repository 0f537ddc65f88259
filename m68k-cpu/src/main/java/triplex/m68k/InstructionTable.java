package triplex.m68k;

/** All instruction forms; each of the 65,536 words has one owner or is illegal. */
final class InstructionTable {
    static final Body[] BODIES = new Body[65536];

    static {
        java.util.Arrays.fill(BODIES, (Body) Exceptions::illegal);
        BODIES[0x4E71] = (cpu, op) -> cpu.prefetch();
    }

    private InstructionTable() {
    }
}
