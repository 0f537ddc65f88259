package triplex.machine;

import java.util.ArrayList;
import java.util.List;
import triplex.m68k.Cpu;

/**
 * Breakpoints, steps and watched memory of all boards, for monitor and GDB alike. It stops the machine, it never
 * changes
 * it: breakpoints compare addresses, nothing is patched, and a run that was stopped goes on to the same digest.
 */
public final class Debugger {
    /** An address that stops a board; {@code slot} -1 means any board, user or supervisor mode alike. */
    public record Breakpoint(int slot, int address) {
    }

    /** Memory that stops a board when its contents have changed, by whomever (DMA too); at the next instruction. */
    public record Watch(int slot, int address, int length) {
    }

    /** Why and where the machine stopped. */
    public record Stop(int slot, Watch watch) {
    }

    private static final int FIRST_VECTOR = 0x40;
    private static final int LAST_VECTOR = 0x48;
    /** Bytes that an interrupt pushes. */
    private static final int FRAME = 6;

    private final Machine machine;
    private final List<Breakpoint> breakpoints = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<byte[]> watched = new ArrayList<>();
    private int stepSlot = -1;
    private long stepFrom;
    private int stepReturn = -1;
    private int stepStack;
    private Watch hit;
    private boolean off;

    /** A debugger without breakpoints. It takes the processors' hooks only while it has something to look for. */
    public Debugger(Machine machine) {
        this.machine = machine;
    }

    /** Breakpoints in the order in which they were set. */
    public List<Breakpoint> breakpoints() {
        return List.copyOf(breakpoints);
    }

    /** Adds a breakpoint. */
    public void add(Breakpoint breakpoint) {
        if (!breakpoints.contains(breakpoint)) {
            breakpoints.add(breakpoint);
        }
        install();
    }

    /** Removes a breakpoint; false when there is none such. */
    public boolean remove(Breakpoint breakpoint) {
        boolean had = breakpoints.remove(breakpoint);
        install();
        return had;
    }

    /** Adds watched memory, physical. */
    public void add(Watch watch) {
        watches.add(watch);
        watched.add(contents(watch));
        install();
    }

    /** Removes watched memory; false when there is none such. */
    public boolean remove(Watch watch) {
        int at = watches.indexOf(watch);
        if (at >= 0) {
            watches.remove(at);
            watched.remove(at);
        }
        install();
        return at >= 0;
    }

    /** Removes everything. */
    public void clear() {
        breakpoints.clear();
        watches.clear();
        watched.clear();
        install();
    }

    /** Runs to a cycle or a stop; null when the cycle was reached or the machine has ended. */
    public Stop run(long until) {
        hit = null;
        if (machine.run(until) || machine.hardware().stoppedSlot() < 0) {
            return null;
        }
        return new Stop(machine.hardware().stoppedSlot(), hit);
    }

    /**
     * Runs until a board has executed one instruction, everything else as it comes. An interrupt that comes between is
     * served first, as if it had come before the step, unless its handler does not come back within the limit.
     *
     * @param limit cycles to wait at most: the board may be stopped or absent
     * @return false when it did not execute any
     */
    public boolean step(int slot, long limit) {
        Cpu cpu = machine.hardware().board(slot).cpu();
        long until = Math.max(machine.now(), cpu.cycles) + limit;
        long begun = cpu.instructions();
        stepSlot = slot;
        stepFrom = begun;
        stepReturn = -1;
        install();
        try {
            machine.run(until);
            if (atInterrupt(slot, cpu)) {
                BoardView view = new BoardView(machine.hardware(), slot);
                stepReturn = view.longAt(cpu.ssp() + 2) & 0xFFFFFF;
                stepStack = cpu.ssp() + FRAME;
                machine.run(until);
            }
            return cpu.instructions() > begun;
        } finally {
            stepSlot = -1;
            install();
        }
    }

    /**
     * After a stop the boards stand at different cycles, none more than the lookahead ahead. This brings all of them to
     * one cycle, without stopping again, so that the machine can be acted upon.
     */
    public void settle() {
        long latest = machine.now();
        for (int k = 0; k < machine.spec().boards(); k++) {
            if (machine.hardware().board(k).present()) {
                latest = Math.max(latest, machine.hardware().board(k).cpu().cycles);
            }
        }
        off = true;
        try {
            machine.run(latest);
        } finally {
            off = false;
        }
    }

    /** True at the first instruction of a device's interrupt handler. */
    private boolean atInterrupt(int slot, Cpu cpu) {
        BoardView view = new BoardView(machine.hardware(), slot);
        for (int vector = FIRST_VECTOR; vector <= LAST_VECTOR; vector++) {
            if (view.longAt(4 * vector) == cpu.pc() && cpu.instructions() > stepFrom) {
                return true;
            }
        }
        return false;
    }

    private void install() {
        boolean needed = stepSlot >= 0 || !breakpoints.isEmpty() || !watches.isEmpty();
        for (int slot = 0; slot < machine.spec().boards(); slot++) {
            int number = slot;
            Cpu cpu = machine.hardware().board(slot).cpu();
            machine.hooks().set(slot, needed ? pc -> stops(number, cpu, pc) : null);
        }
    }

    private boolean stops(int slot, Cpu cpu, int pc) {
        if (off) {
            return false;
        }
        if (slot == stepSlot) {
            return stepReturn < 0 ? cpu.instructions() > stepFrom
                : (pc & 0xFFFFFF) == stepReturn && cpu.ssp() == stepStack;
        }
        if (stepSlot >= 0) {
            return false;
        }
        for (Breakpoint b : breakpoints) {
            if ((b.address() & 0xFFFFFF) == (pc & 0xFFFFFF) && (b.slot() < 0 || b.slot() == slot)) {
                return true;
            }
        }
        return !watches.isEmpty() && changed(slot);
    }

    private boolean changed(int slot) {
        for (int k = 0; k < watches.size(); k++) {
            Watch w = watches.get(k);
            if (w.slot() == slot) {
                byte[] now = contents(w);
                if (!java.util.Arrays.equals(now, watched.get(k))) {
                    watched.set(k, now);
                    hit = w;
                    return true;
                }
            }
        }
        return false;
    }

    private byte[] contents(Watch w) {
        BoardView view = new BoardView(machine.hardware(), w.slot());
        byte[] bytes = new byte[w.length()];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = (byte) view.physical(w.address() + k);
        }
        return bytes;
    }
}
