package triplex.m68k;

/**
 * Operands of one instruction as text. The names used by {@link Form#operands}: {@code ea} the effective address in the
 * low six bits; {@code dn}, {@code an} the register in bits 11-9, {@code dm}, {@code am} that in bits 2-0, also inside
 * {@code (an)}, {@code (an)+}, {@code -(an)}, {@code d16(an)}, {@code d8(an)}; {@code abs.w}, {@code abs.l};
 * {@code imm} an immediate of the operation's size, {@code immb}, {@code immw} of a fixed one, {@code d16} a signed
 * word; {@code quick} 1 to 8 in bits 11-9; {@code byte} the signed low byte; {@code list} the registers of MOVEM;
 * {@code vector} of TRAP; {@code branch8}, {@code branch16}; {@code sr}, {@code ccr}, {@code usp}.
 */
final class Operands {
    private final WordSource at;
    private final int address;
    private final int op;
    private final int size;
    private int next;
    private boolean canonical = true;
    private int target = -1;

    Operands(WordSource at, int address, int op, int size) {
        this.at = at;
        this.address = address;
        this.op = op;
        this.size = size;
        next = address + 2;
    }

    /** False when an extension word has bits set that the processor ignores. */
    boolean canonical() {
        return canonical;
    }

    /** Bytes used so far. */
    int length() {
        return next - address;
    }

    /** The address named, or -1. */
    int target() {
        return target;
    }

    private int word() {
        int w = at.word(next) & 0xFFFF;
        next += 2;
        return w;
    }

    private int longWord() {
        int high = word();
        return high << 16 | word();
    }

    String text(String operand) {
        int n = op >> 9 & 7;
        int m = op & 7;
        return switch (operand) {
            case "ea" -> effectiveAddress(op >> 3 & 7, m);
            case "dn" -> "%d" + n;
            case "dm" -> "%d" + m;
            case "an" -> address(n);
            case "am" -> address(m);
            case "(an)" -> effectiveAddress(2, n);
            case "(an)+" -> effectiveAddress(3, n);
            case "(am)+" -> effectiveAddress(3, m);
            case "-(an)" -> effectiveAddress(4, n);
            case "-(am)" -> effectiveAddress(4, m);
            case "d16(an)" -> effectiveAddress(5, n);
            case "d16(am)" -> effectiveAddress(5, m);
            case "d8(an)" -> effectiveAddress(6, n);
            case "abs.w" -> effectiveAddress(7, 0);
            case "abs.l" -> effectiveAddress(7, 1);
            case "imm" -> immediate(size);
            case "immb" -> immediate(Form.BYTE);
            case "immw" -> immediate(Form.WORD);
            case "d16" -> "#" + (short) word();
            case "quick" -> "#" + ((n - 1 & 7) + 1);
            case "byte" -> "#" + (byte) op;
            case "vector" -> "#" + (op & 15);
            case "list" -> list();
            case "branch8" -> branch((byte) op);
            case "branch16" -> branch((short) word());
            case "sr", "ccr", "usp" -> "%" + operand;
            default -> throw new IllegalArgumentException(operand);
        };
    }

    private static String address(int n) {
        return n == 7 ? "%sp" : "%a" + n;
    }

    private static String register(int n) {
        return n < 8 ? "%d" + n : address(n - 8);
    }

    private String effectiveAddress(int mode, int n) {
        String an = address(n);
        switch (mode) {
            case 0:
                return "%d" + n;
            case 1:
                return an;
            case 2:
                return "(" + an + ")";
            case 3:
                return "(" + an + ")+";
            case 4:
                return "-(" + an + ")";
            case 5:
                return "(" + (short) word() + ".w," + an + ")";
            case 6:
                return indexed(an, false);
            default:
                break;
        }
        switch (n) {
            case 0:
                int low = (short) word();
                target = low & 0xFFFFFF;
                return String.format(java.util.Locale.ROOT, "(0x%x).w", low);
            case 1:
                int full = longWord();
                target = full & 0xFFFFFF;
                return String.format(java.util.Locale.ROOT, "(0x%x).l", full);
            case 2:
                int displacement = (short) at.word(next);
                target = next + displacement & 0xFFFFFF;
                word();
                return "(" + displacement + ".w,%pc)";
            case 3:
                return indexed("%pc", true);
            default:
                return immediate(size);
        }
    }

    private String indexed(String base, boolean program) {
        int here = next;
        int w = word();
        canonical &= (w & 0x700) == 0;
        if (program) {
            target = here + (byte) w & 0xFFFFFF;
        }
        return "(" + (byte) w + "," + base + "," + register(w >> 12) + ((w & 0x800) == 0 ? ".w)" : ".l)");
    }

    private String immediate(int width) {
        if (width == Form.LONG) {
            return String.format(java.util.Locale.ROOT, "#0x%x", longWord());
        }
        int w = word();
        if (width == Form.BYTE) {
            canonical &= w < 0x100;
            w &= 0xFF;
        }
        return String.format(java.util.Locale.ROOT, "#0x%x", w);
    }

    private String branch(int displacement) {
        target = address + 2 + displacement & 0xFFFFFF;
        return String.format(java.util.Locale.ROOT, ".%+d", 2 + displacement);
    }

    /** The list word comes before the extension words of the other operand even when it is named second. */
    void skipList() {
        next += 2;
    }

    private String list() {
        int w = at.word(address + 2) & 0xFFFF;
        if (next == address + 2) {
            next += 2;
        }
        if ((op & 0x38) == 0x20) {
            w = Integer.reverse(w) >>> 16;
        }
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 16; k++) {
            if ((w >> k & 1) != 0) {
                int last = k;
                while ((last & 7) != 7 && (w >> last + 1 & 1) != 0) {
                    last++;
                }
                text.append(text.length() == 0 ? "" : "/").append(register(k));
                text.append(last == k ? "" : "-" + register(last));
                k = last;
            }
        }
        return text.length() == 0 ? "#0" : text.toString();
    }
}
