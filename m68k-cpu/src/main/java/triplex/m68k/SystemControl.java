package triplex.m68k;

import java.util.List;

/** The status register, USP, traps, STOP, RESET, NOP. */
final class SystemControl {
    private SystemControl() {
    }

    static void rows(List<Form> t) {
        t.add(new Form("0100 0000 11 mmmmmm", "move", "sr,ea").modes(Form.DATA_ALTERABLE).w(SystemControl::fromSr));
        t.add(new Form("0100 0100 11 mmmmmm", "move", "ea,ccr").modes(Form.DATA).w(SystemControl::toCcr));
        t.add(new Form("0100 0110 11 mmmmmm", "move", "ea,sr").modes(Form.DATA).w(SystemControl::toSr));
        t.add(new Form("0000 0010 0011 1100", "andi", "imm,ccr").b((c, op) -> ccr(c, c.ccr() & c.extension())));
        t.add(new Form("0000 0000 0011 1100", "ori", "imm,ccr").b((c, op) -> ccr(c, c.ccr() | c.extension())));
        t.add(new Form("0000 1010 0011 1100", "eori", "imm,ccr").b((c, op) -> ccr(c, c.ccr() ^ c.extension())));
        t.add(new Form("0000 0010 0111 1100", "andi", "imm,sr").w((c, op) -> sr(c, Alu.AND)));
        t.add(new Form("0000 0000 0111 1100", "ori", "imm,sr").w((c, op) -> sr(c, Alu.OR)));
        t.add(new Form("0000 1010 0111 1100", "eori", "imm,sr").w((c, op) -> sr(c, Alu.EOR)));
        t.add(new Form("0100 1110 0110 0nnn", "move", "am,usp").l(SystemControl::toUsp));
        t.add(new Form("0100 1110 0110 1nnn", "move", "usp,am").l(SystemControl::fromUsp));
        t.add(new Form("0100 1110 0100 vvvv", "trap", "vector")
                .unsized((c, op) -> Exceptions.take(c, 32 + (op & 15), c.pc - 2, 4)));
        t.add(new Form("0100 1110 0111 0110", "trapv", "").unsized(SystemControl::trapOverflow));
        t.add(new Form("0100 1010 1111 1100", "illegal", "").unsized((c, op) -> Exceptions.unimplemented(c, 4)));
        t.add(new Form("0100 1110 0111 0001", "nop", "").unsized((c, op) -> c.prefetch()));
        t.add(new Form("0100 1110 0111 0000", "reset", "").unsized(SystemControl::reset));
        t.add(new Form("0100 1110 0111 0010", "stop", "immw").unsized(SystemControl::stop));
    }

    private static void fromSr(Cpu c, int op) {
        int ea = op & 63;
        int sr = c.sr();
        if (ea < 8) {
            c.r[ea] = c.r[ea] & ~0xFFFF | sr;
            c.prefetch();
            c.idle(2);
        } else {
            EffectiveAddress.readW(c, ea);
            c.prefetch();
            c.writeW(c.address, sr);
        }
    }

    /** After a write to the status register the queue is read again, in the new mode. */
    private static void refill(Cpu c) {
        c.pc -= 2;
        c.irc = c.fetch();
        c.prefetch();
    }

    private static void toCcr(Cpu c, int op) {
        int v = EffectiveAddress.readW(c, op & 63);
        c.idle(4);
        c.setCcr(v);
        refill(c);
    }

    private static void toSr(Cpu c, int op) {
        if (!c.supervisor) {
            Exceptions.privilege(c);
            return;
        }
        int v = EffectiveAddress.readW(c, op & 63);
        c.idle(4);
        c.setSr(v);
        refill(c);
    }

    private static void ccr(Cpu c, int v) {
        c.idle(8);
        c.setCcr(v);
        refill(c);
    }

    private static void sr(Cpu c, int kind) {
        if (!c.supervisor) {
            Exceptions.privilege(c);
            return;
        }
        int v = c.extension();
        c.idle(8);
        c.setSr(switch (kind) {
            case Alu.AND -> c.sr() & v;
            case Alu.OR -> c.sr() | v;
            default -> c.sr() ^ v;
        });
        refill(c);
    }

    private static void toUsp(Cpu c, int op) {
        if (!c.supervisor) {
            Exceptions.privilege(c);
            return;
        }
        c.otherSp = c.r[8 + (op & 7)];
        c.prefetch();
    }

    private static void fromUsp(Cpu c, int op) {
        if (!c.supervisor) {
            Exceptions.privilege(c);
            return;
        }
        c.r[8 + (op & 7)] = c.otherSp;
        c.prefetch();
    }

    /** A trap prefetches the next word in vain, already with the supervisor's function code. */
    private static void trapOverflow(Cpu c, int op) {
        if (c.v < 0) {
            Exceptions.overflow(c);
        } else {
            c.prefetch();
        }
    }

    private static void reset(Cpu c, int op) {
        if (!c.supervisor) {
            Exceptions.privilege(c);
            return;
        }
        c.bus.reset();
        c.idle(128);
        c.prefetch();
    }

    /** The queue stays as it is, with STOP in front, until an exception replaces it. */
    private static void stop(Cpu c, int op) {
        if (!c.supervisor) {
            Exceptions.privilege(c);
            return;
        }
        c.idle(4);
        c.setSr(c.irc);
        c.stop();
    }
}
