package triplex.m68k;

import java.util.List;

/** Moves of registers and addresses: MOVEQ, MOVEM, MOVEP, LEA, PEA, LINK, UNLK, EXG. */
final class Registers {
    private Registers() {
    }

    static void rows(List<Form> t) {
        t.add(new Form("0111 nnn 0 dddddddd", "moveq", "byte,dn").unsized(Registers::moveQuick));
        int toMemory = Form.CONTROL_ALTERABLE | Form.PREDECREMENT;
        int fromMemory = Form.CONTROL | Form.POSTINCREMENT;
        t.add(new Form("0100 1000 10 mmmmmm", "movem", "list,ea").modes(toMemory).w(Registers::storeW));
        t.add(new Form("0100 1000 11 mmmmmm", "movem", "list,ea").modes(toMemory).l(Registers::storeL));
        t.add(new Form("0100 1100 10 mmmmmm", "movem", "ea,list").modes(fromMemory).w(Registers::loadW));
        t.add(new Form("0100 1100 11 mmmmmm", "movem", "ea,list").modes(fromMemory).l(Registers::loadL));
        t.add(new Form("0000 nnn 110 001 yyy", "movep", "dn,d16(am)").w(Registers::peripheralStoreW));
        t.add(new Form("0000 nnn 111 001 yyy", "movep", "dn,d16(am)").l(Registers::peripheralStoreL));
        t.add(new Form("0000 nnn 100 001 yyy", "movep", "d16(am),dn").w(Registers::peripheralLoadW));
        t.add(new Form("0000 nnn 101 001 yyy", "movep", "d16(am),dn").l(Registers::peripheralLoadL));
        t.add(new Form("0100 nnn 111 mmmmmm", "lea", "ea,an").modes(Form.CONTROL).l(Registers::loadAddress));
        t.add(new Form("0100 1000 01 mmmmmm", "pea", "ea").modes(Form.CONTROL).l(Registers::pushAddress));
        t.add(new Form("0100 1110 0101 0nnn", "link", "am,d16").w(Registers::link));
        t.add(new Form("0100 1110 0101 1nnn", "unlk", "am").unsized(Registers::unlink));
        t.add(new Form("1100 nnn 101 000 yyy", "exg", "dn,dm").unsized((c, op) -> exchange(c, op >>> 9 & 7, op & 7)));
        t.add(new Form("1100 nnn 101 001 yyy", "exg", "an,am")
                .unsized((c, op) -> exchange(c, 8 + (op >>> 9 & 7), 8 + (op & 7))));
        t.add(new Form("1100 nnn 110 001 yyy", "exg", "dn,am")
                .unsized((c, op) -> exchange(c, op >>> 9 & 7, 8 + (op & 7))));
    }

    private static void moveQuick(Cpu c, int op) {
        c.r[op >>> 9 & 7] = Alu.logic(c, (byte) op);
        c.prefetch();
    }

    private static void storeW(Cpu c, int op) {
        int list = c.extension();
        int ea = op & 63;
        if ((ea >>> 3) == 4) {
            int n = 8 + (ea & 7);
            int a = c.r[n];
            for (int k = 15; list != 0; k--, list >>>= 1) {
                if ((list & 1) != 0) {
                    a -= 2;
                    c.writeW(a, c.r[k]);
                }
            }
            c.r[n] = a;
        } else {
            int a = EffectiveAddress.control(c, ea);
            for (int k = 0; list != 0; k++, list >>>= 1) {
                if ((list & 1) != 0) {
                    c.writeW(a, c.r[k]);
                    a += 2;
                }
            }
        }
        c.prefetch();
    }

    private static void storeL(Cpu c, int op) {
        int list = c.extension();
        int ea = op & 63;
        if ((ea >>> 3) == 4) {
            int n = 8 + (ea & 7);
            int a = c.r[n];
            for (int k = 15; list != 0; k--, list >>>= 1) {
                if ((list & 1) != 0) {
                    a -= 4;
                    c.writeLowHigh(a, c.r[k]);
                }
            }
            c.r[n] = a;
        } else {
            int a = EffectiveAddress.control(c, ea);
            for (int k = 0; list != 0; k++, list >>>= 1) {
                if ((list & 1) != 0) {
                    c.writeL(a, c.r[k]);
                    a += 4;
                }
            }
        }
        c.prefetch();
    }

    /** PC-relative operands are read from program space; one word more than needed is read at the end. */
    private static void loadW(Cpu c, int op) {
        int list = c.extension();
        int ea = op & 63;
        boolean program = ea == 0x3A || ea == 0x3B;
        boolean step = (ea >>> 3) == 3;
        int a = step ? c.r[8 + (ea & 7)] : EffectiveAddress.control(c, ea);
        for (int k = 0; list != 0; k++, list >>>= 1) {
            if ((list & 1) != 0) {
                c.r[k] = (short) (program ? c.readProgramW(a) : c.readW(a));
                a += 2;
            }
        }
        finishLoad(c, a, ea, program, step);
    }

    private static void loadL(Cpu c, int op) {
        int list = c.extension();
        int ea = op & 63;
        boolean program = ea == 0x3A || ea == 0x3B;
        boolean step = (ea >>> 3) == 3;
        int a = step ? c.r[8 + (ea & 7)] : EffectiveAddress.control(c, ea);
        for (int k = 0; list != 0; k++, list >>>= 1) {
            if ((list & 1) != 0) {
                c.r[k] = program ? c.readProgramL(a) : c.readL(a);
                a += 4;
            }
        }
        finishLoad(c, a, ea, program, step);
    }

    private static void finishLoad(Cpu c, int a, int ea, boolean program, boolean step) {
        if (program) {
            c.readProgramW(a);
        } else {
            c.readW(a);
        }
        if (step) {
            c.r[8 + (ea & 7)] = a;
        }
        c.prefetch();
    }

    private static void peripheralStoreW(Cpu c, int op) {
        int v = c.r[op >>> 9 & 7];
        int a = c.r[8 + (op & 7)] + (short) c.extension();
        c.writeB(a, v >>> 8);
        c.writeB(a + 2, v);
        c.prefetch();
    }

    private static void peripheralStoreL(Cpu c, int op) {
        int v = c.r[op >>> 9 & 7];
        int a = c.r[8 + (op & 7)] + (short) c.extension();
        c.writeB(a, v >>> 24);
        c.writeB(a + 2, v >>> 16);
        c.writeB(a + 4, v >>> 8);
        c.writeB(a + 6, v);
        c.prefetch();
    }

    private static void peripheralLoadW(Cpu c, int op) {
        int n = op >>> 9 & 7;
        int a = c.r[8 + (op & 7)] + (short) c.extension();
        int high = c.readB(a);
        int low = c.readB(a + 2);
        c.r[n] = c.r[n] & ~0xFFFF | high << 8 | low;
        c.prefetch();
    }

    private static void peripheralLoadL(Cpu c, int op) {
        int a = c.r[8 + (op & 7)] + (short) c.extension();
        int v = c.readB(a) << 24;
        v |= c.readB(a + 2) << 16;
        v |= c.readB(a + 4) << 8;
        c.r[op >>> 9 & 7] = v | c.readB(a + 6);
        c.prefetch();
    }

    private static boolean indexed(int ea) {
        return (ea >>> 3) == 6 || ea == 0x3B;
    }

    private static void loadAddress(Cpu c, int op) {
        int ea = op & 63;
        c.r[8 + (op >>> 9 & 7)] = EffectiveAddress.control(c, ea);
        if (indexed(ea)) {
            c.idle(2);
        }
        c.prefetch();
    }

    /** Absolute addresses are pushed before the last prefetch, the others after it. */
    private static void pushAddress(Cpu c, int op) {
        int ea = op & 63;
        int a = EffectiveAddress.control(c, ea);
        if (indexed(ea)) {
            c.idle(2);
        }
        boolean absolute = ea == 0x38 || ea == 0x39;
        if (!absolute) {
            c.prefetch();
        }
        int sp = c.r[15] - 4;
        c.r[15] = sp;
        c.writeL(sp, a);
        if (absolute) {
            c.prefetch();
        }
    }

    private static void link(Cpu c, int op) {
        int n = 8 + (op & 7);
        int displacement = (short) c.extension();
        int old = c.r[n];
        int sp = c.r[15] - 4;
        c.r[15] = sp;
        c.writeL(sp, old);
        c.r[n] = sp;
        c.r[15] = sp + displacement;
        c.prefetch();
    }

    private static void unlink(Cpu c, int op) {
        int n = 8 + (op & 7);
        int a = c.r[n];
        int v = c.readL(a);
        c.r[15] = a + 4;
        c.r[n] = v;
        c.prefetch();
    }

    private static void exchange(Cpu c, int m, int n) {
        int v = c.r[m];
        c.r[m] = c.r[n];
        c.r[n] = v;
        c.prefetch();
        c.idle(2);
    }
}
