package triplex.m68k;

/** Exception processing: vectors, stack frames and the bus cycles of each (M68000 User's Manual, section 6). */
final class Exceptions {
    private static final int ILLEGAL = 4;

    private Exceptions() {
    }

    static void reset(Cpu cpu) {
        try {
            cpu.idle(14);
            int ssp = cpu.readProgramL(0);
            int pc = cpu.readProgramL(4);
            cpu.r[15] = ssp;
            enter(cpu, pc);
        } catch (AddressError | BusError e) {
            cpu.halt();
        }
    }

    private static void enter(Cpu cpu, int target) {
        if ((target & 1) != 0) {
            cpu.addressError(cpu.dataFc + 1, target, true);
        }
        cpu.pc = target;
        cpu.ird = cpu.fetch();
        cpu.idle(2);
        cpu.irc = cpu.fetch();
    }

    static void illegal(Cpu cpu, int op) {
        throw new IllegalStateException("vector " + ILLEGAL);
    }

    static void addressError(Cpu cpu) {
        throw new IllegalStateException("address error");
    }

    static void busError(Cpu cpu) {
        throw new IllegalStateException("bus error");
    }

    static void interrupt(Cpu cpu, int level) {
        throw new IllegalStateException("interrupt");
    }

    static void trace(Cpu cpu) {
        throw new IllegalStateException("trace");
    }

    static boolean suppressesTrace(int op, Cpu cpu) {
        return false;
    }
}
