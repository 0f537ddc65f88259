package triplex.elf;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import triplex.machine.ExitCode;
import triplex.machine.UserError;

/**
 * A 68000 program in an ELF file: 32 bits, big-endian, EM_68K, ET_EXEC. Everything read from the file is checked
 * against the file's length; sizes and addresses are unsigned. Source: System V ABI, chapter 4 and 5.
 */
public final class ElfFile {
    /** A part of the program to be loaded; the memory beyond the bytes, up to {@code memorySize}, is zero. */
    public record Segment(long address, byte[] bytes, long memorySize, boolean writable, boolean executable) {
        /** The first address behind it. */
        public long end() {
            return address + memorySize;
        }
    }

    private record Section(String name, int type, int offset, int size, int link) {
    }

    private static final int EM_68K = 4;
    private static final int ET_EXEC = 2;
    private static final int PT_LOAD = 1;
    private static final int SHT_SYMTAB = 2;
    private static final int SHT_NOBITS = 8;
    private static final int PROGRAM_HEADER = 32;
    private static final int SECTION_HEADER = 40;
    private static final int MOST_HEADERS = 1024;

    private final String name;
    private final ByteBuffer file;
    private final long entry;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    private ElfFile(String name, byte[] bytes) throws UserError {
        this.name = name;
        this.file = ByteBuffer.wrap(bytes);
        check(bytes.length >= 52, "truncated ELF header");
        check(bytes[4] == 1, "a 64-bit ELF file, not a 68000 program");
        check(bytes[5] == 2, "a little-endian ELF file, not a 68000 program");
        check(u16(18) == EM_68K, "an ELF file for machine " + u16(18) + ", not for the 68000");
        check(u16(16) == ET_EXEC, "not an executable ELF file (type " + u16(16) + "); link it statically");
        entry = u32(24);
        readSegments();
        readSections();
    }

    /** True when the bytes begin like any ELF file. */
    public static boolean isElf(byte[] bytes) {
        return bytes.length >= 4 && bytes[0] == 0x7F && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F';
    }

    /**
     * Reads a program.
     *
     * @param name for messages
     * @throws UserError 65 when it is foreign, truncated or its segments overlap
     */
    public static ElfFile parse(String name, byte[] bytes) throws UserError {
        if (!isElf(bytes)) {
            throw new UserError(ExitCode.BAD_DATA, name + ": not an ELF file");
        }
        try {
            return new ElfFile(name, bytes);
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new UserError(ExitCode.BAD_DATA, name + ": truncated ELF file");
        }
    }

    /** Address of the first instruction. */
    public long entry() {
        return entry;
    }

    /** What is to be loaded, in the file's order; none overlaps another. */
    public List<Segment> segments() {
        return List.copyOf(segments);
    }

    /** Bytes of a section, or null when there is none of that name. */
    public byte[] section(String wanted) {
        for (Section s : sections) {
            if (s.name().equals(wanted) && s.type() != SHT_NOBITS) {
                return bytes(s.offset(), s.size());
            }
        }
        return null;
    }

    /** All named symbols with an address: functions, objects and labels. */
    public Symbols symbols() {
        List<Symbols.Symbol> symbols = new ArrayList<>();
        for (Section table : sections) {
            if (table.type() == SHT_SYMTAB && table.link() < sections.size()) {
                readSymbols(table, sections.get(table.link()), symbols);
            }
        }
        return new Symbols(symbols);
    }

    private void readSymbols(Section table, Section strings, List<Symbols.Symbol> into) {
        for (int at = table.offset(); at + 16 <= table.offset() + table.size(); at += 16) {
            int type = file.get(at + 12) & 15;
            int section = u16(at + 14);
            String symbol = string(strings, file.getInt(at));
            boolean place = type <= 2 && section != 0 && section < 0xFF00;
            if (place && !symbol.isEmpty() && !symbol.startsWith(".L")) {
                into.add(new Symbols.Symbol(symbol, file.getInt(at + 4), file.getInt(at + 8), type == 2));
            }
        }
    }

    private void readSegments() throws UserError {
        long at = u32(28);
        int count = u16(44);
        check(count == 0 || u16(42) == PROGRAM_HEADER, "program headers of an unknown size");
        check(count <= MOST_HEADERS && at + (long) count * PROGRAM_HEADER <= file.capacity(),
            "truncated: program headers lie beyond the end");
        for (int k = 0; k < count; k++) {
            int h = (int) at + k * PROGRAM_HEADER;
            if (u32(h) != PT_LOAD || u32(h + 20) == 0) {
                continue;
            }
            long offset = u32(h + 4);
            long size = u32(h + 16);
            long memory = u32(h + 20);
            check(offset + size <= file.capacity(), "truncated: a segment lies beyond the end");
            check(size <= memory, "a segment has more bytes in the file than in memory");
            long flags = u32(h + 24);
            Segment segment = new Segment(u32(h + 8), bytes((int) offset, (int) size), memory,
                (flags & 2) != 0, (flags & 1) != 0);
            for (Segment other : segments) {
                check(segment.end() <= other.address() || other.end() <= segment.address(),
                    String.format(Locale.ROOT, "segments overlap at %06x", Math.max(segment.address(),
                        other.address())));
            }
            segments.add(segment);
        }
        check(!segments.isEmpty(), "nothing to load");
    }

    private void readSections() {
        long at = u32(32);
        int count = u16(48);
        int names = u16(50);
        if (at == 0 || at + (long) count * SECTION_HEADER > file.capacity() || names >= count) {
            return;
        }
        int h = (int) at + names * SECTION_HEADER;
        Section strings = new Section("", file.getInt(h + 4), file.getInt(h + 16), file.getInt(h + 20), 0);
        for (int k = 0; k < count; k++) {
            h = (int) at + k * SECTION_HEADER;
            int offset = file.getInt(h + 16);
            int size = file.getInt(h + 20);
            int type = file.getInt(h + 4);
            boolean inside = type == SHT_NOBITS || u32(h + 16) + u32(h + 20) <= file.capacity();
            sections.add(new Section(string(strings, file.getInt(h)), inside ? type : SHT_NOBITS,
                offset, size, file.getInt(h + 24)));
        }
    }

    private String string(Section strings, int index) {
        long from = (long) strings.offset() + index;
        if (index < 0 || strings.offset() < 0 || from >= file.capacity()) {
            return "";
        }
        int to = (int) from;
        while (to < file.capacity() && file.get(to) != 0) {
            to++;
        }
        return new String(bytes((int) from, to - (int) from), StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes(int offset, int size) {
        return Arrays.copyOfRange(file.array(), offset, offset + size);
    }

    private int u16(int at) {
        return file.getShort(at) & 0xFFFF;
    }

    private long u32(int at) {
        return file.getInt(at) & 0xFFFF_FFFFL;
    }

    private void check(boolean good, String wrong) throws UserError {
        if (!good) {
            throw new UserError(ExitCode.BAD_DATA, name + ": " + wrong);
        }
    }
}
