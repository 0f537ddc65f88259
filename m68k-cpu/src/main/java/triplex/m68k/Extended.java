package triplex.m68k;

import java.util.List;

/** ADDX, SUBX, ABCD, SBCD, CMPM: register to register or memory to memory with both registers stepping. */
final class Extended {
    private static final int ADDX = 0;

    private Extended() {
    }

    static void rows(List<Form> t) {
        t.add(new Form("1101 nnn 1ss 000 yyy", "addx", "dm,dn").b((c, op) -> registerB(c, op, ADDX))
                .w((c, op) -> registerW(c, op, ADDX)).l((c, op) -> registerL(c, op, ADDX)));
        t.add(new Form("1101 nnn 1ss 001 yyy", "addx", "-(am),-(an)").b((c, op) -> memoryB(c, op, ADDX))
                .w((c, op) -> memoryW(c, op, ADDX)).l((c, op) -> memoryL(c, op, ADDX)));
        t.add(new Form("1001 nnn 1ss 000 yyy", "subx", "dm,dn").b((c, op) -> registerB(c, op, 1))
                .w((c, op) -> registerW(c, op, 1)).l((c, op) -> registerL(c, op, 1)));
        t.add(new Form("1001 nnn 1ss 001 yyy", "subx", "-(am),-(an)").b((c, op) -> memoryB(c, op, 1))
                .w((c, op) -> memoryW(c, op, 1)).l((c, op) -> memoryL(c, op, 1)));
        t.add(new Form("1100 nnn 100 000 yyy", "abcd", "dm,dn").b(Extended::abcdRegister));
        t.add(new Form("1100 nnn 100 001 yyy", "abcd", "-(am),-(an)").b(Extended::abcdMemory));
        t.add(new Form("1000 nnn 100 000 yyy", "sbcd", "dm,dn").b(Extended::sbcdRegister));
        t.add(new Form("1000 nnn 100 001 yyy", "sbcd", "-(am),-(an)").b(Extended::sbcdMemory));
        t.add(new Form("1011 nnn 1ss 001 yyy", "cmpm", "(am)+,(an)+")
                .b(Extended::compareB).w(Extended::compareW).l(Extended::compareL));
    }

    private static int operate(Cpu c, int kind, int s, int d, int one) {
        return kind == ADDX ? Alu.addx(c, s, d, one) : Alu.subx(c, s, d, one);
    }

    private static void registerB(Cpu c, int op, int kind) {
        int n = op >>> 9 & 7;
        int v = operate(c, kind, c.r[op & 7] << 24, c.r[n] << 24, 1 << 24) >>> 24;
        c.r[n] = c.r[n] & ~0xFF | v;
        c.prefetch();
    }

    private static void registerW(Cpu c, int op, int kind) {
        int n = op >>> 9 & 7;
        int v = operate(c, kind, c.r[op & 7] << 16, c.r[n] << 16, 1 << 16) >>> 16;
        c.r[n] = c.r[n] & ~0xFFFF | v;
        c.prefetch();
    }

    private static void registerL(Cpu c, int op, int kind) {
        int n = op >>> 9 & 7;
        c.r[n] = operate(c, kind, c.r[op & 7], c.r[n], 1);
        c.prefetch();
        c.idle(4);
    }

    private static int predecrementB(Cpu c, int n) {
        int a = c.r[8 + n] - (n == 7 ? 2 : 1);
        c.r[8 + n] = a;
        return c.readB(a);
    }

    private static void memoryB(Cpu c, int op, int kind) {
        int n = op >>> 9 & 7;
        c.idle(2);
        int s = predecrementB(c, op & 7);
        int d = predecrementB(c, n);
        int v = operate(c, kind, s << 24, d << 24, 1 << 24) >>> 24;
        c.prefetch();
        c.writeB(c.r[8 + n], v);
    }

    private static int predecrementW(Cpu c, int n) {
        int a = c.r[8 + n] - 2;
        c.r[8 + n] = a;
        return c.readW(a);
    }

    private static void memoryW(Cpu c, int op, int kind) {
        int n = op >>> 9 & 7;
        c.idle(2);
        int s = predecrementW(c, op & 7);
        int d = predecrementW(c, n);
        int v = operate(c, kind, s << 16, d << 16, 1 << 16) >>> 16;
        c.prefetch();
        c.writeW(c.r[8 + n], v);
    }

    /** The low word is read first; a fault leaves An unchanged. */
    private static int predecrementL(Cpu c, int n) {
        int a = c.r[8 + n] - 4;
        int low = c.readW(a + 2);
        int high = c.readW(a);
        c.r[8 + n] = a;
        return high << 16 | low;
    }

    private static void memoryL(Cpu c, int op, int kind) {
        int n = op >>> 9 & 7;
        c.idle(2);
        int s = predecrementL(c, op & 7);
        int d = predecrementL(c, n);
        int v = operate(c, kind, s, d, 1);
        int a = c.r[8 + n];
        c.writeW(a + 2, v);
        c.prefetch();
        c.writeW(a, v >>> 16);
    }

    private static void abcdRegister(Cpu c, int op) {
        int n = op >>> 9 & 7;
        int v = Alu.abcd(c, c.r[op & 7] & 0xFF, c.r[n] & 0xFF);
        c.r[n] = c.r[n] & ~0xFF | v;
        c.prefetch();
        c.idle(2);
    }

    private static void abcdMemory(Cpu c, int op) {
        int n = op >>> 9 & 7;
        c.idle(2);
        int s = predecrementB(c, op & 7);
        int d = predecrementB(c, n);
        int v = Alu.abcd(c, s, d);
        c.prefetch();
        c.writeB(c.r[8 + n], v);
    }

    private static void sbcdRegister(Cpu c, int op) {
        int n = op >>> 9 & 7;
        int v = Alu.sbcd(c, c.r[op & 7] & 0xFF, c.r[n] & 0xFF);
        c.r[n] = c.r[n] & ~0xFF | v;
        c.prefetch();
        c.idle(2);
    }

    private static void sbcdMemory(Cpu c, int op) {
        int n = op >>> 9 & 7;
        c.idle(2);
        int s = predecrementB(c, op & 7);
        int d = predecrementB(c, n);
        int v = Alu.sbcd(c, s, d);
        c.prefetch();
        c.writeB(c.r[8 + n], v);
    }

    private static void compareB(Cpu c, int op) {
        int s = EffectiveAddress.readB(c, 0x18 | op & 7);
        int d = EffectiveAddress.readB(c, 0x18 | op >>> 9 & 7);
        Alu.cmp(c, s << 24, d << 24);
        c.prefetch();
    }

    /** A fault leaves the source register stepped by one word and the destination register unchanged. */
    private static void compareW(Cpu c, int op) {
        int s = EffectiveAddress.readW(c, 0x18 | op & 7);
        int n = 8 + (op >>> 9 & 7);
        int d = c.readW(c.r[n]);
        c.r[n] += 2;
        Alu.cmp(c, s << 16, d << 16);
        c.prefetch();
    }

    private static void compareL(Cpu c, int op) {
        int m = 8 + (op & 7);
        int a = c.r[m];
        c.r[m] = a + 2;
        int s = c.readL(a);
        c.r[m] = a + 4;
        int n = 8 + (op >>> 9 & 7);
        int d = c.readL(c.r[n]);
        c.r[n] += 4;
        Alu.cmp(c, s, d);
        c.prefetch();
    }
}
