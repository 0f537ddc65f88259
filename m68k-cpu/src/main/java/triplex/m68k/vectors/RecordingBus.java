package triplex.m68k.vectors;

import java.util.ArrayList;
import java.util.List;
import triplex.m68k.Bus;
import triplex.m68k.Cpu;

/** 16 MiB of memory without waits that writes down every bus cycle and the idle clocks between them. */
final class RecordingBus implements Bus {
    final byte[] memory = new byte[1 << 24];
    private final List<Transaction> log = new ArrayList<>();
    private Cpu cpu;
    private long end;

    void start(Cpu processor) {
        cpu = processor;
        end = processor.cycles;
        log.clear();
    }

    /** What happened since {@link #start}. */
    List<Transaction> finish() {
        if (cpu.cycles != end) {
            log.add(Transaction.idle((int) (cpu.cycles - end)));
        }
        return log;
    }

    private void record(char kind, int clocks, int fc, int address, boolean word, int value) {
        if (cpu.cycles != end) {
            log.add(Transaction.idle((int) (cpu.cycles - end)));
        }
        log.add(new Transaction(kind, clocks, fc, address, word, value));
        end = cpu.cycles + clocks;
    }

    @Override
    public int read8(int fc, int address) {
        int v = memory[address] & 0xFF;
        record('r', 4, fc, address, false, v);
        return v;
    }

    @Override
    public int read16(int fc, int address) {
        int v = (memory[address] & 0xFF) << 8 | memory[address + 1] & 0xFF;
        record('r', 4, fc, address, true, v);
        return v;
    }

    @Override
    public void write8(int fc, int address, int value) {
        record('w', 4, fc, address, false, value);
        memory[address] = (byte) value;
    }

    @Override
    public void write16(int fc, int address, int value) {
        record('w', 4, fc, address, true, value);
        memory[address] = (byte) (value >> 8);
        memory[address + 1] = (byte) value;
    }

    @Override
    public int testAndSet(int fc, int address) {
        int v = memory[address] & 0xFF;
        memory[address] = (byte) (v | 0x80);
        record('t', 10, fc, address, false, v | 0x80);
        return v;
    }

    @Override
    public int acknowledge(int level) {
        throw new IllegalStateException("no interrupt was requested");
    }

    @Override
    public void reset() {
        // The RESET line drives nothing here; its clocks are seen as idle ones.
    }
}
