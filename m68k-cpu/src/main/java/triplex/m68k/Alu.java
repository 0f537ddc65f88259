package triplex.m68k;

/**
 * Arithmetic and condition codes (M68000 Programmer's Reference Manual, table 3-18), shared by everything that executes
 * instructions. Operands are left-justified in 32 bits (a byte is shifted left by 24, a word by 16), so that one
 * method serves all sizes: N is bit 31, Z the whole word, carries leave through bit 31.
 */
final class Alu {
    static final int ADD = 0;
    static final int SUB = 1;
    static final int CMP = 2;
    static final int AND = 3;
    static final int OR = 4;
    static final int EOR = 5;

    private Alu() {
    }

    /** Bit 31 is the overflow of {@code r = d + s}. */
    static int addOverflow(int s, int d, int r) {
        return (s ^ r) & (d ^ r);
    }

    /** Bit 31 is the carry of {@code r = d + s} or {@code d + s + X}. */
    static int addCarry(int s, int d, int r) {
        return (s & d) | ((s | d) & ~r);
    }

    /** Bit 31 is the overflow of {@code r = d - s}. */
    static int subOverflow(int s, int d, int r) {
        return (d ^ s) & (d ^ r);
    }

    /** Bit 31 is the borrow of {@code r = d - s} or {@code d - s - X}. */
    static int subCarry(int s, int d, int r) {
        return (s & ~d) | ((s | ~d) & r);
    }

    /** One of the six operations above; the result of CMP is the destination. */
    static int operate(Cpu cpu, int kind, int s, int d) {
        return switch (kind) {
            case ADD -> add(cpu, s, d);
            case SUB -> sub(cpu, s, d);
            case CMP -> cmp(cpu, s, d);
            case AND -> logic(cpu, s & d);
            case OR -> logic(cpu, s | d);
            default -> logic(cpu, s ^ d);
        };
    }

    static int add(Cpu cpu, int s, int d) {
        int r = d + s;
        cpu.n = r;
        cpu.z = r;
        cpu.v = addOverflow(s, d, r);
        int c = addCarry(s, d, r);
        cpu.c = c;
        cpu.x = c >>> 31;
        return r;
    }

    static int sub(Cpu cpu, int s, int d) {
        int r = d - s;
        cpu.n = r;
        cpu.z = r;
        cpu.v = subOverflow(s, d, r);
        int c = subCarry(s, d, r);
        cpu.c = c;
        cpu.x = c >>> 31;
        return r;
    }

    static int cmp(Cpu cpu, int s, int d) {
        int r = d - s;
        cpu.n = r;
        cpu.z = r;
        cpu.v = subOverflow(s, d, r);
        cpu.c = subCarry(s, d, r);
        return d;
    }

    /** N and Z from the result, V and C cleared; also MOVE, TST, CLR, EXT, SWAP and the like. */
    static int logic(Cpu cpu, int r) {
        cpu.n = r;
        cpu.z = r;
        cpu.v = 0;
        cpu.c = 0;
        return r;
    }

    /** ADDX; {@code one} is the lowest bit of the left-justified operand. Z is cleared or unchanged. */
    static int addx(Cpu cpu, int s, int d, int one) {
        int r = d + s + (cpu.x != 0 ? one : 0);
        cpu.n = r;
        cpu.z |= r;
        cpu.v = addOverflow(s, d, r);
        int c = addCarry(s, d, r);
        cpu.c = c;
        cpu.x = c >>> 31;
        return r;
    }

    /** SUBX and, with {@code d} 0, NEGX. */
    static int subx(Cpu cpu, int s, int d, int one) {
        int r = d - s - (cpu.x != 0 ? one : 0);
        cpu.n = r;
        cpu.z |= r;
        cpu.v = subOverflow(s, d, r);
        int c = subCarry(s, d, r);
        cpu.c = c;
        cpu.x = c >>> 31;
        return r;
    }

    /**
     * ABCD on bytes 0 to 255, with the undocumented N and V of the chip: the binary sum is corrected by 6 for each
     * digit that carries or is beyond 9, V is set where the correction turns bit 7 on (formula after flamewing).
     */
    static int abcd(Cpu cpu, int s, int d) {
        int binary = s + d + cpu.x;
        int digits = (s & d | ~binary & (s | d)) & 0x88 | (binary + 0x66 ^ binary) >> 1 & 0x88;
        int r = binary + digits - (digits >> 2);
        setDecimal(cpu, r, ~binary & r, ((digits | binary & ~r) & 0x80) != 0);
        return r & 0xFF;
    }

    /** SBCD and, with {@code d} 0, NBCD. */
    static int sbcd(Cpu cpu, int s, int d) {
        int binary = d - s - cpu.x;
        int borrows = ((s & ~d) | ((s | ~d) & binary)) & 0x88;
        int r = binary - (borrows - (borrows >> 2));
        setDecimal(cpu, r, binary & ~r, ((borrows | ~binary & r) & 0x80) != 0);
        return r & 0xFF;
    }

    private static void setDecimal(Cpu cpu, int r, int v, boolean carry) {
        cpu.n = r << 24;
        cpu.z |= r & 0xFF;
        cpu.v = v << 24;
        cpu.c = carry ? -1 : 0;
        cpu.x = carry ? 1 : 0;
    }

    /** Clocks of MULU after its prefetch: 34 and two for each one in the source. */
    static int muluIdle(int s) {
        return 34 + 2 * Integer.bitCount(s & 0xFFFF);
    }

    /** Clocks of MULS after its prefetch: 34 and two for each change between neighbouring bits of source * 2. */
    static int mulsIdle(int s) {
        int t = s << 1;
        return 34 + 2 * Integer.bitCount((t ^ s) & 0xFFFF);
    }

    /**
     * Clocks of DIVU before its prefetch, from the steps of the chip's division: shift; no carry out costs one
     * more with a subtraction and two without.
     */
    static int divuIdle(int dividend, int divisor) {
        if ((dividend >>> 16) >= divisor) {
            return 6;
        }
        if (divisor <= 0x8000) {
            // No shift carries out, so the subtractions are the ones among the upper 15 bits of the quotient.
            int quotient = (int) ((dividend & 0xFFFFFFFFL) / divisor);
            return (38 + 30 - Integer.bitCount(quotient >>> 1)) * 2 - 4;
        }
        int micro = 38;
        int high = divisor << 16;
        int rest = dividend;
        for (int k = 0; k < 15; k++) {
            int before = rest;
            rest <<= 1;
            if (before < 0) {
                rest -= high;
            } else {
                micro += 2;
                if (Integer.compareUnsigned(rest, high) >= 0) {
                    rest -= high;
                    micro--;
                }
            }
        }
        return micro * 2 - 4;
    }

    /** Clocks of DIVS before its prefetch. */
    static int divsIdle(int dividend, int divisor) {
        int micro = dividend < 0 ? 7 : 6;
        int absolute = Math.abs(dividend);
        int by = Math.abs(divisor);
        if ((absolute >>> 16) >= by) {
            return (micro + 2) * 2 - 4;
        }
        int quotient = Integer.divideUnsigned(absolute, by);
        micro += 55;
        if (divisor >= 0) {
            micro += dividend >= 0 ? -1 : 1;
        }
        micro += 15 - Integer.bitCount(quotient >>> 1 & 0x7FFF);
        return micro * 2 - 4;
    }
}
