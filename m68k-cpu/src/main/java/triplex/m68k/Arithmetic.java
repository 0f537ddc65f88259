package triplex.m68k;

import static triplex.m68k.Alu.ADD;
import static triplex.m68k.Alu.AND;
import static triplex.m68k.Alu.CMP;
import static triplex.m68k.Alu.EOR;
import static triplex.m68k.Alu.OR;
import static triplex.m68k.Alu.SUB;

import java.util.List;

/** ADD, SUB, CMP, AND, OR, EOR with their address, immediate and quick forms. */
final class Arithmetic {
    private Arithmetic() {
    }

    static void rows(List<Form> t) {
        t.add(new Form("1101 nnn 0ss mmmmmm", "add", "ea,dn").b((c, op) -> toDnB(c, op, ADD))
                .w((c, op) -> toDnW(c, op, ADD)).l((c, op) -> toDnL(c, op, ADD)));
        t.add(new Form("1001 nnn 0ss mmmmmm", "sub", "ea,dn").b((c, op) -> toDnB(c, op, SUB))
                .w((c, op) -> toDnW(c, op, SUB)).l((c, op) -> toDnL(c, op, SUB)));
        t.add(new Form("1011 nnn 0ss mmmmmm", "cmp", "ea,dn").b((c, op) -> toDnB(c, op, CMP))
                .w((c, op) -> toDnW(c, op, CMP)).l((c, op) -> toDnL(c, op, CMP)));
        t.add(new Form("1100 nnn 0ss mmmmmm", "and", "ea,dn").modes(Form.DATA).b((c, op) -> toDnB(c, op, AND))
                .w((c, op) -> toDnW(c, op, AND)).l((c, op) -> toDnL(c, op, AND)));
        t.add(new Form("1000 nnn 0ss mmmmmm", "or", "ea,dn").modes(Form.DATA).b((c, op) -> toDnB(c, op, OR))
                .w((c, op) -> toDnW(c, op, OR)).l((c, op) -> toDnL(c, op, OR)));

        t.add(new Form("1101 nnn 1ss mmmmmm", "add", "dn,ea").modes(Form.MEMORY_ALTERABLE)
                .b((c, op) -> toEaB(c, op, ADD)).w((c, op) -> toEaW(c, op, ADD)).l((c, op) -> toEaL(c, op, ADD)));
        t.add(new Form("1001 nnn 1ss mmmmmm", "sub", "dn,ea").modes(Form.MEMORY_ALTERABLE)
                .b((c, op) -> toEaB(c, op, SUB)).w((c, op) -> toEaW(c, op, SUB)).l((c, op) -> toEaL(c, op, SUB)));
        t.add(new Form("1100 nnn 1ss mmmmmm", "and", "dn,ea").modes(Form.MEMORY_ALTERABLE)
                .b((c, op) -> toEaB(c, op, AND)).w((c, op) -> toEaW(c, op, AND)).l((c, op) -> toEaL(c, op, AND)));
        t.add(new Form("1000 nnn 1ss mmmmmm", "or", "dn,ea").modes(Form.MEMORY_ALTERABLE)
                .b((c, op) -> toEaB(c, op, OR)).w((c, op) -> toEaW(c, op, OR)).l((c, op) -> toEaL(c, op, OR)));
        t.add(new Form("1011 nnn 1ss mmmmmm", "eor", "dn,ea").modes(Form.DATA_ALTERABLE)
                .b((c, op) -> toEaB(c, op, EOR)).w((c, op) -> toEaW(c, op, EOR)).l((c, op) -> toEaL(c, op, EOR)));

        t.add(new Form("1101 nnn 011 mmmmmm", "adda", "ea,an").w((c, op) -> toAnW(c, op, ADD)));
        t.add(new Form("1101 nnn 111 mmmmmm", "adda", "ea,an").l((c, op) -> toAnL(c, op, ADD)));
        t.add(new Form("1001 nnn 011 mmmmmm", "suba", "ea,an").w((c, op) -> toAnW(c, op, SUB)));
        t.add(new Form("1001 nnn 111 mmmmmm", "suba", "ea,an").l((c, op) -> toAnL(c, op, SUB)));
        t.add(new Form("1011 nnn 011 mmmmmm", "cmpa", "ea,an").w((c, op) -> toAnW(c, op, CMP)));
        t.add(new Form("1011 nnn 111 mmmmmm", "cmpa", "ea,an").l((c, op) -> toAnL(c, op, CMP)));

        immediate(t, "0000 0110 ss mmmmmm", "addi", ADD);
        immediate(t, "0000 0100 ss mmmmmm", "subi", SUB);
        immediate(t, "0000 1100 ss mmmmmm", "cmpi", CMP);
        immediate(t, "0000 0010 ss mmmmmm", "andi", AND);
        immediate(t, "0000 0000 ss mmmmmm", "ori", OR);
        immediate(t, "0000 1010 ss mmmmmm", "eori", EOR);

        t.add(new Form("0101 qqq 0ss mmmmmm", "addq", "quick,ea").modes(Form.DATA_ALTERABLE)
                .b((c, op) -> modifyB(c, op, quick(op), ADD)).w((c, op) -> modifyW(c, op, quick(op), ADD))
                .l((c, op) -> modifyL(c, op, quick(op), ADD)));
        t.add(new Form("0101 qqq 1ss mmmmmm", "subq", "quick,ea").modes(Form.DATA_ALTERABLE)
                .b((c, op) -> modifyB(c, op, quick(op), SUB)).w((c, op) -> modifyW(c, op, quick(op), SUB))
                .l((c, op) -> modifyL(c, op, quick(op), SUB)));
        Body addq = (c, op) -> quickAn(c, op, quick(op));
        Body subq = (c, op) -> quickAn(c, op, -quick(op));
        t.add(new Form("0101 qqq 0ss 001nnn", "addq", "quick,am").w(addq).l(addq));
        t.add(new Form("0101 qqq 1ss 001nnn", "subq", "quick,am").w(subq).l(subq));
    }

    private static void immediate(List<Form> t, String pattern, String mnemonic, int kind) {
        t.add(new Form(pattern, mnemonic, "imm,ea").modes(Form.DATA_ALTERABLE)
                .b((c, op) -> modifyB(c, op, c.extension() & 0xFF, kind))
                .w((c, op) -> modifyW(c, op, c.extension(), kind))
                .l((c, op) -> modifyL(c, op, EffectiveAddress.immediateL(c), kind)));
    }

    private static int quick(int op) {
        return ((op >>> 9) - 1 & 7) + 1;
    }

    private static void toDnB(Cpu c, int op, int kind) {
        int s = EffectiveAddress.readB(c, op & 63);
        int n = op >>> 9 & 7;
        int d = c.r[n];
        int v = Alu.operate(c, kind, s << 24, d << 24) >>> 24;
        if (kind != CMP) {
            c.r[n] = d & ~0xFF | v;
        }
        c.prefetch();
    }

    private static void toDnW(Cpu c, int op, int kind) {
        int s = EffectiveAddress.readW(c, op & 63);
        int n = op >>> 9 & 7;
        int d = c.r[n];
        int v = Alu.operate(c, kind, s << 16, d << 16) >>> 16;
        if (kind != CMP) {
            c.r[n] = d & ~0xFFFF | v;
        }
        c.prefetch();
    }

    private static void toDnL(Cpu c, int op, int kind) {
        int ea = op & 63;
        int s = EffectiveAddress.readL(c, ea);
        int n = op >>> 9 & 7;
        c.r[n] = Alu.operate(c, kind, s, c.r[n]);
        c.prefetch();
        c.idle(kind != CMP && (ea < 16 || ea == 0x3C) ? 4 : 2);
    }

    private static void toEaB(Cpu c, int op, int kind) {
        modifyB(c, op, c.r[op >>> 9 & 7], kind);
    }

    private static void toEaW(Cpu c, int op, int kind) {
        modifyW(c, op, c.r[op >>> 9 & 7], kind);
    }

    private static void toEaL(Cpu c, int op, int kind) {
        modifyL(c, op, c.r[op >>> 9 & 7], kind);
    }

    private static void modifyB(Cpu c, int op, int s, int kind) {
        int ea = op & 63;
        int d = EffectiveAddress.readB(c, ea);
        int v = Alu.operate(c, kind, s << 24, d << 24) >>> 24;
        c.prefetch();
        if (kind != CMP) {
            if (ea < 8) {
                c.r[ea] = c.r[ea] & ~0xFF | v;
            } else {
                c.writeB(c.address, v);
            }
        }
    }

    private static void modifyW(Cpu c, int op, int s, int kind) {
        int ea = op & 63;
        int d = EffectiveAddress.readW(c, ea);
        int v = Alu.operate(c, kind, s << 16, d << 16) >>> 16;
        c.prefetch();
        if (kind != CMP) {
            if (ea < 8) {
                c.r[ea] = c.r[ea] & ~0xFFFF | v;
            } else {
                c.writeW(c.address, v);
            }
        }
    }

    private static void modifyL(Cpu c, int op, int s, int kind) {
        int ea = op & 63;
        int d = EffectiveAddress.readL(c, ea);
        int v = Alu.operate(c, kind, s, d);
        c.prefetch();
        if (ea < 8) {
            c.r[ea] = v;
            c.idle(kind == CMP ? 2 : 4);
        } else if (kind != CMP) {
            c.writeLowHigh(c.address, v);
        }
    }

    private static void quickAn(Cpu c, int op, int s) {
        c.r[8 + (op & 7)] += s;
        c.prefetch();
        c.idle(4);
    }

    private static void toAnW(Cpu c, int op, int kind) {
        int s = (short) EffectiveAddress.readW(c, op & 63);
        int n = 8 + (op >>> 9 & 7);
        addressOperate(c, n, s, kind);
        c.prefetch();
        c.idle(kind == CMP ? 2 : 4);
    }

    private static void toAnL(Cpu c, int op, int kind) {
        int ea = op & 63;
        int s = EffectiveAddress.readL(c, ea);
        int n = 8 + (op >>> 9 & 7);
        addressOperate(c, n, s, kind);
        c.prefetch();
        c.idle(kind != CMP && (ea < 16 || ea == 0x3C) ? 4 : 2);
    }

    private static void addressOperate(Cpu c, int n, int s, int kind) {
        switch (kind) {
            case ADD -> c.r[n] += s;
            case SUB -> c.r[n] -= s;
            default -> Alu.cmp(c, s, c.r[n]);
        }
    }
}
