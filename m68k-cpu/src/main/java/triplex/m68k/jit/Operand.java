package triplex.m68k.jit;

/**
 * An operand of one instruction, with its extension words taken in.
 *
 * @param mode how it is found
 * @param register D0 to D7 are 0 to 7, A0 to A7 8 to 15; -1 if the mode has none
 * @param value immediate value, displacement, absolute address, or the base of PC with index
 * @param index index register, or -1
 * @param indexLong whether all of the index register counts
 * @param program whether it is read from program space
 */
record Operand(Mode mode, int register, int value, int index, boolean indexLong, boolean program) {
    enum Mode { REGISTER, INDIRECT, POSTINCREMENT, PREDECREMENT, ABSOLUTE, IMMEDIATE }

    static Operand register(int n) {
        return new Operand(Mode.REGISTER, n, 0, -1, false, false);
    }

    static Operand immediate(int value) {
        return new Operand(Mode.IMMEDIATE, -1, value, -1, false, false);
    }

    static Operand indirect(Mode mode, int n, int displacement) {
        return new Operand(mode, n, displacement, -1, false, false);
    }

    boolean isMemory() {
        return mode != Mode.REGISTER && mode != Mode.IMMEDIATE;
    }

    boolean isData() {
        return mode == Mode.REGISTER && register < 8;
    }

    boolean isImmediate() {
        return mode == Mode.IMMEDIATE;
    }
}
