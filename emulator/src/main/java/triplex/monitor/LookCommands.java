package triplex.monitor;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import triplex.hw.BusListener;
import triplex.m68k.Cpu;
import triplex.m68k.Disassembler;
import triplex.m68k.Instruction;
import triplex.machine.BoardView;
import triplex.machine.FrameText;
import triplex.machine.GuestTables;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** Commands that only look. */
final class LookCommands implements BusListener {
    private static final int FRAMES = 256;
    private static final int LEAST_LINES = 16;

    private record Frame(long cycle, int commit, byte[] bytes) {
    }

    private final Monitor monitor;
    private final Machine machine;
    private final GuestTables tables;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();

    LookCommands(Monitor monitor, GuestTables tables) {
        this.monitor = monitor;
        this.machine = monitor.machine();
        this.tables = tables;
        machine.listen(this);
    }

    void addTo(List<Monitor.Command> table) {
        table.add(new Monitor.Command("boards", "", "boards, disks and time", (w, out) -> boards(out)));
        table.add(new Monitor.Command("regs", "[BOARD]", "registers", (w, out) -> regs(monitor.slot(w, 0), out)));
        table.add(new Monitor.Command("mem", "BOARD ADDRESS [BYTES]", "memory; u:ADDRESS is the present process'",
            this::mem));
        table.add(new Monitor.Command("disas", "BOARD [ADDRESS] [COUNT]", "instructions", this::disas));
        table.add(new Monitor.Command("ps", "", "processes of all boards", (w, out) -> processes(out)));
        table.add(new Monitor.Command("channels", "[BOARD]", "counts of channel ends", this::channels));
        table.add(new Monitor.Command("buslog", "[COUNT]", "the last frames", this::busLog));
        table.add(new Monitor.Command("where", "ADDRESS|SYMBOL", "name and address",
            (w, out) -> out.println(monitor.named(monitor.address(w.isEmpty() ? "" : w.get(0))))));
        table.add(new Monitor.Command("digest", "", "digest of the machine's state", (w, out) -> {
            monitor.debugger().settle();
            out.printf(Locale.ROOT, "%016x at cycle %d%n", machine.digest(), machine.now());
        }));
    }

    @Override
    public void committed(long cycle, int commit, byte[] frame) {
        if (frames.size() == FRAMES) {
            frames.removeFirst();
        }
        frames.addLast(new Frame(cycle, commit, frame));
    }

    private void boards(PrintStream out) {
        out.printf(Locale.ROOT, "time %s s, cycle %d%n", SimulatedTime.seconds(machine.now()), machine.now());
        for (int k = 0; k < machine.spec().boards(); k++) {
            Cpu cpu = machine.hardware().board(k).cpu();
            String state = !machine.hardware().board(k).present() ? "pulled" : cpu.halted() ? "halted"
                : cpu.stopped() ? "stopped" : "running";
            out.printf(Locale.ROOT, "board %d %s, pc %s, %d instructions%n", k, state, monitor.named(cpu.pc()),
                cpu.instructions());
        }
        for (int k = 0; k < MachineSpec.DISKS; k++) {
            var disk = machine.disk(k);
            out.printf(Locale.ROOT, "disk %d %s, owner port %d, epoch %d, %d sectors%n", k,
                disk.drive().present() ? "ready" : "pulled", disk.owner(), disk.epoch(), disk.drive().capacity());
        }
    }

    private void regs(int slot, PrintStream out) {
        Cpu cpu = machine.hardware().board(slot).cpu();
        for (int k = 0; k < 8; k++) {
            out.printf(Locale.ROOT, "d%d %08x%s", k, cpu.d(k), k % 4 == 3 ? "\n" : "  ");
        }
        for (int k = 0; k < 8; k++) {
            out.printf(Locale.ROOT, "a%d %08x%s", k, cpu.a(k), k % 4 == 3 ? "\n" : "  ");
        }
        int sr = cpu.sr();
        out.printf(Locale.ROOT, "pc %s%nsr %04x (%s%s, mask %d, %s%s%s%s%s)  usp %08x  ssp %08x  cycle %d%n",
            monitor.named(cpu.pc()), sr,
            (sr & 0x2000) != 0 ? "supervisor" : "user", (sr & 0x8000) != 0 ? ", trace" : "", sr >> 8 & 7,
            (sr & 16) != 0 ? "X" : "-", (sr & 8) != 0 ? "N" : "-", (sr & 4) != 0 ? "Z" : "-", (sr & 2) != 0 ? "V" : "-",
            (sr & 1) != 0 ? "C" : "-", cpu.usp(), cpu.ssp(), cpu.cycles);
    }

    private void mem(List<String> words, PrintStream out) throws UserError {
        int slot = monitor.slot(words, 0);
        if (words.size() < 2) {
            throw Monitor.wrong("mem BOARD ADDRESS [BYTES]");
        }
        BoardView view = new BoardView(machine.hardware(), slot);
        boolean user = words.get(1).startsWith("u:");
        int from = monitor.address(user ? words.get(1).substring(2) : words.get(1));
        int count = Math.max(1, Math.min(words.size() > 2 ? Monitor.number(words.get(2)) : 128, 4096));
        for (int line = 0; line < count; line += 16) {
            StringBuilder hex = new StringBuilder();
            StringBuilder text = new StringBuilder();
            for (int k = line; k < Math.min(line + 16, count); k++) {
                int value = user ? view.user(from + k) : view.physical(from + k);
                hex.append(String.format(Locale.ROOT, "%02x%s", value, k % 2 == 1 ? " " : ""));
                text.append(value >= 32 && value < 127 ? (char) value : '.');
            }
            out.printf(Locale.ROOT, "%06x  %-40s %s%n", from + line & 0xFFFFFF, hex, text);
        }
    }

    private void disas(List<String> words, PrintStream out) throws UserError {
        int slot = monitor.slot(words, 0);
        BoardView view = new BoardView(machine.hardware(), slot);
        int at = words.size() > 1 ? monitor.address(words.get(1)) & ~1 : machine.hardware().board(slot).cpu().pc();
        int count = Math.max(1, Math.min(words.size() > 2 ? Monitor.number(words.get(2)) : LEAST_LINES, 1000));
        for (int k = 0; k < count; k++) {
            Instruction i = Disassembler.disassemble(view::word, at);
            out.printf(Locale.ROOT, "%-28s %s%n", monitor.named(at), i.text());
            at += i.length();
        }
    }

    private void processes(PrintStream out) throws UserError {
        if (!tables.has("processes")) {
            throw Monitor.wrong("the kernel carries no layout note that names its processes");
        }
        out.println("board   pid  ppid  uid context state server name");
        for (int slot = 0; slot < machine.spec().boards(); slot++) {
            for (GuestTables.Entry p : tables.entries(slot, "processes")) {
                if (p.value("state") != 0) {
                    out.printf(Locale.ROOT, "%5d %5d %5d %4d %7d %5d %6d %s%n", slot, p.value("pid"), p.value("ppid"),
                        p.value("euid"), p.value("context"), p.value("state"), p.value("server"), p.text("name"));
                }
            }
        }
    }

    private void channels(List<String> words, PrintStream out) throws UserError {
        if (!tables.has("ends")) {
            throw Monitor.wrong("the kernel carries no layout note that names its channel ends");
        }
        int first = words.isEmpty() ? 0 : monitor.slot(words, 0);
        int last = words.isEmpty() ? machine.spec().boards() - 1 : first;
        out.println("board  channel       sent       read");
        for (int slot = first; slot <= last; slot++) {
            for (GuestTables.Entry e : tables.entries(slot, "ends")) {
                if (e.value("channel") != 0) {
                    out.printf(Locale.ROOT, "%5d %08x %10d %10d%n", slot, e.value("channel"), e.value("sent"),
                        e.value("read"));
                }
            }
        }
    }

    private void busLog(List<String> words, PrintStream out) throws UserError {
        int count = words.isEmpty() ? LEAST_LINES : Monitor.number(words.get(0));
        int skip = Math.max(0, frames.size() - count);
        for (Frame f : frames) {
            if (skip-- <= 0) {
                out.printf(Locale.ROOT, "%d #%d %s%n", f.cycle(), f.commit(), FrameText.of(f.bytes()));
            }
        }
    }
}
