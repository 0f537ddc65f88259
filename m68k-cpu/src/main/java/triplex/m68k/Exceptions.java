package triplex.m68k;

/** Exception processing: vectors, stack frames and the bus cycles of each (M68000 User's Manual, section 6). */
final class Exceptions {
    static final int BUS_ERROR = 2;
    static final int ADDRESS_ERROR = 3;
    static final int ZERO_DIVIDE = 5;
    static final int CHK = 6;
    static final int TRAPV = 7;
    static final int PRIVILEGE = 8;
    static final int TRACE = 9;
    static final int SPURIOUS = 24;

    /** Values of {@link Cpu#processing}: the instruction itself, any exception but the last, bus or address error. */
    static final int INSTRUCTION = 0;
    static final int EXCEPTION = 1;
    static final int GROUP_ZERO = 2;

    private Exceptions() {
    }

    /** Power-up: 40 clocks. A fault halts the processor. */
    static void reset(Cpu cpu) {
        cpu.processing = GROUP_ZERO;
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

    /** Fills the queue at the handler: prefetch, two idle clocks, prefetch. */
    private static void enter(Cpu cpu, int target) {
        if ((target & 1) != 0) {
            cpu.addressError(cpu.dataFc + 1, target, true);
        }
        cpu.pc = target;
        cpu.ird = cpu.fetch();
        cpu.idle(2);
        cpu.irc = cpu.fetch();
        cpu.processing = INSTRUCTION;
    }

    /** Saves nothing yet: supervisor mode, trace off. Returns the old status register. */
    private static int begin(Cpu cpu) {
        int sr = cpu.sr();
        cpu.setSupervisor(true);
        cpu.trace = false;
        cpu.updateRare();
        return sr;
    }

    /** Any exception with the short frame but an interrupt: {@code idle} + 30 clocks. */
    static void take(Cpu cpu, int vector, int pc, int idle) {
        cpu.processing = EXCEPTION;
        int sr = begin(cpu);
        cpu.idle(idle);
        frame(cpu, vector, pc, sr);
    }

    /** TRAPV taken: 34 clocks. */
    static void overflow(Cpu cpu) {
        cpu.processing = EXCEPTION;
        int sr = begin(cpu);
        cpu.prefetch();
        frame(cpu, TRAPV, cpu.pc - 4, sr);
    }

    private static void frame(Cpu cpu, int vector, int pc, int sr) {
        int sp = cpu.r[15] - 6;
        cpu.r[15] = sp;
        cpu.writeW(sp + 4, pc);
        cpu.writeW(sp, sr);
        cpu.writeW(sp + 2, pc >>> 16);
        enter(cpu, cpu.readL(vector * 4));
    }

    /** Illegal instruction (4), line A (10), line F (11): the instruction is not executed, so it is not traced. */
    static void unimplemented(Cpu cpu, int vector) {
        cpu.notExecuted = true;
        take(cpu, vector, cpu.pc - 4, 4);
    }

    static void privilege(Cpu cpu) {
        unimplemented(cpu, PRIVILEGE);
    }

    /** Address of the next instruction; the queue of a stopped processor still begins with STOP. */
    private static int next(Cpu cpu) {
        return cpu.stopped() ? cpu.pc : cpu.pc - 4;
    }

    static void trace(Cpu cpu) {
        int pc = next(cpu);
        cpu.rare &= ~Cpu.STOPPED;
        take(cpu, TRACE, pc, 4);
    }

    /** 44 clocks. */
    static void interrupt(Cpu cpu, int level) {
        int pc = next(cpu);
        cpu.rare &= ~Cpu.STOPPED;
        cpu.processing = EXCEPTION;
        int sr = cpu.sr();
        cpu.setSupervisor(true);
        cpu.trace = false;
        cpu.mask = level;
        cpu.updateRare();
        cpu.idle(6);
        int sp = cpu.r[15] - 6;
        cpu.r[15] = sp;
        cpu.writeW(sp + 4, pc);
        int vector = cpu.bus.acknowledge(level);
        cpu.idle(8);
        cpu.writeW(sp, sr);
        cpu.writeW(sp + 2, pc >>> 16);
        enter(cpu, cpu.readL((vector < 0 ? SPURIOUS : vector & 0xFF) * 4));
    }

    static void addressError(Cpu cpu) {
        groupZero(cpu, ADDRESS_ERROR, 8);
    }

    static void busError(Cpu cpu) {
        groupZero(cpu, BUS_ERROR, 12);
    }

    /** The failed cycle's four clocks, idle clocks, the long frame; a fault in here halts the processor. */
    private static void groupZero(Cpu cpu, int vector, int idle) {
        if (cpu.processing == GROUP_ZERO) {
            cpu.halt();
            return;
        }
        int pc = FaultPc.of(cpu);
        int address = cpu.accessAddress;
        int status = cpu.ird & ~0x1F | (cpu.accessRead ? 0x10 : 0) | (cpu.processing != INSTRUCTION ? 8 : 0)
                | cpu.accessFc;
        int ir = cpu.ird;
        cpu.processing = GROUP_ZERO;
        int sr = begin(cpu);
        try {
            cpu.idle(4 + idle);
            int sp = cpu.r[15] - 14;
            cpu.r[15] = sp;
            cpu.writeW(sp + 12, pc);
            cpu.writeW(sp + 8, sr);
            cpu.writeW(sp + 10, pc >>> 16);
            cpu.writeW(sp + 6, ir);
            cpu.writeW(sp + 4, address);
            cpu.writeW(sp, status);
            cpu.writeW(sp + 2, address >>> 16);
            enter(cpu, cpu.readL(vector * 4));
        } catch (AddressError | BusError e) {
            cpu.halt();
        }
    }
}
