package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import triplex.m68k.CompiledCode;
import triplex.m68k.Rows;
import triplex.m68k.WordSource;

/**
 * Decodes instructions by the rows of the interpreter's table. What it does not decode is never compiled: STOP, RESET,
 * RTE, RTR, the status register, USP, traps, TAS, CHK, MOVEP and decimal arithmetic.
 */
final class Decoder {
    private static final List<String> NAMES = List.of("move", "movea", "add", "sub", "cmp", "and", "or", "eor", "adda",
        "suba", "cmpa", "addi", "subi", "cmpi", "andi", "ori", "eori", "addq", "subq", "negx", "clr", "neg", "not",
        "tst", "s<cc>", "ext", "swap", "addx", "subx", "cmpm", "mulu", "muls", "divu", "divs", "asr", "asl", "lsr",
        "lsl", "roxr", "roxl", "ror", "rol", "btst", "bchg", "bclr", "bset", "b<cc>", "bra", "bsr", "db<cc>", "jmp",
        "jsr", "rts", "moveq", "movem", "lea", "pea", "link", "unlk", "exg", "nop");
    private static final int SHIFT_COUNT = Timing.DATA & 63;

    /** A displacement with which a measured instruction reads behind itself. */
    private static final int FAR = 0x100;

    private final Timing timing = new Timing();
    private WordSource memory;
    private int address;
    private int next;
    private int word;
    private int size;
    private int target;
    private int[] plain;
    private int words;
    private boolean unknown;

    /** The instruction at an even address; null if it is left to the interpreter or cannot be read. */
    Op decode(WordSource source, int at) {
        memory = source;
        Op op = instruction(at);
        memory = null; // It belongs to a machine that may be gone before this.
        return op;
    }

    private Op instruction(int at) {
        address = at;
        next = at;
        plain = new int[5];
        words = 0;
        target = 0;
        unknown = false;
        word = take(0xFFFF);
        Rows.Row row = unknown ? null : Rows.of(word);
        if (row == null || !NAMES.contains(row.mnemonic()) || row.operands().contains("ccr")
            || row.operands().contains("sr") || row.operands().contains("usp")) {
            return null;
        }
        size = row.size();
        String[] names = row.operands().isEmpty() ? new String[0] : row.operands().split(",");
        List<Operand> operands = new ArrayList<>();
        if (row.operands().equals("ea,list")) {
            int list = take(0xFFFF);
            operands.add(operand("ea"));
            operands.add(Operand.immediate(list));
        } else {
            for (String name : names) {
                if (!name.startsWith("branch")) {
                    operands.add(operand(name));
                } else {
                    branch(name);
                }
            }
        }
        // The words after the instruction are in the queue when it ends.
        int end = next;
        take(0xFFFF);
        take(0xFFFF);
        if (unknown || (target & 1) != 0) {
            return null;
        }
        return timed(row.mnemonic(), operands, end - at);
    }

    private int take(int mask) {
        int w = memory.word(next);
        unknown |= w < 0;
        next += 2;
        if (words < plain.length) {
            plain[words++] = w & mask;
        }
        return w & 0xFFFF;
    }

    private Operand operand(String name) {
        int n = word >> 9 & 7;
        int m = word & 7;
        return switch (name) {
            case "ea" -> effectiveAddress(word >> 3 & 7, m);
            case "dn" -> Operand.register(n);
            case "dm" -> Operand.register(m);
            case "an" -> Operand.register(8 + n);
            case "am" -> Operand.register(8 + m);
            case "(an)" -> effectiveAddress(2, n);
            case "(an)+" -> effectiveAddress(3, n);
            case "(am)+" -> effectiveAddress(3, m);
            case "-(an)" -> effectiveAddress(4, n);
            case "-(am)" -> effectiveAddress(4, m);
            case "d16(an)" -> effectiveAddress(5, n);
            case "d8(an)" -> effectiveAddress(6, n);
            case "abs.w" -> effectiveAddress(7, 0);
            case "abs.l" -> effectiveAddress(7, 1);
            case "imm" -> effectiveAddress(7, 4);
            case "immb", "list" -> Operand.immediate(take(0xFFFF));
            case "d16" -> Operand.immediate((short) take(0xFFFF));
            case "quick" -> Operand.immediate((n - 1 & 7) + 1);
            case "byte" -> Operand.immediate((byte) word);
            default -> throw new IllegalStateException("operand " + name);
        };
    }

    private Operand effectiveAddress(int mode, int n) {
        switch (mode) {
            case 0:
                return Operand.register(n);
            case 1:
                return Operand.register(8 + n);
            case 2:
                return Operand.indirect(Operand.Mode.INDIRECT, 8 + n, 0);
            case 3:
                return Operand.indirect(Operand.Mode.POSTINCREMENT, 8 + n, step(n));
            case 4:
                return Operand.indirect(Operand.Mode.PREDECREMENT, 8 + n, step(n));
            case 5:
                return Operand.indirect(Operand.Mode.INDIRECT, 8 + n, (short) take(0));
            case 6:
                return indexed(8 + n, 0, false);
            default:
                break;
        }
        int here = next;
        switch (n) {
            case 0:
                return new Operand(Operand.Mode.ABSOLUTE, -1, (short) take(0), -1, false, false);
            case 1:
                int high = take(0);
                return new Operand(Operand.Mode.ABSOLUTE, -1, high << 16 | take(0), -1, false, false);
            case 2:
                int displacement = (short) take(0);
                plain[words - 1] = FAR;
                return new Operand(Operand.Mode.ABSOLUTE, -1, here + displacement, -1, false, true);
            case 3:
                return indexed(-1, here, true);
            default:
                return immediate();
        }
    }

    private int step(int n) {
        return size == Op.BYTE ? n == 7 ? 2 : 1 : 1 << size;
    }

    private Operand indexed(int register, int base, boolean program) {
        int w = take(0xFF00);
        return new Operand(register < 0 ? Operand.Mode.ABSOLUTE : Operand.Mode.INDIRECT, register, base + (byte) w,
            w >> 12, (w & 0x800) != 0, program);
    }

    private Operand immediate() {
        int high = take(0xFFFF);
        return Operand.immediate(switch (size) {
            case Op.BYTE -> high & 0xFF;
            case Op.LONG -> high << 16 | take(0xFFFF);
            default -> high;
        });
    }

    private void branch(String name) {
        int base = next;
        if (name.equals("branch8")) {
            target = address + 2 + (byte) word;
            plain[0] = plain[0] & 0xFF00 | 2;
        } else {
            target = base + (short) take(0);
        }
    }

    private Op timed(String name, List<Operand> operands, int length) {
        int[] code = Arrays.copyOf(plain, length / 2);
        int cost;
        int taken = 0;
        int expired = 0;
        switch (name) {
            case "b<cc>" -> {
                cost = timing.find(code, -1, length);
                taken = timing.find(code, -1, length == 2 ? 4 : 2);
            }
            case "db<cc>" -> {
                // The condition holds, or the count ends, or it does not.
                int condition = word >> 8 & 15;
                expired = condition == 0 ? 0 : timing.find(withCondition(code, 1), 0, length);
                taken = condition == 0 ? 0 : timing.find(withCondition(code, 1), -1, 2);
                cost = condition == 1 ? 0 : timing.find(withCondition(code, 0), -1, length);
            }
            case "bra", "bsr", "jmp", "jsr", "rts" -> {
                cost = timing.jump(code);
                taken = cost;
            }
            default -> {
                cost = timing.measure(code, name.equals("s<cc>") ? falseFlags(word >> 8 & 15) : 0, -1, length);
                cost -= cost < 0 ? 0 : varying(name, operands);
            }
        }
        return cost < 0 || taken < 0 || expired < 0 ? null
            : new Op(address, word, name, size, List.copyOf(operands), length, target, cost, taken, expired);
    }

    private static int[] withCondition(int[] code, int condition) {
        int[] changed = code.clone();
        changed[0] = changed[0] & 0xF0FF | condition << 8;
        return changed;
    }

    /** Condition codes with which a condition does not hold; anything for T and F. */
    private static int falseFlags(int condition) {
        return switch (condition) {
            case 2, 6, 14 -> 4;
            case 4 -> 1;
            case 8 -> 2;
            case 10, 12 -> 8;
            default -> 0;
        };
    }

    /** The clocks in a measurement that depend on data. */
    private static int varying(String name, List<Operand> operands) {
        Operand source = operands.isEmpty() ? null : operands.get(0);
        int value = source != null && source.isImmediate() ? source.value() & 0xFFFF : Timing.DATA & 0xFFFF;
        return switch (name) {
            case "mulu" -> CompiledCode.mulu(value);
            case "muls" -> CompiledCode.muls(value);
            case "divu" -> CompiledCode.divu(Timing.DATA, value);
            case "divs" -> CompiledCode.divs(Timing.DATA, (short) value);
            case "asr", "asl", "lsr", "lsl", "roxr", "roxl", "ror", "rol" ->
                operands.size() == 2 && !source.isImmediate() ? 2 * SHIFT_COUNT : 0;
            default -> 0;
        };
    }
}
