package triplex.m68k;

import java.util.List;

/** Bcc, BRA, BSR, DBcc, JMP, JSR and the returns. A jump checks its target before anything else sees it. */
final class Branches {
    private Branches() {
    }

    static void rows(List<Form> t) {
        t.add(new Form("0110 CCCC 0000 0000", "b<cc>", "branch16").w(Branches::conditionalW));
        t.add(new Form("0110 CCCC kkkk kkkk", "b<cc>", "branch8").b(Branches::conditionalB));
        t.add(new Form("0110 0000 0000 0000", "bra", "branch16").w(Branches::alwaysW));
        t.add(new Form("0110 0000 kkkk kkkk", "bra", "branch8").b(Branches::alwaysB));
        t.add(new Form("0110 0001 0000 0000", "bsr", "branch16").w(Branches::subroutineW));
        t.add(new Form("0110 0001 kkkk kkkk", "bsr", "branch8").b(Branches::subroutineB));
        t.add(new Form("0101 cccc 1100 1nnn", "db<cc>", "dm,branch16").unsized(Branches::decrement));
        t.add(new Form("0100 1110 11 mmmmmm", "jmp", "ea").modes(Form.CONTROL).unsized(Branches::jump));
        t.add(new Form("0100 1110 10 mmmmmm", "jsr", "ea").modes(Form.CONTROL).unsized(Branches::jumpSubroutine));
        t.add(new Form("0100 1110 0111 0101", "rts", "").unsized(Branches::returnSubroutine));
        t.add(new Form("0100 1110 0111 0111", "rtr", "").unsized(Branches::returnRestore));
        t.add(new Form("0100 1110 0111 0011", "rte", "").unsized(Branches::returnException));
    }

    /** Continues at {@code target}: both words of the queue are fetched. */
    static void go(Cpu c, int target) {
        if ((target & 1) != 0) {
            c.addressError(c.dataFc + 1, target, true);
        }
        c.pc = target;
        c.ird = c.fetch();
        c.irc = c.fetch();
    }

    private static void conditionalB(Cpu c, int op) {
        if (c.condition(op >>> 8 & 15)) {
            c.idle(2);
            go(c, c.pc - 2 + (byte) op);
        } else {
            c.idle(4);
            c.prefetch();
        }
    }

    private static void conditionalW(Cpu c, int op) {
        if (c.condition(op >>> 8 & 15)) {
            c.idle(2);
            go(c, c.pc - 2 + (short) c.irc);
        } else {
            c.idle(4);
            c.irc = c.fetch();
            c.prefetch();
        }
    }

    private static void alwaysB(Cpu c, int op) {
        c.idle(2);
        go(c, c.pc - 2 + (byte) op);
    }

    private static void alwaysW(Cpu c, int op) {
        c.idle(2);
        go(c, c.pc - 2 + (short) c.irc);
    }

    private static void push(Cpu c, int value) {
        int sp = c.r[15] - 4;
        c.r[15] = sp;
        c.writeL(sp, value);
    }

    private static void subroutineB(Cpu c, int op) {
        c.idle(2);
        push(c, c.pc - 2);
        go(c, c.pc - 2 + (byte) op);
    }

    private static void subroutineW(Cpu c, int op) {
        c.idle(2);
        push(c, c.pc);
        go(c, c.pc - 2 + (short) c.irc);
    }

    /** When the count expires the word at the target has been fetched in vain. */
    private static void decrement(Cpu c, int op) {
        if (c.condition(op >>> 8 & 15)) {
            c.idle(4);
            c.irc = c.fetch();
            c.prefetch();
            return;
        }
        c.idle(2);
        int n = op & 7;
        int d = c.r[n];
        int next = c.pc;
        int target = next - 2 + (short) c.irc;
        if ((target & 1) != 0) {
            c.addressError(c.dataFc + 1, target, true);
        }
        c.pc = target;
        c.ird = c.fetch();
        c.r[n] = d & ~0xFFFF | d - 1 & 0xFFFF;
        if ((d & 0xFFFF) == 0) {
            c.pc = next;
            c.ird = c.fetch();
        }
        c.irc = c.fetch();
    }

    private static void jump(Cpu c, int op) {
        go(c, EffectiveAddress.target(c, op & 63));
    }

    private static void jumpSubroutine(Cpu c, int op) {
        int ea = op & 63;
        int target = EffectiveAddress.target(c, ea);
        int back = (ea >>> 3) == 2 ? c.pc - 2 : c.pc;
        if ((target & 1) != 0) {
            c.addressError(c.dataFc + 1, target, true);
        }
        c.pc = target;
        c.ird = c.fetch();
        push(c, back);
        c.irc = c.fetch();
    }

    private static int pop(Cpu c) {
        int sp = c.r[15];
        int v = c.readL(sp);
        c.r[15] = sp + 4;
        return v;
    }

    private static void returnSubroutine(Cpu c, int op) {
        go(c, pop(c));
    }

    private static void returnRestore(Cpu c, int op) {
        int ccr = c.readW(c.r[15]);
        c.r[15] += 2;
        int target = pop(c);
        c.setCcr(ccr);
        go(c, target);
    }

    private static void returnException(Cpu c, int op) {
        if (!c.supervisor) {
            Exceptions.privilege(c);
            return;
        }
        int sr = c.readW(c.r[15]);
        c.r[15] += 2;
        int target = pop(c);
        c.setSr(sr);
        go(c, target);
    }
}
