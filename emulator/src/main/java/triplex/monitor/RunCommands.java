package triplex.monitor;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import triplex.m68k.Disassembler;
import triplex.machine.BoardView;
import triplex.machine.Debugger;
import triplex.machine.ExitCode;
import triplex.machine.Machine;
import triplex.machine.SimulatedTime;
import triplex.machine.Trace;
import triplex.machine.UserError;

/** Commands that let the machine run and stop. */
final class RunCommands {
    private static final long STEP_LIMIT = SimulatedTime.SECOND;

    private final Monitor monitor;
    private final Machine machine;

    RunCommands(Monitor monitor) {
        this.monitor = monitor;
        this.machine = monitor.machine();
    }

    void addTo(List<Monitor.Command> table) {
        table.add(new Monitor.Command("step", "[BOARD] [COUNT]", "executes instructions of one board", this::step));
        table.add(new Monitor.Command("until", "TIME", "runs for so long (10ms, 2s, 500c) or to a stop", this::until));
        table.add(new Monitor.Command("break", "[ADDRESS] [BOARD]", "stops there; alone: lists the breakpoints",
            this::breakpoint));
        table.add(new Monitor.Command("delete", "ADDRESS [BOARD]", "removes a breakpoint", this::delete));
        table.add(new Monitor.Command("trace", "BOARD|off", "prints each instruction on stderr", this::trace));
        table.add(new Monitor.Command("profile", "[FILE]", "counts cycles by function from now on; FILE: writes them",
            this::profile));
    }

    private void step(List<String> words, PrintStream out) throws UserError {
        int slot = monitor.slot(words, 0);
        int count = words.size() > 1 ? Monitor.number(words.get(1)) : 1;
        for (int k = 0; k < count; k++) {
            if (!monitor.debugger().step(slot, STEP_LIMIT)) {
                out.println("board " + slot + " does not execute anything");
                return;
            }
            place(slot, out);
        }
    }

    private void place(int slot, PrintStream out) {
        int pc = machine.hardware().board(slot).cpu().pc();
        BoardView view = new BoardView(machine.hardware(), slot);
        out.printf(Locale.ROOT, "board %d cycle %d %s %s%n", slot, machine.hardware().board(slot).cpu().cycles,
            monitor.named(pc),
            Disassembler.disassemble(view::word, pc).text());
    }

    private void until(List<String> words, PrintStream out) throws UserError {
        if (words.isEmpty()) {
            throw Monitor.wrong("until TIME");
        }
        Debugger.Stop stop = monitor.debugger().run(machine.now() + SimulatedTime.parse(words.get(0)));
        if (stop != null) {
            place(stop.slot(), out);
        } else {
            out.printf(Locale.ROOT, "cycle %d%n", machine.now());
        }
    }

    private Debugger.Breakpoint parse(List<String> words) throws UserError {
        if (words.isEmpty()) {
            throw Monitor.wrong("an address or a symbol is wanted");
        }
        int slot = words.size() > 1 ? monitor.slot(words, 1) : -1;
        return new Debugger.Breakpoint(slot, monitor.address(words.get(0)));
    }

    private void breakpoint(List<String> words, PrintStream out) throws UserError {
        if (!words.isEmpty()) {
            monitor.debugger().add(parse(words));
            return;
        }
        for (Debugger.Breakpoint b : monitor.debugger().breakpoints()) {
            out.println(monitor.named(b.address()) + (b.slot() < 0 ? "" : " on board " + b.slot()));
        }
    }

    private void delete(List<String> words, PrintStream out) throws UserError {
        if (!monitor.debugger().remove(parse(words))) {
            throw Monitor.wrong("no such breakpoint");
        }
    }

    private void trace(List<String> words, PrintStream out) throws UserError {
        boolean off = words.isEmpty() || words.get(0).equals("off");
        int only = off ? -1 : monitor.slot(words, 0);
        for (int slot = 0; slot < machine.spec().boards(); slot++) {
            machine.hooks().trace(slot, slot != only ? null
                : Trace.hook(machine.hardware(), slot, monitor.symbols(), System.err));
        }
    }

    private void profile(List<String> words, PrintStream out) throws UserError {
        if (words.isEmpty()) {
            monitor.profile().begin();
            return;
        }
        try (PrintStream file = new PrintStream(words.get(0), StandardCharsets.UTF_8)) {
            monitor.profile().print(file);
        } catch (IOException e) {
            throw new UserError(ExitCode.MISSING_FILE, "cannot write " + words.get(0));
        }
    }
}
