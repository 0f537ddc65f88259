package triplex.machine.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import triplex.elf.LayoutNote;
import triplex.elf.Symbols;
import triplex.hw.Layout;
import triplex.m68k.Cpu;
import triplex.machine.BoardView;
import triplex.machine.GuestTables;
import triplex.machine.Machine;
import triplex.machine.SimulatedTime;

/**
 * Compares processes that roll forward with what they were on the board that was lost. Before the loss it notes of each
 * process that waits there its counts of sends and reads, and the digest of its registers and memory. Wherever it runs
 * afterwards, it must come by that very state: at some trap with the same counts registers and memory are the same.
 *
 * <p>Signals count apart: the control channel is no part of the counts, and a process that has read more of it, or
 * less, when it has gone past may differ.
 */
public final class ReplayOracle {
    private static final int FIRST_USER = 64;
    private static final int INIT = 1;
    /** Of the kernel's table. */
    private static final int WAITING = 2;
    private static final int DEPENDENT = 2;
    private static final int CHANNELS = 16;
    private static final int CONTROL = 5;
    /** Whoever has not come by then is lost; others may tell. */
    private static final long PATIENCE = 5 * SimulatedTime.SECOND;
    private static final int TRAP_0 = 0x4E40;
    private static final int SUPERVISOR = 0x2000;
    private static final int STACK_TOP = 0xFFE000;
    /** Registers of a process: d0-d7, a0-a6, user stack pointer, program counter; longwords. */
    private static final int REGISTERS = 17;

    /** A process as it was: its board, counts, and digest; {@code reached} is the cycle at which it was so again. */
    private static final class Past {
        private final int slot;
        private final int[] sent;
        private final int[] read;
        private final long digest;
        private long reached = -1;
        private boolean over;
        /** Traps with the same counts at which registers or memory were not the same. */
        private int differed;

        private Past(int slot, int[] sent, int[] read, long digest) {
            this.slot = slot;
            this.sent = sent;
            this.read = read;
            this.digest = digest;
        }
    }

    private final Machine machine;
    private final GuestTables tables;
    private final int current;
    private final Map<Integer, Past> pasts = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private int open;
    private boolean hooked;
    private long until;

    /** For machines whose kernels have this note and these symbols. */
    public ReplayOracle(Machine machine, LayoutNote note, Symbols symbols) {
        this.machine = machine;
        tables = new GuestTables(machine, note, symbols);
        Symbols.Symbol symbol = symbols.find("current");
        current = symbol == null ? -1 : symbol.address();
    }

    /** Notes the processes that wait on a board, just before it is lost, and watches the others from now on. */
    public void lose(int slot) {
        for (GuestTables.Entry process : tables.entries(slot, "processes")) {
            int pid = process.value("pid");
            if (process.value("state") == WAITING && (pid >= FIRST_USER || pid == INIT)
                    && process.value("backing") >= DEPENDENT && isMade(slot, process)) {
                int[] registers = new int[REGISTERS];
                Arrays.setAll(registers, k -> process.element("regs", k));
                pasts.put(pid, new Past(slot, counts(process, "sent"), counts(process, "read"),
                    digest(slot, process, registers)));
            }
        }
        open = pasts.size();
        until = machine.now() + PATIENCE;
        hook(current >= 0 && open > 0);
    }

    /** Has it its memory? A child whose parent is still in its fork has not: the last page of the stack comes last. */
    private boolean isMade(int slot, GuestTables.Entry process) {
        int last = STACK_TOP / Layout.PAGE_BYTES - 1;
        return (machine.hardware().board(slot).mapEntry(process.value("context"), last) & Layout.MAP_VALID) != 0;
    }

    /** Forgets everything, and looks no longer. */
    public void forget() {
        pasts.clear();
        violations.clear();
        open = 0;
        hook(false);
    }

    /** To be called now and then: stops looking when there is nothing left to be seen. */
    public void rest() {
        if (hooked && (open == 0 || machine.now() > until)) {
            hook(false);
        }
    }

    /** What went wrong, one line each. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** Processes that have come by their state again. */
    public int reached() {
        return (int) pasts.values().stream().filter(p -> p.reached >= 0).count();
    }

    /** The cycle at which the last one of them did; -1: none has. */
    public long lastReached() {
        return pasts.values().stream().mapToLong(p -> p.reached).max().orElse(-1);
    }

    private void hook(boolean on) {
        if (on == hooked) {
            return;
        }
        hooked = on;
        for (int slot = 0; slot < machine.spec().boards(); slot++) {
            int board = slot;
            Cpu cpu = machine.hardware().board(slot).cpu();
            machine.hooks().trace(slot, on ? pc -> {
                if (cpu.prefetch(0) == TRAP_0 && (cpu.sr() & SUPERVISOR) == 0) {
                    trap(board, cpu, pc);
                }
                return false;
            } : null);
        }
    }

    private void trap(int slot, Cpu cpu, int pc) {
        int pointer = new BoardView(machine.hardware(), slot).longAt(current);
        GuestTables.Entry process = tables.at(slot, "processes", pointer);
        Past past = process == null ? null : pasts.get(process.value("pid"));
        if (past == null || past.over || past.slot == slot) {
            return;
        }
        int[] sent = counts(process, "sent");
        int[] read = counts(process, "read");
        if (same(sent, past.sent) && same(read, past.read)) {
            int[] registers = new int[REGISTERS];
            for (int k = 0; k < 8; k++) {
                registers[k] = cpu.d(k);
                registers[8 + k] = cpu.a(k);
            }
            registers[REGISTERS - 1] = pc;
            if (digest(slot, process, registers) == past.digest) {
                past.reached = cpu.cycles;
                past.over = true;
                open--;
            } else {
                past.differed++;
            }
        } else if (beyond(sent, past.sent) || beyond(read, past.read)) {
            past.over = true;
            open--;
            if (process.element("read", CONTROL) == past.read[CONTROL]) {
                violations.add(String.format(Locale.ROOT, "cycle %d: process %d (%s) has gone on on board %d without"
                    + " having been in the state that it had on board %d; %s", cpu.cycles, process.value("pid"),
                    process.text("name"), slot, past.slot, past.differed > 0
                        ? past.differed + " traps with the same counts differ" : "its counts were never the same"));
            }
        }
    }

    private static boolean same(int[] now, int[] then) {
        for (int k = 0; k < CHANNELS; k++) {
            if (k != CONTROL && now[k] != then[k]) {
                return false;
            }
        }
        return true;
    }

    private static boolean beyond(int[] now, int[] then) {
        for (int k = 0; k < CHANNELS; k++) {
            if (k != CONTROL && now[k] - then[k] > 0) {
                return true;
            }
        }
        return false;
    }

    private static int[] counts(GuestTables.Entry process, String field) {
        int[] counts = new int[CHANNELS];
        Arrays.setAll(counts, k -> process.element(field, k));
        return counts;
    }

    private long digest(int slot, GuestTables.Entry process, int[] registers) {
        long h = 0xCBF29CE484222325L;
        for (int register : registers) {
            h = (h ^ register & 0xFFFF_FFFFL) * 0x100000001B3L;
        }
        h = pages(slot, process.value("context"), process.value("data"), process.value("brk"), h);
        return pages(slot, process.value("context"), process.value("stack_low"), STACK_TOP, h);
    }

    private long pages(int slot, int context, int from, int to, long before) {
        long h = before;
        BoardView view = new BoardView(machine.hardware(), slot);
        for (int at = from; at < to; at += Layout.PAGE_BYTES) {
            int page = machine.hardware().board(slot).mapEntry(context, at / Layout.PAGE_BYTES) & Layout.MAP_ADDRESS;
            h = (h ^ at) * 0x100000001B3L;
            for (int k = 0; k < Layout.PAGE_BYTES; k += 4) {
                h = (h ^ view.longAt(page + k) & 0xFFFF_FFFFL) * 0x100000001B3L;
            }
        }
        return h;
    }
}
