package triplex.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import triplex.hw.BusListener;
import triplex.hw.board.Board;

/**
 * Sees boards that have given up: a line with {@value #PANIC} on the diagnostic line, or a processor that has halted
 * after a double fault, or stops for good, as the boot ROM does. Each is told of once, at once; the machine goes on,
 * since one board is a loss that it is built for.
 */
public final class Casualties implements BusListener {
    /** What a kernel's last line holds, behind its own name. */
    private static final String PANIC = "kernel panic: ";
    /** What a kernel says that switches the machine off because a server is lost with its backup. */
    private static final String STOPS = "; the machine stops";
    /** So long all boards must stand still before nothing can be under way any more that revives one. */
    private static final long PATIENCE = SimulatedTime.SECOND;
    private static final int LINE_MOST = 500;

    private final Machine machine;
    private final Consumer<String> tell;
    private final StringBuilder[] lines;
    private final String[] last;
    private final boolean[] told;
    private final List<String> found = new ArrayList<>();
    private final List<String> untold = new ArrayList<>();
    private long since = -1;
    private boolean founded;
    private int foundBefore;
    private boolean restarted;
    private boolean stopped;

    /** Joins a machine; {@code tell} hears of each casualty, one line without its end. */
    public Casualties(Machine machine, Consumer<String> tell) {
        this.machine = machine;
        this.tell = tell;
        lines = new StringBuilder[machine.spec().boards()];
        Arrays.setAll(lines, k -> new StringBuilder());
        last = new String[lines.length];
        told = new boolean[lines.length];
        machine.listen(this);
    }

    @Override
    public void diagnostic(long cycle, int slot, int value) {
        StringBuilder line = lines[slot];
        if (value != '\n') {
            if (line.length() < LINE_MOST) {
                line.append(value >= ' ' && value < 127 ? (char) value : '?');
            }
            return;
        }
        int at = line.indexOf(PANIC);
        if (at >= 0) {
            add(slot, cycle, PANIC + line.substring(at + PANIC.length()));
        } else if (line.indexOf(STOPS) >= 0) {
            stopped = true;
            add(slot, cycle, line.substring(line.indexOf(":") + 1).strip());
        }
        last[slot] = line.toString();
        line.setLength(0);
    }

    @Override
    public void reset(long cycle, int slot, int cause) {
        lines[slot].setLength(0);
        last[slot] = null;
        told[slot] = false;
    }

    /** A founding after the first: whatever ran before is gone. After a casualty nobody meant that. */
    @Override
    public void view(long cycle, int number, int members, int excluded) {
        if (number == 1) {
            restarted |= founded && found.size() > foundBefore;
            founded = true;
            foundBefore = found.size();
        }
    }

    private void add(int slot, long cycle, String what) {
        String text = "board " + slot + " at " + SimulatedTime.seconds(cycle) + " s: " + what;
        told[slot] = true;
        found.add(text);
        untold.add(text);
    }

    /** To be called between two slices of the run: tells what is new. */
    public void look() {
        boolean alive = false;
        for (int slot = 0; slot < lines.length; slot++) {
            Board board = machine.hardware().board(slot);
            alive |= !board.stuck();
            if (board.present() && board.stuck() && !told[slot]) {
                if (board.cpu().halted()) {
                    add(slot, machine.now(), "processor halted after a double fault");
                } else if (board.cpu().stopped() && (board.cpu().sr() >> 8 & 7) == 7) {
                    add(slot, machine.now(), "stopped for good" + (last[slot] == null ? "" : "; its last words: "
                        + last[slot]));
                }
            }
        }
        since = alive ? -1 : since < 0 ? machine.now() : since;
        untold.forEach(tell);
        untold.clear();
    }

    /** The machine has switched itself off because a server was lost with its backup. */
    public boolean stopped() {
        return stopped;
    }

    /** What was found since the beginning, oldest first. */
    public List<String> found() {
        return List.copyOf(found);
    }

    /** What the boards have said last on their diagnostic lines, for a machine that shows nothing else. */
    public String lastWords() {
        StringBuilder words = new StringBuilder();
        for (int slot = 0; slot < last.length; slot++) {
            if (last[slot] != null) {
                words.append(words.isEmpty() ? "" : ", ").append("board ").append(slot).append(" \"").append(last[slot])
                    .append('"');
            }
        }
        return words.isEmpty() ? "nothing" : words.toString();
    }

    /**
     * What ran here is lost: no board will ever do anything again unless somebody outside does something to it, or the
     * last boards have panicked and the system has started anew.
     */
    public boolean allLost() {
        return restarted || since >= 0 && machine.now() - since >= PATIENCE;
    }

    /** One line for the end of a run in which {@link #allLost} holds. */
    public String verdict() {
        return (restarted ? "all boards were lost and the system has started anew" : "all boards have stopped")
            + (found.isEmpty() ? "" : "; the last: " + found.get(found.size() - 1));
    }
}
