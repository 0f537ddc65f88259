package triplex.hw.board;

import java.util.ArrayList;
import java.util.List;
import triplex.hw.Backplane;
import triplex.hw.Block;
import triplex.hw.BoardSide;
import triplex.hw.Configuration;
import triplex.hw.Device;
import triplex.hw.EventQueue;
import triplex.hw.Interrupt;
import triplex.hw.Layout;
import triplex.hw.Parameters;
import triplex.hw.Port;
import triplex.m68k.Bus;
import triplex.m68k.Cpu;
import triplex.m68k.State;
import triplex.m68k.jit.Engine;

/**
 * One board: 68000, RAM, ROM, map, and the devices on its local bus.
 *
 * <p>Its time is the processor's. Alarms fire at instruction boundaries; a register access inside an instruction sees
 * what
 * happened up to the boundary before it. So what a board does depends on its own state and on the messages that reach
 * it,
 * never on how far the others have got.
 */
public final class Board implements BoardSide {
    /** What the slot and the board in it are doing. */
    enum Mode { EMPTY, RESETTING, RUNNING, HUNG, FROZEN }

    private static final Mode[] MODES = Mode.values();

    private final int slot;
    private final Parameters parameters;
    private final Configuration.Slot slotData;
    private final byte[] rom;
    private final Ram ram;
    private final Mmu mmu;
    private final Cpu cpu;
    private final EventQueue events = new EventQueue();
    private final EventQueue.Alarm resetEnd;
    private final EventQueue.Alarm isolation;
    private final InterruptController interrupts = new InterruptController();
    private final Timer timer;
    private final BoardControl control;
    private final RegisterSpace registers = new RegisterSpace();
    private final LocalBus bus;
    private final List<Device> devices = new ArrayList<>();
    private final Backplane hub;
    private final Operator operator;

    private Mode mode = Mode.EMPTY;
    /** What happens before this cycle can no longer reach it; no part of the state. */
    private long limit;

    /**
     * Builds the board of a slot; it is not in the slot yet.
     *
     * @param rom exactly 64 KiB
     */
    public Board(int slot, Configuration configuration, byte[] rom, Backplane hub, Operator operator) {
        this.slot = slot;
        this.parameters = configuration.parameters();
        this.slotData = configuration.boards().get(slot);
        this.rom = rom;
        this.hub = hub;
        this.operator = operator;
        ram = new Ram(slotData.ramBytes());
        mmu = new Mmu(ram);
        bus = new LocalBus(this, parameters, rom, ram, mmu, registers, interrupts);
        cpu = bus.cpu();
        isolation = events.alarm("isolation", this::isolated);
        resetEnd = events.alarm("resetEnd", this::start);
        setEngine(Engine.STANDARD, false);
        timer = new Timer(this);
        control = new BoardControl(this, bus, hub, operator, parameters.watchdogUnit());
        attach(Block.BOARD_CONTROL, 0, control);
        attach(Block.TIMER, 0, timer);
        attach(Block.INTERRUPTS, 0, interrupts);
    }

    // Time ------------------------------------------------------------------------------------------------------

    /** The local bus, for debuggers and tests: accesses have their effects, as if the processor made them. */
    public Bus bus() {
        return bus;
    }

    /** Says how the processor executes from now on, {@code alone} as there; the results are the same. */
    public void setEngine(Engine engine, boolean alone) {
        ram.setCode(engine.install(cpu, ram.size(), alone, mmu::protect));
        mmu.close();
    }

    /** The map context of user accesses, 0 to 127. */
    public int context() {
        return bus.context();
    }

    /** The processor, for debuggers and tests. */
    public Cpu cpu() {
        return cpu;
    }

    @Override
    public long now() {
        return cpu.cycles;
    }

    /** The first cycle at which this board can do anything by itself. */
    public long earliest() {
        return idle() ? Math.max(cpu.cycles, events.next()) : cpu.cycles;
    }

    private boolean idle() {
        if (mode != Mode.RUNNING || cpu.halted()) {
            return true;
        }
        if (!cpu.stopped()) {
            return false;
        }
        int level = interrupts.level();
        return level != 7 && level <= (cpu.sr() >> 8 & 7);
    }

    /**
     * Runs to the first instruction boundary at or after {@code bound}, or after the earliest possible answer to what
     * it
     * sends meanwhile.
     *
     * @return false if a debugger's hook stopped the processor before
     */
    public boolean run(long bound) {
        limit = bound;
        while (cpu.cycles < limit) {
            if (events.next() <= cpu.cycles) {
                events.fire();
                continue;
            }
            long until = Math.min(events.next(), limit);
            if (idle()) {
                cpu.cycles = until;
                continue;
            }
            cpu.run(until);
            if (cpu.cycles < cpu.deadline) {
                return false;
            }
        }
        return true;
    }

    /** The cycle to which it has been run, as far as others can tell: nothing may arrive before. */
    public long reached() {
        return Math.min(limit, cpu.cycles);
    }

    @Override
    public void expect(long cycle) {
        if (cycle < limit) {
            throw new IllegalStateException("a message for board " + slot + " would arrive at cycle " + cycle
                + ", in its past: it was run to " + limit);
        }
    }

    /** An idle board's time passes without its doing anything; {@code cycle} is not after its next event. */
    public void settle(long cycle) {
        if (cpu.cycles < cycle) {
            if (earliest() < cycle) {
                throw new IllegalStateException("board " + slot + " has not been run to " + cycle);
            }
            cpu.cycles = cycle;
        }
    }

    @Override
    public void answerDue(long cycle) {
        limit = Math.min(limit, cycle);
        cpu.deadline = Math.min(cpu.deadline, limit);
    }

    /** A register was written: an alarm may be due earlier than the processor was told. */
    void registerWritten() {
        updateLevel();
        cpu.deadline = Math.min(cpu.deadline, Math.min(limit, events.next()));
    }

    // Power, reset, faults; at an instruction boundary -------------------------------------------------------------

    /** The board is in its slot at power-up of the machine; its processor begins at once. */
    public void powerUp() {
        mode = Mode.RESETTING;
        control.resetCause = Layout.RESET_POWER_UP;
        start();
    }

    /** The board is put into its slot at {@code cycle}, with RAM and map cleared. */
    public void insert(long cycle) {
        cpu.cycles = cycle;
        ram.clear();
        mmu.clear();
        reset(Layout.RESET_POWER_UP);
    }

    /** The board leaves its slot. */
    public void pull() {
        mode = Mode.EMPTY;
        for (Device device : devices) {
            device.reset();
        }
        for (Port port : hub.ports(slot)) {
            port.unplug();
        }
        resetEnd.clear();
        isolation.clear();
    }

    @Override
    public void isolateAt(long cycle) {
        expect(cycle);
        if (mode != Mode.EMPTY && isolation.due() == EventQueue.NEVER) {
            isolation.set(cycle);
        }
    }

    private void isolated() {
        for (Port port : hub.ports(slot)) {
            port.acknowledgeCut();
        }
        reset(Layout.RESET_ISOLATED);
    }

    /** Only an action from outside its processor - a reset, a pull, a level 7 request - makes it execute again. */
    public boolean stuck() {
        boolean deaf = cpu.halted() || cpu.stopped() && (cpu.sr() >> 8 & 7) == 7 && interrupts.level() != 7;
        return mode == Mode.RUNNING ? deaf : mode != Mode.RESETTING;
    }

    /** The slot has a board in it. */
    public boolean present() {
        return mode != Mode.EMPTY;
    }

    /** The processor stops executing until the next reset; the devices go on. */
    public void hang() {
        if (mode == Mode.RUNNING) {
            mode = Mode.HUNG;
        }
    }

    /** A program has ended the run; the processor stops after the instruction in progress. */
    void freeze() {
        mode = Mode.FROZEN;
        cpu.deadline = Math.min(cpu.deadline, cpu.cycles);
    }

    /** Begins a reset; {@code cause} is one of Layout.RESET_. */
    public void reset(int cause) {
        mode = Mode.RESETTING;
        control.resetCause = cause;
        operator.reset(cpu.cycles, slot, cause);
        resetDevices();
        resetEnd.set(cpu.cycles + (cause == Layout.RESET_POWER_UP ? parameters.powerUpTime() : parameters.resetTime()));
    }

    void resetDevices() {
        for (Device device : devices) {
            device.reset();
        }
        for (Port port : hub.ports(slot)) {
            port.restart();
        }
    }

    private void start() {
        mode = Mode.RUNNING;
        bus.start();
        timer.start(cpu.cycles);
        updateLevel();
        cpu.reset();
    }

    /** The operator's switch. */
    public void nonMaskable() {
        request(Interrupt.NMI, 0, true);
    }

    /** A byte of RAM gets bad parity. */
    public void spoil(int address) {
        if (ram.contains(address, 1)) {
            ram.spoil(address);
            mmu.close();
        }
    }

    // What devices ask for ------------------------------------------------------------------------------------------

    @Override
    public int slot() {
        return slot;
    }

    @Override
    public EventQueue events() {
        return events;
    }

    @Override
    public long clockOffset() {
        return slotData.clockOffset();
    }

    @Override
    public int ramBytes() {
        return ram.size();
    }

    @Override
    public void attach(Block block, int offset, Device device) {
        registers.attach(block, offset, device);
        if (!devices.contains(device)) {
            devices.add(device);
        }
        if (block == Block.DISK_PORT) {
            control.ports |= 1 << offset / block.stride;
        } else if (block == Block.TTY_PORT) {
            control.ports |= 0x100 << offset / block.stride;
        }
    }

    @Override
    public void request(Interrupt source, int line, boolean on) {
        interrupts.request(source, line, on);
        updateLevel();
    }

    void updateLevel() {
        cpu.setIpl(interrupts.level());
    }

    @Override
    public void burst(int words) {
        cpu.cycles += parameters.dmaSetup() + (long) words * parameters.dmaWord();
    }

    @Override
    public boolean fetch(int address, byte[] to, int offset, int count) {
        if (!ram.contains(address, count)) {
            java.util.Arrays.fill(to, offset, offset + count, (byte) 0);
            return false;
        }
        System.arraycopy(ram.bytes, address, to, offset, count);
        if (ram.bad(address, count)) {
            reset(Layout.RESET_PARITY);
        }
        return true;
    }

    @Override
    public boolean store(int address, byte[] from, int offset, int count) {
        if (!ram.contains(address, count)) {
            return false;
        }
        for (int page = address & -Layout.PAGE_BYTES; page < address + count; page += Layout.PAGE_BYTES) {
            ram.touch(page);
            ram.replace(page / Layout.PAGE_BYTES);
        }
        ram.mend(address, count);
        System.arraycopy(from, offset, ram.bytes, address, count);
        return true;
    }

    // State ---------------------------------------------------------------------------------------------------------

    /** A copy of the RAM; restoring it later copies back only the pages written since. */
    public RamImage saveMemory() {
        RamImage image = ram.save();
        mmu.closeWrites();
        return image;
    }

    /** Makes the RAM what it was; a load of {@link #state} and {@link #loaded} must go with it. */
    public void restoreMemory(RamImage image) {
        ram.restore(image);
        mmu.close();
    }

    /** Reads a byte of RAM without side effects; 0 outside of it. */
    public int peek(int address) {
        return ram.contains(address, 1) ? ram.read8(address) : 0;
    }

    /** Reads a byte of the boot ROM; {@code offset} 0 to 65,535. */
    public int peekRom(int offset) {
        return rom[offset] & 0xFF;
    }

    /** The map entry of a page in a context, without side effects. */
    public int mapEntry(int number, int page) {
        return mmu.entry(number, page);
    }

    /** Everything of the board but the RAM. */
    public void state(State s) {
        mode = MODES[s.i("mode", mode.ordinal())];
        bus.state(s);
        cpu.state(s);
        mmu.state(s);
        for (Device device : devices) {
            device.state(s);
        }
        registers.state(s);
        events.state(s);
    }

    /** The RAM by touched pages. */
    public void memoryState(State s) {
        ram.state(s);
    }

    /** To be called when {@link #state} or {@link #memoryState} has loaded something. */
    public void loaded() {
        limit = 0;
        bus.loaded();
    }
}
