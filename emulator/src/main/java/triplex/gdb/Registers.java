package triplex.gdb;

import java.util.Locale;
import triplex.hw.board.Board;
import triplex.m68k.Cpu;

/** The registers of a board in GDB's order: d0-d7 a0-a5 fp sp ps pc, then our own usp ssp board cycles. */
final class Registers {
    /** All registers. */
    static final int ALL = 22;
    /**
     * Registers that packet g carries. GDB asks for the description on behalf of the first board only; for the others
     * it
     * believes in registers of its own after these, and would take ours for them.
     */
    static final int CORE = 18;
    private static final int PS = 16;
    private static final int PC = 17;

    private Registers() {
    }

    /** The description that GDB asks for. Register 14 must be called fp. */
    static String description() {
        StringBuilder s = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n"
            + "<target version=\"1.0\">\n<architecture>m68k:68000</architecture>\n"
            + "<feature name=\"org.gnu.gdb.m68k.core\">\n");
        for (int k = 0; k < 8; k++) {
            row(s, "d" + k, 32, "int32");
        }
        for (int k = 0; k < 6; k++) {
            row(s, "a" + k, 32, "data_ptr");
        }
        row(s, "fp", 32, "data_ptr");
        row(s, "sp", 32, "data_ptr");
        row(s, "ps", 32, "int32");
        row(s, "pc", 32, "code_ptr");
        s.append("</feature>\n<feature name=\"triplex.board\">\n");
        row(s, "usp", 32, "data_ptr");
        row(s, "ssp", 32, "data_ptr");
        row(s, "board", 32, "int32");
        row(s, "cycles", 64, "int64");
        return s.append("</feature>\n</target>\n").toString();
    }

    private static void row(StringBuilder s, String name, int bits, String type) {
        s.append(String.format(Locale.ROOT, "<reg name=\"%s\" bitsize=\"%d\" type=\"%s\"/>%n", name, bits, type));
    }

    /** One register in hexadecimal, big-endian. */
    static String read(Board board, int number) {
        Cpu cpu = board.cpu();
        if (number < 8) {
            return hex(cpu.d(number));
        }
        if (number < PS) {
            return hex(cpu.a(number - 8));
        }
        return switch (number) {
            case PS -> hex(cpu.sr());
            case PC -> hex(cpu.pc());
            case 18 -> hex(cpu.usp());
            case 19 -> hex(cpu.ssp());
            case 20 -> hex(board.slot());
            case 21 -> String.format(Locale.ROOT, "%016x", cpu.cycles);
            default -> "";
        };
    }

    /** Sets a register; false when it cannot be set. */
    static boolean write(Board board, int number, int value) {
        Cpu cpu = board.cpu();
        if (number < 8) {
            cpu.setD(number, value);
        } else if (number < PS) {
            cpu.setA(number - 8, value);
        } else if (number == PS) {
            cpu.setSr(value);
        } else if (number == 18) {
            cpu.setUsp(value);
        } else if (number == 19) {
            cpu.setSsp(value);
        } else {
            return false;
        }
        return true;
    }

    private static String hex(int value) {
        return String.format(Locale.ROOT, "%08x", value);
    }
}
