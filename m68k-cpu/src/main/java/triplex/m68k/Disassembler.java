package triplex.m68k;

/** Turns words into GNU as text, which assembles to the same words. */
public final class Disassembler {
    private Disassembler() {
    }

    /** Disassembles the instruction at an even {@code address}. A word that is no instruction becomes {@code .short}. */
    public static Instruction disassemble(WordSource at, int address) {
        int op = at.word(address);
        if (op == 0x4E71) {
            return new Instruction("nop", 2);
        }
        return new Instruction(String.format(".short 0x%04x", op), 2);
    }
}
