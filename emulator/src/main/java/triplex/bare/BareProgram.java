package triplex.bare;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import triplex.elf.ElfFile;
import triplex.elf.Symbols;
import triplex.hw.Layout;
import triplex.hw.Register;
import triplex.hw.board.Board;
import triplex.machine.ExitCode;
import triplex.machine.UserError;

/**
 * A program without an operating system, and how it is put on a board. What the program finds is documented in
 * DESIGN.md:
 * supervisor mode, SSP = top of RAM, the argument text at {@link #ARGUMENT}, vectors that end the run with status 256
 * plus
 * the vector's number.
 */
final class BareProgram {
    /** Where a flat binary is loaded and begins. */
    static final int FLAT_BASE = 0x10000;
    /** Address of the argument text, which ends with a zero byte. */
    static final int ARGUMENT = 0xF000;
    /** Bytes for the argument text and its zero. */
    static final int ARGUMENT_BYTES = 0x1000;
    /** Statuses from here on are those of unhandled exceptions. */
    static final int UNHANDLED = 256;

    private static final int VECTORS = 256;
    private static final int STUBS = 0x400;
    private static final int STUB_BYTES = 10;
    private static final int START = 0x100;

    private final String name;
    private final List<ElfFile.Segment> segments;
    private final long entry;
    private final Symbols symbols;

    private BareProgram(String name, List<ElfFile.Segment> segments, long entry, Symbols symbols) {
        this.name = name;
        this.segments = segments;
        this.entry = entry;
        this.symbols = symbols;
    }

    /** Reads an ELF file or takes the bytes as they are; {@link UserError} 65 when they are no program. */
    static BareProgram parse(String name, byte[] file) throws UserError {
        if (ElfFile.isElf(file)) {
            ElfFile elf = ElfFile.parse(name, file);
            return new BareProgram(name, elf.segments(), elf.entry(), elf.symbols());
        }
        if (file.length < 2) {
            throw new UserError(ExitCode.BAD_DATA, name + ": too short for a program");
        }
        ElfFile.Segment all = new ElfFile.Segment(FLAT_BASE, file, file.length, true, true);
        return new BareProgram(name, List.of(all), FLAT_BASE, Symbols.NONE);
    }

    Symbols symbols() {
        return symbols;
    }

    /** {@link UserError} 65 when the program does not fit into so much RAM or does not begin in it. */
    void check(long ramBytes) throws UserError {
        for (ElfFile.Segment s : segments) {
            if (s.end() > ramBytes) {
                throw new UserError(ExitCode.BAD_DATA,
                    String.format(Locale.ROOT, "%s: needs memory from %06x to %06x, but RAM ends at"
                    + " %06x (--ram gives more, up to 14 MiB)", name, s.address(), s.end(), ramBytes));
            }
        }
        if (entry >= ramBytes || (entry & 1) != 0 || segments.stream().noneMatch(
                s -> entry >= s.address() && entry < s.end())) {
            throw new UserError(ExitCode.BAD_DATA, String.format(Locale.ROOT, "%s: begins at %06x, which is %s", name,
                entry,
                entry >= ramBytes ? "outside of RAM" : (entry & 1) != 0 ? "odd" : "outside of the program"));
        }
    }

    /** The ROM that switches itself off, points A0 at the argument text and jumps to the program. */
    byte[] rom(int ramBytes) {
        byte[] rom = new byte[START + 32];
        long32(rom, 0, ramBytes);
        long32(rom, 4, Layout.ROM_BASE + START);
        int at = START;
        at = word(rom, at, 0x33C0);
        at = long32(rom, at, address(Register.ROM_OFF));
        at = word(rom, at, 0x41F9);
        at = long32(rom, at, ARGUMENT);
        at = word(rom, at, 0x4EF9);
        long32(rom, at, (int) entry);
        return rom;
    }

    /** Writes vectors, argument text and program into RAM; segments win over vectors. */
    void load(Board board, String argument) throws UserError {
        byte[] low = new byte[STUBS + VECTORS * STUB_BYTES];
        for (int vector = 0; vector < VECTORS; vector++) {
            int stub = STUBS + vector * STUB_BYTES;
            long32(low, vector * 4, stub);
            int at = word(low, stub, 0x33FC);
            at = word(low, at, UNHANDLED + vector);
            at = long32(low, at, address(Register.EXIT));
            word(low, at, 0x60FE);
        }
        board.store(0, low, 0, low.length);
        byte[] text = argument.getBytes(StandardCharsets.UTF_8);
        if (text.length >= ARGUMENT_BYTES) {
            throw new UserError(ExitCode.USAGE, "the argument text has " + text.length + " bytes, at most "
                + (ARGUMENT_BYTES - 1) + " fit");
        }
        if (text.length > 0) {
            board.store(ARGUMENT, text, 0, text.length);
        }
        for (ElfFile.Segment s : segments) {
            if (s.bytes().length > 0) {
                board.store((int) s.address(), s.bytes(), 0, s.bytes().length);
            }
        }
    }

    private static int address(Register register) {
        return register.block.base + register.offset;
    }

    private static int word(byte[] into, int at, int value) {
        into[at] = (byte) (value >> 8);
        into[at + 1] = (byte) value;
        return at + 2;
    }

    private static int long32(byte[] into, int at, int value) {
        return word(into, word(into, at, value >>> 16), value);
    }
}
