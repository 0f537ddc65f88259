package triplex.m68k;

import java.util.List;

/** BTST, BCHG, BCLR, BSET: bit number in a register or an immediate word; Z is the complement of the old bit. */
final class Bits {
    private static final int BTST = 0;
    private static final int BCHG = 1;
    private static final int BCLR = 2;
    private static final int BSET = 3;

    private Bits() {
    }

    static void rows(List<Form> t) {
        int memory = Form.MEMORY_ALTERABLE;
        t.add(new Form("0000 nnn 100 mmmmmm", "btst", "dn,ea").modes(Form.DATA & ~Form.DN).b(Bits::testDynamic));
        t.add(new Form("0000 nnn 101 mmmmmm", "bchg", "dn,ea").modes(memory).b((c, op) -> dynamic(c, op, BCHG)));
        t.add(new Form("0000 nnn 110 mmmmmm", "bclr", "dn,ea").modes(memory).b((c, op) -> dynamic(c, op, BCLR)));
        t.add(new Form("0000 nnn 111 mmmmmm", "bset", "dn,ea").modes(memory).b((c, op) -> dynamic(c, op, BSET)));
        t.add(new Form("0000 nnn 100 000 yyy", "btst", "dn,dm").l((c, op) -> dynamicL(c, op, BTST)));
        t.add(new Form("0000 nnn 101 000 yyy", "bchg", "dn,dm").l((c, op) -> dynamicL(c, op, BCHG)));
        t.add(new Form("0000 nnn 110 000 yyy", "bclr", "dn,dm").l((c, op) -> dynamicL(c, op, BCLR)));
        t.add(new Form("0000 nnn 111 000 yyy", "bset", "dn,dm").l((c, op) -> dynamicL(c, op, BSET)));
        t.add(new Form("0000 1000 00 mmmmmm", "btst", "imm,ea").modes(Form.DATA & ~Form.DN & ~Form.IMMEDIATE)
                .b(Bits::testStatic));
        t.add(new Form("0000 1000 01 mmmmmm", "bchg", "imm,ea").modes(memory).b((c, op) -> fixed(c, op, BCHG)));
        t.add(new Form("0000 1000 10 mmmmmm", "bclr", "imm,ea").modes(memory).b((c, op) -> fixed(c, op, BCLR)));
        t.add(new Form("0000 1000 11 mmmmmm", "bset", "imm,ea").modes(memory).b((c, op) -> fixed(c, op, BSET)));
        t.add(new Form("0000 1000 00 000 yyy", "btst", "immb,dm").l((c, op) -> fixedL(c, op, BTST)));
        t.add(new Form("0000 1000 01 000 yyy", "bchg", "immb,dm").l((c, op) -> fixedL(c, op, BCHG)));
        t.add(new Form("0000 1000 10 000 yyy", "bclr", "immb,dm").l((c, op) -> fixedL(c, op, BCLR)));
        t.add(new Form("0000 1000 11 000 yyy", "bset", "immb,dm").l((c, op) -> fixedL(c, op, BSET)));
    }

    private static int change(int kind, int value, int bit) {
        return switch (kind) {
            case BCHG -> value ^ bit;
            case BCLR -> value & ~bit;
            case BSET -> value | bit;
            default -> value;
        };
    }

    private static void testDynamic(Cpu c, int op) {
        int ea = op & 63;
        int bit = 1 << (c.r[op >>> 9 & 7] & 7);
        c.z = EffectiveAddress.readB(c, ea) & bit;
        c.prefetch();
        c.idle(ea == 0x3C ? 2 : 0);
    }

    private static void dynamic(Cpu c, int op, int kind) {
        modify(c, op, 1 << (c.r[op >>> 9 & 7] & 7), kind);
    }

    private static void testStatic(Cpu c, int op) {
        int bit = 1 << (c.extension() & 7);
        c.z = EffectiveAddress.readB(c, op & 63) & bit;
        c.prefetch();
    }

    private static void fixed(Cpu c, int op, int kind) {
        modify(c, op, 1 << (c.extension() & 7), kind);
    }

    private static void modify(Cpu c, int op, int bit, int kind) {
        int v = EffectiveAddress.readB(c, op & 63);
        c.z = v & bit;
        c.prefetch();
        c.writeB(c.address, change(kind, v, bit));
    }

    private static void dynamicL(Cpu c, int op, int kind) {
        register(c, op & 7, c.r[op >>> 9 & 7] & 31, kind);
    }

    private static void fixedL(Cpu c, int op, int kind) {
        register(c, op & 7, c.extension() & 31, kind);
    }

    private static void register(Cpu c, int n, int number, int kind) {
        int v = c.r[n];
        int bit = 1 << number;
        c.z = v & bit;
        c.r[n] = change(kind, v, bit);
        c.prefetch();
        c.idle(kind == BTST ? 2 : (kind == BCLR ? 4 : 2) + (number < 16 ? 0 : 2));
    }
}
