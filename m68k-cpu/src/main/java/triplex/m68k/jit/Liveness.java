package triplex.m68k.jit;

import java.util.List;

/**
 * Which instructions of a block have condition codes that somebody may ask for: a later instruction of the block, or
 * whoever sees the state at an instruction boundary where the block may be left.
 */
final class Liveness {
    private final boolean[] codes;
    private final boolean[] x;

    Liveness(List<Op> ops) {
        codes = new boolean[ops.size()];
        x = new boolean[ops.size()];
        boolean liveCodes = true;
        boolean liveX = true;
        for (int k = ops.size() - 1; k >= 0; k--) {
            Op op = ops.get(k);
            codes[k] = liveCodes;
            x[k] = liveX;
            liveCodes = liveCodes && !setsCodes(op) || readsCodes(op) || op.mayLeave();
            liveX = liveX && !setsX(op) || readsX(op) || op.mayLeave();
        }
    }

    boolean codes(int index) {
        return codes[index];
    }

    boolean x(int index) {
        return x[index];
    }

    /** N, Z, V and C, all of them, whatever they were before. */
    private static boolean setsCodes(Op op) {
        return switch (op.name()) {
            case "add", "sub", "addq", "subq" -> !(op.destination().mode() == Operand.Mode.REGISTER
                && op.destination().register() >= 8);
            case "move", "cmp", "and", "or", "eor", "addi", "subi", "cmpi", "andi", "ori", "eori", "cmpa", "cmpm",
                "clr", "neg", "not", "tst", "ext", "swap", "moveq", "mulu", "muls", "asr", "asl", "lsr", "lsl", "ror",
                "rol", "roxr", "roxl" -> true;
            default -> false;
        };
    }

    private static boolean readsCodes(Op op) {
        return switch (op.name()) {
            case "addx", "subx", "negx", "s<cc>", "btst", "bchg", "bclr", "bset" -> true;
            default -> false;
        };
    }

    private static boolean setsX(Op op) {
        return switch (op.name()) {
            case "add", "sub", "addq", "subq" -> setsCodes(op);
            case "addi", "subi", "neg", "addx", "subx", "negx" -> true;
            case "asr", "asl", "lsr", "lsl" -> op.operands().size() == 1 || op.source().isImmediate();
            default -> false;
        };
    }

    private static boolean readsX(Op op) {
        return switch (op.name()) {
            case "addx", "subx", "negx", "roxr", "roxl" -> true;
            case "asr", "asl", "lsr", "lsl", "ror", "rol" -> op.operands().size() == 2 && !op.source().isImmediate();
            default -> false;
        };
    }
}
