package triplex.m68k;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A bare program of random instruction sequences that prints a checksum of registers, condition codes and memory after
 * each. It uses only what the manual defines, so that every 68000 prints the same. Output: a long with a character to
 * 0xff008000; the end: 2 to 0xff009004.
 */
final class RandomProgram {
    static final int BASE = 0x10000;
    private static final int SCRATCH = 0x40000;
    private static final int AREA = 0x400;
    private static final int SAVED = SCRATCH + 6 * AREA;
    private static final int CHECKED_LONGS = (6 * AREA + 64) / 4;
    private static final Set<String> ALLOWED = Set.of("move", "movea", "add", "sub", "cmp", "and", "or", "eor", "adda",
            "suba", "cmpa", "addi", "subi", "cmpi", "andi", "ori", "eori", "addq", "subq", "negx", "clr", "neg", "not",
            "tst", "s<cc>", "ext", "swap", "addx", "subx", "cmpm", "mulu", "muls", "asr", "asl", "lsr", "lsl", "roxr",
            "roxl", "ror", "rol", "btst", "bchg", "bclr", "bset", "moveq", "lea", "exg", "tas");

    /** The instructions of each sequence, for reports. */
    final List<String> listing = new ArrayList<>();
    private static final Set<String> SHIFTS = Set.of("asl", "asr", "lsr");

    private final Random random;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    RandomProgram(long seed) {
        random = new Random(seed);
    }

    private void word(int w) {
        out.write(w >> 8);
        out.write(w);
    }

    private void words(int... list) {
        for (int w : list) {
            word(w);
        }
    }

    private void longWord(int v) {
        words(v >>> 16, v);
    }

    /** The image to be loaded and entered at {@link #BASE}. */
    byte[] image(int sequences, int length) {
        words(0x4FF9);
        longWord(0x3F000);
        word(0x6000);
        int skip = out.size();
        byte[] report = report();
        word(report.length + 2);
        out.writeBytes(report);
        for (int k = 0; k < sequences; k++) {
            sequence(length, BASE + skip + 2);
        }
        words(0x23FC, 0, 2);
        longWord(0xFF009004);
        words(0x60FE);
        return out.toByteArray();
    }

    /** Sums the scratch memory with the saved registers and prints the sum as eight letters A to P. */
    private static byte[] report() {
        RandomProgram p = new RandomProgram(0);
        p.word(0x41F9);
        p.longWord(SCRATCH);
        p.words(0x7000, 0x323C, CHECKED_LONGS - 1, 0xE398, 0xD098, 0x51C9, 0xFFFA);
        p.words(0x7207, 0xE998, 0x740F, 0xC480, 0x0602, 0x0041, 0x23C2, 0xFF00, 0x8000, 0x51C9, 0xFFEE);
        p.words(0x740A, 0x23C2, 0xFF00, 0x8000, 0x4E75);
        return p.out.toByteArray();
    }

    private void sequence(int length, int report) {
        word(0x6000);
        word(62);
        int table = BASE + out.size();
        for (int n = 0; n < 15; n++) {
            longWord(n == 6 ? random.nextInt(0x80) * 2 - 0x80
                    : n < 8 || n == 14 ? operand() : SCRATCH + (n - 8) * AREA + AREA / 2);
        }
        words(0x4CF9, 0x7FFF);
        longWord(table);
        words(0x44FC, random.nextInt(32));
        int begin = out.size();
        for (int done = 0; done < length;) {
            done += instruction(random.nextInt(0xF000)) ? 1 : 0;
        }
        listing.add(disassemble(begin));
        word(0x40F9);
        longWord(SAVED + 62);
        words(0x48F9, 0x7FFF);
        longWord(SAVED);
        words(0x0279, 0x001F);
        longWord(SAVED + 62);
        word(0x4EB9);
        longWord(report);
    }

    private String disassemble(int begin) {
        byte[] code = out.toByteArray();
        StringBuilder text = new StringBuilder();
        for (int at = begin; at < code.length;) {
            Instruction i = Disassembler.disassemble(a -> a + 1 < code.length
                    ? (code[a] & 0xFF) << 8 | code[a + 1] & 0xFF : 0, at);
            text.append(text.length() == 0 ? "" : "; ").append(i.text());
            at += i.length();
        }
        return text.toString();
    }

    private int operand() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(5) - 2;
            case 1 -> 1 << random.nextInt(32);
            case 2 -> 0x7FFF8000 >> random.nextInt(24);
            default -> random.nextInt();
        };
    }

    /** Emits the instruction if it is one whose effect is defined and stays in the scratch memory. */
    private boolean instruction(int op) {
        Form form = InstructionTable.OWNERS[op];
        if (form == null || !ALLOWED.contains(form.mnemonic) || form.operands.contains("sr")
                || form.operands.contains("ccr") || form.operands.contains("usp")) {
            return false;
        }
        if (form.operands.equals("ea") && SHIFTS.contains(form.mnemonic)) {
            // QEMU 7.2 gets the condition codes of these wrong; the published vectors tell what the chip does.
            return false;
        }
        int size = form.size(op);
        ByteArrayOutputStream extensions = new ByteArrayOutputStream();
        for (String operand : form.operands.split(",")) {
            if (!operand(operand, op, size, form.mnemonic.equals("lea"), extensions)) {
                return false;
            }
        }
        word(op);
        out.writeBytes(extensions.toByteArray());
        return true;
    }

    private boolean operand(String operand, int op, int size, boolean lea, ByteArrayOutputStream to) {
        int n = op >> 9 & 7;
        int m = op & 7;
        return switch (operand) {
            case "ea" -> effectiveAddress(op >> 3 & 7, m, size, to);
            case "dn" -> n != 6;
            case "dm" -> m != 6;
            case "an" -> n == 6;
            case "am" -> m == 6;
            case "(an)" -> effectiveAddress(2, n, size, to);
            case "(an)+" -> effectiveAddress(3, n, size, to);
            case "(am)+" -> effectiveAddress(3, m, size, to);
            case "-(an)" -> effectiveAddress(4, n, size, to);
            case "-(am)" -> effectiveAddress(4, m, size, to);
            case "d16(an)" -> effectiveAddress(5, n, size, to);
            case "d8(an)" -> effectiveAddress(6, n, size, to);
            case "imm" -> effectiveAddress(7, 4, size, to);
            case "immb" -> effectiveAddress(7, 4, Form.BYTE, to);
            case "quick", "byte" -> true;
            default -> false;
        };
    }

    private static void extension(ByteArrayOutputStream to, int w) {
        to.write(w >> 8);
        to.write(w);
    }

    /** Bytes are reached through A4 and A5, words and longs through A0 to A3, which so stay even; D6 is an index. */
    private boolean effectiveAddress(int mode, int n, int size, ByteArrayOutputStream to) {
        boolean rightRegister = size == Form.BYTE ? n == 4 || n == 5 : n < 4;
        switch (mode) {
            case 0:
                return n != 6;
            case 1:
                return n == 6;
            case 2, 3, 4:
                return rightRegister;
            case 5:
                extension(to, random.nextInt(0x80) * (size == Form.BYTE ? 1 : 2) - 0x40);
                return rightRegister;
            case 6:
                extension(to, 0x6000 | random.nextInt(0x20) * 2 - 0x20 & 0xFF);
                return rightRegister;
            default:
                if (n != 4) {
                    return false;
                }
                int v = operand();
                if (size == Form.LONG) {
                    extension(to, v >>> 16);
                }
                extension(to, size == Form.BYTE ? v & 0xFF : v);
                return true;
        }
    }
}
