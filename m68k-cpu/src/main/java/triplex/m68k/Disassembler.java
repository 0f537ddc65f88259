package triplex.m68k;

import java.util.Locale;
import java.util.Set;

/**
 * Turns words into GNU as text by the rows of {@link InstructionTable}. The assembler (with {@code -m68000}) turns the
 * text back into the same words.
 *
 * <p>For some valid encodings the assembler has no syntax, because it always takes another encoding of the same
 * operation: ADD, SUB, CMP, AND and OR of an immediate to Dn (it takes ADDI and so on), a byte branch by -1 (to the
 * middle of the instruction itself), and extension words with bits set that the processor ignores. They become
 * {@code .short} with the instruction in a comment. MOVE.L of a small immediate to Dn, for which it takes MOVEQ, is
 * written with a label behind the instruction, so that the assembler does not know in time how small the value is.
 */
public final class Disassembler {
    private static final Set<String> WITHOUT_SIZE = Set.of("s<cc>", "nbcd", "tas", "abcd", "sbcd", "lea", "pea", "btst",
            "bchg", "bclr", "bset");
    private static final String[] CONDITIONS = {"t", "f", "hi", "ls", "cc", "cs", "ne", "eq", "vc", "vs", "pl", "mi",
        "ge", "lt", "gt", "le"};
    private static final String[] SIZES = {".b", ".w", ".l", ""};

    private Disassembler() {
    }

    /**
     * Disassembles the instruction at an even {@code address}. A word that is no instruction becomes {@code .short}.
     */
    public static Instruction disassemble(WordSource at, int address) {
        int op = at.word(address) & 0xFFFF;
        Form form = InstructionTable.OWNERS[op];
        if (form == null) {
            return new Instruction(String.format(Locale.ROOT, ".short 0x%04x", op), 2, -1);
        }
        int size = form.size(op);
        Operands operands = new Operands(at, address, op, size);
        if (form.operands.equals("ea,list")) {
            operands.skipList();
        }
        StringBuilder text = new StringBuilder(form.mnemonic.replace("<cc>", CONDITIONS[op >> 8 & 15]));
        if (!WITHOUT_SIZE.contains(form.mnemonic)) {
            text.append(SIZES[size]);
        }
        String separator = " ";
        for (String operand : form.operands.isEmpty() ? new String[0] : form.operands.split(",")) {
            text.append(separator).append(operands.text(operand));
            separator = ",";
        }
        String result = form.mnemonic.equals("move") && form.operands.equals("ea,dn") && (op & 63) == 0x3C
                && size == Form.LONG && isSmall(at, address) ? notQuick(at, address, op) : text.toString();
        if (!operands.canonical() || hasNoSyntax(form, op)) {
            result = raw(at, address, operands.length()) + " | " + result;
        }
        return new Instruction(result, operands.length(), operands.target());
    }

    private static String raw(WordSource at, int address, int length) {
        StringBuilder words = new StringBuilder(".short ");
        for (int k = 0; k < length; k += 2) {
            words.append(String.format(Locale.ROOT, k == 0 ? "0x%04x" : ",0x%04x", at.word(address + k) & 0xFFFF));
        }
        return words.toString();
    }

    private static boolean hasNoSyntax(Form form, int op) {
        if (form.operands.equals("ea,dn") && (op & 63) == 0x3C) {
            return switch (form.mnemonic) {
                case "add", "sub", "cmp", "and", "or" -> true;
                default -> false;
            };
        }
        return form.operands.equals("branch8") && (op & 0xFF) == 0xFF;
    }

    /** The distance to the label behind the instruction is its length, 6. */
    private static String notQuick(WordSource at, int address, int op) {
        return "move.l #" + (byte) at.word(address + 4) + "+1f-.-6,%d" + (op >> 9 & 7) + ";1:";
    }

    private static boolean isSmall(WordSource at, int address) {
        int value = at.word(address + 2) << 16 | at.word(address + 4) & 0xFFFF;
        return value == (byte) value;
    }
}
