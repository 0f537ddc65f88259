package triplex.m68k;

import java.util.List;

/** MOVE and MOVEA: one row per destination mode. */
final class Moves {
    private Moves() {
    }

    static void rows(List<Form> t) {
        t.add(new Form("00zz nnn 000 mmmmmm", "move", "ea,dn").b(Moves::dnB).w(Moves::dnW).l(Moves::dnL));
        t.add(new Form("00zz nnn 001 mmmmmm", "movea", "ea,an").w(Moves::anW).l(Moves::anL));
        t.add(new Form("00zz nnn 010 mmmmmm", "move", "ea,(an)")
                .b(Moves::indirectB).w(Moves::indirectW).l(Moves::indirectL));
        t.add(new Form("00zz nnn 011 mmmmmm", "move", "ea,(an)+")
                .b(Moves::postincrementB).w(Moves::postincrementW).l(Moves::postincrementL));
        t.add(new Form("00zz nnn 100 mmmmmm", "move", "ea,-(an)")
                .b(Moves::predecrementB).w(Moves::predecrementW).l(Moves::predecrementL));
        t.add(new Form("00zz nnn 101 mmmmmm", "move", "ea,d16(an)")
                .b(Moves::displacementB).w(Moves::displacementW).l(Moves::displacementL));
        t.add(new Form("00zz nnn 110 mmmmmm", "move", "ea,d8(an)")
                .b(Moves::indexB).w(Moves::indexW).l(Moves::indexL));
        t.add(new Form("00zz 000 111 mmmmmm", "move", "ea,abs.w")
                .b(Moves::shortB).w(Moves::shortW).l(Moves::shortL));
        t.add(new Form("00zz 001 111 mmmmmm", "move", "ea,abs.l")
                .b(Moves::longB).w(Moves::longW).l(Moves::longL));
    }

    private static int valueB(Cpu c, int op) {
        int v = EffectiveAddress.readB(c, op & 63);
        Alu.logic(c, v << 24);
        return v;
    }

    private static int valueW(Cpu c, int op) {
        int v = EffectiveAddress.readW(c, op & 63);
        Alu.logic(c, v << 16);
        return v;
    }

    private static int valueL(Cpu c, int op) {
        return Alu.logic(c, EffectiveAddress.readL(c, op & 63));
    }

    /** Writes a long and sets the condition codes; when the address is odd, only as far as the chip gets. */
    private static void storeL(Cpu c, int op, int a, int v) {
        if ((a & 1) == 0) {
            Alu.logic(c, v);
        } else {
            oddFlags(c, op, v);
        }
        c.writeL(a, v);
    }

    private static void oddFlags(Cpu c, int op, int v) {
        boolean direct = (op >>> 6 & 7) == 2 || (op >>> 6 & 7) == 3;
        boolean absoluteLong = (op >>> 6 & 63) == 0x0F;
        if (fromMemory(op)) {
            Alu.logic(c, direct || absoluteLong ? v << 16 : v);
        } else if (!direct) {
            c.n = v;
            c.z = v;
        }
    }

    private static int an(int op) {
        return 8 + (op >>> 9 & 7);
    }

    private static void dnB(Cpu c, int op) {
        int v = valueB(c, op);
        int n = op >>> 9 & 7;
        c.r[n] = c.r[n] & ~0xFF | v;
        c.prefetch();
    }

    private static void dnW(Cpu c, int op) {
        int v = valueW(c, op);
        int n = op >>> 9 & 7;
        c.r[n] = c.r[n] & ~0xFFFF | v;
        c.prefetch();
    }

    private static void dnL(Cpu c, int op) {
        c.r[op >>> 9 & 7] = valueL(c, op);
        c.prefetch();
    }

    private static void anW(Cpu c, int op) {
        int v = EffectiveAddress.readW(c, op & 63);
        c.r[an(op)] = (short) v;
        c.prefetch();
    }

    private static void anL(Cpu c, int op) {
        int v = EffectiveAddress.readL(c, op & 63);
        c.r[an(op)] = v;
        c.prefetch();
    }

    private static void indirectB(Cpu c, int op) {
        int v = valueB(c, op);
        c.writeB(c.r[an(op)], v);
        c.prefetch();
    }

    private static void indirectW(Cpu c, int op) {
        int v = valueW(c, op);
        c.writeW(c.r[an(op)], v);
        c.prefetch();
    }

    private static void indirectL(Cpu c, int op) {
        int v = EffectiveAddress.readL(c, op & 63);
        storeL(c, op, c.r[an(op)], v);
        c.prefetch();
    }

    private static void postincrementB(Cpu c, int op) {
        int v = valueB(c, op);
        int n = an(op);
        int a = c.r[n];
        c.writeB(a, v);
        c.r[n] = a + (n == 15 ? 2 : 1);
        c.prefetch();
    }

    private static void postincrementW(Cpu c, int op) {
        int v = valueW(c, op);
        int n = an(op);
        int a = c.r[n];
        c.writeW(a, v);
        c.r[n] = a + 2;
        c.prefetch();
    }

    private static void postincrementL(Cpu c, int op) {
        int v = EffectiveAddress.readL(c, op & 63);
        int n = an(op);
        int a = c.r[n];
        storeL(c, op, a, v);
        c.r[n] = a + 4;
        c.prefetch();
    }

    private static void predecrementB(Cpu c, int op) {
        int v = valueB(c, op);
        int n = an(op);
        int a = c.r[n] - (n == 15 ? 2 : 1);
        c.r[n] = a;
        c.prefetch();
        c.writeB(a, v);
    }

    private static void predecrementW(Cpu c, int op) {
        int v = valueW(c, op);
        int n = an(op);
        int a = c.r[n] - 2;
        c.r[n] = a;
        c.prefetch();
        c.writeW(a, v);
    }

    /** The next word enters the queue before the write, but is decoded after it. A fault leaves An unchanged. */
    private static void predecrementL(Cpu c, int op) {
        int v = valueL(c, op);
        int n = an(op);
        int a = c.r[n] - 4;
        int next = c.extension();
        c.writeLowHigh(a, v);
        c.r[n] = a;
        c.ird = next;
    }

    private static void displacementB(Cpu c, int op) {
        int v = valueB(c, op);
        int a = c.r[an(op)] + (short) c.extension();
        c.writeB(a, v);
        c.prefetch();
    }

    private static void displacementW(Cpu c, int op) {
        int v = valueW(c, op);
        int a = c.r[an(op)] + (short) c.extension();
        c.writeW(a, v);
        c.prefetch();
    }

    private static void displacementL(Cpu c, int op) {
        int v = EffectiveAddress.readL(c, op & 63);
        int a = c.r[an(op)] + (short) c.extension();
        storeL(c, op, a, v);
        c.prefetch();
    }

    private static void indexB(Cpu c, int op) {
        int v = valueB(c, op);
        int a = EffectiveAddress.indexed(c, c.r[an(op)]);
        c.writeB(a, v);
        c.prefetch();
    }

    private static void indexW(Cpu c, int op) {
        int v = valueW(c, op);
        int a = EffectiveAddress.indexed(c, c.r[an(op)]);
        c.writeW(a, v);
        c.prefetch();
    }

    private static void indexL(Cpu c, int op) {
        int v = EffectiveAddress.readL(c, op & 63);
        int a = EffectiveAddress.indexed(c, c.r[an(op)]);
        storeL(c, op, a, v);
        c.prefetch();
    }

    private static void shortB(Cpu c, int op) {
        int v = valueB(c, op);
        int a = (short) c.extension();
        c.writeB(a, v);
        c.prefetch();
    }

    private static void shortW(Cpu c, int op) {
        int v = valueW(c, op);
        int a = (short) c.extension();
        c.writeW(a, v);
        c.prefetch();
    }

    private static void shortL(Cpu c, int op) {
        int v = EffectiveAddress.readL(c, op & 63);
        int a = (short) c.extension();
        storeL(c, op, a, v);
        c.prefetch();
    }

    /** With a source in memory the low word of the address is used in the queue and refilled after the write. */
    private static boolean fromMemory(int op) {
        int ea = op & 63;
        return ea >= 16 && ea != 0x3C;
    }

    private static void longB(Cpu c, int op) {
        int v = valueB(c, op);
        int high = c.extension() << 16;
        if (fromMemory(op)) {
            c.writeB(high | c.irc, v);
            c.irc = c.fetch();
        } else {
            c.writeB(high | c.extension(), v);
        }
        c.prefetch();
    }

    private static void longW(Cpu c, int op) {
        int v = valueW(c, op);
        int high = c.extension() << 16;
        if (fromMemory(op)) {
            c.writeW(high | c.irc, v);
            c.irc = c.fetch();
        } else {
            c.writeW(high | c.extension(), v);
        }
        c.prefetch();
    }

    private static void longL(Cpu c, int op) {
        int v = EffectiveAddress.readL(c, op & 63);
        int high = c.extension() << 16;
        if (fromMemory(op)) {
            storeL(c, op, high | c.irc, v);
            c.irc = c.fetch();
        } else {
            storeL(c, op, high | c.extension(), v);
        }
        c.prefetch();
    }
}
