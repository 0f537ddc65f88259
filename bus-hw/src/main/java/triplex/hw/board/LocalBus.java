package triplex.hw.board;

import triplex.hw.Layout;
import triplex.hw.Parameters;
import triplex.m68k.Bus;
import triplex.m68k.BusError;
import triplex.m68k.Cpu;
import triplex.m68k.FunctionCode;
import triplex.m68k.State;

/**
 * The local bus of a board: accesses that the processor's fast maps do not answer, the map registers and the ROM latch.
 *
 * <p>Every refused access leaves its cause and address in the board control block.
 */
final class LocalBus implements Bus {
    private final Board board;
    private final Parameters parameters;
    private final byte[] rom;
    private final Ram ram;
    private final Mmu mmu;
    private final RegisterSpace registers;
    private final InterruptController interrupts;
    private final Cpu cpu;

    private boolean overlay = true;
    private int context;
    private int mapContext;
    private int faultCause;
    private int faultAddress;

    LocalBus(Board board, Parameters parameters, byte[] rom, Ram ram, Mmu mmu, RegisterSpace registers,
            InterruptController interrupts) {
        this.board = board;
        this.parameters = parameters;
        this.rom = rom;
        this.ram = ram;
        this.mmu = mmu;
        this.registers = registers;
        this.interrupts = interrupts;
        cpu = new Cpu(this, ram.bytes);
        cpu.maps(FunctionCode.SUPERVISOR_DATA, mmu.supervisorRead, mmu.supervisorWrite);
        cpu.maps(FunctionCode.SUPERVISOR_PROGRAM, mmu.supervisorRead, null);
    }

    Cpu cpu() {
        return cpu;
    }

    // The map's registers and the ROM latch ---------------------------------------------------------------------------

    /** The ROM lies over low memory again, context 0 is selected, no fault is known. */
    void start() {
        overlay = true;
        mmu.close();
        setContext(0);
        mapContext = 0;
        faultCause = 0;
        faultAddress = 0;
    }

    void romOff() {
        if (overlay) {
            overlay = false;
            mmu.close();
        }
    }

    int context() {
        return context;
    }

    void setContext(int number) {
        context = number;
        Mmu.Fast maps = mmu.fast(number);
        cpu.maps(FunctionCode.USER_DATA, maps.dataRead, maps.dataWrite);
        cpu.maps(FunctionCode.USER_PROGRAM, maps.program, null);
    }

    int mapContext() {
        return mapContext;
    }

    void setMapContext(int number) {
        mapContext = number;
    }

    int faultCause() {
        return faultCause;
    }

    int faultAddress() {
        return faultAddress;
    }

    /** To be called when something was loaded. */
    void loaded() {
        mmu.close();
        setContext(context);
    }

    // Accesses --------------------------------------------------------------------------------------------------------

    private BusError fail(int cause, int address) {
        faultCause = cause;
        faultAddress = address;
        return BusError.INSTANCE;
    }

    /** The RAM address of an access, or -1 if it goes elsewhere; opens the fast map for the next one. */
    private int memory(int fc, int address, int count, boolean write) {
        int physical = address;
        if (fc < 4) {
            physical = mmu.translate(context, address, fc == FunctionCode.USER_PROGRAM, write);
            if (physical < 0) {
                throw fail(mmu.cause, address);
            }
        } else if (address >= ram.size() || !write && overlay && address < Layout.ROM_BYTES) {
            return -1;
        } else {
            int page = address >>> 12;
            if (write) {
                ram.touch(address);
            }
            if (!ram.badPage(address)) {
                if (!write) {
                    mmu.supervisorRead[page] = page << 12;
                } else if (!overlay || address >= Layout.ROM_BYTES) {
                    // What is open for writing can be read in the same place: not so below the ROM.
                    mmu.supervisorWrite[page] = ram.hasCode(address) ? page << 12 | Cpu.CODE : page << 12;
                }
            }
        }
        if (!write && ram.bad(physical, count)) {
            throw fail(Layout.FAULT_PARITY, address);
        }
        return physical;
    }

    @Override
    public int read16(int fc, int at) {
        int address = at & 0xFFFFFF;
        int physical = memory(fc, address, 2, false);
        return physical >= 0 ? ram.read16(physical) : elsewhere(address);
    }

    @Override
    public int read8(int fc, int at) {
        int address = at & 0xFFFFFF;
        int physical = memory(fc, address, 1, false);
        if (physical >= 0) {
            return ram.read8(physical);
        }
        int word = elsewhere(address & ~1);
        return (address & 1) == 0 ? word >> 8 : word & 0xFF;
    }

    private int elsewhere(int address) {
        if (address < Layout.ROM_BYTES || address - Layout.ROM_BASE >= 0 && address - Layout.ROM_BASE < rom.length) {
            cpu.waitStates(parameters.romWait());
            int at = address & Layout.ROM_BYTES - 1;
            return (rom[at] & 0xFF) << 8 | rom[at + 1] & 0xFF;
        }
        int window = address - Layout.MAP_WINDOW;
        if (window >= 0 && window < Layout.MAP_ENTRIES * 4) {
            int entry = mmu.entry(mapContext, window >> 2);
            return (window & 2) == 0 ? entry >>> 16 : entry & 0xFFFF;
        }
        int value = registers.read(address);
        if (value < 0) {
            throw fail(Layout.FAULT_NOBODY, address);
        }
        cpu.waitStates(parameters.registerWait());
        return value;
    }

    @Override
    public void write16(int fc, int at, int value) {
        int address = at & 0xFFFFFF;
        int physical = memory(fc, address, 2, true);
        if (physical >= 0) {
            ram.write16(physical, value);
            return;
        }
        int window = address - Layout.MAP_WINDOW;
        if (window >= 0 && window < Layout.MAP_ENTRIES * 4) {
            int entry = mmu.entry(mapContext, window >> 2);
            mmu.setEntry(mapContext, window >> 2,
                (window & 2) == 0 ? value << 16 | entry & 0xFFFF : entry & 0xFFFF0000 | value & 0xFFFF);
            return;
        }
        register(address, 2, value);
    }

    @Override
    public void write8(int fc, int at, int value) {
        int address = at & 0xFFFFFF;
        int physical = memory(fc, address, 1, true);
        if (physical >= 0) {
            ram.write8(physical, value);
        } else {
            register(address, 1, value);
        }
    }

    private void register(int address, int size, int value) {
        if (!registers.write(address, size, value)) {
            throw fail(Layout.FAULT_NOBODY, address);
        }
        board.registerWritten();
        cpu.waitStates(parameters.registerWait());
    }

    @Override
    public int testAndSet(int fc, int at) {
        int address = at & 0xFFFFFF;
        int physical = memory(fc, address, 1, true);
        if (physical < 0) {
            throw fail(Layout.FAULT_NOBODY, address);
        }
        if (ram.bad(physical, 1)) {
            throw fail(Layout.FAULT_PARITY, address);
        }
        int old = ram.read8(physical);
        ram.write8(physical, old | 0x80);
        return old;
    }

    @Override
    public int acknowledge(int level) {
        int vector = interrupts.acknowledge(level);
        board.updateLevel();
        return vector;
    }

    @Override
    public void reset() {
        board.resetDevices();
        board.updateLevel();
    }

    void state(State s) {
        overlay = s.b("overlay", overlay);
        context = s.i("context", context);
        mapContext = s.i("mapContext", mapContext);
        faultCause = s.i("faultCause", faultCause);
        faultAddress = s.i("faultAddress", faultAddress);
    }
}
