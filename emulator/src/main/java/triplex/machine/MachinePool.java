package triplex.machine;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Machines that all stand at one state, for many short experiments: the first is built and prepared once, the others
 * take
 * over its state, and one that comes back goes to that state again by copying what it changed. Safe for many threads;
 * each machine is used by one at a time.
 */
public final class MachinePool {
    private final Supplier<Machine> builder;
    private final MachineState base;
    private final ArrayDeque<Machine> idle = new ArrayDeque<>();

    /**
     * Builds and prepares the first machine.
     *
     * @param builder builds machines of the same parts, over disks in memory or overlays of the same files
     * @param prepare brings the first one to the state from which all begin
     */
    public MachinePool(Supplier<Machine> builder, Consumer<Machine> prepare) {
        this.builder = builder;
        Machine first = builder.get();
        prepare.accept(first);
        base = first.save();
        idle.add(first);
    }

    /** The state from which all begin. */
    public MachineState base() {
        return base;
    }

    /** A machine at the pool's state; listeners of an earlier user are still attached. */
    public Machine take() {
        Machine machine;
        synchronized (this) {
            machine = idle.poll();
        }
        if (machine == null) {
            machine = builder.get();
        }
        machine.restore(base);
        return machine;
    }

    /** Gives a machine back, in whatever state it is. */
    public synchronized void give(Machine machine) {
        idle.push(machine);
    }
}
