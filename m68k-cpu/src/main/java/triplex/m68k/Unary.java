package triplex.m68k;

import java.util.List;

/** Instructions with one operand: NEG, NEGX, NOT, CLR, TST, Scc, NBCD, TAS, EXT, SWAP. CLR and Scc read first. */
final class Unary {
    private static final int NEGX = 0;
    private static final int CLR = 1;
    private static final int NEG = 2;
    private static final int NOT = 3;

    private Unary() {
    }

    static void rows(List<Form> t) {
        t.add(new Form("0100 0000 ss mmmmmm", "negx", "ea").modes(Form.DATA_ALTERABLE)
                .b((c, op) -> modifyB(c, op, NEGX)).w((c, op) -> modifyW(c, op, NEGX))
                .l((c, op) -> modifyL(c, op, NEGX)));
        t.add(new Form("0100 0010 ss mmmmmm", "clr", "ea").modes(Form.DATA_ALTERABLE)
                .b((c, op) -> modifyB(c, op, CLR)).w((c, op) -> modifyW(c, op, CLR))
                .l((c, op) -> modifyL(c, op, CLR)));
        t.add(new Form("0100 0100 ss mmmmmm", "neg", "ea").modes(Form.DATA_ALTERABLE)
                .b((c, op) -> modifyB(c, op, NEG)).w((c, op) -> modifyW(c, op, NEG))
                .l((c, op) -> modifyL(c, op, NEG)));
        t.add(new Form("0100 0110 ss mmmmmm", "not", "ea").modes(Form.DATA_ALTERABLE)
                .b((c, op) -> modifyB(c, op, NOT)).w((c, op) -> modifyW(c, op, NOT))
                .l((c, op) -> modifyL(c, op, NOT)));
        t.add(new Form("0100 1010 ss mmmmmm", "tst", "ea").modes(Form.DATA_ALTERABLE)
                .b(Unary::testB).w(Unary::testW).l(Unary::testL));
        t.add(new Form("0101 cccc 11 mmmmmm", "s<cc>", "ea").modes(Form.DATA_ALTERABLE).b(Unary::setCondition));
        t.add(new Form("0100 1000 00 mmmmmm", "nbcd", "ea").modes(Form.DATA_ALTERABLE).b(Unary::nbcd));
        t.add(new Form("0100 1010 11 mmmmmm", "tas", "ea").modes(Form.DATA_ALTERABLE).b(Unary::testAndSet));
        t.add(new Form("0100 1000 10 000nnn", "ext", "dm").w(Unary::extendW));
        t.add(new Form("0100 1000 11 000nnn", "ext", "dm").l(Unary::extendL));
        t.add(new Form("0100 1000 01 000nnn", "swap", "dm").unsized(Unary::swap));
    }

    private static int operate(Cpu c, int kind, int d, int one) {
        return switch (kind) {
            case NEGX -> Alu.subx(c, d, 0, one);
            case CLR -> Alu.logic(c, 0);
            case NEG -> Alu.sub(c, d, 0);
            default -> Alu.logic(c, ~d & -one);
        };
    }

    private static void modifyB(Cpu c, int op, int kind) {
        int ea = op & 63;
        int d = EffectiveAddress.readB(c, ea);
        int v = operate(c, kind, d << 24, 1 << 24) >>> 24;
        c.prefetch();
        if (ea < 8) {
            c.r[ea] = c.r[ea] & ~0xFF | v;
        } else {
            c.writeB(c.address, v);
        }
    }

    private static void modifyW(Cpu c, int op, int kind) {
        int ea = op & 63;
        int d = EffectiveAddress.readW(c, ea);
        int v = operate(c, kind, d << 16, 1 << 16) >>> 16;
        c.prefetch();
        if (ea < 8) {
            c.r[ea] = c.r[ea] & ~0xFFFF | v;
        } else {
            c.writeW(c.address, v);
        }
    }

    private static void modifyL(Cpu c, int op, int kind) {
        int ea = op & 63;
        int d = EffectiveAddress.readL(c, ea);
        int v = operate(c, kind, d, 1);
        c.prefetch();
        if (ea < 8) {
            c.r[ea] = v;
            c.idle(2);
        } else {
            c.writeLowHigh(c.address, v);
        }
    }

    private static void testB(Cpu c, int op) {
        Alu.logic(c, EffectiveAddress.readB(c, op & 63) << 24);
        c.prefetch();
    }

    private static void testW(Cpu c, int op) {
        Alu.logic(c, EffectiveAddress.readW(c, op & 63) << 16);
        c.prefetch();
    }

    private static void testL(Cpu c, int op) {
        Alu.logic(c, EffectiveAddress.readL(c, op & 63));
        c.prefetch();
    }

    private static void setCondition(Cpu c, int op) {
        int ea = op & 63;
        boolean holds = c.condition(op >>> 8 & 15);
        if (ea < 8) {
            c.r[ea] = holds ? c.r[ea] | 0xFF : c.r[ea] & ~0xFF;
            c.prefetch();
            c.idle(holds ? 2 : 0);
        } else {
            EffectiveAddress.readB(c, ea);
            c.prefetch();
            c.writeB(c.address, holds ? 0xFF : 0);
        }
    }

    private static void nbcd(Cpu c, int op) {
        int ea = op & 63;
        int v = Alu.sbcd(c, EffectiveAddress.readB(c, ea), 0);
        c.prefetch();
        if (ea < 8) {
            c.r[ea] = c.r[ea] & ~0xFF | v;
            c.idle(2);
        } else {
            c.writeB(c.address, v);
        }
    }

    private static void testAndSet(Cpu c, int op) {
        int ea = op & 63;
        if (ea < 8) {
            Alu.logic(c, c.r[ea] << 24);
            c.r[ea] |= 0x80;
        } else {
            int a = EffectiveAddress.alterableB(c, ea);
            Alu.logic(c, c.testAndSet(a) << 24);
        }
        c.prefetch();
    }

    private static void extendW(Cpu c, int op) {
        int n = op & 7;
        int v = (byte) c.r[n];
        c.r[n] = c.r[n] & ~0xFFFF | v & 0xFFFF;
        Alu.logic(c, v);
        c.prefetch();
    }

    private static void extendL(Cpu c, int op) {
        int n = op & 7;
        c.r[n] = Alu.logic(c, (short) c.r[n]);
        c.prefetch();
    }

    private static void swap(Cpu c, int op) {
        int n = op & 7;
        c.r[n] = Alu.logic(c, Integer.rotateLeft(c.r[n], 16));
        c.prefetch();
    }
}
