package triplex.script;

import java.util.ArrayDeque;
import java.util.Arrays;
import triplex.machine.Action;
import triplex.machine.Machine;

/**
 * Types on the lines no faster than they carry bytes and never more than the controller can hold, so that nothing typed
 * is lost; what has not yet gone waits here.
 */
public final class Typist {
    private final Machine machine;
    private final ArrayDeque<byte[]>[] waiting;

    /** One for all lines of a machine. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Typist(Machine machine) {
        this.machine = machine;
        waiting = new ArrayDeque[machine.spec().lines()];
        Arrays.setAll(waiting, k -> new ArrayDeque<byte[]>());
    }

    /** Puts bytes behind those that wait for a line, 0 and up. */
    public void type(int line, byte[] bytes) {
        if (bytes.length > 0) {
            waiting[line].add(bytes);
        }
    }

    /** True when nothing waits. */
    public boolean done() {
        for (ArrayDeque<byte[]> queue : waiting) {
            if (!queue.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Types what lines carry in so many cycles; to be called before the machine is run for them. */
    public void before(long cycles) {
        for (int line = 0; line < waiting.length; line++) {
            int most = (int) Math.max(1, cycles / machine.terminal(line).byteCycles());
            most = Math.min(most, machine.inputRoom(line));
            while (most > 0 && !waiting[line].isEmpty()) {
                byte[] next = waiting[line].poll();
                int now = Math.min(most, next.length);
                machine.act(new Action.Keys(line, Arrays.copyOf(next, now)));
                if (now < next.length) {
                    waiting[line].addFirst(Arrays.copyOfRange(next, now, next.length));
                }
                most -= now;
            }
        }
    }
}
