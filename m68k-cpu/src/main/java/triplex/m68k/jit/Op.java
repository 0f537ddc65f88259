package triplex.m68k.jit;

import java.util.List;

/**
 * One decoded instruction.
 *
 * @param address where it stands
 * @param word its first word
 * @param name mnemonic of its row
 * @param size 0 byte, 1 word, 2 long, 3 none
 * @param operands in the order of the row
 * @param length bytes
 * @param target of a branch with a displacement, else 0
 * @param cost clocks apart from those that depend on data; of a branch if it is not taken
 * @param taken clocks of a branch that is taken
 * @param expired clocks of DBcc that ends because its count is used up
 */
record Op(int address, int word, String name, int size, List<Operand> operands, int length, int target, int cost,
        int taken, int expired) {
    static final int BYTE = 0;
    static final int WORD = 1;
    static final int LONG = 2;

    Operand source() {
        return operands.get(0);
    }

    Operand destination() {
        return operands.get(operands.size() - 1);
    }

    int end() {
        return address + length;
    }

    /** Bytes of an operand. */
    int bytes() {
        return 1 << size;
    }

    /** Condition 0 to 15 of Bcc, DBcc, Scc. */
    int condition() {
        return word >> 8 & 15;
    }

    /** The most clocks it can take. */
    int most() {
        int most = Math.max(cost, Math.max(taken, expired));
        return most + switch (name) {
            case "mulu", "muls" -> 32;
            case "divu", "divs" -> 160;
            case "asr", "asl", "lsr", "lsl", "roxr", "roxl", "ror", "rol" ->
                operands.size() == 1 || source().isImmediate() ? 2 : 126;
            default -> 2;
        };
    }

    /** Whether control never simply goes on behind it. */
    boolean endsBlock() {
        return switch (name) {
            case "b<cc>", "bra", "bsr", "db<cc>", "jmp", "jsr", "rts" -> true;
            default -> false;
        };
    }

    boolean isConditional() {
        return name.equals("b<cc>") || name.equals("db<cc>");
    }

    boolean isCall() {
        return name.equals("bsr") || name.equals("jsr");
    }

    /** Whether it may be left to the interpreter after a look at its operands. */
    boolean mayLeave() {
        if (endsBlock()) {
            return true;
        }
        return switch (name) {
            case "lea" -> false;
            case "pea", "link", "unlk", "movem", "divu", "divs" -> true;
            default -> operands.stream().anyMatch(Operand::isMemory);
        };
    }
}
