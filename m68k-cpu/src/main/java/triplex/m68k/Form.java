package triplex.m68k;

import java.util.function.IntConsumer;

/**
 * One row of the instruction table: a form of an instruction.
 *
 * <p>The pattern is the one printed in the Programmer's Reference Manual: sixteen characters, blanks apart. 0 and 1 are
 * fixed; {@code ss} is a size field (00 byte, 01 word, 10 long), {@code zz} that of MOVE (01 byte, 11 word,
 * 10 long), {@code m} the mode and register of an effective address restricted by {@link #modes}, {@code k} a
 * displacement other than 0, {@code C} a condition other than T and F. Every other letter is free.
 */
final class Form {
    static final int BYTE = 0;
    static final int WORD = 1;
    static final int LONG = 2;
    static final int UNSIZED = 3;

    /**
     * Sets of addressing modes: bit n is mode n of Dn, An, (An), (An)+, -(An), d16, d8, abs.W, abs.L, PC d16, PC d8,
     * #.
     */
    static final int ALL = 0xFFF;
    static final int DATA = ALL & ~2;
    static final int ALTERABLE = 0x1FF;
    static final int DATA_ALTERABLE = ALTERABLE & ~2;
    static final int MEMORY_ALTERABLE = ALTERABLE & ~3;
    static final int CONTROL = 0x7E4;
    static final int CONTROL_ALTERABLE = CONTROL & ALTERABLE;
    static final int DN = 1;
    static final int AN = 2;
    static final int POSTINCREMENT = 8;
    static final int PREDECREMENT = 16;
    static final int IMMEDIATE = 0x800;

    final String pattern;
    final String mnemonic;
    /** Operands separated by commas, as named in {@link Operands}. */
    final String operands;
    int modes = ALL;
    final Body[] bodies = new Body[4];
    private final int fixed;
    private final int value;
    private final boolean hasEffectiveAddress;
    private final boolean hasDisplacement;
    private final boolean hasCondition;
    /** Shift that brings the size field to the low bits, -1 without one; {@code move} if it is coded as in MOVE. */
    private final int sizeShift;
    private final boolean move;

    Form(String pattern, String mnemonic, String operands) {
        this.pattern = pattern.replace(" ", "");
        this.mnemonic = mnemonic;
        this.operands = operands;
        int ones = 0;
        int bits = 0;
        for (int k = 0; k < 16; k++) {
            char ch = this.pattern.charAt(k);
            bits = bits << 1 | (ch == '0' || ch == '1' ? 1 : 0);
            ones = ones << 1 | (ch == '1' ? 1 : 0);
        }
        fixed = bits;
        value = ones;
        if (this.pattern.length() != 16) {
            throw new IllegalArgumentException("pattern " + pattern);
        }
        hasEffectiveAddress = pattern.indexOf('m') >= 0;
        hasDisplacement = pattern.indexOf('k') >= 0;
        hasCondition = pattern.indexOf('C') >= 0;
        move = this.pattern.contains("zz");
        int field = this.pattern.indexOf(move ? "zz" : "ss");
        sizeShift = field < 0 ? -1 : 14 - field;
    }

    Form modes(int set) {
        modes = set;
        return this;
    }

    Form b(Body body) {
        bodies[BYTE] = body;
        return this;
    }

    Form w(Body body) {
        bodies[WORD] = body;
        return this;
    }

    Form l(Body body) {
        bodies[LONG] = body;
        return this;
    }

    Form unsized(Body body) {
        bodies[UNSIZED] = body;
        return this;
    }

    /** Operation size of a matching word: {@link #BYTE}, {@link #WORD}, {@link #LONG}, {@link #UNSIZED}; -1 if none. */
    int size(int word) {
        if (sizeShift >= 0) {
            int s = word >> sizeShift & 3;
            if (move) {
                return s == 1 ? BYTE : s == 3 ? WORD : s == 2 ? LONG : -1;
            }
            return s == 3 ? -1 : s;
        }
        for (int s = 0; s < 4; s++) {
            if (bodies[s] != null) {
                return s;
            }
        }
        return -1;
    }

    /** Hands each word that this form owns to {@code to}. */
    void words(IntConsumer to) {
        int free = ~fixed & 0xFFFF;
        int bits = free;
        while (true) {
            if (matches(value | bits)) {
                to.accept(value | bits);
            }
            if (bits == 0) {
                return;
            }
            bits = bits - 1 & free;
        }
    }

    /** True when this form owns the word. */
    boolean matches(int word) {
        if ((word & fixed) != value) {
            return false;
        }
        int size = size(word);
        if (size < 0 || bodies[size] == null) {
            return false;
        }
        if (hasDisplacement && (word & 0xFF) == 0 || hasCondition && (word >> 8 & 15) < 2) {
            return false;
        }
        if (!hasEffectiveAddress) {
            return true;
        }
        int mode = mode(word & 63);
        return mode < 12 && (modes >> mode & 1) != 0 && (size != BYTE || mode != 1);
    }

    Body body(int word) {
        return bodies[size(word)];
    }

    /** The mode 0 to 11 of six mode bits; at least 12 if there is none. */
    static int mode(int ea) {
        return (ea >> 3) == 7 ? 7 + (ea & 7) : ea >> 3;
    }
}
