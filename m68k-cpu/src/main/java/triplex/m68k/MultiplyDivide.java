package triplex.m68k;

import java.util.List;

/** MULU, MULS, DIVU, DIVS and CHK, whose clocks depend on the operands. */
final class MultiplyDivide {
    private MultiplyDivide() {
    }

    static void rows(List<Form> t) {
        t.add(new Form("1100 nnn 011 mmmmmm", "mulu", "ea,dn").modes(Form.DATA).w(MultiplyDivide::mulu));
        t.add(new Form("1100 nnn 111 mmmmmm", "muls", "ea,dn").modes(Form.DATA).w(MultiplyDivide::muls));
        t.add(new Form("1000 nnn 011 mmmmmm", "divu", "ea,dn").modes(Form.DATA).w(MultiplyDivide::divu));
        t.add(new Form("1000 nnn 111 mmmmmm", "divs", "ea,dn").modes(Form.DATA).w(MultiplyDivide::divs));
        t.add(new Form("0100 nnn 110 mmmmmm", "chk", "ea,dn").modes(Form.DATA).w(MultiplyDivide::chk));
    }

    private static void mulu(Cpu c, int op) {
        int s = EffectiveAddress.readW(c, op & 63);
        int n = op >>> 9 & 7;
        c.r[n] = Alu.logic(c, s * (c.r[n] & 0xFFFF));
        c.prefetch();
        c.idle(Alu.muluIdle(s));
    }

    private static void muls(Cpu c, int op) {
        int s = EffectiveAddress.readW(c, op & 63);
        int n = op >>> 9 & 7;
        c.r[n] = Alu.logic(c, (short) s * (short) c.r[n]);
        c.prefetch();
        c.idle(Alu.mulsIdle(s));
    }

    private static void divu(Cpu c, int op) {
        int s = EffectiveAddress.readW(c, op & 63);
        int n = op >>> 9 & 7;
        int d = c.r[n];
        if (s == 0) {
            divideByZero(c);
            return;
        }
        c.idle(Alu.divuIdle(d, s));
        int q = Integer.divideUnsigned(d, s);
        if (q >>> 16 != 0) {
            overflow(c);
        } else {
            c.r[n] = Integer.remainderUnsigned(d, s) << 16 | q;
            Alu.logic(c, q << 16);
        }
        c.prefetch();
    }

    private static void divs(Cpu c, int op) {
        int s = (short) EffectiveAddress.readW(c, op & 63);
        int n = op >>> 9 & 7;
        int d = c.r[n];
        if (s == 0) {
            divideByZero(c);
            return;
        }
        c.idle(Alu.divsIdle(d, s));
        long q = (long) d / s;
        if (q != (short) q) {
            overflow(c);
        } else {
            c.r[n] = d % s << 16 | (int) q & 0xFFFF;
            Alu.logic(c, (int) q << 16);
        }
        c.prefetch();
    }

    /** The register stays; N is set and Z clear, though the manual leaves them undefined. */
    private static void overflow(Cpu c) {
        c.n = -1;
        c.z = 1;
        c.v = -1;
        c.c = 0;
    }

    private static void divideByZero(Cpu c) {
        c.n = 0;
        c.z = 1;
        c.v = 0;
        c.c = 0;
        Exceptions.take(c, Exceptions.ZERO_DIVIDE, c.pc - 2, 8);
    }

    private static void chk(Cpu c, int op) {
        int bound = (short) EffectiveAddress.readW(c, op & 63);
        int d = (short) c.r[op >>> 9 & 7];
        c.n = d;
        c.z = 1;
        c.v = 0;
        c.c = 0;
        int difference = d - bound;
        if (d > bound || difference != (short) difference) {
            Exceptions.take(c, Exceptions.CHK, c.pc - 2, 8);
        } else if (d < 0) {
            Exceptions.take(c, Exceptions.CHK, c.pc - 2, 10);
        } else {
            c.idle(6);
            c.prefetch();
        }
    }
}
