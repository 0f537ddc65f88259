package triplex.console;

import triplex.machine.Machine;
import triplex.machine.SimulatedTime;

/**
 * The stretch from power-up until the machine first rests: nobody wants to wait for it in real time. It is over when
 * the boards have executed next to nothing for a while, the machine having said something before; at the first key; or
 * after {@link #LONGEST}.
 */
final class PowerUp {
    private static final long LONGEST = 30 * SimulatedTime.SECOND;
    /** So long the boards must rest, cycles. */
    private static final long REST = SimulatedTime.SECOND / 4;
    /** Instructions of each board in that time that are still rest: its clock's interrupts. A busy one has 100,000. */
    private static final long NEXT_TO_NOTHING = 8000;

    private final Machine machine;
    private long since;
    private long executed;
    private boolean over;

    PowerUp(Machine machine) {
        this.machine = machine;
        since = machine.now();
        executed = executed();
    }

    /** Nothing of it is left: a person waits for an answer. */
    void end() {
        over = true;
    }

    /** Looks at the machine, which has run; true while it goes on. {@code silent}: it has not printed anything yet. */
    boolean goesOn(boolean silent) {
        long now = machine.now();
        if (!over && now - since >= REST) {
            long count = executed();
            boolean rests = count - executed < NEXT_TO_NOTHING * machine.spec().boards();
            over = rests && !silent || now >= LONGEST;
            since = now;
            executed = count;
        }
        return !over;
    }

    private long executed() {
        long sum = 0;
        for (int slot = 0; slot < machine.spec().boards(); slot++) {
            sum += machine.hardware().board(slot).cpu().instructions();
        }
        return sum;
    }
}
