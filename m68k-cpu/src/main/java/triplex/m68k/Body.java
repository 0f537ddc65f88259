package triplex.m68k;

/** What an instruction does; the order of its lines is the order on the bus. */
@FunctionalInterface
interface Body {
    void run(Cpu cpu, int op);
}
