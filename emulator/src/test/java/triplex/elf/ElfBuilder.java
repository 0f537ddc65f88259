package triplex.elf;

import java.nio.ByteBuffer;

/** Builds small ELF files, right or wrong ones, for tests. */
public final class ElfBuilder {
    private record Part(int address, byte[] bytes, int memory) {
    }

    private final java.util.List<Part> parts = new java.util.ArrayList<>();
    private int entry;
    private int machine = 4;
    private int dataClass = 1;
    private int order = 2;
    private int type = 2;

    /** Adds a segment. */
    public ElfBuilder segment(int address, byte[] bytes, int memory) {
        parts.add(new Part(address, bytes, memory));
        return this;
    }

    /** Sets the entry point. */
    public ElfBuilder entry(int address) {
        entry = address;
        return this;
    }

    /** Sets e_machine. */
    public ElfBuilder machine(int number) {
        machine = number;
        return this;
    }

    /** Sets class, byte order and type. */
    public ElfBuilder kind(int elfClass, int elfOrder, int elfType) {
        dataClass = elfClass;
        order = elfOrder;
        type = elfType;
        return this;
    }

    /** The file. */
    public byte[] build() {
        int at = 52 + 32 * parts.size();
        int size = at;
        for (Part p : parts) {
            size += p.bytes().length;
        }
        ByteBuffer f = ByteBuffer.allocate(size);
        f.put(new byte[] {0x7F, 'E', 'L', 'F', (byte) dataClass, (byte) order, 1});
        f.putShort(16, (short) type).putShort(18, (short) machine).putInt(20, 1).putInt(24, entry).putInt(28, 52);
        f.putShort(40, (short) 52).putShort(42, (short) 32).putShort(44, (short) parts.size());
        int header = 52;
        for (Part p : parts) {
            f.putInt(header, 1).putInt(header + 4, at).putInt(header + 8, p.address()).putInt(header + 12, p.address());
            f.putInt(header + 16, p.bytes().length).putInt(header + 20, p.memory()).putInt(header + 24, 7);
            f.position(at);
            f.put(p.bytes());
            at += p.bytes().length;
            header += 32;
        }
        return f.array();
    }
}
