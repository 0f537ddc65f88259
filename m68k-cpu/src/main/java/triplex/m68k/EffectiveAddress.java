package triplex.m68k;

/**
 * Effective addresses (M68000 Programmer's Reference Manual, section 2.2). The readers fetch an operand of the six mode
 * bits {@code ea} with all its bus cycles and side effects, and leave a memory operand's address in
 * {@link Cpu#address} for instructions that write it back.
 */
final class EffectiveAddress {
    private EffectiveAddress() {
    }

    /** Address register indirect or PC with index: two idle clocks, then the extension word. */
    static int indexed(Cpu c, int base) {
        c.idle(2);
        int w = c.extension();
        int index = c.r[w >>> 12];
        if ((w & 0x800) == 0) {
            index = (short) index;
        }
        return base + index + (byte) w;
    }

    static int absoluteLong(Cpu c) {
        int high = c.extension();
        return high << 16 | c.extension();
    }

    static int immediateL(Cpu c) {
        int high = c.extension();
        return high << 16 | c.extension();
    }

    static int readB(Cpu c, int ea) {
        int n = ea & 7;
        int[] r = c.r;
        int a;
        switch (ea >>> 3) {
            case 0:
                return r[n] & 0xFF;
            case 2:
                a = r[8 + n];
                break;
            case 3:
                a = r[8 + n];
                r[8 + n] = a + (n == 7 ? 2 : 1);
                break;
            case 4:
                c.idle(2);
                a = r[8 + n] - (n == 7 ? 2 : 1);
                r[8 + n] = a;
                break;
            case 5:
                a = r[8 + n] + (short) c.extension();
                break;
            case 6:
                a = indexed(c, r[8 + n]);
                break;
            default:
                return otherB(c, n);
        }
        c.address = a;
        return c.readB(a);
    }

    static int readW(Cpu c, int ea) {
        int n = ea & 7;
        int[] r = c.r;
        int a;
        switch (ea >>> 3) {
            case 0:
                return r[n] & 0xFFFF;
            case 1:
                return r[8 + n] & 0xFFFF;
            case 2:
                a = r[8 + n];
                break;
            case 3:
                a = r[8 + n];
                r[8 + n] = a + 2;
                break;
            case 4:
                c.idle(2);
                a = r[8 + n] - 2;
                r[8 + n] = a;
                break;
            case 5:
                a = r[8 + n] + (short) c.extension();
                break;
            case 6:
                a = indexed(c, r[8 + n]);
                break;
            default:
                return otherW(c, n);
        }
        c.address = a;
        return c.readW(a);
    }

    static int readL(Cpu c, int ea) {
        int n = ea & 7;
        int[] r = c.r;
        int a;
        switch (ea >>> 3) {
            case 0:
                return r[n];
            case 1:
                return r[8 + n];
            case 2:
                a = r[8 + n];
                break;
            case 3:
                return postincrementL(c, n);
            case 4:
                c.idle(2);
                a = r[8 + n] - 4;
                r[8 + n] = a;
                break;
            case 5:
                a = r[8 + n] + (short) c.extension();
                break;
            case 6:
                a = indexed(c, r[8 + n]);
                break;
            default:
                return otherL(c, n);
        }
        c.address = a;
        return c.readL(a);
    }

    /** A long (An)+ that faults leaves An unchanged. */
    private static int postincrementL(Cpu c, int n) {
        int a = c.r[8 + n];
        c.address = a;
        int v = c.readL(a);
        c.r[8 + n] = a + 4;
        return v;
    }

    private static int otherB(Cpu c, int n) {
        int base = c.pc - 2;
        switch (n) {
            case 0:
                c.address = (short) c.extension();
                return c.readB(c.address);
            case 1:
                c.address = absoluteLong(c);
                return c.readB(c.address);
            case 2:
                return c.readProgramB(base + (short) c.extension());
            case 3:
                return c.readProgramB(indexed(c, base));
            default:
                return c.extension() & 0xFF;
        }
    }

    private static int otherW(Cpu c, int n) {
        int base = c.pc - 2;
        switch (n) {
            case 0:
                c.address = (short) c.extension();
                return c.readW(c.address);
            case 1:
                c.address = absoluteLong(c);
                return c.readW(c.address);
            case 2:
                return c.readProgramW(base + (short) c.extension());
            case 3:
                return c.readProgramW(indexed(c, base));
            default:
                return c.extension();
        }
    }

    private static int otherL(Cpu c, int n) {
        int base = c.pc - 2;
        switch (n) {
            case 0:
                c.address = (short) c.extension();
                return c.readL(c.address);
            case 1:
                c.address = absoluteLong(c);
                return c.readL(c.address);
            case 2:
                return c.readProgramL(base + (short) c.extension());
            case 3:
                return c.readProgramL(indexed(c, base));
            default:
                return immediateL(c);
        }
    }

    /** The address of a byte in a memory alterable mode, with the mode's side effects, without reading it: TAS. */
    static int alterableB(Cpu c, int ea) {
        int n = ea & 7;
        int step = n == 7 ? 2 : 1;
        switch (ea >>> 3) {
            case 3:
                c.r[8 + n] += step;
                return c.r[8 + n] - step;
            case 4:
                c.idle(2);
                c.r[8 + n] -= step;
                return c.r[8 + n];
            default:
                return control(c, ea);
        }
    }

    /** The address of a control mode, with its extension words fetched: LEA, PEA, MOVEM. */
    static int control(Cpu c, int ea) {
        int n = ea & 7;
        switch (ea >>> 3) {
            case 2:
                return c.r[8 + n];
            case 5:
                return c.r[8 + n] + (short) c.extension();
            case 6:
                return indexed(c, c.r[8 + n]);
            default:
                break;
        }
        int base = c.pc - 2;
        return switch (n) {
            case 0 -> (short) c.extension();
            case 1 -> absoluteLong(c);
            case 2 -> base + (short) c.extension();
            default -> indexed(c, base);
        };
    }

    /** The target of JMP and JSR: the last extension word is used in the queue and never refilled. */
    static int target(Cpu c, int ea) {
        int n = ea & 7;
        switch (ea >>> 3) {
            case 2:
                return c.r[8 + n];
            case 5:
                c.idle(2);
                return c.r[8 + n] + (short) c.irc;
            case 6:
                c.idle(6);
                return briefIndex(c, c.r[8 + n]);
            default:
                break;
        }
        int base = c.pc - 2;
        switch (n) {
            case 0:
                c.idle(2);
                return (short) c.irc;
            case 1:
                int high = c.extension();
                return high << 16 | c.irc;
            case 2:
                c.idle(2);
                return base + (short) c.irc;
            default:
                c.idle(6);
                return briefIndex(c, base);
        }
    }

    private static int briefIndex(Cpu c, int base) {
        int w = c.irc;
        int index = c.r[w >>> 12];
        return base + ((w & 0x800) == 0 ? (short) index : index) + (byte) w;
    }
}
