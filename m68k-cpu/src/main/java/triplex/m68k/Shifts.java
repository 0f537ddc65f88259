package triplex.m68k;

import java.util.List;

/** ASd, LSd, ROXd, ROd: registers by a count, memory words by one. */
final class Shifts {
    private static final int ASR = 0;
    private static final int ASL = 1;
    private static final int LSR = 2;
    private static final int LSL = 3;
    private static final int ROXR = 4;
    private static final int ROXL = 5;
    private static final int ROR = 6;
    private static final int ROL = 7;

    private Shifts() {
    }

    static void rows(List<Form> t) {
        rows(t, "asr", "0", "00", ASR);
        rows(t, "asl", "1", "00", ASL);
        rows(t, "lsr", "0", "01", LSR);
        rows(t, "lsl", "1", "01", LSL);
        rows(t, "roxr", "0", "10", ROXR);
        rows(t, "roxl", "1", "10", ROXL);
        rows(t, "ror", "0", "11", ROR);
        rows(t, "rol", "1", "11", ROL);
    }

    private static void rows(List<Form> t, String mnemonic, String direction, String type, int kind) {
        t.add(new Form("1110 qqq " + direction + " ss 0 " + type + " nnn", mnemonic, "quick,dm")
                .b((c, op) -> registerB(c, op, quick(op), kind)).w((c, op) -> registerW(c, op, quick(op), kind))
                .l((c, op) -> registerL(c, op, quick(op), kind)));
        t.add(new Form("1110 nnn " + direction + " ss 1 " + type + " nnn", mnemonic, "dn,dm")
                .b((c, op) -> registerB(c, op, count(c, op), kind)).w((c, op) -> registerW(c, op, count(c, op), kind))
                .l((c, op) -> registerL(c, op, count(c, op), kind)));
        t.add(new Form("1110 0" + type + " " + direction + " 11 mmmmmm", mnemonic, "ea").modes(Form.MEMORY_ALTERABLE)
                .w((c, op) -> memory(c, op, kind)));
    }

    private static int quick(int op) {
        return ((op >>> 9) - 1 & 7) + 1;
    }

    private static int count(Cpu c, int op) {
        return c.r[op >>> 9 & 7] & 63;
    }

    private static void registerB(Cpu c, int op, int count, int kind) {
        int n = op & 7;
        int v = shift(c, kind, 8, c.r[n] & 0xFF, count);
        c.r[n] = c.r[n] & ~0xFF | v;
        c.prefetch();
        c.idle(2 + 2 * count);
    }

    private static void registerW(Cpu c, int op, int count, int kind) {
        int n = op & 7;
        int v = shift(c, kind, 16, c.r[n] & 0xFFFF, count);
        c.r[n] = c.r[n] & ~0xFFFF | v;
        c.prefetch();
        c.idle(2 + 2 * count);
    }

    private static void registerL(Cpu c, int op, int count, int kind) {
        int n = op & 7;
        c.r[n] = shift(c, kind, 32, c.r[n], count);
        c.prefetch();
        c.idle(4 + 2 * count);
    }

    private static void memory(Cpu c, int op, int kind) {
        int v = shift(c, kind, 16, EffectiveAddress.readW(c, op & 63), 1);
        c.prefetch();
        c.writeW(c.address, v);
    }

    /**
     * Shifts {@code value} of {@code bits} bits by 0 to 63, sets the condition codes, returns the zero-extended
     * result.
     */
    static int shift(Cpu c, int kind, int bits, int value, int count) {
        return switch (kind) {
            case ASL -> arithmeticLeft(c, bits, value, count);
            case LSL -> left(c, bits, value, count);
            case ASR -> right(c, bits, (long) (value << 32 - bits) >> 32 - bits, count);
            case LSR -> right(c, bits, value & 0xFFFFFFFFL, count);
            case ROXL -> rotateExtended(c, bits, value, count % (bits + 1));
            case ROXR -> rotateExtended(c, bits, value, (bits + 1 - count % (bits + 1)) % (bits + 1));
            case ROL -> rotate(c, bits, value, count, 0, count != 0);
            default -> rotate(c, bits, value, -count, bits - 1, count != 0);
        };
    }

    private static int finish(Cpu c, int bits, int result) {
        int r = result << 32 - bits;
        c.n = r;
        c.z = r;
        c.v = 0;
        return r >>> 32 - bits;
    }

    private static int left(Cpu c, int bits, int value, int count) {
        long wide = (value & 0xFFFFFFFFL) << count;
        if (count == 0) {
            c.c = 0;
        } else {
            c.x = (int) (wide >>> bits) & 1;
            c.c = -c.x;
        }
        return finish(c, bits, (int) wide);
    }

    private static int arithmeticLeft(Cpu c, int bits, int value, int count) {
        int r = left(c, bits, value, count);
        long signed = (long) (value << 32 - bits) >> 32 - bits;
        if (count >= bits) {
            c.v = value != 0 ? -1 : 0;
        } else {
            long top = signed >> bits - 1 - count;
            c.v = top != 0 && top != -1 ? -1 : 0;
        }
        return r;
    }

    /** {@code value} is extended by sign or zero, which makes the shift arithmetic or logical. */
    private static int right(Cpu c, int bits, long value, int count) {
        if (count == 0) {
            c.c = 0;
        } else {
            c.x = (int) (value >> count - 1) & 1;
            c.c = -c.x;
        }
        return finish(c, bits, (int) (value >> count));
    }

    /** C is the bit {@code carryBit} of the result, or 0 when the count was 0; X stays. */
    private static int rotate(Cpu c, int bits, int value, int count, int carryBit, boolean moved) {
        int by = count & bits - 1;
        int r = (int) ((value & 0xFFFFFFFFL) << by | (value & 0xFFFFFFFFL) >>> bits - by);
        int result = finish(c, bits, r);
        c.c = moved ? -(result >>> carryBit & 1) : 0;
        return result;
    }

    /** Rotates left by 0 to {@code bits} through X; C becomes X also for a count of 0. */
    private static int rotateExtended(Cpu c, int bits, int value, int by) {
        long wide = (long) c.x << bits | value & 0xFFFFFFFFL;
        long turned = wide << by | wide >>> bits + 1 - by;
        c.x = (int) (turned >>> bits) & 1;
        c.c = -c.x;
        return finish(c, bits, (int) turned);
    }
}
