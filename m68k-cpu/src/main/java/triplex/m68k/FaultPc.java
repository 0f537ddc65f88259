package triplex.m68k;

/**
 * The program counter in the frame of a bus or address error. The chip's program counter runs behind its prefetch
 * address by an amount that depends on the microcode of the addressing mode; the offsets here are recorded from the
 * chip's behaviour for each mode, not derived.
 */
final class FaultPc {
    private FaultPc() {
    }

    static int of(Cpu c) {
        boolean program = c.accessFc == FunctionCode.USER_PROGRAM || c.accessFc == FunctionCode.SUPERVISOR_PROGRAM;
        if (c.processing != Exceptions.INSTRUCTION || program && c.accessAddress == c.pc) {
            return c.pc;
        }
        int op = c.opcode;
        return switch (op >>> 12) {
            case 1, 2, 3 -> c.accessRead ? source(c, op) : moveDestination(c, op);
            case 4 -> miscellaneous(c, op);
            case 5 -> (op & 0xF8) == 0xC8 ? c.pc : source(c, op);
            case 6 -> (op & 0xFF00) == 0x6100 ? c.accessAddress : c.pc - 2;
            case 8, 9, 0xB, 0xC, 0xD -> stepping(op) ? c.pc : source(c, op);
            default -> source(c, op);
        };
    }

    /** ABCD, SBCD, ADDX, SUBX and CMPM in memory. */
    private static boolean stepping(int op) {
        return (op & 0x138) == 0x108 && (op & 0xC0) != 0xC0;
    }

    private static int miscellaneous(Cpu c, int op) {
        if ((op & 0xFFC0) == 0x4EC0) {
            return (op & 63) == 0x39 ? c.pc - 4 : c.pc - 2;
        }
        if ((op & 0xFFC0) == 0x4E80) {
            return (op & 0x38) == 0x10 ? c.pc - 2 : c.pc;
        }
        if ((op & 0xFFC0) == 0x4E40) {
            return (op & 0xFFF8) == 0x4E58 ? c.pc : c.pc - 2;
        }
        if ((op & 0xFB80) == 0x4880) {
            return c.pc;
        }
        return source(c, op);
    }

    private static int moveDestination(Cpu c, int op) {
        int mode = op >>> 6 & 7;
        return mode == 2 || mode == 3 ? c.pc : c.pc - 2;
    }

    /** An operand read by the common effective address microcode, or its write-back. */
    private static int source(Cpu c, int op) {
        int ea = op & 63;
        return switch (ea >>> 3) {
            case 4 -> size(op) == Form.LONG ? c.pc - 2 : c.pc;
            case 5, 6 -> c.pc - 4;
            case 7 -> ea == 0x3A || ea == 0x3B ? c.pc - 4 : c.pc - 2;
            default -> c.pc - 2;
        };
    }

    private static int size(int op) {
        Form form = InstructionTable.OWNERS[op];
        return form == null ? Form.UNSIZED : form.size(op);
    }
}
